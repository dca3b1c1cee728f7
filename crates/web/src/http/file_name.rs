//! Names of files as people's machines give them.

use unicode_normalization::UnicodeNormalization;

/// The longest name, in characters.
const LONGEST: usize = 150;

/// The name without folders, control and direction characters, composed and not too long;
/// `tep` where nothing is left.
pub(super) fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let composed: String = last.nfc().filter(|ch| !hidden(*ch)).collect();
    let trimmed = composed.trim().trim_matches('.').trim();
    if trimmed.is_empty() {
        return "tep".to_owned();
    }
    let length = trimmed.chars().count();
    if length <= LONGEST {
        return trimmed.to_owned();
    }
    // The ending says what the file is: the middle goes.
    let ending = trimmed.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending: String = ending.chars().take(10).collect();
    let start = LONGEST - ending.chars().count() - 1;
    let start: String = trimmed.chars().take(start).collect();
    format!("{start}.{ending}")
}

/// Characters that show nothing or turn the text around, so that `exe.fdp` reads `pdf.exe`.
fn hidden(ch: char) -> bool {
    ch.is_control()
        || matches!(ch, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_name_is_left() {
        for (name, cleaned) in [
            ("Báo cáo.pdf", "Báo cáo.pdf"),
            ("Ba\u{301}o ca\u{301}o.pdf", "Báo cáo.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\fakepath\\a.xlsx", "a.xlsx"),
            ("..", "tep"),
            ("a\r\nb\0.pdf", "ab.pdf"),
            ("a\u{202e}fdp.exe", "afdp.exe"),
            (" .htaccess ", "htaccess"),
            ("", "tep"),
        ] {
            assert_eq!(clean(name), cleaned, "{name:?}");
        }
        let long = clean(&format!("{}.xlsx", "ở".repeat(400)));
        assert_eq!(long.chars().count(), LONGEST);
        assert!(long.to_ascii_lowercase().ends_with(".xlsx"));
    }

    proptest! {
        #[test]
        fn no_name_leads_anywhere(name in "\\PC{0,200}|[./\\\\a\\x00-\\x1f]{0,20}") {
            let cleaned = clean(&name);
            prop_assert!(!cleaned.contains(['/', '\\', '\0', '\n']));
            prop_assert!(!cleaned.is_empty() && cleaned != ".." && cleaned.chars().count() <= LONGEST);
        }
    }
}
