//! Vietnamese of before Unicode, as it looks when its bytes are taken for windows-1252.

use super::encoding::{Encoding, usual_words};

/// TCVN3: a letter for a letter. Capitals with tones are the small ones in a font of capitals.
const TCVN3: [(&str, &str); 2] = [
    (
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u{ad}õøö÷ùúýûüþ",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
    ),
    ("¡¢§£¤¥¦", "ĂÂĐÊÔƠƯ"),
];

/// VNI: a letter and a second one for its mark. Longest first does not matter: no pair begins
/// with a single.
const VNI_PAIRS: [(char, &str, &str); 7] = [
    ('a', "øùûõïêèéúüëâàáåãä", "àáảãạăằắẳẵặâầấẩẫậ"),
    ('e', "øùûõïâàáåãä", "èéẻẽẹêềếểễệ"),
    ('o', "øùûõïâàáåãä", "òóỏõọôồốổỗộ"),
    ('u', "øùûõï", "ùúủũụ"),
    ('y', "øùûõ", "ỳýỷỹ"),
    ('ô', "øùûõï", "ờớởỡợ"),
    ('ö', "øùûõï", "ừứửữự"),
];
const VNI_SINGLES: (&str, &str) = ("ñôöìíæóòî", "đơưìíỉĩịỵ");

pub(super) fn from_tcvn3(text: &str) -> String {
    let restored: String = text
        .chars()
        .map(|ch| {
            if ch.is_ascii() {
                return ch;
            }
            let known = TCVN3.iter().find_map(|(from, to)| {
                from.chars()
                    .zip(to.chars())
                    .find_map(|(from, to)| (from == ch).then_some(to))
            });
            known.unwrap_or(ch)
        })
        .collect();
    capitals(&restored)
}

/// A small letter with a mark among capitals was a capital.
fn capitals(text: &str) -> String {
    text.split_inclusive(|ch: char| !ch.is_alphabetic())
        .map(|word| {
            let upper = word.chars().filter(|ch| ch.is_uppercase()).count();
            let plain_lower = word.chars().any(|ch| ch.is_ascii_lowercase());
            if upper > 0 && !plain_lower && word.chars().filter(|ch| ch.is_alphabetic()).count() > 1
            {
                word.to_uppercase()
            } else {
                word.to_owned()
            }
        })
        .collect()
}

pub(super) fn from_vni(text: &str) -> String {
    let mut restored = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let pair = letters.peek().and_then(|mark| vni_pair(letter, *mark));
        if let Some(pair) = pair {
            letters.next();
            restored.push(pair);
        } else {
            restored.push(vni_single(letter));
        }
    }
    restored
}

fn vni_pair(letter: char, mark: char) -> Option<char> {
    let base = small(letter);
    let mark = small(mark);
    let (_, marks, made) = VNI_PAIRS.iter().find(|(known, ..)| *known == base)?;
    let made = marks
        .chars()
        .zip(made.chars())
        .find_map(|(known, made)| (known == mark).then_some(made))?;
    Some(like(letter, made))
}

fn vni_single(letter: char) -> char {
    let (from, to) = VNI_SINGLES;
    let known = from
        .chars()
        .zip(to.chars())
        .find_map(|(from, to)| (from == small(letter)).then_some(to));
    known.map_or(letter, |made| like(letter, made))
}

fn small(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

fn like(written: char, made: char) -> char {
    if written.is_uppercase() {
        made.to_uppercase().next().unwrap_or(made)
    } else {
        made
    }
}

/// A Unicode text that only looked Vietnamese in a font of before Unicode.
pub(super) fn restored(text: &str) -> Option<(String, Encoding)> {
    // Either way of writing uses these letters all the time, and Vietnamese does not.
    let strange = text
        .chars()
        .filter(|ch| "®µ¸¶·¹¨»¾¼½ñøùûõïöÖ".contains(*ch));
    let as_is = usual_words(text);
    if strange.count() < 8 {
        return None;
    }
    let candidates = [
        (from_tcvn3(text), Encoding::Tcvn3),
        (from_vni(text), Encoding::Vni),
    ];
    candidates
        .into_iter()
        .map(|(text, encoding)| (usual_words(&text), text, encoding))
        .max_by_key(|(words, ..)| *words)
        .filter(|(words, ..)| *words > 2 * as_is + 2)
        .map(|(_, text, encoding)| (text, encoding))
}
