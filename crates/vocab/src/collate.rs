//! The order in which Vietnamese readers look things up, as bytes that any database sorts.
//!
//! Letters come first (a ă â b c d đ e ê …), then tones (ngang, huyền, hỏi, ngã, sắc,
//! nặng), then case. A tone belongs to its syllable, so `hòa` and `hoà` sort as one, and a
//! run of digits is one number: Phường 2 stands before Phường 10. Texts that differ in
//! punctuation alone share a key; whoever lists them breaks the tie by identifier.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Ends a level; lower than every weight, so that a shorter text stands first.
const LEVEL_END: u8 = 0;
/// Between two words.
const WORD_END: u8 = 1;
/// Opens a number, which stands before every letter.
const NUMBER: u8 = 2;
/// Opens a letter of another alphabet, after all of ours.
const FOREIGN: u8 = 0xf0;
/// Our letters count up from here.
const FIRST_LETTER: u8 = 0x10;

const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

const LOWER: u8 = 1;
const UPPER: u8 = 2;

/// The bytes by which a text sorts: comparing keys compares the texts.
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut levels = Levels::default();
    let mut chars = text.nfd().peekable();
    while let Some(ch) = chars.next() {
        if ch.is_ascii_digit() {
            let mut digits = vec![ch as u8];
            while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                digits.push(digit as u8);
            }
            levels.number(&digits);
        } else if ch.is_alphanumeric() {
            let mut marks = Vec::new();
            while let Some(mark) = chars.next_if(|next| is_combining_mark(*next)) {
                marks.push(mark);
            }
            levels.letter(ch, &marks);
        } else if !is_combining_mark(ch) {
            levels.end_word();
        }
    }
    levels.into_key()
}

/// The first `max` bytes of [`sort_key`], for an index that holds no more. Texts keep
/// their order, but some that differ late may tie.
pub fn sort_key_cut(text: &str, max: usize) -> Vec<u8> {
    let mut key = sort_key(text);
    key.truncate(max);
    key
}

#[derive(Default)]
struct Levels {
    letters: Vec<u8>,
    tones: Vec<u8>,
    cases: Vec<u8>,
    word_open: bool,
    /// A word has ended and the next one has not begun.
    gap: bool,
}

impl Levels {
    fn open_word(&mut self) {
        if self.gap {
            self.letters.push(WORD_END);
            self.tones.push(WORD_END);
            self.gap = false;
        }
        self.word_open = true;
    }

    fn end_word(&mut self) {
        self.gap = self.word_open;
    }

    /// A number as its length and its digits: the longer one is the greater.
    fn number(&mut self, digits: &[u8]) {
        self.open_word();
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        let significant = &digits[zeros..];
        self.letters.push(NUMBER);
        let length = u32::try_from(significant.len()).unwrap_or(u32::MAX);
        match u8::try_from(length) {
            Ok(short) if short < u8::MAX => self.letters.push(short),
            _ => {
                self.letters.push(u8::MAX);
                self.letters.extend(length.to_be_bytes());
            }
        }
        self.letters.extend(significant);
    }

    fn letter(&mut self, ch: char, marks: &[char]) {
        self.open_word();
        self.tones
            .extend(marks.iter().filter_map(|mark| tone(*mark)));
        for lower in ch.to_lowercase() {
            // The Icelandic letter looks the same and is typed for it.
            let base = if lower == 'ð' { 'đ' } else { lower };
            let shaped = marks.iter().fold(base, |base, mark| shape(base, *mark));
            let ours = ALPHABET.chars().position(|letter| letter == shaped);
            if let Some(weight) = ours.and_then(|at| u8::try_from(at).ok()) {
                self.letters.push(FIRST_LETTER + weight);
            } else {
                self.letters.push(FOREIGN);
                self.letters.extend(&u32::from(shaped).to_be_bytes()[1..]);
            }
            self.cases.push(if lower == ch { LOWER } else { UPPER });
        }
    }

    fn into_key(mut self) -> Vec<u8> {
        trim(&mut self.tones, WORD_END);
        trim(&mut self.cases, LOWER);
        let mut key = self.letters;
        key.push(LEVEL_END);
        key.extend(self.tones);
        key.push(LEVEL_END);
        key.extend(self.cases);
        key
    }
}

fn trim(weights: &mut Vec<u8>, usual: u8) {
    while weights.last() == Some(&usual) {
        weights.pop();
    }
}

/// The tone's weight; a syllable without a mark is ngang and has none.
fn tone(mark: char) -> Option<u8> {
    match mark {
        '\u{300}' => Some(2),
        '\u{309}' => Some(3),
        '\u{303}' => Some(4),
        '\u{301}' => Some(5),
        '\u{323}' => Some(6),
        _ => None,
    }
}

/// The letter that a base and a mark make; other marks leave it alone.
fn shape(base: char, mark: char) -> char {
    match (base, mark) {
        ('a', '\u{306}') => 'ă',
        ('a', '\u{302}') => 'â',
        ('e', '\u{302}') => 'ê',
        ('o', '\u{302}') => 'ô',
        ('o', '\u{31b}') => 'ơ',
        ('u', '\u{31b}') => 'ư',
        (other, _) => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn assert_sorted(texts: &[&str]) {
        for pair in texts.windows(2) {
            assert!(
                sort_key(pair[0]) < sort_key(pair[1]),
                "{} < {}",
                pair[0],
                pair[1]
            );
        }
    }

    #[test]
    fn letters_then_tones_then_case() {
        assert_sorted(&["a", "à", "ả", "ã", "á", "ạ", "ă", "ắ", "â", "b"]);
        assert_sorted(&["d", "dz", "đ", "e", "ê", "ề", "f"]);
        assert_sorted(&["o", "ọ", "ô", "ộ", "ơ", "p", "u", "ư", "ự", "v"]);
        assert_sorted(&["an", "An", "AN", "àn", "ana"]);
        assert_sorted(&["ma", "mà", "mạ", "ma cà", "mà ca"]);
        assert_sorted(&["Đông Thành", "Đông Thạnh", "Đông Thạnh A"]);
    }

    #[test]
    fn digits_are_numbers() {
        assert_sorted(&["Phường", "Phường 1", "Phường 2", "Phường 10", "Phường An"]);
        assert_sorted(&["9.10", "10.2", "10.10"]);
        assert_sorted(&["99999999999999999999", "100000000000000000000"]);
        assert_eq!(sort_key("Phường 01"), sort_key("Phường 1"));
        let long = "1".repeat(300);
        assert_sorted(&[&"9".repeat(299), &long, &format!("{long}0")]);
    }

    #[test]
    fn spellings_of_one_word_tie() {
        assert_eq!(sort_key("Xã Hòa Ninh"), sort_key(" Xã  Hoà-Ninh"));
        assert_eq!(sort_key("Ðông"), sort_key("Đông"));
        assert_eq!(sort_key("e\u{301}\u{302}"), sort_key("ế"));
    }

    proptest! {
        #[test]
        fn composed_and_decomposed_sort_alike(text in "\\PC{0,30}") {
            let composed: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(sort_key(&composed), sort_key(&decomposed));
        }

        #[test]
        fn a_cut_key_never_turns_the_order_round(
            one in "[aăâáạdđ 0-9A]{0,12}",
            other in "[aăâáạdđ 0-9A]{0,12}",
            max in 0_usize..20,
        ) {
            if sort_key(&one) <= sort_key(&other) {
                prop_assert!(sort_key_cut(&one, max) <= sort_key_cut(&other, max));
            }
        }

        #[test]
        fn numbers_sort_by_value(one in any::<u64>(), other in any::<u64>()) {
            let keys = [one, other].map(|number| sort_key(&format!("Khóm {number} A")));
            prop_assert_eq!(keys[0].cmp(&keys[1]), one.cmp(&other));
        }

        #[test]
        fn letters_decide_before_tones_and_tones_before_case(
            word in "[bcd]{1,4}",
            tone in prop::sample::select(vec!["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"]),
        ) {
            let toned = format!("a{tone}{word}");
            let [breve, longer] = [format!("ă{word}"), format!("{toned}a")];
            prop_assert!(sort_key(&toned) < sort_key(&breve));
            prop_assert!(sort_key(&toned) < sort_key(&longer));
            prop_assert!(sort_key(&toned) < sort_key(&toned.to_uppercase()));
        }
    }
}
