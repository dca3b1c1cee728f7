//! What the columns of a table mean, by their titles: in any order, with columns that the
//! plan's own annexes do not have, or without some that they do.

mod meaning;

use std::collections::BTreeMap;

use office::{Cell, Row};

pub(crate) use meaning::{LONGEST_TITLE, Meaning, meaning};

/// What a table lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Targets,
    Projects,
}

impl Kind {
    /// What an annex of this kind is read for.
    const fn meanings(self) -> &'static [Meaning] {
        match self {
            Self::Targets => &[
                Meaning::Number,
                Meaning::Name,
                Meaning::Goal,
                Meaning::Lead,
                Meaning::Partner,
                Meaning::LegalBasis,
                Meaning::Due,
            ],
            Self::Projects => &[
                Meaning::Number,
                Meaning::Name,
                Meaning::Lead,
                Meaning::Total,
                Meaning::Recurrent,
                Meaning::Capital,
                Meaning::Note,
            ],
        }
    }
}

/// Where each meaning stands.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    at: BTreeMap<Meaning, usize>,
    /// What the heading says, folded, column by column.
    titles: Vec<String>,
}

static NOTHING: Cell = Cell {
    text: String::new(),
    line: 0,
    merged: false,
    across: false,
    number: None,
};

impl Columns {
    pub(crate) fn get(&self, meaning: Meaning) -> Option<usize> {
        self.at.get(&meaning).copied()
    }

    /// The row's cell; an empty one where the table has no such column.
    pub(crate) fn cell<'r>(&self, row: &'r Row, meaning: Meaning) -> &'r Cell {
        self.get(meaning)
            .and_then(|column| row.cell(column))
            .unwrap_or(&NOTHING)
    }

    /// How many cells a row has at least.
    pub(crate) fn width(&self) -> usize {
        self.at.values().max().map_or(0, |last| last + 1)
    }

    pub(crate) fn reads(&self, column: usize) -> bool {
        self.at.values().any(|known| *known == column)
    }

    pub(crate) fn titles(&self) -> impl Iterator<Item = &str> {
        self.titles.iter().map(String::as_str)
    }

    pub(crate) fn same_titles(&self, other: &Self) -> bool {
        self.titles == other.titles
    }

    /// Where no title says «TT», a column without a title has the numbers, or the first one, if
    /// most of its cells are some.
    pub(crate) fn find_numbers(&mut self, rows: &[Row]) {
        if self.get(Meaning::Number).is_some() {
            return;
        }
        let width = self.titles.len();
        let found = (0..width).find(|column| {
            let may = *column == 0 || self.titles[*column].is_empty();
            may && !self.reads(*column) && mostly_numbers(rows, *column)
        });
        if let Some(column) = found {
            self.at.insert(Meaning::Number, column);
        }
    }

    /// A column of which an annex of this kind makes something.
    pub(crate) fn used(&self, column: usize, kind: Kind) -> bool {
        let meanings = kind.meanings().iter();
        meanings
            .filter_map(|own| self.get(*own))
            .any(|known| known == column)
    }

    pub(crate) fn kind(&self) -> Option<Kind> {
        let has = |meaning| self.at.contains_key(&meaning);
        let sources = has(Meaning::Recurrent) || has(Meaning::Capital);
        let money = has(Meaning::Total) || sources;
        let ordered = has(Meaning::Partner) || has(Meaning::LegalBasis);
        let alone = has(Meaning::Lead) && !sources;
        if has(Meaning::Goal) && (ordered || alone) {
            return Some(Kind::Targets);
        }
        (money && (has(Meaning::Name) || has(Meaning::Lead))).then_some(Kind::Projects)
    }

    pub(crate) fn of(titles: Vec<(String, String)>) -> Self {
        let mut found: BTreeMap<Meaning, Vec<(usize, usize)>> = BTreeMap::new();
        for (column, (leaf, path)) in titles.iter().enumerate() {
            if let Some((meaning, sure)) = meaning(leaf, path) {
                found.entry(meaning).or_default().push((sure, column));
            }
        }
        // «Chỉ tiêu» beside «Mục tiêu năm 2027»: the first says what, the second how much.
        if !found.contains_key(&Meaning::Name)
            && let Some(goals) = found.get_mut(&Meaning::Goal)
            && goals.len() > 1
            && goals
                .iter()
                .any(|(_, column)| titles[*column].1 != titles[goals[0].1].1)
        {
            goals.sort_by_key(|(_, column)| *column);
            let name = goals.remove(0);
            found.insert(Meaning::Name, vec![name]);
        }
        let at: BTreeMap<Meaning, usize> = found
            .into_iter()
            .filter_map(|(meaning, columns)| {
                let (_, column) = columns.into_iter().min()?;
                Some((meaning, column))
            })
            .collect();
        Self {
            at,
            titles: titles.into_iter().map(|(_, path)| path).collect(),
        }
    }
}

fn mostly_numbers(rows: &[Row], column: usize) -> bool {
    let cells = rows.iter().filter_map(|row| row.cell(column));
    let texts = cells.map(|cell| cell.text.as_str());
    let (mut numbers, mut others) = (0, 0);
    for text in texts.filter(|text| !text.is_empty()) {
        if text.starts_with(|ch: char| ch.is_ascii_digit()) {
            numbers += 1;
        } else {
            others += 1;
        }
    }
    numbers > others
}
