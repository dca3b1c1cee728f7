//! What the columns of a table mean, by their titles: in any order, with columns that the
//! plan's own annexes do not have, or without some that they do.

use std::collections::BTreeMap;

use office::{Cell, Row, Table};
use vocab::fold::fold;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Meaning {
    Number,
    Name,
    Goal,
    Lead,
    Partner,
    LegalBasis,
    Total,
    Recurrent,
    Capital,
    Note,
    Due,
}

/// What a table lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Targets,
    Projects,
}

impl Meaning {
    /// What its title would hold, for messages.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Number => "TT",
            Self::Name => "Nhiệm vụ",
            Self::Goal => "Mục tiêu",
            Self::Lead => "Chủ trì",
            Self::Partner => "Phối hợp",
            Self::LegalBasis => "Căn cứ",
            Self::Total => "Tổng cộng",
            Self::Recurrent => "Nguồn sự nghiệp",
            Self::Capital => "Nguồn đầu tư",
            Self::Note => "Ghi chú",
            Self::Due => "Thời gian",
        }
    }
}

/// Folded words of titles. Meanings stand in the order in which they are tried, words with the
/// surest first: of two columns with one meaning the surer one has it.
const TITLES: [(Meaning, &[&str]); 10] = [
    (Meaning::Note, &["ghi chu"]),
    (Meaning::Partner, &["phoi hop"]),
    (
        Meaning::Lead,
        &[
            "chu tri",
            "chu dau tu",
            "dau moi",
            "don vi thuc hien",
            "co quan thuc hien",
            "chiu trach nhiem",
            "don vi de xuat",
        ],
    ),
    (
        Meaning::LegalBasis,
        &[
            "can cu",
            "co so phap ly",
            "van ban phap ly",
            "van ban chi dao",
        ],
    ),
    (
        Meaning::Due,
        &["thoi gian", "thoi han", "tien do", "han hoan thanh"],
    ),
    (
        Meaning::Recurrent,
        &[
            "su nghiep",
            "chi thuong xuyen",
            "von thuong xuyen",
            "nguon thuong xuyen",
            "thuong xuyen",
        ],
    ),
    (
        Meaning::Capital,
        &[
            "nguon dau tu",
            "von dau tu",
            "chi dau tu",
            "dau tu cong",
            "dau tu phat trien",
            "xdcb",
            "xay dung co ban",
        ],
    ),
    (
        Meaning::Total,
        &[
            "tong cong",
            "tong so",
            "tong kinh phi",
            "tong muc",
            "tong du toan",
            "kinh phi",
            "du toan",
            "thanh tien",
            "so tien",
        ],
    ),
    (
        Meaning::Goal,
        &[
            "muc tieu",
            "chi tieu",
            "ket qua",
            "san pham",
            "yeu cau can dat",
        ],
    ),
    (
        Meaning::Name,
        &[
            "nhiem vu",
            "noi dung",
            "ten ",
            "hang muc",
            "du an",
            "hoat dong",
            "cong viec",
            "giai phap",
        ],
    ),
];
const NUMBERS: [&str; 6] = ["tt", "stt", "so tt", "so thu tu", "thu tu", "so"];
/// Where money comes from, in words: no amounts stand in such a column.
const NO_MEANING: [&str; 3] = ["nguon kinh phi", "nguon von", "don vi tinh"];

/// A heading has so many rows at most, what stands above it included.
const MOST_HEADING_ROWS: usize = 6;
/// A title is no longer, in characters.
const LONGEST_TITLE: usize = 160;
/// Further down the list than any word: a meaning that only the title above gives.
const FROM_ABOVE: usize = 100;

/// A table's heading, its columns and the rows below.
#[derive(Debug)]
pub(crate) struct Heading<'d> {
    /// Above the heading, as titles stand in spreadsheets.
    pub(crate) above: &'d [Row],
    pub(crate) rows: &'d [Row],
    pub(crate) data: &'d [Row],
    pub(crate) columns: Columns,
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

    fn of(titles: Vec<(String, String)>) -> Self {
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

fn meaning(leaf: &str, path: &str) -> Option<(Meaning, usize)> {
    if path.len() > 2 * LONGEST_TITLE {
        return None;
    }
    if NUMBERS.contains(&leaf) || NUMBERS.contains(&path) {
        return Some((Meaning::Number, 0));
    }
    if NO_MEANING.iter().any(|words| leaf.starts_with(words)) {
        return None;
    }
    let by = |title: &str| {
        TITLES.iter().find_map(|(meaning, words)| {
            let at = words.iter().position(|word| {
                if word.ends_with(' ') {
                    title.starts_with(word)
                } else {
                    title.contains(word)
                }
            })?;
            Some((*meaning, at))
        })
    };
    by(leaf).or_else(|| by(path).map(|(meaning, at)| (meaning, at + FROM_ABOVE)))
}

impl<'d> Heading<'d> {
    pub(crate) fn of(table: &'d Table) -> Self {
        let rows = &table.rows;
        let most = rows.len().min(MOST_HEADING_ROWS);
        let titled = (0..most).find(|at| is_heading(&rows[*at]));
        let found = titled.is_some() || rows.first().is_some_and(|row| !is_data(row));
        let first = titled.unwrap_or(0);
        let mut end = first + usize::from(found);
        while found && end < most && (names_columns(&rows[end]) || is_index(&rows[end])) {
            end += 1;
        }
        let heading = &rows[first..end];
        Self {
            above: &rows[..first],
            rows: heading,
            data: &rows[end..],
            columns: Columns::of(titles(heading)),
        }
    }

    pub(crate) fn line(&self) -> u32 {
        self.rows.first().map_or(0, |row| row.line)
    }
}

/// A row says the same as one of the heading's: a table cut over pages.
pub(crate) fn repeats(heading: &[&Row], row: &Row) -> bool {
    is_index(row) || heading.iter().any(|own| same_texts(own, row))
}

fn texts(row: &Row) -> impl Iterator<Item = &str> {
    let texts = row.cells.iter().map(|cell| cell.text.as_str());
    texts.filter(|text| !text.is_empty())
}

fn same_texts(one: &Row, other: &Row) -> bool {
    let alike = |(one, other): (&Cell, &Cell)| {
        one.text == other.text || fold(&one.text) == fold(&other.text)
    };
    one.cells.len() == other.cells.len()
        && texts(one).next().is_some()
        && one.cells.iter().zip(&other.cells).all(alike)
}

fn is_title(text: &str) -> bool {
    text.chars().count() <= LONGEST_TITLE && {
        let folded = fold(text);
        meaning(&folded, &folded).is_some()
    }
}

/// The row could be the first of a heading.
pub(crate) fn is_heading(row: &Row) -> bool {
    !is_data(row) && titles_in(row) >= 2
}

/// A row that begins with a number of its own, as no heading does.
fn is_data(row: &Row) -> bool {
    let first = texts(row).next();
    first.is_some_and(|text| text.starts_with(|ch: char| ch.is_ascii_digit())) && !is_index(row)
}

/// How many cells of a row could be titles of columns, each meaning once.
fn titles_in(row: &Row) -> usize {
    let mut meanings: Vec<Meaning> = texts(row)
        .filter(|text| text.chars().count() <= LONGEST_TITLE)
        .filter_map(|text| {
            let folded = fold(text);
            meaning(&folded, &folded).map(|(meaning, _)| meaning)
        })
        .collect();
    meanings.sort_unstable();
    meanings.dedup();
    meanings.len()
}

/// A further row of a heading: titles and nothing else.
fn names_columns(row: &Row) -> bool {
    let own: Vec<&str> = texts(row).collect();
    let digits = |text: &&str| text.chars().any(|ch| ch.is_ascii_digit());
    !own.is_empty()
        && !own.iter().any(digits)
        && own.iter().all(|text| is_title(text))
        && (own.len() > 1 || row.cells.iter().any(Cell::is_covered))
}

/// `(1) (2) (3)`, `A B 1 2=3+4`: columns numbered below their titles.
fn is_index(row: &Row) -> bool {
    let own: Vec<&str> = texts(row).collect();
    let place = |(at, text): (usize, &&str)| {
        let plain = text.trim_matches(['(', ')', '[', ']']);
        let number = plain.split('=').next().unwrap_or("").trim();
        let letter = number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_uppercase());
        letter || number.parse::<usize>().is_ok_and(|number| number <= at + 1)
    };
    let counted = own
        .iter()
        .filter(|text| text.contains(|ch: char| ch.is_ascii_digit()));
    own.len() >= 3
        && own.len() == row.cells.len()
        && counted.count() >= 2
        && own.iter().enumerate().all(place)
}

/// The last title of each column, and all of them from the top, folded.
fn titles(heading: &[Row]) -> Vec<(String, String)> {
    let width = heading.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    (0..width)
        .map(|column| {
            let mut path: Vec<String> = Vec::new();
            for row in heading.iter().filter(|row| !is_index(row)) {
                let title = fold(title(row, column));
                if !title.is_empty() && path.last() != Some(&title) {
                    path.push(title);
                }
            }
            (path.last().cloned().unwrap_or_default(), path.join(" "))
        })
        .collect()
}

/// What a row of the heading says over a column: the cell's own text, or the one that reaches
/// over from the left.
fn title(row: &Row, column: usize) -> &str {
    let Some(cell) = row.cell(column) else {
        return "";
    };
    if !cell.across {
        return &cell.text;
    }
    let left = row.cells[..column].iter().rev().find(|cell| !cell.across);
    left.map_or("", |cell| &cell.text)
}
