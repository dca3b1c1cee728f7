//! What later decisions make of the plan: everybody sees what is recorded; whoever configures
//! plans puts it together.

mod deeds;
mod form;
mod list;
mod show;
mod target;
mod text;

use directory::{Act, Subject, province};
use plan::AMENDMENT;
use plan::amendments::{Amendment, AmendmentBody};

use super::reports::desk::Desk;
use super::route_list::{Routes, get, post};
use super::{Failure, Visitor};
use crate::i18n::Translator;
use crate::pages::links;

pub(super) use show::threshold;

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::AMENDMENTS, get(list::show))
        .route(links::AMENDMENT_NEW, get(form::show).post(form::begin))
        .route("/ke-hoach/sua-doi/{id}", get(show::show).post(deeds::take))
        .route(
            "/ke-hoach/sua-doi/{id}/sua",
            get(form::edit).post(form::save),
        )
        .route(
            "/ke-hoach/sua-doi/{id}/muc-tieu",
            get(target::show).post(target::save),
        )
        .route("/ke-hoach/sua-doi/{id}/tep", post(text::take))
}

/// A later document in words.
pub(super) fn document(words: Translator, body: &AmendmentBody) -> String {
    words.t_args(
        "amendment-named",
        &[("symbol", &body.symbol), ("date", &words.date(&body.date))],
    )
}

/// Only for whoever may configure plans.
fn require(visitor: &Visitor, state: &str) -> Result<(), Failure> {
    visitor.account()?;
    visitor.require(
        Act::Configure,
        &Subject {
            kind: AMENDMENT,
            unit: province(),
            state,
            author: None,
        },
    )
}

/// Whether somebody may.
fn may(visitor: &Visitor) -> bool {
    require(visitor, "draft").is_ok()
}

impl Desk {
    /// The amendment at an address.
    async fn amendment_of(&self, id: &str) -> Result<Amendment, Failure> {
        let hidden = || match self.visitor.principal.account {
            Some(_) => Failure::not_found("no such amendment for this reader"),
            None => Failure::sign_in_needed(),
        };
        let id = id.parse().map_err(|_| hidden())?;
        let found = self.app.plans.amendment(&self.visitor.principal, id).await;
        found.map_err(|error| match Failure::from(error) {
            failure if failure.problem.status == 404 => hidden(),
            failure => failure,
        })
    }
}
