//! What is drafted into a section: the layout's sentences with the plan's words, and codes
//! where figures will stand.

use std::collections::HashMap;

use vocab::{Id, Lang, Period, sentence_case};

use super::figures::{Figures, MeasureFigure, TargetFigure};
use super::layout::{Drafter, Drafts, Layout, fill};
use super::obstacles::ObstacleLine;
use crate::declarations::OBSERVATION;
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::{ObservationBody, Party};
use crate::view::{PlanView, TargetView};

/// The most lines of one list, so that a section stays one that people can read and edit.
pub(super) const MOST_LINES: usize = 40;
/// The most characters of a name or a note inside a line.
const LONGEST: usize = 300;

/// What units say about their reports, by the report; one line each.
pub(super) type Notes = HashMap<Id, String>;

impl Plans {
    /// What units say about what lags, the worst first and as much as a section tells of. The
    /// view holds no notes: these few are read one by one.
    pub(super) async fn notes_on(&self, figures: &Figures) -> Result<Notes, PlanError> {
        let mut notes = Notes::new();
        let lagging = figures.lagging();
        for source in lagging.iter().flat_map(|(_, measure)| &measure.sources) {
            if notes.len() == MOST_LINES {
                break;
            }
            let found = self
                .registry()
                .find(OBSERVATION, source.observation)
                .await?;
            // One that was sent back meanwhile says nothing in public.
            let Some(record) = found.filter(|record| record.version == source.version) else {
                continue;
            };
            let note = short(&record.read::<ObservationBody>()?.note);
            if !note.is_empty() {
                notes.insert(source.observation, note);
            }
        }
        Ok(notes)
    }
}

/// What a draft is made from.
pub(super) struct Drafting<'a> {
    pub view: &'a PlanView,
    pub figures: &'a Figures,
    pub notes: &'a Notes,
    /// What stands in units' way, in the words of the section.
    pub obstacles: &'a [ObstacleLine],
    pub layout: &'a Layout,
    pub period: Period,
    /// The name of the unit whose report it is.
    pub unit: &'a str,
}

impl Drafting<'_> {
    /// The text of a section; `group` is the heading of targets that it speaks of.
    pub(super) fn text(&self, drafters: &[Drafter], group: Option<&str>) -> String {
        let paragraphs = drafters.iter().flat_map(|drafter| match drafter {
            Drafter::Opening => vec![self.opening()],
            Drafter::Counts => vec![self.sentences().counts.clone()],
            Drafter::Reporting => vec![self.sentences().reporting.clone()],
            Drafter::Money => vec![self.sentences().money.clone()],
            Drafter::Group => self.group(group.unwrap_or_default()),
            Drafter::Behind => self.behind(),
            Drafter::Late => self.late(),
            Drafter::Findings => self.findings(),
            Drafter::Causes => self.causes(),
            Drafter::Obstacles => self.obstacles(),
            Drafter::Hasten => self.hasten(),
            Drafter::Next => vec![self.sentences().next.clone()],
        });
        paragraphs.collect::<Vec<_>>().join("\n")
    }

    fn sentences(&self) -> &Drafts {
        &self.layout.drafts
    }

    fn opening(&self) -> String {
        let facts = &self.view.body;
        let date = self.view.date.map(|date| {
            format!(
                " ngày {:02}/{:02}/{:04}",
                date.day(),
                date.month(),
                date.year()
            )
        });
        let plan = format!("Quyết định số {}{}", facts.symbol, date.unwrap_or_default());
        let until = self.period.end();
        let until = format!(
            "{:02}/{:02}/{:04}",
            until.day(),
            until.month(),
            until.year()
        );
        fill(
            &self.sentences().opening,
            &[
                ("plan", &plan),
                ("title", &title(self.view)),
                ("unit", self.unit),
                ("period", &self.period.label(Lang::Vi)),
                ("until", &until),
            ],
        )
    }

    fn group(&self, code: &str) -> Vec<String> {
        let headings = self.view.body.groups.iter();
        let heading = headings.clone().find(|heading| heading.code == code);
        let heading = heading.map_or_else(String::new, |heading| sentence_case(&heading.title));
        let values = [("group", heading.as_str()), ("code", code)];
        let mut text = vec![fill(&self.sentences().group, &values)];
        let targets = self.figures.targets.iter();
        let lines: Vec<String> = targets
            .filter(|target| target.group == code)
            .flat_map(|target| target.measures.iter().map(move |measure| (target, measure)))
            .filter(|(_, measure)| measure.figure.is_some())
            .take(MOST_LINES)
            .filter_map(|(target, measure)| {
                self.line(&self.sentences().group_line, target, measure)
            })
            .collect();
        if lines.is_empty() {
            text.push(fill(&self.sentences().group_nothing, &values));
        } else {
            text.push(fill(&self.sentences().group_measured, &values));
            text.extend(lines);
        }
        text
    }

    fn behind(&self) -> Vec<String> {
        let sentence = &self.sentences().behind_line;
        let lagging = self.figures.lagging().into_iter();
        let lines: Vec<String> = lagging
            .take(MOST_LINES)
            .filter_map(|(target, measure)| self.line(sentence, target, measure))
            .collect();
        if lines.is_empty() {
            return vec![self.sentences().behind_none.clone()];
        }
        let opening = std::iter::once(self.sentences().behind.clone());
        opening.chain(lines).collect()
    }

    fn hasten(&self) -> Vec<String> {
        let mut told = Vec::new();
        let sentence = &self.sentences().hasten_line;
        for (target, measure) in self.figures.lagging() {
            if told.len() == MOST_LINES || told.iter().any(|(number, _)| *number == target.number) {
                continue;
            }
            if let Some(line) = self.line(sentence, target, measure) {
                told.push((target.number, line));
            }
        }
        if told.is_empty() {
            return Vec::new();
        }
        let opening = std::iter::once(self.sentences().hasten.clone());
        opening
            .chain(told.into_iter().map(|(_, line)| line))
            .collect()
    }

    fn late(&self) -> Vec<String> {
        let late = self.figures.without_report().next().is_some();
        late.then(|| self.sentences().late.clone())
            .into_iter()
            .collect()
    }

    fn findings(&self) -> Vec<String> {
        (self.figures.findings > 0)
            .then(|| self.sentences().findings.clone())
            .into_iter()
            .collect()
    }

    /// What units say themselves about what lags.
    fn causes(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (target, measure) in self.figures.lagging() {
            for source in &measure.sources {
                let note = self.notes.get(&source.observation);
                let Some(note) = note.filter(|_| lines.len() < MOST_LINES) else {
                    continue;
                };
                let unit = self.view.units.get(source.unit);
                let unit = unit.map_or("", |unit| unit.name.as_str());
                lines.push(fill(
                    &self.sentences().causes_line,
                    &[
                        ("unit", unit),
                        ("number", &target.number.to_string()),
                        ("note", note),
                    ],
                ));
            }
        }
        if lines.is_empty() {
            return vec![self.sentences().causes_none.clone()];
        }
        let opening = std::iter::once(self.sentences().causes.clone());
        opening.chain(lines).collect()
    }

    fn line(
        &self,
        sentence: &str,
        target: &TargetFigure,
        measure: &MeasureFigure,
    ) -> Option<String> {
        let known = self.view.target(target.number)?;
        let number = target.number.to_string();
        let place = match measure.place {
            1 => number.clone(),
            place => format!("{number}.{place}"),
        };
        let goal = known
            .indicators
            .get(measure.place - 1)
            .map_or(&known.body.goal, |indicator| &indicator.body.goal);
        Some(fill(
            sentence,
            &[
                ("number", &number),
                ("place", &place),
                ("name", &name(known, measure)),
                ("goal", &short(goal)),
                ("leads", &parties(&known.body.leads)),
            ],
        ))
    }
}

/// What the plan is called inside a sentence.
pub(super) fn title(view: &PlanView) -> String {
    let title = view.body.title.as_deref().unwrap_or_default();
    let title = title.strip_prefix("VỀ VIỆC BAN HÀNH ").unwrap_or(title);
    sentence_case(title)
}

/// Several bodies in one line.
pub(super) fn parties(parties: &[Party]) -> String {
    let names = parties
        .iter()
        .map(|party| party.name.as_deref().unwrap_or(&party.written));
    names.collect::<Vec<_>>().join(", ")
}

fn name(target: &TargetView, measure: &MeasureFigure) -> String {
    short(&target.title(&measure.name))
}

/// One line, without the end of a sentence, not too long; brackets that would be read as a
/// figure are no brackets any more.
pub(super) fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.replace("[[", "[ [");
    let text = text.trim_end_matches(['.', ';', ',', ' ']);
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fit_into_sentences() {
        assert_eq!(short("a\n b [[mt1]];"), "a b [ [mt1]]");
        assert_eq!(short(&"x".repeat(400)).chars().count(), LONGEST + 1);
    }
}
