//! Numbers as lists write them.

/// The letter of a number from 1, the first for 1; after the last come the same again.
pub(crate) fn letter(number: u32, first: u8) -> String {
    let place = u8::try_from(number.saturating_sub(1) % 26).unwrap_or(0);
    char::from(first + place).to_string()
}

/// A number as Romans wrote it; above 3.999 that.
pub(crate) fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number.min(3_999);
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_letters_and_roman_numerals() {
        let roman: Vec<String> = [1, 4, 14, 49, 90, 1994].into_iter().map(roman).collect();
        assert_eq!(roman, ["I", "IV", "XIV", "XLIX", "XC", "MCMXCIV"]);
        let letters: String = [1, 3, 26, 27].map(|number| letter(number, b'a')).concat();
        assert_eq!(letters, "acza");
    }
}
