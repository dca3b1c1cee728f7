//! How the letters of a text are written: Unicode, or one of the ways of before it.
//!
//! UTF-8 and UTF-16 prove themselves. What is neither is read as windows-1258, TCVN3 (ABC) and
//! VNI, and the way in which most of the usual Vietnamese words appear is taken. A text in
//! TCVN3 or VNI is also found inside Unicode files, where somebody only changed the font.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use serde::Serialize;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::{ReadError, legacy};

/// A way of writing letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    Utf8,
    /// UTF-16, either order of bytes, with or without its mark.
    Utf16,
    /// The Windows code page of Vietnamese.
    Windows1258,
    /// TCVN 5712:1993 with the fonts `.Vn…`.
    Tcvn3,
    /// VNI for Windows with the fonts `VNI-…`.
    Vni,
}

/// How many of the usual words must appear before a way of writing is believed.
const FEWEST_WORDS: usize = 3;

pub(super) fn decode(bytes: &[u8]) -> Result<(String, Encoding), ReadError> {
    if let Some(text) = utf16(bytes) {
        return Ok((composed(text), Encoding::Utf16));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        return Ok(match legacy::restored(text) {
            Some((restored, encoding)) => (restored, encoding),
            None => (composed(text.to_owned()), Encoding::Utf8),
        });
    }
    if bytes.contains(&0) {
        return Err(ReadError::Encoding);
    }
    let page = composed(
        WINDOWS_1258
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    );
    let plain = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    let candidates = [
        (page, Encoding::Windows1258),
        (legacy::from_tcvn3(&plain), Encoding::Tcvn3),
        (legacy::from_vni(&plain), Encoding::Vni),
    ];
    candidates
        .into_iter()
        .map(|(text, encoding)| (usual_words(&text), text, encoding))
        .max_by_key(|(words, ..)| *words)
        .filter(|(words, ..)| *words >= FEWEST_WORDS)
        .map(|(_, text, encoding)| (text, encoding))
        .ok_or(ReadError::Encoding)
}

/// Composed letters, whatever the file holds.
pub(super) fn composed(text: String) -> String {
    if is_nfc(&text) {
        text
    } else {
        text.nfc().collect()
    }
}

/// UTF-16 by its mark, or because nearly every other byte of its plain letters is zero.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (encoding, rest) = match bytes {
        [0xff, 0xfe, rest @ ..] => (UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => (UTF_16BE, rest),
        _ => {
            let start = &bytes[..bytes.len().min(1_024)];
            let zeros = |odd: usize| {
                let every = start.iter().skip(odd).step_by(2);
                every.filter(|byte| **byte == 0).count() * 4 > start.len()
            };
            match (zeros(0), zeros(1)) {
                (false, true) => (UTF_16LE, bytes),
                (true, false) => (UTF_16BE, bytes),
                _ => return None,
            }
        }
    };
    if rest.len() % 2 == 1 {
        return None;
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(rest)?;
    // Two bytes of something else may also make letters; zeros and rare scripts give it away.
    (!text.contains('\0')).then(|| text.into_owned())
}

/// How many words of a text are among the most usual ones that only Vietnamese has.
pub(super) fn usual_words(text: &str) -> usize {
    const USUAL: [&str; 24] = [
        "của", "và", "các", "được", "đến", "về", "số", "tỉnh", "quyết", "định", "hoạch", "kế",
        "thực", "hiện", "sở", "huyện", "xã", "đơn", "vị", "mục", "tiêu", "chủ", "căn", "nhiệm",
    ];
    text.split(|ch: char| !ch.is_alphabetic())
        .filter(|word| !word.is_ascii())
        .filter(|word| USUAL.contains(&word.to_lowercase().as_str()))
        .count()
}
