//! Writes text in ways of before Unicode, and numbers as people do.

use unicode_normalization::UnicodeNormalization as _;

/// Letters and their marks one by one.
pub(crate) fn apart(text: &str) -> String {
    text.nfd().collect()
}

pub(crate) fn utf16(text: &str, marked: bool) -> Vec<u8> {
    let mark = marked.then_some(0xfeff);
    mark.into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect()
}

/// The tone of a letter stands after it, its other mark in it.
pub(crate) fn windows_1258(text: &str) -> Vec<u8> {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let mut written = String::new();
    for letter in text.nfc() {
        let (tones, rest): (Vec<char>, Vec<char>) = letter
            .to_string()
            .nfd()
            .partition(|mark| TONES.contains(mark));
        written.extend(rest.into_iter().nfc());
        written.extend(tones);
    }
    let (bytes, ..) = encoding_rs::WINDOWS_1258.encode(&written);
    bytes.into_owned()
}

const TCVN3: (&str, &str) = (
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u{ad}õøö÷ùúýûüþ¡¢§£¤¥¦",
);

pub(crate) fn tcvn3(text: &str) -> Vec<u8> {
    let written: String = text
        .nfc()
        .map(|letter| {
            let find = |wanted: char| TCVN3.0.chars().position(|known| known == wanted);
            let small = letter.to_lowercase().next().unwrap();
            let at = find(letter).or_else(|| find(small));
            at.map_or(letter, |at| TCVN3.1.chars().nth(at).unwrap())
        })
        .collect();
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&written);
    bytes.into_owned()
}

const VNI: [(&str, &str); 2] = [
    (
        "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệòóỏõọôồốổỗộùúủũụỳýỷỹờớởỡợừứửữự",
        "aøaùaûaõaïaêaèaéaúaüaëaâaàaáaåaãaäeøeùeûeõeïeâeàeáeåeãeäoøoùoûoõoïoâoàoáoåoãoäuøuùuûuõuïyøyùyûyõôøôùôûôõôïöøöùöûöõöï",
    ),
    ("đơưìíỉĩịỵ", "ñôöìíæóòî"),
];

pub(crate) fn vni(text: &str) -> Vec<u8> {
    let mut written = String::new();
    for letter in text.nfc() {
        let small = letter.to_lowercase().next().unwrap();
        let found = VNI.iter().enumerate().find_map(|(kind, (from, to))| {
            let at = from.chars().position(|known| known == small)?;
            let width = 2 - kind;
            Some(to.chars().skip(at * width).take(width).collect::<String>())
        });
        let found = found.unwrap_or_else(|| letter.to_string());
        written.push_str(&if letter.is_uppercase() {
            found.to_uppercase()
        } else {
            found
        });
    }
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&written);
    bytes.into_owned()
}

/// `10,000,000`
pub(crate) fn thousands(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

pub(crate) fn roman(number: u32) -> String {
    const ROMAN: [&str; 15] = [
        "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
    ];
    ROMAN[number as usize].to_owned()
}
