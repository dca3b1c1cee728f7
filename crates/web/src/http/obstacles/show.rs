//! `GET /vuong-mac/{id}`: one obstacle, as the unit's own record.

use axum::extract::Path;
use directory::Act;
use plan::OBSTACLE;
use plan::obstacles::{Obstacle, shipped_terms, states};

use super::super::reports::desk::Desk;
use super::super::{Failure, Page};
use super::face::{self, rung_key};
use crate::pages::links;
use crate::pages::obstacles::ObstaclePage;
use crate::pages::parts::{FormErrors, Link};
use crate::pages::shell::Section;

/// Shows it.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Page<ObstaclePage>, Failure> {
    let known = desk.obstacle_of(&id).await?;
    let page = page(&desk, &known, String::new(), FormErrors::default());
    Ok(Page(page.await?))
}

/// The page, with what was typed.
pub(super) async fn page(
    desk: &Desk,
    known: &Obstacle,
    said: String,
    errors: FormErrors,
) -> Result<ObstaclePage, Failure> {
    let (record, body) = (&known.record, &known.body);
    let id = record.id.to_string();
    let words = desk.words();
    let back = if record.state == states::SENT_BACK {
        desk.sent_back(record.id).await?
    } else {
        None
    };
    let decided = [states::ANSWERED, states::SOLVED].contains(&record.state.as_str());
    let plans = &desk.app.plans;
    let amendments = plans.amendments(&desk.visitor.principal).await?;
    let led = amendments
        .iter()
        .filter(|one| one.body.obstacle == Some(record.id))
        .map(|one| {
            let href = links::amendment(&one.record.id.to_string());
            Link::new(href, super::super::amendments::document(words, &one.body))
        });
    Ok(ObstaclePage {
        action: links::obstacle(&id),
        version: record.version,
        matter: face::matter(&desk.view, words, body.about),
        unit: desk.name_of(record.unit).await?,
        what: body.what.clone(),
        since: body.since,
        asks: body.asks.clone(),
        of: words.t(match rung_key(body.of) {
            "obstacle-rung-lead" => "obstacle-of-lead",
            "obstacle-rung-coordinator" => "obstacle-of-coordinator",
            _ => "obstacle-of-chairman",
        }),
        state: face::state(words, &record.state),
        files: face::files(&body.evidence),
        rungs: face::rungs(desk, body).await?,
        back: back.map(|back| (back.person, back.reason)),
        rule: shipped_terms()?.version,
        edit: desk
            .registry()
            .may_edit(&desk.visitor.principal, OBSTACLE, record)
            .then(|| links::obstacle_edit(&id)),
        may: may(desk, known),
        amend: (decided && desk.amends()).then(|| links::amendment_of(&id)),
        amendments: led.collect(),
        said,
        by: String::new(),
        errors,
        shell: desk.shell(Section::Inbox),
    })
}

/// What the reader may do with it now.
fn may(desk: &Desk, known: &Obstacle) -> Vec<&'static str> {
    let open = desk
        .registry()
        .open_steps(&desk.visitor.principal, OBSTACLE, &known.record);
    let steps = [
        ("submit", "gui"),
        ("send", "chuyen"),
        ("send_back", "tra-lai"),
        ("solve", "xong"),
        ("reopen", "mo-lai"),
        ("discard", "bo"),
    ];
    let may = steps.into_iter().filter(|(step, _)| open.contains(step));
    may.map(|(_, deed)| deed).collect()
}

/// Whether somebody may approve: what questions ask.
pub(super) const ANSWERS: Act = Act::Approve;
