//! Which row of a document is which record: numbers move when a row is put in or left out, so
//! what a row says counts more than the number in front of it.

use std::collections::{BTreeMap, BTreeSet};

use vocab::Id;
use vocab::fold::name_key;

use crate::plans::identity;

/// A record that is kept.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub id: Id,
    pub key: String,
    /// Its number in the document: `12`, `2/9.1`.
    pub number: String,
    /// What it says.
    pub text: String,
    pub retired: bool,
}

/// A row that was read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub number: &'a str,
    pub text: &'a str,
}

/// Whether a row with the number of a record may be that record with other words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SameNumber {
    /// Yes: the document numbers them.
    IsTheSame,
    /// Only if most words are the same: numbers are mere places.
    IfAlike,
}

/// The identity and key of each row: those of the record that it is, or new ones.
///
/// A row is the record of its number and words; else the one of its words, wherever that
/// stood; else the one of its number that is not retired. Records that the document has are
/// tried before those that were retired. A key is for life, and no two records share one.
pub(crate) fn identities(
    (kind, symbol): (&str, &str),
    known: &[Known],
    rows: &[Row<'_>],
    same_number: SameNumber,
) -> Vec<(Id, String)> {
    let mut free: BTreeSet<usize> = (0..known.len()).collect();
    let mut found: Vec<Option<usize>> = vec![None; rows.len()];
    let known_words: Vec<String> = known.iter().map(|known| name_key(&known.text)).collect();
    let row_words: Vec<String> = rows.iter().map(|row| name_key(row.text)).collect();
    let mut by_words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_number: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in 0..known.len() {
        by_words.entry(&known_words[at]).or_default().push(at);
        by_number.entry(&known[at].number).or_default().push(at);
    }
    for places in by_words.values_mut().chain(by_number.values_mut()) {
        places.sort_by_key(|at| (known[*at].retired, *at));
    }
    let none = Vec::new();
    for step in 0..3 {
        for (at, row) in rows.iter().enumerate() {
            if found[at].is_some() {
                continue;
            }
            let places = match step {
                0 | 1 => by_words.get(row_words[at].as_str()),
                _ => by_number.get(row.number),
            };
            let fits = |place: &&usize| {
                free.contains(*place)
                    && match step {
                        0 => known[**place].number == row.number,
                        1 => true,
                        // What was retired comes back by its words alone.
                        _ => {
                            !known[**place].retired
                                && (same_number == SameNumber::IsTheSame
                                    || alike(&known_words[**place], &row_words[at]))
                        }
                    }
            };
            let place = places.unwrap_or(&none).iter().find(fits).copied();
            if let Some(place) = place {
                free.remove(&place);
                found[at] = Some(place);
            }
        }
    }
    let mut keys: BTreeSet<String> = known.iter().map(|known| known.key.clone()).collect();
    let identities = rows.iter().zip(found).map(|(row, found)| {
        if let Some(place) = found {
            return (known[place].id, known[place].key.clone());
        }
        let first = format!("{symbol}#{}", row.number);
        let others = (2_u32..).map(|nth| format!("{first}~{nth}"));
        let mut free = std::iter::once(first.clone()).chain(others);
        let key = free.find(|key| !keys.contains(key)).unwrap_or(first);
        keys.insert(key.clone());
        (identity(&format!("{kind}/{key}")), key)
    });
    identities.collect()
}

/// Most words of the two are the same.
fn alike(one: &str, other: &str) -> bool {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    let (one, other) = (words(one), words(other));
    let common = one.intersection(&other).count();
    10 * common >= 6 * one.len().max(other.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(number: &str, text: &str, retired: bool) -> Known {
        let key = format!("1/QĐ#{number}");
        Known {
            id: identity(&format!("target/{key}")),
            key,
            number: number.to_owned(),
            text: text.to_owned(),
            retired,
        }
    }

    fn keys(known: &[Known], rows: &[(&str, &str)]) -> Vec<String> {
        let rows: Vec<Row<'_>> = rows
            .iter()
            .map(|(number, text)| Row { number, text })
            .collect();
        let found = identities(("target", "1/QĐ"), known, &rows, SameNumber::IsTheSame);
        found.into_iter().map(|(_, key)| key).collect()
    }

    #[test]
    fn a_row_keeps_its_record_when_numbers_move() {
        let kept = [
            known("1", "Một", false),
            known("2", "Hai", false),
            known("3", "Ba", false),
        ];
        // The second is left out, and those below move up.
        assert_eq!(
            keys(&kept, &[("1", "Một"), ("2", "Ba")]),
            ["1/QĐ#1", "1/QĐ#3"]
        );
        // One is put in before: it gets a key that nobody has.
        let rows = [("1", "Mới"), ("2", "Một"), ("3", "Hai"), ("4", "Ba")];
        assert_eq!(
            keys(&kept, &rows),
            ["1/QĐ#1~2", "1/QĐ#1", "1/QĐ#2", "1/QĐ#3"]
        );
        // Words that were corrected stay with their number.
        let rows = [("1", "Một"), ("2", "Hai (sửa)"), ("3", "Ba")];
        assert_eq!(keys(&kept, &rows), ["1/QĐ#1", "1/QĐ#2", "1/QĐ#3"]);
    }

    #[test]
    fn what_was_retired_comes_back_unless_another_holds_its_words() {
        let kept = [known("1", "Một", true), known("2", "Hai", false)];
        assert_eq!(
            keys(&kept, &[("1", "Hai"), ("2", "Một")]),
            ["1/QĐ#2", "1/QĐ#1"]
        );
        let kept = [known("1", "Một", true), known("2", "Một", false)];
        assert_eq!(keys(&kept, &[("3", "Một")]), ["1/QĐ#2"]);
    }
}
