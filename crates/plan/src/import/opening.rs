//! What a paragraph is, by how it begins.

use vocab::fold::fold;

/// How much of a paragraph tells what it is, in characters.
const OPENING: usize = 60;

/// The beginning of a paragraph, folded.
pub(crate) fn opening(text: &str) -> String {
    let end = text.char_indices().nth(OPENING).map(|(at, _)| at);
    fold(&text[..end.unwrap_or(text.len())])
}

/// The beginning of a paragraph, folded, if it begins with these folded words. Most
/// paragraphs are told apart by their first letter.
pub(crate) fn opening_with(text: &str, words: &str) -> Option<String> {
    let first = text.find(char::is_alphanumeric)?;
    let letter: String = text[first..].chars().take(1).collect();
    let alike = words.starts_with(&fold(&letter));
    alike
        .then(|| opening(&text[first..]))
        .filter(|opening| opening.starts_with(words))
}

/// `IV`, `B`: what headings are counted with.
pub(crate) fn is_code(text: &str) -> bool {
    let roman = text.len() <= 8 && text.chars().all(|ch| "IVXLC".contains(ch));
    let letter = text.chars().count() == 1 && text.chars().all(char::is_uppercase);
    !text.is_empty() && (roman || letter)
}

/// More of what stands above it.
pub(crate) fn begins_small(text: &str) -> bool {
    text.chars()
        .find(|ch| ch.is_alphanumeric())
        .is_some_and(char::is_lowercase)
}

/// The number in a heading such as `PHỤ LỤC 2`, `Phụ lục số 02:` or `BIỂU II`.
pub(crate) fn annex_number(text: &str) -> Option<u32> {
    ["phu luc ", "bieu ", "pl "].iter().find_map(|word| {
        let opening = opening_with(text, word.trim_end())?;
        let rest = opening.strip_prefix(word.trim_end())?;
        // «PL2» is written as one word, «phụ lục» is not.
        let rest = rest
            .strip_prefix(' ')
            .or((*word == "pl ").then_some(rest))?;
        let rest = rest.strip_prefix("so ").unwrap_or(rest);
        let number = arabic_or_roman(rest.split(' ').next()?)?;
        // «Phụ lục 2 kèm theo Quyết định…» in running text goes on in small letters.
        let alone = !rest.contains(' ');
        let titled = text.starts_with(|ch: char| ch.is_uppercase());
        (alone
            || (titled && text.chars().nth(1).is_some_and(char::is_uppercase))
            || text.contains([':', '.', '-']))
        .then_some(number)
    })
}

/// The annexes that a sentence such as `Đính kèm Phụ lục 2 và phụ lục 3` attaches.
pub(crate) fn attached(text: &str) -> Vec<u32> {
    let opening = opening_with(text, "dinh kem phu luc")
        .or_else(|| opening_with(text, "kem theo phu luc"))
        .unwrap_or_default();
    opening
        .split("phu luc ")
        .skip(1)
        .filter_map(|rest| arabic_or_roman(rest.split(' ').next()?))
        .collect()
}

fn arabic_or_roman(text: &str) -> Option<u32> {
    const ROMAN: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    let roman = || {
        (1..)
            .zip(ROMAN)
            .find_map(|(n, roman)| (roman == text).then_some(n))
    };
    text.parse().ok().or_else(roman)
}
