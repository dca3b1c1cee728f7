//! Where the targets started from: the figures that the body tells of the time before, matched
//! with the targets that they fit.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use vocab::Decimal;
use vocab::fold::fold;

use super::dates::year_in;
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
    /// How well it fits that target, up to 1; of several that fit one, the best counts.
    #[serde(skip)]
    pub fit: f64,
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
                let best = fits.best(&around, figure.unit == "%", &figure.unit);
                baselines.push(Baseline {
                    line: own.paragraph.line,
                    text: sentence.to_owned(),
                    value: figure.value,
                    unit: figure.unit,
                    year,
                    target: best.map(|(_, number)| number),
                    fit: best.map_or(0.0, |(fit, _)| fit),
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
    targets: Vec<Fitted>,
    /// Each word's weight, and the places of the targets that hold it.
    words: HashMap<String, (f64, Vec<usize>)>,
}

struct Fitted {
    number: u32,
    /// It asks for a share.
    share: bool,
    /// The things that it counts, folded.
    counted: Vec<String>,
    /// What its words weigh together; nothing if they are too few to tell.
    weight: Option<f64>,
}

impl Fits {
    fn new(targets: &[Target]) -> Self {
        let told: Vec<_> = targets.iter().map(|target| telling(&target.name)).collect();
        let mut holding: HashMap<&String, Vec<usize>> = HashMap::new();
        for (at, words) in told.iter().enumerate() {
            for word in words {
                holding.entry(word).or_default().push(at);
            }
        }
        let count = |length: usize| f64::from(u32::try_from(length).unwrap_or(u32::MAX));
        let words: HashMap<String, (f64, Vec<usize>)> = holding
            .into_iter()
            .map(|(word, at)| {
                let weight = (1.0 + count(targets.len()) / count(at.len())).ln();
                (word.clone(), (weight, at))
            })
            .collect();
        let weight = |own: &BTreeSet<String>| own.iter().map(|word| words[word].0).sum();
        let targets = targets
            .iter()
            .zip(&told)
            .map(|(target, own)| {
                let measures = || target.goals.iter().map(|goal| &goal.measure);
                let counted = measures().filter_map(|measure| match measure {
                    Measure::Count { unit, .. } if !unit.is_empty() => Some(fold(unit)),
                    _ => None,
                });
                Fitted {
                    number: target.number,
                    share: measures().any(|measure| matches!(measure, Measure::Percent { .. })),
                    counted: counted.collect(),
                    weight: (own.len() >= FEWEST_WORDS).then(|| weight(own)),
                }
            })
            .collect();
        Self { targets, words }
    }

    /// The target whose words the sentence holds most of.
    fn best(&self, sentence: &str, share: bool, unit: &str) -> Option<(f64, u32)> {
        let mut held = vec![0.0; self.targets.len()];
        for word in telling(sentence) {
            if let Some((weight, holding)) = self.words.get(&word) {
                for at in holding {
                    held[*at] += weight;
                }
            }
        }
        let unit = fold(unit);
        let mut best: Option<(f64, u32)> = None;
        for (target, held) in self.targets.iter().zip(held) {
            let Some(whole) = target.weight else { continue };
            let fit = held / whole;
            let asks = || {
                if share {
                    target.share
                } else {
                    let mut counted = target.counted.iter();
                    counted.any(|own| unit.starts_with(own.as_str()))
                }
            };
            if fit >= FIT && best.is_none_or(|(known, _)| fit > known) && asks() {
                best = Some((fit, target.number));
            }
        }
        best
    }
}
