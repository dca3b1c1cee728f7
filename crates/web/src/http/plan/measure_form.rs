//! `GET /muc-tieu/{number}/so-do`, `POST /muc-tieu/{number}/so-do`: says how a target is
//! measured.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use directory::Act;
use jiff::civil::Date;
use plan::import::{Bound, IndicatorKind};
use plan::records::{IndicatorBody, Measure};
use plan::view::{IndicatorView, TargetView};
use plan::{MeasureEdit, PlanError, PlanView};
use registry::RegistryError;
use vocab::{FieldProblem, Lang, Problem};

use super::super::{
    App, Failure, Fields, Form, GoTo, Notice, Page, Visitor, form_errors, number, refused,
};
use super::measures::{method, subject};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::measure_form::{MeasureForm, TypedMeasure};
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::shell::Section;

/// Where a problem stands that is about no field.
const WHOLE_FORM: &str = "so-do";

/// What a form sends for one measure.
struct Typed {
    id: String,
    version: String,
    kind: String,
    bound: String,
    value: String,
    unit: String,
    counts: String,
    among: String,
    due: String,
    baseline: String,
}

/// Shows the form.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Page<MeasureForm>, Failure> {
    visitor.account()?;
    visitor.require(Act::Configure, &subject())?;
    let view = app.plans.view().await?;
    let (view, target) = found(view.as_deref(), &number)?;
    let lang = visitor.words().lang;
    // What a later document made of it is that document's to say.
    let typed = target.indicators.iter().map(|known| {
        let written = target.written_measure(known.id);
        Typed::of(known, written.unwrap_or(&known.body), lang)
    });
    let typed = typed.collect();
    Ok(Page(page(view, target, &visitor, typed)))
}

/// Keeps what it says.
pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    visitor.account()?;
    visitor.require(Act::Configure, &subject())?;
    let view = app.plans.view().await?;
    let (view, target) = found(view.as_deref(), &number)?;
    let places = 1..=target.indicators.len();
    let typed: Result<Vec<Typed>, Failure> = places
        .map(|place| Typed::take(&mut fields, place))
        .collect();
    let typed = typed?;
    fields.done()?;
    let lang = visitor.words().lang;
    let mut wrong = Vec::new();
    let mut edits = Vec::new();
    for (place, typed) in (1..).zip(&typed) {
        match typed.edit(place, lang)? {
            Ok(edit) => edits.push(edit),
            Err(problem) => wrong.push(problem),
        }
    }
    let again = |problem: &Problem, typed| {
        let names = names(target.indicators.len());
        let names: Vec<(&str, &str)> = names
            .iter()
            .map(|(theirs, ours)| (theirs.as_str(), ours.as_str()))
            .collect();
        let errors = form_errors(visitor.words(), problem, &names, WHOLE_FORM);
        let page = page(view, target, &visitor, typed);
        refused(problem, MeasureForm { errors, ..page })
    };
    if !wrong.is_empty() {
        let mut problem = Problem::new(422, "invalid-fields", "a form of measures");
        problem.fields = wrong;
        return Ok(again(&problem, typed));
    }
    let by = visitor.caller();
    match app.plans.confirm_measures(&by, edits).await {
        Ok(()) => Ok(GoTo::link(&links::target(target.body.number))
            .saying(Notice::MeasuresConfirmed)
            .into_response()),
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status != 403 => {
            Ok(again(&problem, typed))
        }
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => {
            let problem = Problem::new(409, "measure-changed", "measures that were changed since");
            Ok(again(&problem, typed))
        }
        Err(error) => Err(error.into()),
    }
}

fn found<'v>(
    view: Option<&'v PlanView>,
    number: &str,
) -> Result<(&'v PlanView, &'v TargetView), Failure> {
    let nothing = || Failure::not_found("no target of this number with measures");
    let view = view.ok_or_else(nothing)?;
    let target = number.parse().ok().and_then(|number| view.target(number));
    let target = target.filter(|target| !target.indicators.is_empty());
    Ok((view, target.ok_or_else(nothing)?))
}

/// The form's names for the fields of the plan's problems.
fn names(measures: usize) -> Vec<(String, String)> {
    let pairs = [
        ("counts", "dem"),
        ("among", "tren"),
        ("unit", "don-vi"),
        ("value", "muc"),
        ("due", "han"),
        ("baseline", "moc-dau"),
    ];
    let places = 1..=measures;
    let names = places.flat_map(|place| {
        pairs.map(|(theirs, ours)| (format!("{theirs}-{place}"), format!("{ours}-{place}")))
    });
    names.collect()
}

impl Typed {
    fn of(known: &IndicatorView, body: &IndicatorBody, lang: Lang) -> Self {
        let ratio = body.measure.kind == IndicatorKind::Ratio;
        let unit = body.measure_unit.clone().filter(|_| !ratio);
        let value = body.measure.value.map(vocab::Decimal::normalized);
        Self {
            id: known.id.to_string(),
            version: known.version.to_string(),
            kind: body.measure.kind.name().to_owned(),
            bound: body
                .measure
                .bound
                .unwrap_or(Bound::AtLeast)
                .name()
                .to_owned(),
            value: value.map_or_else(String::new, |value| number::typed(value, lang)),
            unit: unit.unwrap_or_default(),
            counts: body.counts.clone().unwrap_or_default(),
            among: body.among.clone().unwrap_or_default(),
            due: body.due.map_or_else(String::new, |due| due.to_string()),
            baseline: body
                .baseline
                .map_or_else(String::new, |value| number::typed(value.normalized(), lang)),
        }
    }

    fn take(fields: &mut Fields, place: usize) -> Result<Self, Failure> {
        let mut take = |name: &str| fields.take(&format!("{name}-{place}"));
        Ok(Self {
            id: take("chi-so")?,
            version: take("phien-ban")?,
            kind: take("loai")?,
            bound: take("chieu")?,
            value: take("muc")?,
            unit: take("don-vi")?,
            counts: take("dem")?,
            among: take("tren")?,
            due: fields.lookup(&format!("han-{place}"))?.unwrap_or_default(),
            baseline: fields
                .lookup(&format!("moc-dau-{place}"))?
                .unwrap_or_default(),
        })
    }

    /// What it says; what is no number is the reader's to mend, what no page sends is not.
    fn edit(&self, place: usize, lang: Lang) -> Result<Result<MeasureEdit, FieldProblem>, Failure> {
        let unknown =
            |name: &str| crate::http::fields::at(&format!("{name}-{place}"), 422, "choice-unknown");
        let kind = IndicatorKind::ALL
            .into_iter()
            .find(|kind| kind.name() == self.kind);
        let kind = kind.ok_or_else(|| unknown("loai"))?;
        let bound = Bound::ALL
            .into_iter()
            .find(|bound| bound.name() == self.bound);
        let bound = bound.ok_or_else(|| unknown("chieu"))?;
        let figure = matches!(kind, IndicatorKind::Ratio | IndicatorKind::Count);
        let typed = self.value.trim();
        let value = if figure && !typed.is_empty() {
            match number::decimal(&format!("muc-{place}"), typed, lang) {
                Ok(value) => Some(value),
                Err(problem) => return Ok(Err(problem)),
            }
        } else {
            None
        };
        let typed = self.baseline.trim();
        let baseline = if figure && !typed.is_empty() {
            match number::decimal(&format!("moc-dau-{place}"), typed, lang) {
                Ok(value) => Some(value),
                Err(problem) => return Ok(Err(problem)),
            }
        } else {
            None
        };
        let due = match self.due.trim() {
            "" => None,
            typed => {
                let Ok(due) = typed.parse::<Date>() else {
                    let field = format!("han-{place}");
                    return Ok(Err(FieldProblem::new(field, "date-invalid")));
                };
                Some(due)
            }
        };
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let ratio = kind == IndicatorKind::Ratio;
        Ok(Ok(MeasureEdit {
            indicator: self.id.parse().map_err(|_| unknown("chi-so"))?,
            version: self.version.parse().map_err(|_| unknown("phien-ban"))?,
            measure: Measure {
                kind,
                bound: figure.then_some(bound),
                value,
            },
            unit: (kind == IndicatorKind::Count).then(|| words(&self.unit)),
            counts: words(&self.counts),
            among: ratio.then(|| words(&self.among)),
            due,
            baseline,
        }))
    }
}

fn page(view: &PlanView, target: &TargetView, visitor: &Visitor, typed: Vec<Typed>) -> MeasureForm {
    let words = visitor.words();
    let measures = (1..).zip(typed).zip(&target.indicators);
    let measures = measures.map(|((place, typed), indicator)| TypedMeasure {
        place,
        name: indicator.body.name.clone(),
        method: method(view, indicator, target.id),
        kinds: choices(
            words,
            "measure-kind",
            IndicatorKind::ALL.map(IndicatorKind::name),
            &typed.kind,
        ),
        bounds: choices(
            words,
            "measure-side",
            Bound::ALL.map(Bound::name),
            &typed.bound,
        ),
        id: typed.id,
        version: typed.version,
        value: typed.value,
        unit: typed.unit,
        counts: typed.counts,
        among: typed.among,
        due: typed.due,
        baseline: typed.baseline,
    });
    MeasureForm {
        number: target.body.number,
        title: target.body.name.clone(),
        goal: target.body.goal.clone(),
        measures: measures.collect(),
        errors: FormErrors::default(),
        shell: visitor.shell(Section::Plan),
    }
}

fn choices<const N: usize>(
    words: Translator,
    key: &str,
    values: [&'static str; N],
    chosen: &str,
) -> Vec<Choice> {
    let choices = values.map(|value| Choice {
        value: value.to_owned(),
        label: words.t(&format!("{key}-{value}")),
        selected: value == chosen,
    });
    choices.to_vec()
}
