//! Passwords that are guessed first.
//!
//! Whoever guesses begins with known words, with what is known about the person and the
//! place, and varies them: capitals, marks left out, `@` for `a`, a year and a sign behind. So
//! all that is taken away, and a password must hold something beyond it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use vocab::fold::fold;

/// Known passwords and words; see `data/passwords/README.md`.
const KNOWN: &str = include_str!("../../../../data/passwords/known-bad.txt");
/// A password of fewer different characters is a pattern.
const FEWEST_CHARACTERS: usize = 5;
/// So many letters must be left beside known words.
const FEWEST_LETTERS: usize = 4;
/// Shorter words stand in too many sentences to say anything.
const SHORTEST_WORD: usize = 4;

static LINES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| KNOWN.lines().collect());
/// Known words, the longest first, so that the whole of one is taken before a part.
static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let letters = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    let mut words: Vec<&str> = KNOWN.lines().filter(letters).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
});

/// Whether a password is guessed first by somebody who knows these texts about its owner.
pub(super) fn is_guessable(password: &str, about: &[&str]) -> bool {
    let plain = unmarked(password);
    let mut distinct: Vec<char> = plain.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let mut own: Vec<String> = about.iter().flat_map(|text| words_of(text)).collect();
    own.sort_by_key(|word| std::cmp::Reverse(word.len()));
    LINES.contains(plain.as_str())
        || distinct.len() < FEWEST_CHARACTERS
        || is_run(&plain)
        || [letters_alone(&plain), letters_undisguised(&plain)]
            .iter()
            .any(|letters| left_beside(letters, &own) < FEWEST_LETTERS)
}

/// Lower case without marks and spaces; signs stay.
fn unmarked(text: &str) -> String {
    let letter = |ch: char| match fold(&ch.to_string()) {
        folded if folded.is_empty() => ch.to_string(),
        folded => folded,
    };
    // Composed, so that a mark typed by itself does not count as a sign.
    text.nfc()
        .filter(|ch| !ch.is_whitespace())
        .map(letter)
        .collect()
}

/// The words of a login or a name, and all of them together.
fn words_of(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
    words.push(folded.replace(' ', ""));
    words.retain(|word| word.len() >= SHORTEST_WORD);
    words
}

fn letters_alone(plain: &str) -> String {
    plain.chars().filter(|ch| ch.is_alphabetic()).collect()
}

/// The letters, with digits and signs that stand for one beside letters (`m@tkh4u`).
fn letters_undisguised(plain: &str) -> String {
    let chars: Vec<char> = plain.chars().collect();
    let mut letters = String::new();
    for run in chars.chunk_by(|one, other| one.is_alphabetic() == other.is_alphabetic()) {
        match run {
            [first, ..] if first.is_alphabetic() => letters.extend(run),
            // More of them in a row are a number, not letters in disguise.
            [_] | [_, _] | [_, _, _] => letters.extend(run.iter().filter_map(|ch| disguised(*ch))),
            _ => {}
        }
    }
    letters
}

fn disguised(ch: char) -> Option<char> {
    Some(match ch {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        '9' => 'g',
        _ => return None,
    })
}

/// How many letters are left when words are taken away.
fn left_beside(letters: &str, own: &[String]) -> usize {
    let mut left = letters.to_owned();
    for word in own.iter().map(String::as_str).chain(WORDS.iter().copied()) {
        // What stood on both sides of a word must not make another.
        left = left.replace(word, " ");
    }
    left.chars().filter(|ch| *ch != ' ').count()
}

/// Whether each character follows the one before by the same step; 0 follows 9.
fn is_run(text: &str) -> bool {
    let turn = if text.bytes().all(|byte| byte.is_ascii_digit()) {
        10
    } else {
        i64::MAX
    };
    let codes: Vec<i64> = text.chars().map(|ch| i64::from(u32::from(ch))).collect();
    let steps: Vec<i64> = codes
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).rem_euclid(turn))
        .collect();
    steps.windows(2).all(|pair| pair[0] == pair[1])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ABOUT: [&str; 2] = ["tran.be", "Trần Thị Bé Ngoan"];

    #[test]
    fn what_is_known_is_guessed_in_every_disguise() {
        for text in [
            "matkhau123456",
            "Mật khẩu 2023!!",
            "M@tKh4u#2023",
            "vinhlong2023",
            "VinhLong@86868686",
            "V1nhL0ng-2026",
            "ubndtinhvinhlong2025",
            "Ubnd.TraVinh.2024",
            "P@$$w0rd2023!",
            "Password1234",
            "tran.be20230414",
            "tranthibengoan",
            "Bé Ngoan 123456",
            "anhyeuem0901234567",
            "086301234567",
            "0901234567890",
            "abababababab",
            "987654321098",
            "abcdefghijkl",
            "qwertyuiop123",
            "1qaz2wsx3edc",
        ] {
            assert!(is_guessable(text, &ABOUT), "{text}");
        }
    }

    #[test]
    fn sentences_and_chance_pass() {
        for text in [
            "tám con cò trắng",
            "mười hai chữ",
            "gió đưa cành trúc la đà",
            "quê tôi ở Vĩnh Long, có cầu Mỹ Thuận",
            "x7#kQ9$vLm2pRw",
            "phù-sa-thử-nghiệm-2023",
            "correct horse battery staple",
        ] {
            assert!(!is_guessable(text, &ABOUT), "{text}");
        }
    }

    #[test]
    fn the_list_is_in_the_form_that_is_looked_up() {
        for line in KNOWN.lines() {
            assert_eq!(unmarked(line), line);
        }
        assert!(KNOWN.lines().is_sorted());
    }

    proptest! {
        #[test]
        fn a_word_with_a_number_behind_is_guessed(at in 0_usize..300, number in 0_u64..1_000_000_000) {
            let word = WORDS[at % WORDS.len()];
            let text = format!("{word}{number:05}");
            prop_assert!(is_guessable(&text, &[]), "{}", text);
        }

        #[test]
        fn nothing_makes_it_fail(password in ".{0,60}", about in ".{0,20}") {
            is_guessable(&password, &[&about]);
        }
    }
}
