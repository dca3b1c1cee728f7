//! Why a target stands as it does, in one sentence with its figures.

use plan::import::{Bound, IndicatorKind};
use plan::records::Measure;
use plan::standing::{Held, Reason};
use plan::view::{IndicatorView, JudgedTarget};
use vocab::Decimal;

use crate::i18n::Translator;

/// Why an indicator stands so.
pub(super) fn of_indicator(words: Translator, indicator: &IndicatorView) -> String {
    let body = &indicator.body;
    sentence(
        words,
        &body.measure,
        body.measure_unit.as_deref(),
        indicator.judgement.reason,
    )
}

/// Why a target stands so; of several indicators it names the one that decides.
pub(super) fn of_target(words: Translator, judged: &JudgedTarget) -> String {
    let nothing = Measure {
        kind: IndicatorKind::Milestone,
        bound: None,
        value: None,
    };
    let said = match (&judged.measure, judged.published) {
        (None, true) => words.t("standing-no-goal"),
        (measure, _) => sentence(
            words,
            measure.as_ref().unwrap_or(&nothing),
            judged.measure_unit.as_deref(),
            judged.reason,
        ),
    };
    match &judged.indicator_name {
        Some(name) => words.t_args(
            "standing-of-indicator",
            &[("name", name), ("reason", &said)],
        ),
        None => said,
    }
}

/// A number of a measure with its unit: `62 %`, `1.655 hồ sơ`.
pub(super) fn number(
    words: Translator,
    measure: &Measure,
    unit: Option<&str>,
    value: Decimal,
) -> String {
    let value = value.normalized();
    match (measure.kind, unit) {
        (IndicatorKind::Ratio, _) => words.percent(&value),
        (_, Some(unit)) if !unit.is_empty() => format!("{} {unit}", words.decimal(&value)),
        _ => words.decimal(&value),
    }
}

/// What is to be reached: `từ 85 % trở lên`; nothing where the goal says no figure.
pub(in crate::http) fn goal(
    words: Translator,
    measure: &Measure,
    unit: Option<&str>,
) -> Option<String> {
    let value = number(words, measure, unit, measure.value?);
    let bound = measure.bound.unwrap_or(Bound::AtLeast);
    Some(words.t1(&format!("measure-goal-{}", bound.name()), "value", value))
}

pub(super) fn sentence(
    words: Translator,
    measure: &Measure,
    unit: Option<&str>,
    reason: Reason,
) -> String {
    let number = |value| number(words, measure, unit, value);
    let held = |key: &str, held: Held| {
        // The goal by which it was judged: later documents may ask for another by now.
        let asked = Measure {
            kind: measure.kind,
            bound: Some(held.bound),
            value: Some(held.goal),
        };
        let goal = goal(words, &asked, unit).unwrap_or_else(|| number(held.goal));
        words.t_args(
            key,
            &[
                ("value", &number(held.value)),
                ("goal", &goal),
                ("date", &words.date(&held.on)),
                ("due", &words.date(&held.due)),
            ],
        )
    };
    let key = format!("standing-{}", reason.code());
    match reason {
        Reason::NothingConsolidated | Reason::NotPublished | Reason::NoGoalFigure => words.t(&key),
        Reason::DutyKept(on) | Reason::DutyMissed(on) | Reason::MilestoneReached(on) => {
            words.t1(&key, "date", words.date(&on))
        }
        Reason::Reached(figures)
        | Reason::Missed(figures)
        | Reason::CeilingKept(figures)
        | Reason::CeilingBroken(figures) => held(&key, figures),
        Reason::Line {
            held: figures,
            needed,
            from,
        } => {
            let key = if from == Decimal::ZERO {
                "standing-line"
            } else {
                "standing-line-from"
            };
            words.t_args(
                key,
                &[
                    ("value", &number(figures.value)),
                    ("needed", &number(needed)),
                    ("date", &words.date(&figures.on)),
                    ("from", &number(from)),
                    ("goal", &number(figures.goal)),
                    ("due", &words.date(&figures.due)),
                ],
            )
        }
        Reason::NotYet { on, due } => words.t_args(
            &key,
            &[("date", &words.date(&on)), ("due", &words.date(&due))],
        ),
        Reason::MilestoneMissed { due } => words.t1(&key, "due", words.date(&due)),
    }
}
