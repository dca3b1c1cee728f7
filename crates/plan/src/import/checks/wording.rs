//! Slips of the pen, by rules that know no words.

use std::collections::{BTreeMap, HashMap};

use vocab::fold::{fold, name_key};

use super::{Finding, Passage};
use crate::import::finding::FindingCode;
use crate::import::words::spans;

/// Words in a row that make a phrase.
const PHRASE: usize = 3;
/// A phrase is unusual if its twin with other marks comes so many times as often.
const TIMES_AS_OFTEN: usize = 10;

pub(super) fn check(passages: &[Passage<'_>], findings: &mut Vec<Finding>) {
    for passage in passages.iter().filter(|passage| passage.ordered) {
        repeated(*passage, findings);
        unbalanced(*passage, findings);
    }
    unusual(passages, findings);
}

fn repeated(passage: Passage<'_>, findings: &mut Vec<Finding>) {
    for pair in spans(passage.text).windows(2) {
        let [first, second] = [&pair[0], &pair[1]].map(|span| &passage.text[span.clone()]);
        let between = &passage.text[pair[0].end..pair[1].start];
        let letters = first.chars().all(char::is_alphabetic);
        let same = first.len() == second.len() && first.to_lowercase() == second.to_lowercase();
        if same && letters && between.trim().is_empty() {
            let written = &passage.text[pair[0].start..pair[1].end];
            let finding = Finding::new(FindingCode::RepeatedWord, passage.line);
            findings.push(finding.arg("written", written));
        }
    }
}

fn unbalanced(passage: Passage<'_>, findings: &mut Vec<Finding>) {
    let times = |sign| passage.text.matches(sign).count();
    let signs = [
        ("( )", times('(') != times(')')),
        ("“ ”", times('“') != times('”')),
        ("\" \"", times('"') % 2 == 1),
    ];
    let broken: Vec<&str> = signs
        .into_iter()
        .filter_map(|(sign, broken)| broken.then_some(sign))
        .collect();
    if !broken.is_empty() {
        let finding = Finding::new(FindingCode::UnbalancedBrackets, passage.line);
        findings.push(finding.arg("signs", broken.join(" ")));
    }
}

/// The numbers of a phrase's words, one after the other.
type Phrase = u128;
/// Enough for the number of any word: no text has so many.
const WORD_BITS: u32 = 128 / 3;

/// Numbers words as written, as keys, and without marks.
#[derive(Default)]
struct Lexicon<'d> {
    written: HashMap<&'d str, (usize, usize)>,
    keys: HashMap<String, usize>,
    plain: HashMap<String, usize>,
}

impl<'d> Lexicon<'d> {
    /// The word's number, and the one it shares with all that differ from it by marks.
    fn number(&mut self, word: &'d str) -> (usize, usize) {
        if let Some(numbers) = self.written.get(word) {
            return *numbers;
        }
        let (keys, plain) = (self.keys.len(), self.plain.len());
        let numbers = (
            *self.keys.entry(name_key(word)).or_insert(keys),
            *self.plain.entry(fold(word)).or_insert(plain),
        );
        self.written.insert(word, numbers);
        numbers
    }
}

struct Seen<'d> {
    times: usize,
    written: &'d str,
    ordered_lines: Vec<u32>,
}

fn joined(numbers: impl Iterator<Item = usize>) -> Phrase {
    numbers.fold(0, |phrase, number| (phrase << WORD_BITS) | number as Phrase)
}

/// A phrase of the annexes that the whole document nearly always writes with other marks.
fn unusual(passages: &[Passage<'_>], findings: &mut Vec<Finding>) {
    let mut lexicon = Lexicon::default();
    let mut seen: BTreeMap<(Phrase, Phrase), Seen<'_>> = BTreeMap::new();
    for passage in passages {
        let spans = spans(passage.text);
        let words = spans.iter().map(|span| &passage.text[span.clone()]);
        let numbers: Vec<(usize, usize)> = words.map(|word| lexicon.number(word)).collect();
        for (phrase, numbers) in spans.windows(PHRASE).zip(numbers.windows(PHRASE)) {
            let written = &passage.text[phrase[0].start..phrase[PHRASE - 1].end];
            if written.contains(|ch: char| !ch.is_alphanumeric() && !ch.is_whitespace()) {
                continue;
            }
            let marked = joined(numbers.iter().map(|number| number.0));
            let plain = joined(numbers.iter().map(|number| number.1));
            let entry = seen.entry((plain, marked)).or_insert_with(|| Seen {
                times: 0,
                written,
                ordered_lines: Vec::new(),
            });
            entry.times += 1;
            if passage.ordered {
                entry.ordered_lines.push(passage.line);
            }
        }
    }
    let mut usual: BTreeMap<Phrase, &Seen<'_>> = BTreeMap::new();
    for ((plain, _), phrase) in &seen {
        let known = usual.entry(*plain).or_insert(phrase);
        if phrase.times > known.times {
            *known = phrase;
        }
    }
    for ((plain, _), phrase) in &seen {
        let often = usual[plain];
        if phrase.times * TIMES_AS_OFTEN > often.times {
            continue;
        }
        for line in &phrase.ordered_lines {
            findings.push(
                Finding::new(FindingCode::UnusualSpelling, *line)
                    .arg("written", phrase.written)
                    .arg("usual", often.written.to_lowercase()),
            );
        }
    }
}
