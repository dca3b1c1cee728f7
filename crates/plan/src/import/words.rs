//! Text as a sequence of words with what stands between them.

use std::ops::Range;

use vocab::fold::name_key;

/// One word: letters and digits without anything between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Composed, lower case, tone on its usual vowel.
    pub key: String,
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word> {
    let word = |span: Range<usize>| Word {
        key: name_key(&text[span.clone()]),
        span,
    };
    spans(text).into_iter().map(word).collect()
}

/// Where the words of a text stand, in bytes.
pub fn spans(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut start = None;
    for (at, ch) in text.char_indices().chain([(text.len(), ' ')]) {
        if is_word_char(ch) {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            spans.push(from..at);
        }
    }
    spans
}

/// The words of a name with single spaces between: what two spellings of it have in common.
pub fn key(text: &str) -> String {
    let words: Vec<String> = words(text).into_iter().map(|word| word.key).collect();
    words.join(" ")
}

/// Combining marks belong to the letter before them.
fn is_word_char(ch: char) -> bool {
    ch.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&ch)
}

/// How many letters must be added, dropped or changed to make one text of the other, or
/// `None` if more than `most`.
pub fn distance(left: &str, right: &str, most: usize) -> Option<usize> {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
        if row.iter().all(|cost| *cost > most) {
            return None;
        }
    }
    row.last().copied().filter(|cost| *cost <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_case_and_the_place_of_tones_do_not_matter() {
        assert_eq!(key("Sở Văn hoá, Thể thao"), key("sở  VĂN HÓA Thể thao"));
        assert_eq!(key("Sở NN& PTNT"), "sở nn ptnt");
        assert_ne!(key("Xã Đông Thành"), key("Xã Đông Thạnh"));
    }

    #[test]
    fn distance_counts_letters_and_gives_up_early() {
        assert_eq!(distance("các ở", "các sở", 1), Some(1));
        assert_eq!(distance("pntn", "ptnt", 2), Some(2));
        assert_eq!(distance("", "", 0), Some(0));
        assert_eq!(distance("sở nội vụ", "sở ngoại vụ", 2), None);
    }
}
