//! `GET /so-lieu-truoc`: what the decision tells of the time before, and which measure each
//! figure fits; those that fit none are listed as such.

use axum::extract::State;
use axum::response::Response;
use plan::PlanView;
use plan::records::Baseline;

use super::super::{App, Failure, Visitor};
use super::shown;
use crate::i18n::Translator;
use crate::pages::baselines::{BaselineRow, Baselines};
use crate::pages::parts::Link;
use crate::pages::shell::Section;
use crate::pages::{Shell, links};

/// Shows them.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    shown(&app, &visitor, Section::Plan, page).await
}

fn page(view: &PlanView, shell: Shell) -> Baselines {
    let words = shell.translator;
    let all = view.body.baselines.iter().map(|told| {
        let fits = told.indicator.and_then(|id| view.indicator(id));
        let used = fits.is_some_and(|(_, indicator)| {
            let own = indicator.body.started.as_ref();
            own.is_some_and(|own| (own.line, own.value) == (told.line, told.value))
        });
        let row = BaselineRow {
            text: told.text.clone(),
            value: value(words, told),
            year: told.year,
            target: fits.map(|(target, indicator)| {
                let number = target.body.number;
                let name = format!("{number}. {}", indicator.body.name);
                Link::new(links::target(number), name)
            }),
            used,
            line: told.line,
        };
        (fits.is_some(), row)
    });
    let (fitting, loose): (Vec<_>, Vec<_>) = all.partition(|(fits, _)| *fits);
    let rows = |list: Vec<(bool, BaselineRow)>| list.into_iter().map(|(_, row)| row).collect();
    Baselines {
        fitting: rows(fitting),
        loose: rows(loose),
        shell,
    }
}

/// A figure of the time before in words: `58,3 %`, `1.204 hộ`.
pub(super) fn value(words: Translator, told: &Baseline) -> String {
    let value = told.value.normalized();
    if told.unit == "%" {
        words.percent(&value)
    } else {
        format!("{} {}", words.decimal(&value), told.unit)
    }
}
