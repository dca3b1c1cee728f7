//! A report as it reads: the text with its figures in place, and the annexes. Pages show it,
//! files are made of it, and it is what is kept when a report is signed.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vocab::{Id, Lang, Period, Vnd, canonical, hex};

use super::drafting::parties;
use super::figures::{Figures, standing_words};
use super::layout::{Annex, Column, ColumnValue, Layout, Source, fill};
use super::placeholder::{Piece, resolve};
use super::records::{Around, SectionBody};
use crate::error::PlanError;
use crate::projects::Amounts;
use crate::view::{PlanView, ProjectView, TargetView};

/// A report as it reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// What stands around the text.
    pub around: Around,
    /// The sections, in order.
    pub sections: Vec<PaperSection>,
    /// The annexes, in order.
    pub annexes: Vec<PaperAnnex>,
}

/// A section as it reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaperSection {
    /// Its record.
    pub id: Id,
    /// The version of it that reads so.
    pub version: i64,
    /// Its level among headings, from 1.
    pub level: i64,
    /// Its heading.
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<Vec<Piece>>,
}

/// An annex.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaperAnnex {
    /// Such as `Phụ lục 1`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What it is attached to.
    pub attached: String,
    /// What stands above the table.
    pub note: String,
    /// Whether its pages lie.
    pub landscape: bool,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<PaperRow>,
}

/// A row of an annex.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperRow {
    /// Words over all columns.
    Heading(String),
    /// One for each column.
    Cells(Vec<PaperCell>),
}

/// A cell of an annex.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperCell {
    /// Words.
    Words(String),
    /// A number that is counted.
    Whole(i64),
    /// An amount in đồng; nothing where the source is blank.
    Dong(Option<i64>),
}

impl PaperCell {
    /// As it reads; amounts in millions.
    pub fn text(&self) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Dong(None) => String::new(),
            Self::Dong(Some(dong)) => {
                let millions = Vnd::new(*dong).to_million().normalized();
                millions.format(Lang::Vi)
            }
        }
    }
}

impl Paper {
    /// The report with what the figures say.
    pub(super) fn of(
        view: &PlanView,
        figures: &Figures,
        layout: &Layout,
        period: Period,
        around: &Around,
        sections: &[(Id, i64, SectionBody)],
    ) -> Self {
        let sections = sections.iter().map(|(id, version, body)| PaperSection {
            id: *id,
            version: *version,
            level: body.level,
            title: body.title.clone(),
            paragraphs: body
                .text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(|line| resolve(line, figures, &layout.words))
                .collect(),
        });
        let annexes = (1_usize..).zip(&layout.annex).map(|(number, annex)| {
            let number = number.to_string();
            PaperAnnex {
                number: fill(&layout.words.annex, &[("number", &number)]),
                title: annex.title.clone(),
                attached: fill(
                    &layout.words.attached,
                    &[
                        ("period", &period.label(Lang::Vi)),
                        ("unit", &around.issuer),
                    ],
                ),
                note: annex.note.clone(),
                landscape: annex.landscape,
                columns: annex.column.clone(),
                rows: rows(view, figures, layout, annex),
            }
        });
        Self {
            around: around.clone(),
            sections: sections.collect(),
            annexes: annexes.collect(),
        }
    }

    /// What tells this paper from any other: whoever signs says by it what they have read.
    pub fn digest(&self) -> Result<String, PlanError> {
        let shape = |error: String| PlanError::Shape(format!("a paper: {error}"));
        let value = serde_json::to_value(self).map_err(|error| shape(error.to_string()))?;
        let text = canonical::to_text(&value).map_err(|error| shape(error.to_string()))?;
        Ok(hex::encode(&Sha256::digest(text.as_bytes())))
    }
}

fn rows(view: &PlanView, figures: &Figures, layout: &Layout, annex: &Annex) -> Vec<PaperRow> {
    match annex.source {
        Source::Targets => target_rows(view, figures, layout, annex),
        Source::Projects => project_rows(view, figures, annex),
    }
}

fn target_rows(
    view: &PlanView,
    figures: &Figures,
    layout: &Layout,
    annex: &Annex,
) -> Vec<PaperRow> {
    let mut rows = Vec::new();
    let mut under = None;
    for target in &view.targets {
        if under != Some(&target.body.group) {
            under = Some(&target.body.group);
            let mut headings = view.body.groups.iter();
            if let Some(heading) = headings.find(|heading| heading.code == target.body.group) {
                rows.push(PaperRow::Heading(format!(
                    "{}. {}",
                    heading.code, heading.title
                )));
            }
        }
        let columns = annex.column.iter();
        let cells = columns.map(|column| target_cell(target, figures, layout, column.value));
        rows.push(PaperRow::Cells(cells.collect()));
    }
    rows
}

fn target_cell(
    target: &TargetView,
    figures: &Figures,
    layout: &Layout,
    column: ColumnValue,
) -> PaperCell {
    let body = &target.body;
    let words = |text: &str| PaperCell::Words(text.to_owned());
    let known = figures.target(body.number);
    match column {
        ColumnValue::Number => PaperCell::Whole(body.number.into()),
        ColumnValue::Name => words(&body.name),
        ColumnValue::Goal => words(&body.goal),
        ColumnValue::Leads => PaperCell::Words(parties(&body.leads)),
        ColumnValue::Partners => PaperCell::Words(parties(&body.partners)),
        ColumnValue::LegalBases => PaperCell::Words(body.legal_bases.join("; ")),
        ColumnValue::Figure => {
            let measures = known.into_iter().flat_map(|target| &target.measures);
            let texts: Vec<String> = measures
                .map(|measure| measure.text(&layout.words))
                .collect();
            PaperCell::Words(texts.join("\n"))
        }
        ColumnValue::Standing => {
            let standing = known.map(|target| target.standing);
            words(standing.map_or("", |standing| standing_words(&layout.words, standing)))
        }
        // The layout is checked: the others are columns of projects.
        _ => words(""),
    }
}

fn project_rows(view: &PlanView, figures: &Figures, annex: &Annex) -> Vec<PaperRow> {
    let mut annexes = view.body.annexes.iter();
    let Some(known) = annexes.find(|known| known.number == annex.of_annex) else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    let mut under: Option<&str> = None;
    let projects = view.projects.iter();
    for project in projects.filter(|project| project.body.annex == annex.of_annex) {
        let code = project.body.group.as_str();
        if under != Some(code) {
            under = Some(code);
            if let Some(group) = known.groups.iter().find(|group| group.code == code) {
                rows.push(PaperRow::Heading(format!("{}. {}", group.code, group.name)));
            }
        }
        let columns = annex.column.iter();
        let cells = columns.map(|column| project_cell(project, figures, column.value));
        rows.push(PaperRow::Cells(cells.collect()));
    }
    rows
}

fn project_cell(project: &ProjectView, figures: &Figures, column: ColumnValue) -> PaperCell {
    let body = &project.body;
    let amount = |amount: Option<Vnd>| PaperCell::Dong(amount.map(Vnd::dong));
    let money = figures.of_projects.get(&project.id);
    let whole = |amounts: Amounts| amounts.total();
    match column {
        ColumnValue::Code => PaperCell::Words(body.code.clone()),
        ColumnValue::Name => PaperCell::Words(body.name.clone()),
        ColumnValue::Leads => PaperCell::Words(parties(&body.leads)),
        ColumnValue::Total => amount(body.budget.total),
        ColumnValue::Recurrent => amount(body.budget.recurrent),
        ColumnValue::Capital => amount(body.budget.capital),
        ColumnValue::Estimate => amount(money.and_then(|money| money.estimate).map(whole)),
        ColumnValue::Contracted => amount(money.and_then(|money| money.contracted).map(whole)),
        ColumnValue::Paid => amount(money.and_then(|money| money.paid).map(whole)),
        ColumnValue::PaidRecurrent => amount(
            money
                .and_then(|money| money.paid)
                .map(|paid| paid.recurrent),
        ),
        ColumnValue::PaidCapital => {
            amount(money.and_then(|money| money.paid).map(|paid| paid.capital))
        }
        ColumnValue::Note => PaperCell::Words(body.note.clone()),
        // The layout is checked: the others are columns of targets.
        _ => PaperCell::Words(String::new()),
    }
}
