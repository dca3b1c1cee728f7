//! Where the targets started from: the figures that the body tells of the time before, matched
//! with the targets that they fit.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use vocab::Decimal;
use vocab::fold::fold;

use super::figures::{figures, sentences};
use super::goal::Measure;
use super::sections::{Placed, Topic};
use super::targets::Target;

/// A figure of the time before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Baseline {
    /// Where it stands.
    pub line: u32,
    /// The sentence that tells it, as written.
    pub text: String,
    /// Percent, or how many.
    pub value: Decimal,
    /// `%`, or the thing counted.
    pub unit: String,
    /// The year that it is of, where the heading says so.
    pub year: Option<i16>,
    /// The target that it fits best, if it fits one: a proposal, for somebody to confirm.
    pub target: Option<u32>,
}

/// How many words on either side of a figure tell what it is of.
const AROUND: usize = 14;
/// What part of a target's words, weighed by how rare they are, a sentence must hold.
const FIT: f64 = 0.6;
/// A target of fewer telling words fits anything.
const FEWEST_WORDS: usize = 4;

pub(crate) fn read(placed: &[Placed<'_>], targets: &[Target]) -> Vec<Baseline> {
    let fits = Fits::new(targets);
    let mut year = None;
    let mut baselines = Vec::new();
    for own in placed {
        if own.topic != Some(Topic::Results) {
            continue;
        }
        if own.heading {
            year = year_in(&own.paragraph.text).or(year);
            continue;
        }
        for sentence in sentences(&own.paragraph.text) {
            for figure in figures(sentence) {
                let around = around(sentence, &figure.written);
                let target = fits.best(&around, figure.unit == "%", &figure.unit);
                baselines.push(Baseline {
                    line: own.paragraph.line,
                    text: sentence.to_owned(),
                    value: figure.value,
                    unit: figure.unit,
                    year,
                    target,
                });
            }
        }
    }
    baselines
}

/// The words around a figure, up to the next semicolon on either side.
fn around(sentence: &str, written: &str) -> String {
    let number = written.split(' ').next().unwrap_or(written);
    let at = sentence.find(number).unwrap_or(0);
    let (before, after) = sentence.split_at(at);
    let before = before.rsplit(';').next().unwrap_or("");
    let after = after.split(';').next().unwrap_or("");
    let mut words: Vec<&str> = before.split_whitespace().rev().take(AROUND).collect();
    words.reverse();
    words.extend(after.split_whitespace().take(AROUND + 1));
    words.join(" ")
}

fn year_in(heading: &str) -> Option<i16> {
    let folded = fold(heading);
    let words: Vec<&str> = folded.split(' ').collect();
    words
        .windows(2)
        .find_map(|pair| (pair[0] == "nam" && pair[1].len() == 4).then(|| pair[1].parse().ok())?)
}

/// Words that nearly every sentence has.
const EVERYWHERE: [&str; 12] = [
    "ty", "le", "cac", "cua", "va", "tren", "duoc", "co", "theo", "cho", "tai", "trong",
];

fn telling(text: &str) -> BTreeSet<String> {
    fold(text)
        .split(' ')
        .filter(|word| word.len() > 1 && !EVERYWHERE.contains(word))
        .map(str::to_owned)
        .collect()
}

/// The targets by their words, each word with its weight.
struct Fits {
    targets: Vec<(u32, bool, Vec<String>, BTreeSet<String>)>,
    weights: HashMap<String, f64>,
}

impl Fits {
    fn new(targets: &[Target]) -> Self {
        let mut times: HashMap<String, u32> = HashMap::new();
        let targets: Vec<_> = targets
            .iter()
            .map(|target| {
                let words = telling(&target.name);
                for word in &words {
                    *times.entry(word.clone()).or_default() += 1;
                }
                let share = target
                    .goals
                    .iter()
                    .any(|goal| matches!(goal.measure, Measure::Percent { .. }));
                let counted = target.goals.iter().filter_map(|goal| match &goal.measure {
                    Measure::Count { unit, .. } if !unit.is_empty() => Some(fold(unit)),
                    _ => None,
                });
                (target.number, share, counted.collect(), words)
            })
            .collect();
        let all = f64::from(u32::try_from(targets.len()).unwrap_or(u32::MAX));
        let weights = times
            .into_iter()
            .map(|(word, times)| (word, (1.0 + all / f64::from(times)).ln()))
            .collect();
        Self { targets, weights }
    }

    fn weight<'a>(&self, words: impl Iterator<Item = &'a String>) -> f64 {
        words
            .map(|word| self.weights.get(word).copied().unwrap_or(0.0))
            .sum()
    }

    /// The target whose words the sentence holds most of.
    fn best(&self, sentence: &str, share: bool, unit: &str) -> Option<u32> {
        let words = telling(sentence);
        let unit = fold(unit);
        let mut best: Option<(f64, u32)> = None;
        for (number, wants_share, counted, own) in &self.targets {
            let kind = if share {
                *wants_share
            } else {
                counted
                    .iter()
                    .any(|counted| unit.starts_with(counted.as_str()))
            };
            if !kind || own.len() < FEWEST_WORDS {
                continue;
            }
            let fit = self.weight(own.intersection(&words)) / self.weight(own.iter());
            if fit >= FIT && best.is_none_or(|(known, _)| fit > known) {
                best = Some((fit, *number));
            }
        }
        best.map(|(_, number)| number)
    }
}
