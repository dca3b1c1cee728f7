//! The headings under which targets stand.

use plan::PlanView;
use plan::records::Heading;
use plan::view::TargetView;

/// The targets heading by heading, in the order of the annex; those under no heading last.
/// Headings without any of them are left out.
pub(super) fn by_heading<'v>(
    view: &'v PlanView,
    targets: &[&'v TargetView],
) -> Vec<(Option<&'v Heading>, Vec<&'v TargetView>)> {
    let under = |code: &str| -> Vec<&'v TargetView> {
        let under = targets.iter().filter(|target| target.body.group == code);
        under.copied().collect()
    };
    let known = |target: &&&'v TargetView| {
        let mut headings = view.body.groups.iter();
        headings.any(|heading| heading.code == target.body.group)
    };
    let others = targets.iter().filter(|target| !known(target)).copied();
    view.body
        .groups
        .iter()
        .map(|heading| (Some(heading), under(&heading.code)))
        .chain([(None, others.collect())])
        .filter(|(_, targets)| !targets.is_empty())
        .collect()
}

/// A heading with its number: `I. Chính quyền số`.
pub(super) fn title(heading: &Heading) -> String {
    format!("{}. {}", heading.code, sentence_case(&heading.title))
}

/// A heading in capitals as it would be written within a text: `CHÍNH QUYỀN SỐ` gives
/// `Chính quyền số`. Abbreviations keep their capitals, and so does what has small letters
/// anyway.
pub(super) fn sentence_case(text: &str) -> String {
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
    let folded = vocab::fold::fold(word);
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
