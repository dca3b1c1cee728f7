//! Who may be meant by a name, the likeliest first.

use std::collections::BTreeSet;

use directory::UnitTree;
use vocab::fold::fold;

use super::Meaning;
use crate::import::words::distance;

/// The most that are proposed.
const MOST: usize = 8;
/// Less alike is no candidate, in hundredths.
const LEAST: usize = 40;
/// Longer names are compared by their words alone, in characters.
const LONGEST_SPELT: usize = 120;

/// Somebody who may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub means: Meaning,
    /// The official name.
    pub name: String,
    /// How alike the names are, in hundredths.
    pub likeness: usize,
}

/// The units, sets of units and bodies outside (`outside`: their official names) whose names
/// are most like this one, the likeliest first; none where nothing is like it.
pub fn candidates(written: &str, units: &UnitTree, outside: &[String]) -> Vec<Candidate> {
    let wanted = Spelt::of(written);
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |means: Meaning, name: &str, names: &[&str]| {
        let likeness = names.iter().map(|name| wanted.likeness(&Spelt::of(name)));
        let likeness = likeness.max().unwrap_or(0);
        if likeness >= LEAST {
            found.push(Candidate {
                means,
                name: name.to_owned(),
                likeness,
            });
        }
    };
    for unit in units.iter() {
        let aliases = unit.aliases.iter().map(String::as_str);
        let names: Vec<&str> = [unit.name.as_str(), unit.short_name.as_str()]
            .into_iter()
            .chain(aliases)
            .collect();
        add(Meaning::Unit(unit.id), &unit.name, &names);
    }
    for group in units.groups() {
        add(
            Meaning::Group(group.key.clone()),
            &group.name,
            &[&group.name],
        );
    }
    for name in outside {
        add(Meaning::Outside(name.clone()), name, &[name]);
    }
    found.sort_by(|one, other| {
        let by_name = || one.name.cmp(&other.name);
        other.likeness.cmp(&one.likeness).then_with(by_name)
    });
    found.truncate(MOST);
    found
}

struct Spelt {
    folded: String,
    words: BTreeSet<String>,
}

impl Spelt {
    fn of(name: &str) -> Self {
        let folded = fold(name);
        let words = folded.split(' ').map(str::to_owned).collect();
        Self { folded, words }
    }

    /// The better of two measures: the share of words in common, and the share of letters that
    /// need no change. In hundredths.
    fn likeness(&self, other: &Self) -> usize {
        let common = self.words.intersection(&other.words).count();
        let all = self.words.len() + other.words.len();
        let by_words = 200 * common / all.max(1);
        let longest = self.folded.len().max(other.folded.len()).max(1);
        if longest > LONGEST_SPELT {
            return by_words;
        }
        // More changes than that are no likeness worth telling.
        let most = longest * (100 - LEAST) / 100;
        let changes = distance(&self.folded, &other.folded, most);
        let by_letters = changes.map_or(0, |changes| 100 * (longest - changes) / longest);
        by_words.max(by_letters)
    }
}
