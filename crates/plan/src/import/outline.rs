//! Finds the annexes of a decision and the columns of their tables by what the headings say.

use office::{Block, Cell, Document, Paragraph, Row, Table};
use vocab::fold::fold;
use vocab::number::Evidence;

use super::error::ImportError;

/// The decision as parts.
#[derive(Debug)]
pub(crate) struct Outline<'d> {
    /// What stands before the first annex.
    pub(crate) body: Vec<&'d Paragraph>,
    /// How the body writes its numbers.
    pub(crate) prose: Evidence,
    pub(crate) targets: Annex<'d, TargetColumns>,
    pub(crate) projects: Vec<Annex<'d, ProjectColumns>>,
}

/// A table with the paragraphs above it.
#[derive(Debug)]
pub(crate) struct Annex<'d, Columns> {
    pub(crate) number: u32,
    pub(crate) head: Vec<&'d Paragraph>,
    pub(crate) columns: Columns,
    /// Without the heading, never empty.
    pub(crate) rows: &'d [Row],
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct TargetColumns {
    pub(crate) name: usize,
    pub(crate) goal: usize,
    pub(crate) lead: usize,
    pub(crate) partner: usize,
    pub(crate) legal_basis: usize,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct ProjectColumns {
    pub(crate) name: usize,
    pub(crate) lead: usize,
    pub(crate) total: usize,
    pub(crate) recurrent: usize,
    pub(crate) capital: usize,
    pub(crate) note: usize,
}

pub(crate) fn outline(document: &Document) -> Result<Outline<'_>, ImportError> {
    let mut body = Vec::new();
    let mut head: Vec<&Paragraph> = Vec::new();
    let mut number = None;
    let mut targets = None;
    let mut projects = Vec::new();
    let mut found: Vec<u32> = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                if let Some(annex) = annex_number(&paragraph.text) {
                    number = Some(annex);
                    head.clear();
                }
                if number.is_none() && found.is_empty() {
                    body.push(paragraph);
                }
                head.push(paragraph);
            }
            Block::Table(table) => {
                let heading = Heading::of(table);
                let next = found.iter().max().map_or(1, |last| last + 1);
                let annex = number.take().unwrap_or(next);
                let head = std::mem::take(&mut head);
                if heading.has("muc tieu") && targets.is_none() {
                    targets = Some(heading.target_annex(annex, head)?);
                } else if heading.has("kinh phi") && heading.has("chu tri") {
                    projects.push(heading.project_annex(annex, head)?);
                } else {
                    continue;
                }
                found.push(annex);
            }
        }
    }
    let targets = targets.ok_or_else(|| ImportError::NoTargets {
        tables: document.tables().count(),
        looked_for: "Mục tiêu",
    })?;
    for paragraph in &body {
        let missing = attached(&paragraph.text)
            .into_iter()
            .find(|annex| !found.contains(annex));
        if let Some(annex) = missing {
            return Err(ImportError::AnnexMissing {
                annex,
                line: paragraph.line,
            });
        }
    }
    let mut prose = Evidence::default();
    for paragraph in &body {
        prose.see_amounts(&paragraph.text);
    }
    Ok(Outline {
        body,
        prose,
        targets,
        projects,
    })
}

/// How much of a paragraph tells what it is, in characters.
const OPENING: usize = 60;

/// The beginning of a paragraph, folded.
pub(crate) fn opening(text: &str) -> String {
    let end = text.char_indices().nth(OPENING).map(|(at, _)| at);
    fold(&text[..end.unwrap_or(text.len())])
}

/// The beginning of a paragraph, folded, if it begins with these folded words. Most
/// paragraphs are told apart by their first letter.
pub(crate) fn opening_with(text: &str, words: &str) -> Option<String> {
    let first = text.find(char::is_alphanumeric)?;
    let letter: String = text[first..].chars().take(1).collect();
    let alike = words.starts_with(&fold(&letter));
    alike
        .then(|| opening(&text[first..]))
        .filter(|opening| opening.starts_with(words))
}

/// The number in a heading such as `PHỤ LỤC 2` or `Phụ lục II`.
fn annex_number(text: &str) -> Option<u32> {
    let opening = opening_with(text, "phu luc ")?;
    arabic_or_roman(opening.strip_prefix("phu luc ")?)
}

/// The annexes that a sentence such as `Đính kèm Phụ lục 2 và phụ lục 3` attaches.
fn attached(text: &str) -> Vec<u32> {
    let opening = opening_with(text, "dinh kem phu luc")
        .or_else(|| opening_with(text, "kem theo phu luc"))
        .unwrap_or_default();
    opening
        .split("phu luc ")
        .skip(1)
        .filter_map(|rest| arabic_or_roman(rest.split(' ').next()?))
        .collect()
}

fn arabic_or_roman(text: &str) -> Option<u32> {
    const ROMAN: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    let roman = || {
        (1..)
            .zip(ROMAN)
            .find_map(|(n, roman)| (roman == text).then_some(n))
    };
    text.parse().ok().or_else(roman)
}

/// The rows before the first one with a number, column by column.
struct Heading<'d> {
    rows: &'d [Row],
    data: &'d [Row],
    columns: Vec<String>,
}

impl<'d> Heading<'d> {
    fn of(table: &'d Table) -> Self {
        let begins = |row: &Row| {
            let first = row.cells.first().map_or("", |cell| cell.text.as_str());
            first.starts_with(|ch: char| ch.is_ascii_digit())
        };
        // A heading has two rows at most; the first always belongs to it.
        let second = table
            .rows
            .get(1)
            .is_some_and(|row| !begins(row) && row.cells.first().is_some_and(|cell| cell.merged));
        let (rows, data) = table.rows.split_at(1 + usize::from(second));
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let text = |row: &Row, column| {
            row.cell(column)
                .map_or("", |cell: &Cell| &cell.text)
                .to_owned()
        };
        let columns = (0..width)
            .map(|column| {
                let texts: Vec<String> = rows.iter().map(|row| text(row, column)).collect();
                fold(&texts.join(" "))
            })
            .collect();
        Self {
            rows,
            data,
            columns,
        }
    }

    fn has(&self, word: &str) -> bool {
        self.columns.iter().any(|column| column.contains(word))
    }

    fn column(
        &self,
        annex: u32,
        folded: &str,
        looked_for: &'static str,
    ) -> Result<usize, ImportError> {
        let found = self
            .columns
            .iter()
            .position(|column| column.contains(folded));
        found.ok_or(ImportError::NoColumn {
            annex,
            line: self.rows[0].line,
            looked_for,
        })
    }

    fn data(&self, annex: u32, looked_for: &'static str) -> Result<&'d [Row], ImportError> {
        if self.data.is_empty() {
            return Err(ImportError::AnnexCutOff {
                annex,
                line: self.rows[0].line,
                looked_for,
            });
        }
        Ok(self.data)
    }

    fn target_annex(
        &self,
        number: u32,
        head: Vec<&'d Paragraph>,
    ) -> Result<Annex<'d, TargetColumns>, ImportError> {
        let column = |folded, looked_for| self.column(number, folded, looked_for);
        Ok(Annex {
            number,
            head,
            columns: TargetColumns {
                name: column("nhiem vu", "Nhiệm vụ")?,
                goal: column("muc tieu", "Mục tiêu")?,
                lead: column("chu tri", "Chủ trì")?,
                partner: column("phoi hop", "Phối hợp")?,
                legal_basis: column("can cu", "Căn cứ")?,
            },
            rows: self.data(number, "the first target")?,
        })
    }

    fn project_annex(
        &self,
        number: u32,
        head: Vec<&'d Paragraph>,
    ) -> Result<Annex<'d, ProjectColumns>, ImportError> {
        let column = |folded, looked_for| self.column(number, folded, looked_for);
        Ok(Annex {
            number,
            head,
            columns: ProjectColumns {
                name: column("ten ", "Tên")?,
                lead: column("chu tri", "Chủ trì")?,
                total: column("tong cong", "Tổng cộng")?,
                recurrent: column("su nghiep", "Nguồn sự nghiệp")?,
                capital: column("nguon dau tu", "Nguồn đầu tư")?,
                note: column("ghi chu", "Ghi chú")?,
            },
            rows: self.data(number, "the first project")?,
        })
    }
}
