//! Reports in words.

use plan::entry::{Kept, Rules};
use plan::view::IndicatorView;
use plan::{Entered, Report, WayStep};
use registry::Evidence;
use vocab::{Id, Period};

use super::super::Failure;
use super::desk::Desk;
use super::opinions::stance_note;
use crate::i18n::Translator;
use crate::pages::checks::Check;
use crate::pages::parts::{Act, FileLink, Step};
use crate::pages::reading::Reading;
use crate::pages::state::ReportState;

/// The value of a report, if it has one.
pub(in crate::http) fn value(indicator: &IndicatorView, report: &Report) -> Option<Reading> {
    let measurement = report.measurement(indicator.body.measure.kind)?;
    Reading::of(&indicator.body, measurement)
}

/// The labels of what must still be entered before a report is handed in.
pub(super) fn missing(desk: &Desk, indicator: &IndicatorView, report: &Report) -> Vec<String> {
    let missing = Entered::of(&report.body).missing(indicator.body.measure.kind);
    let label = |field| {
        desk.words().t(match field {
            "numerator" => "col-numerator",
            "denominator" => "col-denominator",
            "count" => "entry-count",
            _ => "entry-result",
        })
    };
    missing.into_iter().map(label).collect()
}

/// Numerator and denominator of a ratio.
pub(in crate::http) fn ratio(report: &Report) -> Option<(i64, i64)> {
    Some((report.body.numerator?, report.body.denominator?))
}

/// Where a report stands.
pub(in crate::http) fn state(report: &Report) -> ReportState {
    ReportState::lookup(&report.record.state).unwrap_or(ReportState::Draft)
}

/// The version that a page shows and its forms send back.
pub(super) fn version(report: &Report) -> u32 {
    u32::try_from(report.record.version).unwrap_or_default()
}

/// Files as pages show them.
pub(in crate::http) fn files(evidence: &[Evidence]) -> Vec<FileLink> {
    let link = |file: &Evidence| FileLink {
        name: file.name.clone(),
        sha256: file.sha256.clone(),
        size_bytes: file.size,
    };
    evidence.iter().map(link).collect()
}

/// What looks wrong with a value, in words.
pub(in crate::http) fn checks(words: Translator, kept: &[Kept]) -> Vec<Check> {
    let check = |kept: &Kept| Check {
        token: kept.token(),
        message: words.kept_finding(kept),
        explanation: kept.explanation.clone(),
        explained: kept.is_explained(Rules::shipped()),
        stale: !kept.explanation.is_empty() && kept.about != kept.token(),
    };
    kept.iter().map(check).collect()
}

/// What a step of a report's lifecycle did.
pub(super) fn act(action: &str) -> Act {
    match action {
        "submit" => Act::Reported,
        "hand_in" => Act::ByLink,
        "approve" => Act::Approved,
        "send_back" => Act::SentBack,
        "consolidate" => Act::Consolidated,
        "comment" => Act::Commented,
        "ask_opinions" => Act::AskedOpinions,
        "opinion" => Act::GaveOpinion,
        _ => Act::Drafted,
    }
}

impl Desk {
    pub(in crate::http) fn period_label(&self, period: Period) -> String {
        period.label(self.words().lang)
    }

    /// A period at the beginning of a line: `Quý I/2023`.
    pub(in crate::http) fn period_title(&self, period: Period) -> String {
        self.words().period_title(period)
    }

    /// What was done and said about a report, latest first.
    pub(super) async fn steps(&self, report: &Report) -> Result<Vec<Step>, Failure> {
        let way = self
            .app
            .plans
            .way_of_report(&self.visitor.principal, report)
            .await?;
        let inside = self.sees_inside(&report.record);
        let mut steps: Vec<Step> = Vec::new();
        for taken in way {
            let act = act(&taken.action);
            // What led to a public figure is everybody's; the rest is the units' own affair.
            let led = matches!(act, Act::Reported | Act::Approved | Act::Consolidated);
            if !inside && (!led || steps.iter().any(|step| step.act == act)) {
                continue;
            }
            steps.push(self.step(act, taken));
        }
        Ok(steps)
    }

    fn step(&self, act: Act, taken: WayStep) -> Step {
        Step {
            act,
            unit: self.unit_name(taken.acted_for),
            person: taken.person,
            at: Some(taken.at.in_vietnam().datetime()),
            note: match taken.opinion {
                Some(opinion) => stance_note(self.words(), opinion, &taken.said),
                None => taken.said,
            },
            files: match act {
                Act::Reported | Act::ByLink | Act::GaveOpinion => files(&taken.evidence),
                _ => Vec::new(),
            },
            checks: match act {
                Act::Reported | Act::ByLink => checks(self.words(), &taken.checks),
                _ => Vec::new(),
            },
            report: None,
        }
    }

    /// The unit that somebody acted for.
    pub(super) async fn acting_unit(&self, actor: Id, unit: Id) -> Result<Id, Failure> {
        let account = self.app.directory.account(actor).await?;
        Ok(plan::acted_for(account.as_ref(), unit))
    }
}
