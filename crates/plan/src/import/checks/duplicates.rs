//! Targets that say the same, or nearly so.

use std::collections::HashMap;

use super::Finding;
use crate::import::finding::FindingCode;
use crate::import::goal::Measure;
use crate::import::targets::Target;
use crate::import::words::words;

/// Names of more words are compared by these first ones.
const MOST_WORDS: usize = 120;
/// More targets than any plan has; beyond them comparing all pairs would take too long.
const MOST_TARGETS: usize = 2_000;

pub(super) fn check(targets: &[Target], findings: &mut Vec<Finding>) {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let names: Vec<Vec<usize>> = targets
        .iter()
        .take(MOST_TARGETS)
        .map(|target| {
            let words = words(&target.name).into_iter().take(MOST_WORDS);
            words
                .map(|word| {
                    let next = numbers.len();
                    *numbers.entry(word.key).or_insert(next)
                })
                .collect()
        })
        .collect();
    let sorted: Vec<Vec<usize>> = names
        .iter()
        .map(|name| {
            let mut sorted = name.clone();
            sorted.sort_unstable();
            sorted
        })
        .collect();
    let report = |code, earlier: usize, later: usize| {
        let (target, other) = (&targets[earlier], &targets[later]);
        Finding::new(code, target.line)
            .and_line(other.line)
            .arg("target", target.number)
            .arg("other", other.number)
            .arg("goal", target.goal_text.as_str())
            .arg("other_goal", other.goal_text.as_str())
    };
    // Of targets with one name, the first stands for all: else a row copied a thousand times
    // would make half a million findings.
    let mut first: HashMap<&[usize], usize> = HashMap::new();
    let mut distinct: Vec<usize> = Vec::new();
    for (later, name) in names.iter().map(Vec::as_slice).enumerate() {
        if name.is_empty() {
            continue;
        }
        if let Some(earlier) = first.get(name) {
            findings.push(report(FindingCode::DuplicateTarget, *earlier, later));
            continue;
        }
        for earlier in distinct.iter().copied() {
            let shared = shared(&sorted[earlier], &sorted[later]);
            if mostly(shared, &names[earlier], name)
                && measures(&targets[earlier]) != measures(&targets[later])
                && differ_by_added_words(&names[earlier], name)
            {
                findings.push(report(FindingCode::SimilarTargetOtherGoal, earlier, later));
            }
        }
        first.insert(name, later);
        distinct.push(later);
    }
}

fn measures(target: &Target) -> Vec<&Measure> {
    target.goals.iter().map(|goal| &goal.measure).collect()
}

/// Three quarters of the longer name.
fn mostly(shared: usize, one: &[usize], other: &[usize]) -> bool {
    let longer = one.len().max(other.len());
    longer > 0 && shared * 4 >= longer * 3
}

/// How many words two sorted names share.
fn shared(one: &[usize], other: &[usize]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        shared += usize::from(a == b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    shared
}

/// Read side by side, either name only adds words where the other has none. Where a word
/// stands against another (`cấp tỉnh`, `cấp huyện`) the names mean two things.
fn differ_by_added_words(one: &[usize], other: &[usize]) -> bool {
    let width = other.len() + 1;
    let mut common = vec![0_usize; (one.len() + 1) * width];
    for i in (0..one.len()).rev() {
        for j in (0..other.len()).rev() {
            common[i * width + j] = if one[i] == other[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    if !mostly(common[0], one, other) {
        return false;
    }
    let (mut i, mut j) = (0, 0);
    let (mut dropped, mut added) = (false, false);
    while i < one.len() || j < other.len() {
        let same = i < one.len() && j < other.len() && one[i] == other[j];
        if same {
            (i, j) = (i + 1, j + 1);
            (dropped, added) = (false, false);
            continue;
        }
        let drop = j == other.len()
            || (i < one.len() && common[(i + 1) * width + j] >= common[i * width + j + 1]);
        if drop {
            (i, dropped) = (i + 1, true);
        } else {
            (j, added) = (j + 1, true);
        }
        if dropped && added {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_against_a_word_makes_another_meaning() {
        assert!(differ_by_added_words(
            &[1, 2, 3, 4, 5, 6],
            &[1, 3, 4, 5, 6, 7]
        ));
        assert!(!differ_by_added_words(&[1, 2, 3, 4], &[1, 9, 3, 4]));
        assert!(!differ_by_added_words(&[1, 2, 3, 4], &[5, 6, 7, 8]));
    }
}
