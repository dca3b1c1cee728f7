//! The letters of papers: Tinos in four cuts, built into the program.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// What the typeface is called in templates.
pub(crate) const FAMILY: &str = "Tinos";

/// The licence under which the typeface comes (OFL 1.1).
pub const LICENCE: &str = include_str!("../../../web-assets/fonts/tinos-OFL.txt");

const FILES: [&[u8]; 4] = [
    include_bytes!("../../../web-assets/fonts/tinos-regular.ttf"),
    include_bytes!("../../../web-assets/fonts/tinos-bold.ttf"),
    include_bytes!("../../../web-assets/fonts/tinos-italic.ttf"),
    include_bytes!("../../../web-assets/fonts/tinos-bold-italic.ttf"),
];

/// All cuts, and what each of them is.
pub(crate) struct Fonts {
    pub book: LazyHash<FontBook>,
    pub all: Vec<Font>,
}

/// Read once.
pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let all: Vec<Font> = FILES
        .into_iter()
        .flat_map(|file| Font::iter(Bytes::new(file)))
        .collect();
    Fonts {
        book: LazyHash::new(FontBook::from_fonts(&all)),
        all,
    }
});

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    /// Every letter of Vietnamese, and what stands between them in official papers.
    #[test]
    fn every_cut_has_every_letter_of_vietnamese() {
        let vowels = "aăâeêioôơuưy";
        let marks = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
        let mut letters: Vec<char> = "đĐ₫–—“”‘’«»…·×§°²³≤≥".chars().collect();
        letters.extend(' '..='~');
        for vowel in vowels.chars() {
            for vowel in [vowel, vowel.to_uppercase().next().unwrap()] {
                for mark in marks {
                    let text: String = format!("{vowel}{mark}");
                    letters.extend(composed(&text).chars());
                }
            }
        }
        assert_eq!(FONTS.all.len(), 4);
        for font in &FONTS.all {
            assert_eq!(font.info().family, FAMILY);
            for letter in &letters {
                assert!(
                    font.info().coverage.contains(u32::from(*letter)),
                    "{letter} U+{:04X}",
                    u32::from(*letter)
                );
            }
        }
        assert!(LICENCE.contains("SIL OPEN FONT LICENSE"));
    }

    fn composed(text: &str) -> String {
        text.nfc().collect()
    }
}
