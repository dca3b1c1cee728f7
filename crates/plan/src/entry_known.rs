//! What is known around a value that is being entered, gathered from the records, and what
//! follows from what the checks find.

use std::collections::HashMap;

use directory::permission::reach;
use directory::{Act, Principal};
use jiff::civil::Date;
use registry::{Caller, RegistryError};
use store::ListQuery;
use vocab::{Decimal, FieldProblem, Id, Period, Problem};

use crate::declarations::OBSERVATION;
use crate::entry::{self, Before, Explanation, Kept, Known, Past, Rules};
use crate::error::PlanError;
use crate::figure::{Entered, Measurement};
use crate::import::IndicatorKind;
use crate::plans::Plans;
use crate::records::ObservationBody;
use crate::reports::{Report, ReportDraft, indicator};
use crate::view::{IndicatorView, PlanView, TargetView};

/// How many reports are read at once, and how often: more than a unit makes in some years.
const PAGE: usize = 1_000;
const MOST_PAGES: usize = 20;

impl Plans {
    /// What a report keeps of what looks wrong with its value, with what was said about it. A
    /// value that is not whole yet is looked at once it is.
    pub async fn checks(
        &self,
        by: &Caller,
        view: &PlanView,
        draft: &ReportDraft,
    ) -> Result<Vec<Kept>, PlanError> {
        let only = Some(draft.indicator);
        let history = self.history(&by.principal, draft.unit, only).await?;
        history.checks(view, draft)
    }

    /// The same of several reports of one unit: what it handed in is read once.
    pub async fn checks_of_unit(
        &self,
        by: &Caller,
        view: &PlanView,
        unit: Id,
        drafts: &[ReportDraft],
    ) -> Result<Vec<Vec<Kept>>, PlanError> {
        if drafts.is_empty() {
            return Ok(Vec::new());
        }
        let history = self.history(&by.principal, unit, None).await?;
        let drafts = drafts.iter();
        drafts.map(|draft| history.checks(view, draft)).collect()
    }

    /// Refuses what looks wrong and was not explained: `findings-unexplained`, each finding at
    /// its field, with its figures and its token.
    pub(crate) async fn demand_explanations(
        &self,
        by: &Caller,
        view: &PlanView,
        report: &Report,
    ) -> Result<(), PlanError> {
        let only = Some(report.body.indicator);
        let unit = report.record.unit;
        let history = self.history(&by.principal, unit, only).await?;
        let fields = history.unexplained(view, report)?;
        if fields.is_empty() {
            return Ok(());
        }
        let (least, _) = Rules::shipped().lengths();
        let doing = "handing in a value that looks wrong without a word on it";
        let mut problem = Problem::new(422, "findings-unexplained", doing).with("letters", least);
        problem.fields = fields;
        Err(RegistryError::Refused(problem).into())
    }

    /// What a unit handed in, by indicator: all of it, or what is about one.
    pub(crate) async fn history(
        &self,
        reader: &Principal,
        unit: Id,
        only: Option<Id>,
    ) -> Result<History, PlanError> {
        let readable = reach(reader, Act::Read, OBSERVATION);
        let mut query = ListQuery::new(OBSERVATION, readable.within([unit])).limit(PAGE);
        if let Some(indicator) = only {
            query = query.filter("indicator", indicator);
        }
        let mut history = History::default();
        for _ in 0..MOST_PAGES {
            let page = self.registry().list_shown(reader, &query).await?;
            for record in page.items {
                // A draft may hold anything.
                let handed_in = ["submitted", "approved", "consolidated"];
                if handed_in.contains(&record.state.as_str()) {
                    let body: ObservationBody = record.read()?;
                    history.0.entry(body.indicator).or_default().push(body);
                }
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        Ok(history)
    }
}

/// What a unit handed in, by indicator.
#[derive(Debug, Default)]
pub(crate) struct History(HashMap<Id, Vec<ObservationBody>>);

impl History {
    /// What a report keeps of what looks wrong with its value, with what was said about it.
    pub(crate) fn checks(
        &self,
        view: &PlanView,
        draft: &ReportDraft,
    ) -> Result<Vec<Kept>, PlanError> {
        let matter = indicator(view, draft.indicator)?;
        let rules = Rules::shipped();
        let known = self.known(matter, draft.unit, draft.period);
        let found = entry::check(&matter.1.body, draft.entered, &known, rules);
        Ok(entry::keep(&found, &draft.explanations, rules))
    }

    /// What looks wrong with a report and was not explained, each at its field, with its figures
    /// and its token.
    pub(crate) fn unexplained(
        &self,
        view: &PlanView,
        report: &Report,
    ) -> Result<Vec<FieldProblem>, PlanError> {
        let held = &report.body.checks;
        let draft = ReportDraft {
            indicator: report.body.indicator,
            unit: report.record.unit,
            period: report.body.period,
            entered: Entered::of(&report.body),
            note: String::new(),
            evidence: Vec::new(),
            explanations: held.iter().map(Kept::said).collect(),
        };
        let now = self.checks(view, &draft)?;
        let left = entry::unexplained(&now, held, Rules::shipped());
        Ok(left.into_iter().map(field).collect())
    }

    /// What is known around a unit's value for a period.
    fn known(
        &self,
        (target, indicator): (&TargetView, &IndicatorView),
        unit: Id,
        period: Period,
    ) -> Known {
        let kind = indicator.body.measure.kind;
        let handed_in = self.0.get(&indicator.id).map_or(&[][..], Vec::as_slice);
        let mut earlier: Vec<(Period, Measurement)> = handed_in
            .iter()
            .filter(|body| body.period.end() < period.end())
            .filter_map(|body| Some((body.period, Measurement::of(kind, body)?)))
            .collect();
        earlier.sort_by_key(|(period, _)| period.by_end());
        let passed = elapsed;
        let before = earlier.last().map(|(before, measurement)| Before {
            period: *before,
            measurement: *measurement,
            elapsed: passed(*before),
            same_year: before.end().year() == period.end().year(),
        });
        let own = earlier.iter().filter_map(|(period, measurement)| {
            Some(Past {
                value: measurement.value()?,
                elapsed: passed(*period),
            })
        });
        Known {
            elapsed: passed(period),
            before,
            own: own.collect(),
            others: others(indicator, unit, period),
            alone: target.reporters == [unit],
        }
    }
}

/// How much of its year had passed when a period ended, in ten-thousandths.
fn elapsed(period: Period) -> i64 {
    let end = period.end();
    let days = |from: Date, to: Date| i64::from(from.until(to).map_or(0, |span| span.get_days()));
    let (Ok(first), Ok(next)) = (Date::new(end.year(), 1, 1), Date::new(end.year() + 1, 1, 1))
    else {
        return 10_000;
    };
    let after = end.tomorrow().unwrap_or(end);
    (days(first, after) * 10_000 / days(first, next).max(1)).clamp(0, 10_000)
}

/// Refuses words that no report takes: too many, or with characters that no keyboard means.
/// Fields are named by the tokens of the findings.
pub(crate) fn demand_words(explanations: &[Explanation]) -> Result<(), PlanError> {
    let rules = Rules::shipped();
    let (_, most) = rules.lengths();
    let wrong = explanations.iter().filter_map(|said| {
        let at = |code| FieldProblem::new(&*said.finding, code);
        if rules.is_too_long(&said.text) {
            return Some(at("text-too-long").with("limit", most));
        }
        said.text
            .contains(registry::unprintable)
            .then(|| at("text-control"))
    });
    let wrong: Vec<FieldProblem> = wrong.collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let mut problem = Problem::new(422, "invalid-fields", "explaining a value");
    problem.fields = wrong;
    Err(RegistryError::Refused(problem).into())
}

/// What the other units' consolidated reports say for this very period.
fn others(indicator: &IndicatorView, unit: Id, period: Period) -> Vec<Decimal> {
    let others = indicator.units.iter().filter(|other| other.unit != unit);
    let latest = others.filter_map(|other| other.latest);
    let same = latest.filter(|latest| latest.period == period);
    same.filter_map(|latest| latest.measurement.value())
        .collect()
}

/// What of an entered value cannot be, whatever is known around it.
pub(crate) fn impossible(kind: IndicatorKind, entered: Entered) -> Vec<FieldProblem> {
    entry::refused(kind, entered)
        .into_iter()
        .map(|finding| FieldProblem {
            field: finding.field.to_owned(),
            code: finding.code.name().to_owned(),
            args: finding.figures,
        })
        .collect()
}

/// A finding as a problem with its field.
fn field(kept: &Kept) -> FieldProblem {
    FieldProblem {
        field: kept.field.clone(),
        code: kept.code.clone(),
        args: kept.figures.clone(),
    }
    .with("finding", kept.token())
}
