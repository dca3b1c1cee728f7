//! What the body itself orders: goals, tasks, measures and who organises what, with their own
//! days where they name some.

use serde::{Deserialize, Serialize};

use super::bodies::{BodyAliases, NamedBody};
use super::due::{Due, dues, is_standing};
use super::figures::{Figure, figures, sentences};
use super::names::Names;
use super::sections::{Placed, Topic};
use super::words::key;

/// Something that the body orders.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Duty {
    /// Where it stands.
    pub line: u32,
    /// What kind of order it is.
    pub kind: DutyKind,
    /// The headings above it, the widest first.
    pub under: Vec<String>,
    /// As written.
    pub text: String,
    /// Who is to do it, where the heading or the text says so.
    pub bodies: Vec<NamedBody>,
    /// The days that it names.
    pub due: Vec<Due>,
    /// It goes on, or comes back every year.
    pub standing: bool,
    /// The shares and numbers that it names.
    pub figures: Vec<Figure>,
}

/// What kind of order a duty is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DutyKind {
    /// «Mục tiêu»
    Goal,
    /// «Nhiệm vụ»
    Task,
    /// «Giải pháp»
    Measure,
    /// «Tổ chức thực hiện»
    Organisation,
}

pub(crate) fn read(placed: &[Placed<'_>], aliases: &BodyAliases) -> Vec<Duty> {
    let names = Names::new(aliases);
    let mut duties = Vec::new();
    for own in placed.iter().filter(|own| !own.heading) {
        let kind = match own.topic {
            Some(Topic::Goals) => DutyKind::Goal,
            Some(Topic::Tasks) => DutyKind::Task,
            Some(Topic::Measures) => DutyKind::Measure,
            Some(Topic::Organisation) => DutyKind::Organisation,
            _ => continue,
        };
        let heading = own.under.last().copied().unwrap_or("");
        for text in parts(&own.paragraph.text) {
            let bodies = match kind {
                DutyKind::Organisation => in_heading(heading, &names),
                _ => leads_in(text, &names),
            };
            duties.push(Duty {
                line: own.paragraph.line,
                kind,
                under: own.under.iter().map(|&text| text.to_owned()).collect(),
                text: text.to_owned(),
                bodies,
                due: dues(text),
                standing: is_standing(text),
                figures: figures(text),
            });
        }
    }
    duties
}

/// A paragraph is one duty, unless several of its sentences have days or shares of their own.
fn parts(text: &str) -> Vec<&str> {
    let sentences = sentences(text);
    let own = |text: &&str| {
        !dues(text).is_empty() || figures(text).iter().any(|figure| figure.unit == "%")
    };
    let dated = sentences.iter().filter(|text| own(text)).count();
    if sentences.len() < 2 || dated == 0 {
        return vec![text];
    }
    sentences
}

/// The bodies in a heading such as `8. Các sở, ban, ngành tỉnh, UBND cấp huyện`.
fn in_heading(heading: &str, names: &Names) -> Vec<NamedBody> {
    let (_, text) = heading.split_once(['.', ')']).unwrap_or(("", heading));
    let text = text
        .trim()
        .trim_start_matches("Đề nghị ")
        .trim_end_matches(':');
    let known = names.names(text);
    if known.iter().any(|named| named.body.is_some()) {
        return known;
    }
    names
        .first_in(text)
        .into_iter()
        .chain(known)
        .take(1)
        .collect()
}

/// The body that a sentence says leads: `Sở Y tế chủ trì, phối hợp…`
fn leads_in(text: &str, names: &Names) -> Vec<NamedBody> {
    let Some(at) = key(text).find(" chủ trì") else {
        return Vec::new();
    };
    // What leads stands before the word; how far before in bytes the key tells well enough.
    let before: String = text
        .chars()
        .take(key(text)[..at].chars().count() + 1)
        .collect();
    names.first_in(&before).into_iter().collect()
}
