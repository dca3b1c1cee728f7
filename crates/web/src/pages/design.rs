//! The design system, shown with its own pieces.

use askama::Template;
use vocab::Decimal;

use super::chart::{Trend, TrendChart, TrendPoint};
use super::parts::{Choice, FieldError, FormErrors, Pager};
use super::shell::Tone;
use super::state::ReportState;
use super::status::{Status, StatusCounts};
use super::{Shell, links};
use crate::assets::{self, Token};

/// The page of the design system. Figures on it are examples.
#[derive(Clone, Debug, Template)]
#[template(path = "design.html")]
pub struct Design {
    /// The frame.
    pub shell: Shell,
    tokens: Vec<Token>,
    chart: TrendChart,
    counts: StatusCounts,
    choices: Vec<Choice>,
    errors: FormErrors,
    pager: Pager,
}

impl Design {
    /// The page with its examples.
    pub fn new(shell: Shell) -> Self {
        let values = [Some(520), Some(590), None, Some(744), Some(792)];
        let points = values
            .iter()
            .zip(1_i64..)
            .map(|(value, quarter)| TrendPoint {
                label: format!("T{quarter}"),
                value: value.and_then(|tenths| Decimal::new(tenths, 1)),
                needed: Some(Decimal::from(quarter * 17)),
            });
        let trend = Trend {
            points: points.collect(),
            goal: Some(Decimal::from(85)),
            forecast: Some((Decimal::from(78), Decimal::from(88))),
            percent: true,
        };
        Self {
            tokens: assets::tokens(),
            chart: TrendChart::new(shell.translator, shell.t("chart-title"), &trend),
            counts: StatusCounts::new([34, 47, 22, 9, 8, 24, 4]),
            choices: Status::ALL
                .map(|status| Choice {
                    value: status.value().to_owned(),
                    label: shell.t(status.key()),
                    selected: status == Status::OnTrack,
                })
                .into(),
            errors: FormErrors(vec![FieldError {
                field: "design-wrong".to_owned(),
                message: shell.t("design-field-error"),
            }]),
            pager: Pager {
                previous: Some("#pager".to_owned()),
                next: Some("#pager".to_owned()),
            },
            shell,
        }
    }
}

/// The tones of callouts, each with the key of an example.
const TONES: [(Tone, &str); 3] = [
    (Tone::Good, "design-tone-good"),
    (Tone::Caution, "design-tone-caution"),
    (Tone::Wrong, "design-tone-wrong"),
];

#[cfg(test)]
impl super::samples::Sampled for Design {
    const NAME: &'static str = "design";

    fn samples(shell: &Shell) -> Vec<Self> {
        vec![Self::new(shell.clone())]
    }
}
