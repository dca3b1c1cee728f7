//! What the records of reports hold.

use directory::{Act, Role};
use registry::{Declaration, Field, FieldKind, Indexed, Lifecycle, Step, TaskRule};
use serde::{Deserialize, Serialize};
use vocab::{Decimal, Id, Instant, Period, Term};

use super::paper::Paper;
use crate::figure::{Entered, Measurement};

/// A report on a plan for a period.
pub const PERIODIC_REPORT: &str = "periodic_report";
/// A section of such a report.
pub const REPORT_SECTION: &str = "report_section";
/// A province's own layout of reports.
pub const REPORT_LAYOUT: &str = "report_layout";

/// The most characters of one section.
pub const LONGEST_SECTION: usize = 20_000;
/// The most characters of one line of what stands around the text.
pub const LONGEST_LINE: usize = 1_000;
/// The most characters of a layout.
const LONGEST_LAYOUT: usize = 60_000;

/// The states of a report and of its sections, which move together.
pub mod states {
    /// Being written.
    pub const DRAFT: &str = "draft";
    /// Before whoever signs it.
    pub const UNDER_REVIEW: &str = "under_review";
    /// Signed: nothing changes any more.
    pub const SIGNED: &str = "signed";
}

pub(crate) fn declarations() -> Vec<Declaration> {
    vec![report(), section(), layout()]
}

fn report() -> Declaration {
    Declaration {
        kind: PERIODIC_REPORT,
        fields: vec![
            Field::required("plan", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("period", FieldKind::Period).indexed(Indexed::Filtered),
            // One report for a plan, a period and an edition, however many begin it at once.
            Field::required("key", FieldKind::Text(120)).indexed(Indexed::Unique),
            Field::required("edition", FieldKind::Whole(1, 999)).indexed(Indexed::Shown),
            Field::required("around", FieldKind::Structure),
            Field::optional("follows", FieldKind::Reference),
            Field::required("layout", FieldKind::Structure),
            Field::optional("signed", FieldKind::Structure),
        ],
        order: &["period", "edition"],
        orders: Vec::new(),
        lifecycle: lifecycle(Some(TaskRule {
            name: "sign",
            role: Role::Head,
            term: Term::WorkingDays(2),
        })),
    }
}

fn section() -> Declaration {
    Declaration {
        kind: REPORT_SECTION,
        fields: vec![
            Field::required("report", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("key", FieldKind::Text(160)).indexed(Indexed::Unique),
            Field::required("place", FieldKind::Whole(0, 1_000)).indexed(Indexed::Shown),
            Field::required("level", FieldKind::Whole(1, 3)),
            Field::required("title", FieldKind::Text(LONGEST_LINE)),
            Field::optional("group", FieldKind::Text(40)),
            Field::optional("text", FieldKind::Text(LONGEST_SECTION)),
        ],
        order: &["place"],
        orders: Vec::new(),
        lifecycle: lifecycle(None),
    }
}

fn layout() -> Declaration {
    Declaration {
        kind: REPORT_LAYOUT,
        fields: vec![Field::required("text", FieldKind::Text(LONGEST_LAYOUT))],
        order: &[],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Configure),
    }
}

/// Written, looked at by whoever signs it, signed.
fn lifecycle(opens: Option<TaskRule>) -> Lifecycle {
    // The report's reason is its sections' too.
    let needs_reason = opens.is_some();
    let step = Step::plain;
    Lifecycle {
        initial: states::DRAFT,
        editable: &[states::DRAFT],
        editing: Act::Draft,
        steps: vec![
            Step {
                authors: true,
                opens,
                ..step(
                    "submit",
                    &[states::DRAFT],
                    states::UNDER_REVIEW,
                    Act::Submit,
                )
            },
            Step {
                needs_reason,
                ..step(
                    "send_back",
                    &[states::UNDER_REVIEW],
                    states::DRAFT,
                    Act::SendBack,
                )
            },
            step(
                "sign",
                &[states::UNDER_REVIEW],
                states::SIGNED,
                Act::Approve,
            ),
        ],
    }
}

/// The body of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeriodicBody {
    /// The plan.
    pub plan: Id,
    /// The period that it reports on.
    pub period: Period,
    /// Plan, period and edition together.
    pub key: String,
    /// Which report for this period it is, from 1.
    pub edition: i64,
    /// What stands around the text.
    pub around: Around,
    /// The report that it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Id>,
    /// How it is laid out: as the layout stood when it was begun.
    pub layout: super::Layout,
    /// What it said when it was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Signed>,
}

/// What stands around the text, as the writers would have it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Around {
    /// The agency above.
    #[serde(default)]
    pub superior: String,
    /// The agency that issues it.
    #[serde(default)]
    pub issuer: String,
    /// Number and symbol.
    #[serde(default)]
    pub symbol: String,
    /// Place and day.
    #[serde(default)]
    pub place_date: String,
    /// What it is about.
    #[serde(default)]
    pub subject: String,
    /// The position of whoever signs.
    #[serde(default)]
    pub capacity: String,
    /// Who signs.
    #[serde(default)]
    pub signer: String,
    /// Who gets it, a line each.
    #[serde(default)]
    pub recipients: String,
}

/// What a report said when it was signed: later changes of figures do not reach it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signed {
    /// The account that signed.
    pub account: Id,
    /// Its name then.
    pub by: String,
    /// When, in microseconds.
    pub at: i64,
    /// The whole paper.
    pub paper: Paper,
    /// The figures behind it, with the way to each.
    pub figures: Vec<KeptFigure>,
}

impl Signed {
    /// When.
    pub fn at(&self) -> Instant {
        Instant::from_micros(self.at)
    }
}

/// A figure as it was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFigure {
    /// What was measured.
    pub indicator: Id,
    /// The target's number.
    pub number: u16,
    /// Its place among the measures of the target, from 1.
    pub place: usize,
    /// What it measures.
    pub name: String,
    /// As the report had it.
    pub text: String,
    /// How it stood, in words.
    pub standing: String,
    /// The value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<KeptValue>,
    /// The latest period that it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The reports that it was made of.
    pub sources: Vec<KeptSource>,
}

/// A report that a figure was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSource {
    /// The observation.
    pub observation: Id,
    /// Its version.
    pub version: i64,
    /// Whose.
    pub unit: Id,
    /// Its period.
    pub period: Period,
    /// Its value.
    pub value: KeptValue,
}

/// A measured value as records keep it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as in an observation")]
pub struct KeptValue {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numerator: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<bool>,
}

impl From<Measurement> for KeptValue {
    fn from(measurement: Measurement) -> Self {
        let entered = Entered::from(measurement);
        Self {
            numerator: entered.numerator,
            denominator: entered.denominator,
            count: entered.count,
            reached: entered.reached,
        }
    }
}

/// The body of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionBody {
    /// The report.
    pub report: Id,
    /// The report's identity and the section's name in the layout.
    pub key: String,
    /// Its place among the sections, from 0.
    pub place: i64,
    /// Its level among headings, from 1.
    pub level: i64,
    /// Its heading.
    pub title: String,
    /// The code of the heading of targets that it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What it says; `[[…]]` stands for figures.
    #[serde(default)]
    pub text: String,
}
