//! Amounts of money in running text.

use vocab::number::Evidence;
use vocab::{Decimal, NumberError, Vnd, parse_number};

/// The longest unit of money, in characters.
const LONGEST_UNIT: usize = 20;

/// An amount as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenAmount {
    /// Number and unit, such as `8.624 triệu đồng`.
    pub(crate) text: String,
    /// The number as read with the evidence around it.
    pub(crate) number: Decimal,
    /// How many đồng one is.
    pub(crate) unit: i64,
}

impl WrittenAmount {
    pub(crate) fn vnd(&self) -> Option<Vnd> {
        in_dong(self.number, self.unit)
    }
}

/// The unit's size in đồng if a text begins with a unit of money, and the unit's length.
pub(crate) fn unit_at(text: &str) -> Option<(i64, usize)> {
    const SIZES: [(&str, i64); 6] = [
        ("nghìn", 1_000),
        ("ngàn", 1_000),
        ("triệu", 1_000_000),
        ("tỷ", 1_000_000_000),
        ("tỉ", 1_000_000_000),
        ("", 1),
    ];
    let end = text.char_indices().nth(LONGEST_UNIT).map(|(at, _)| at);
    let text = &text[..end.unwrap_or(text.len())];
    let lower = text.to_lowercase();
    SIZES.iter().find_map(|(word, size)| {
        let after = lower.strip_prefix(word)?;
        let dong = after.trim_start().strip_prefix("đồng")?;
        // Lower and upper case of these letters take equally many bytes.
        Some((*size, text.len() - dong.len()))
    })
}

/// A whole number of đồng, or `None` if a fraction of one is left or it does not fit.
pub(crate) fn in_dong(number: Decimal, unit: i64) -> Option<Vnd> {
    let exact = number.checked_mul(Decimal::from(unit))?.rescale(0)?;
    Some(Vnd::new(exact.mantissa()))
}

/// The amounts in a text, in order; those that the evidence leaves open are left out.
pub(crate) fn amounts(text: &str, evidence: &Evidence) -> Vec<WrittenAmount> {
    numbers(text)
        .filter_map(|(start, end)| {
            let gap = text[end..].len() - text[end..].trim_start().len();
            let (unit, length) = unit_at(&text[end + gap..])?;
            let number = parse_number(&text[start..end], evidence).ok()?.value;
            Some(WrittenAmount {
                text: text[start..end + gap + length].to_owned(),
                number,
                unit,
            })
        })
        .collect()
}

/// Where numbers begin and end, separators inside included.
pub(crate) fn numbers(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|ch: char| ch.is_ascii_digit())?;
        let inside = |ch: char| ch.is_ascii_digit() || ch == '.' || ch == ',';
        let length = text[start..].find(|ch| !inside(ch));
        let end = length.map_or(text.len(), |length| start + length);
        at = end;
        let number = text[start..end].trim_end_matches(['.', ',']);
        Some((start, start + number.len()))
    })
}

/// Reads a number that counts things: where two readings are left, the whole one.
pub(crate) fn count(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let whole = |value: Decimal| (value.scale() == 0).then(|| value.mantissa());
    match parse_number(text, &Evidence::default()) {
        Ok(parsed) => whole(parsed.value),
        Err(NumberError::Ambiguous {
            vietnamese,
            english,
            ..
        }) => whole(vietnamese).or_else(|| whole(english)),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_with_their_units() {
        let evidence = Evidence::from_texts(["82.237.000.000"]);
        let read: Vec<_> = amounts("Nhu cầu: 2.438 đồng, 8.624 Triệu đồng; 12 máy", &evidence)
            .into_iter()
            .map(|amount| (amount.text.clone(), amount.vnd().map(Vnd::dong)))
            .collect();
        assert_eq!(
            read,
            [
                ("2.438 đồng".to_owned(), Some(2_438)),
                ("8.624 Triệu đồng".to_owned(), Some(8_624_000_000)),
            ]
        );
        assert!(amounts("8.624 triệu đồng", &Evidence::default()).is_empty());
    }

    #[test]
    fn counts_are_whole() {
        for (text, expected) in [
            ("01", Some(1)),
            ("1.000", Some(1000)),
            ("1,000", Some(1000)),
            ("1,5", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(count(text), expected, "{text}");
        }
    }
}
