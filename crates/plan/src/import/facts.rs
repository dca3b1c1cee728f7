//! What a decision says about the plan as a whole.

use jiff::civil::Date;
use office::Paragraph;
use serde::Serialize;
use vocab::fold::fold;
use vocab::number::Evidence;
use vocab::{DocumentSymbol, LegalReference, Vnd};

use super::bodies::{BodyAliases, NamedBody};
use super::dates::{self, day, year_in};
use super::error::ImportError;
use super::money::{WrittenAmount, amounts};
use super::names::Names;
use super::opening::{opening, opening_with};
use super::outline::Outline;

/// The line under a plan's title that names the decision.
const NAMES_DECISION: &str = "Kèm theo Quyết định số";
/// How such a line begins, folded.
const NAMING: [&str; 2] = ["kem theo", "ban hanh kem theo"];
/// What a plan is issued with.
const ISSUED_WITH: [&str; 3] = ["quyet dinh", "ke hoach", "nghi quyet"];
/// How far down a document its letterhead reaches, in paragraphs.
const LETTERHEAD: usize = 20;
/// How far below the budget its two sources stand at most, in paragraphs.
const SOURCES_WITHIN: usize = 6;

/// What a decision says about the plan as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanFacts {
    /// Such as `833/QĐ-UBND`.
    pub symbol: DocumentSymbol,
    /// The day of the decision.
    #[serde(serialize_with = "day")]
    pub date: Option<Date>,
    /// Where symbol and date were read.
    pub line: u32,
    /// Who issues it, as written.
    pub issuer: Option<String>,
    /// The plan's title, as written.
    pub title: Option<String>,
    /// The year that the plan is for: the title's, else the decision's.
    pub year: Option<i16>,
    /// The budget that the body states.
    pub budget: Option<StatedBudget>,
    /// Who guides and organises the plan's execution.
    pub coordinator: Option<NamedBody>,
}

/// A budget that the body states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatedBudget {
    /// All of it.
    pub total: Vnd,
    /// Money for running costs, «vốn sự nghiệp».
    pub recurrent: Option<Vnd>,
    /// Money for investment, «vốn đầu tư».
    pub capital: Option<Vnd>,
    /// Where the total stands.
    pub line: u32,
    /// Where its two parts stand.
    #[serde(skip)]
    pub(crate) source_lines: Vec<u32>,
}

pub(crate) fn read(outline: &Outline<'_>, aliases: &BodyAliases) -> Result<PlanFacts, ImportError> {
    let body = &outline.body;
    let own = body
        .iter()
        .chain(&outline.targets.head)
        .find_map(|paragraph| names_decision(paragraph).map(|own| (paragraph.line, own)))
        .or_else(|| letterhead(body));
    let Some((line, own)) = own else {
        return Err(ImportError::NoSymbol {
            looked_for: NAMES_DECISION,
        });
    };
    let title = title_above(body, line).or_else(|| title_named(body));
    let year = title
        .as_deref()
        .and_then(year_in)
        .or_else(|| own.date.map(Date::year));
    Ok(PlanFacts {
        symbol: own.symbol,
        date: own.date,
        line,
        issuer: issuer(body),
        title,
        year,
        budget: budget(body, year, &outline.prose),
        coordinator: coordinator(body, aliases),
    })
}

/// The decision that a line such as `(Kèm theo Quyết định số: 833/QĐ-UBND …)` names.
pub(crate) fn names_decision(paragraph: &Paragraph) -> Option<LegalReference> {
    let start = paragraph.text.trim_start_matches('(');
    NAMING.iter().find_map(|naming| {
        let opening = opening_with(start, naming)?;
        let named = opening.strip_prefix(naming)?.trim_start();
        let named = ISSUED_WITH
            .iter()
            .find_map(|kind| named.strip_prefix(kind))?;
        named.trim_start().starts_with("so").then_some(())?;
        LegalReference::find_all(start).into_iter().next()
    })
}

/// `Số: 12/KH-UBND` at the head of a document, and the day beside or below it.
fn letterhead(body: &[&Paragraph]) -> Option<(u32, LegalReference)> {
    let head = || body.iter().take(LETTERHEAD);
    let (line, mut own) = head().find_map(|paragraph| {
        opening_with(&paragraph.text, "so ")?;
        let own = LegalReference::find_all(&paragraph.text)
            .into_iter()
            .next()?;
        Some((paragraph.line, own))
    })?;
    if own.date.is_none() {
        own.date = head().find_map(|paragraph| dates::in_words(&paragraph.text));
    }
    Some((line, own))
}

/// The first line that says «kế hoạch» in capitals, with the lines in capitals below it.
fn title_named(body: &[&Paragraph]) -> Option<String> {
    let from = body.iter().position(|paragraph| {
        in_capitals(&paragraph.text) && opening_with(&paragraph.text, "ke hoach").is_some()
    })?;
    let lines = body[from..]
        .iter()
        .take_while(|paragraph| in_capitals(&paragraph.text));
    Some(
        lines
            .map(|paragraph| paragraph.text.as_str())
            .collect::<Vec<_>>()
            .join(" "),
    )
}

fn in_capitals(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase)
}

/// The lines in capitals directly above.
fn title_above(body: &[&Paragraph], line: u32) -> Option<String> {
    let above = body
        .iter()
        .rev()
        .skip_while(|paragraph| paragraph.line >= line);
    let mut lines: Vec<&str> = above
        .take_while(|paragraph| in_capitals(&paragraph.text))
        .map(|paragraph| paragraph.text.as_str())
        .collect();
    lines.reverse();
    (!lines.is_empty()).then(|| lines.join(" "))
}

/// The last line in capitals before the grounds.
fn issuer(body: &[&Paragraph]) -> Option<String> {
    let grounds = body
        .iter()
        .position(|paragraph| opening_with(&paragraph.text, "can cu ").is_some())?;
    let above = &body[grounds.checked_sub(1)?].text;
    in_capitals(above).then(|| above.clone())
}

/// The budget that is stated for the plan's year: last year's stands beside it for comparison.
fn budget(body: &[&Paragraph], year: Option<i16>, prose: &Evidence) -> Option<StatedBudget> {
    let amount = |paragraph: &Paragraph| {
        amounts(&paragraph.text, prose)
            .first()
            .and_then(WrittenAmount::vnd)
    };
    let stated: Vec<(usize, Vnd)> = (0..body.len())
        .filter(|index| opening_with(&body[*index].text, "tong kinh phi").is_some())
        .filter_map(|index| Some((index, amount(body[index])?)))
        .collect();
    let of_year = stated.iter().find(|(index, _)| {
        let words = fold(&body[*index].text);
        year.is_some_and(|year| words.contains(&format!("nam {year}")))
    });
    let (index, total) = *of_year.or(stated.last())?;
    let below = body.iter().skip(index + 1).take(SOURCES_WITHIN);
    let source = |word: &str| {
        below
            .clone()
            .filter(|paragraph| opening(&paragraph.text).contains(word))
            .find_map(|paragraph| Some((amount(paragraph)?, paragraph.line)))
    };
    let sources = [source("su nghiep"), source("dau tu")];
    let [recurrent, capital] = sources.map(|found| found.map(|(amount, _)| amount));
    Some(StatedBudget {
        total,
        recurrent,
        capital,
        line: body[index].line,
        source_lines: sources
            .into_iter()
            .flatten()
            .map(|(_, line)| line)
            .collect(),
    })
}

/// The body in the article that orders somebody to organise the execution.
fn coordinator(body: &[&Paragraph], aliases: &BodyAliases) -> Option<NamedBody> {
    let names = Names::new(aliases);
    let article = body.iter().find(|paragraph| {
        opening_with(&paragraph.text, "dieu ").is_some_and(|opening| opening.contains(" giao "))
            && fold(&paragraph.text).contains("to chuc thuc hien")
    })?;
    names.first_in(&article.text)
}
