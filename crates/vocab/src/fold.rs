//! Text reduced to what people mean when they type it into a search box.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest token that goes into a search index, in characters.
const TOKEN_CHARS: usize = 40;

/// Huyền, sắc, ngã, hỏi, nặng as combining marks.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Lower case without marks: `Đông Thạnh` and its decomposed twin both give `dong thanh`.
/// Everything but `[a-z0-9]` becomes one space; no space at either end.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for ch in text
        .nfd()
        .filter(|ch| !is_combining_mark(*ch))
        .flat_map(char::to_lowercase)
    {
        let plain = match ch {
            'đ' | 'ð' => 'd',
            other => other,
        };
        if plain.is_ascii_alphanumeric() {
            folded.push(plain);
        } else if !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// The distinct tokens of a text for a search index: its folded words, and for words that
/// carry marks the word itself too (lower case, composed, tone on its usual vowel), so that
/// an exact spelling can be told from a loose one. At most 40 characters each.
pub fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let decomposed: String = text.nfd().collect();
    for word in decomposed.split(|ch: char| !(ch.is_alphanumeric() || is_combining_mark(ch))) {
        for folded in fold(word).split(' ').filter(|part| !part.is_empty()) {
            tokens.push(cut(folded));
        }
        let toned = usual_tone_place(&word.nfc().collect::<String>().to_lowercase());
        if !toned.is_ascii() && toned.contains(char::is_alphanumeric) {
            tokens.push(cut(&toned));
        }
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// What two spellings of one official name have in common: composed, lower case, single
/// spaces, tones on their usual vowels. Tones stay: Đông Thành and Đông Thạnh are two
/// communes.
pub fn name_key(name: &str) -> String {
    let lower = name.nfc().collect::<String>().to_lowercase();
    lower
        .split_whitespace()
        .map(usual_tone_place)
        .collect::<Vec<_>>()
        .join(" ")
}

fn cut(token: &str) -> String {
    token.chars().take(TOKEN_CHARS).collect()
}

/// Both habits of writing tones on `oa`, `oe` and `uy` at the end of a word give the newer
/// one: `hòa` and `hoà` give `hoà`. `qu` is a consonant: `quý` stays.
fn usual_tone_place(word: &str) -> String {
    let decomposed: Vec<char> = word.nfd().collect();
    let [.., first, tone, second] = decomposed[..] else {
        return word.to_owned();
    };
    let pair = matches!((first, second), ('o', 'a' | 'e') | ('u', 'y'));
    let after_q = decomposed.len() >= 4 && decomposed[decomposed.len() - 4] == 'q';
    if !pair || after_q || !TONES.contains(&tone) {
        return word.to_owned();
    }
    let moved = decomposed[..decomposed.len() - 3]
        .iter()
        .copied()
        .chain([first, second, tone]);
    moved.nfc().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_and_case_do_not_matter_when_folding() {
        for text in [
            "Đông Thạnh",
            "ĐÔNG THẠNH",
            "Ðông  Thạnh.",
            "đo\u{302}ng tha\u{323}nh",
        ] {
            assert_eq!(fold(text), "dong thanh");
        }
        assert_eq!(fold("QĐ-UBND/833"), "qd ubnd 833");
        assert_eq!(fold("…"), "");
    }

    #[test]
    fn names_keep_their_tones() {
        assert_ne!(name_key("Xã Đông Thành"), name_key("Xã Đông Thạnh"));
        assert_eq!(name_key("Xã  Hòa Ninh"), name_key("xã Hoà Ninh"));
        assert_eq!(name_key("Thủy"), name_key("Thuỷ"));
        assert_eq!(name_key("Quý"), "quý");
    }

    #[test]
    fn toned_words_give_two_tokens() {
        assert_eq!(tokens("Ký số, 24/7"), ["24", "7", "ky", "ký", "so", "số"]);
    }

    proptest! {
        #[test]
        fn composed_and_decomposed_fold_alike(text in "\\PC{0,40}") {
            let composed: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(fold(&composed), fold(&decomposed));
            prop_assert_eq!(tokens(&composed), tokens(&decomposed));
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
