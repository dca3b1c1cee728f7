//! Numbers in words.

const DIGITS: [&str; 10] = [
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín",
];

const BILLION: u64 = 1_000_000_000;

/// A number in Vietnamese words: `mốt`, `tư` and `lăm` after `mươi`, `linh` before a lone
/// unit, `không trăm` where a group after the first has no hundreds. What passes a billion
/// counts in billions: `một nghìn tỷ`.
pub(super) fn vietnamese(number: u64) -> String {
    if number == 0 {
        return DIGITS[0].to_owned();
    }
    let mut words = Vec::new();
    count(number, &mut words);
    words.join(" ")
}

fn count(number: u64, words: &mut Vec<&'static str>) {
    if number >= BILLION {
        count(number / BILLION, words);
        words.push("tỷ");
    }
    for (size, name) in [
        (1_000_000, Some("triệu")),
        (1_000, Some("nghìn")),
        (1, None),
    ] {
        let group = number % BILLION / size % 1_000;
        if group > 0 {
            hundreds(group, !words.is_empty(), words);
            words.extend(name);
        }
    }
}

/// Three digits; `after` says that something stands before them, so that an absent hundred
/// is named.
fn hundreds(group: u64, after: bool, words: &mut Vec<&'static str>) {
    let [hundred, ten, unit] = [group / 100, group / 10 % 10, group % 10].map(small);
    let with_hundred = hundred > 0 || after;
    if with_hundred {
        words.extend([DIGITS[hundred], "trăm"]);
    }
    match ten {
        0 if unit > 0 && with_hundred => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([DIGITS[ten], "mươi"]),
    }
    match (ten, unit) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(DIGITS[unit]),
    }
}

const UNDER_TWENTY: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// The thousands' powers, greatest first, as far as 64 bits go.
const SIZES: [(u64, &str); 7] = [
    (1_000_000_000_000_000_000, "quintillion"),
    (1_000_000_000_000_000, "quadrillion"),
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
    (1, ""),
];

/// A number in English words: `forty-eight billion eight hundred fifty-five million`.
pub(super) fn english(number: u64) -> String {
    if number == 0 {
        return UNDER_TWENTY[0].to_owned();
    }
    let mut words = Vec::new();
    for (size, name) in SIZES {
        let group = number / size % 1_000;
        if group >= 100 {
            words.push(UNDER_TWENTY[small(group / 100)].to_owned());
            words.push("hundred".to_owned());
        }
        let rest = group % 100;
        let (ten, unit) = (small(rest / 10), small(rest % 10));
        match (rest, unit) {
            (0, _) => {}
            (..20, _) => words.push(UNDER_TWENTY[small(rest)].to_owned()),
            (_, 0) => words.push(TENS[ten].to_owned()),
            _ => words.push(format!("{}-{}", TENS[ten], UNDER_TWENTY[unit])),
        }
        if group > 0 && !name.is_empty() {
            words.push(name.to_owned());
        }
    }
    words.join(" ")
}

/// A number below a thousand as an index.
fn small(number: u64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn vietnamese_words() {
        for (number, words) in [
            (0, "không"),
            (5, "năm"),
            (10, "mười"),
            (11, "mười một"),
            (14, "mười bốn"),
            (15, "mười lăm"),
            (20, "hai mươi"),
            (21, "hai mươi mốt"),
            (24, "hai mươi tư"),
            (25, "hai mươi lăm"),
            (101, "một trăm linh một"),
            (104, "một trăm linh bốn"),
            (105, "một trăm linh năm"),
            (110, "một trăm mười"),
            (115, "một trăm mười lăm"),
            (1_005, "một nghìn không trăm linh năm"),
            (1_000_010, "một triệu không trăm mười"),
            (3_640_000_000, "ba tỷ sáu trăm bốn mươi triệu"),
            (1_000_000_000_000, "một nghìn tỷ"),
            (2_000_001_000_000_000, "hai triệu không trăm linh một tỷ"),
            (
                48_855_719_072,
                "bốn mươi tám tỷ tám trăm năm mươi lăm triệu bảy trăm mười chín nghìn không trăm bảy mươi hai",
            ),
        ] {
            assert_eq!(vietnamese(number), words);
        }
    }

    #[test]
    fn english_words() {
        for (number, words) in [
            (7, "seven"),
            (40, "forty"),
            (342, "three hundred forty-two"),
            (1_000_015, "one million fifteen"),
            (
                48_855_719_072,
                "forty-eight billion eight hundred fifty-five million seven hundred nineteen thousand seventy-two",
            ),
        ] {
            assert_eq!(english(number), words);
        }
    }

    /// Reads Vietnamese words back, knowing nothing of how they were made.
    fn value(words: &str) -> u64 {
        let (mut total, mut group, mut digit) = (0_u64, 0_u64, 0_u64);
        for word in words.split(' ') {
            match word {
                "tỷ" => {
                    total = (total + group + digit) * BILLION;
                    (group, digit) = (0, 0);
                }
                "triệu" | "nghìn" => {
                    let size = if word == "triệu" { 1_000_000 } else { 1_000 };
                    total += (group + digit) * size;
                    (group, digit) = (0, 0);
                }
                "trăm" => (group, digit) = (digit * 100, 0),
                "mươi" => (group, digit) = (group + digit * 10, 0),
                "mười" => (group, digit) = (group + 10, 0),
                "linh" => {}
                "mốt" => digit = 1,
                "tư" => digit = 4,
                "lăm" => digit = 5,
                plain => digit = DIGITS.iter().position(|name| *name == plain).unwrap() as u64,
            }
        }
        total + group + digit
    }

    proptest! {
        #[test]
        fn words_name_the_number(
            number in prop_oneof![0_u64..1_000, 0_u64..2_000_000, any::<u64>()],
        ) {
            prop_assert_eq!(value(&vietnamese(number)), number);
        }

        #[test]
        fn different_numbers_have_different_english(one in any::<u64>(), other in any::<u64>()) {
            prop_assert_eq!(one == other, english(one) == english(other));
        }
    }
}
