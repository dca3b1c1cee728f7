//! Headings in capitals inside running text.

use crate::fold::fold;

/// A heading in capitals as it would be written within a text: `CHÍNH QUYỀN SỐ` gives
/// `Chính quyền số`. Abbreviations keep their capitals, and so does what has small letters
/// anyway.
pub fn sentence_case(text: &str) -> String {
    if text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    let words: Vec<String> = text
        .split(' ')
        .map(|word| {
            if is_abbreviation(word) {
                word.to_owned()
            } else {
                word.to_lowercase()
            }
        })
        .collect();
    let lower = words.join(" ");
    let mut chars = lower.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => lower,
    }
}

/// No Vietnamese syllable is without a vowel or has three consonants in a row but `ngh`.
fn is_abbreviation(word: &str) -> bool {
    let folded = fold(word);
    let letters: String = folded.replace("ngh", "ng");
    let vowel = |ch: char| "aeiouy".contains(ch);
    let longest = letters.split(vowel).map(str::len).max().unwrap_or(0);
    let alphabetic = folded.chars().any(|ch| ch.is_ascii_alphabetic());
    alphabetic && (longest > 2 || !letters.contains(vowel))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_a_sentence_and_abbreviations_stay() {
        for (written, shown) in [
            ("CHÍNH QUYỀN SỐ", "Chính quyền số"),
            ("ĐÁNH GIÁ VÀ KẾT QUẢ", "Đánh giá và kết quả"),
            ("ỨNG DỤNG CNTT TẠI UBND TỈNH", "Ứng dụng CNTT tại UBND tỉnh"),
            ("NGHIÊN CỨU NĂM 2023", "Nghiên cứu năm 2023"),
            ("Xã hội số", "Xã hội số"),
            ("", ""),
        ] {
            assert_eq!(sentence_case(written), shown);
        }
    }
}
