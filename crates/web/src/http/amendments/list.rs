//! `GET /ke-hoach/sua-doi`: what later decisions made of the plan.

use plan::amendments::{AmendmentBody, Amends, states};

use super::super::reports::desk::Desk;
use super::super::{Failure, Page};
use super::{document, may};
use crate::i18n::Translator;
use crate::pages::amendments::{AmendmentList, AmendmentRow};
use crate::pages::links;
use crate::pages::shell::Section;

/// Shows them.
pub(super) async fn show(desk: Desk) -> Result<Page<AmendmentList>, Failure> {
    let words = desk.words();
    let all = desk.app.plans.amendments(&desk.visitor.principal).await?;
    let rows = all.iter().map(|one| AmendmentRow {
        href: links::amendment(&one.record.id.to_string()),
        document: document(words, &one.body),
        title: one.body.title.clone(),
        from: one.body.from,
        state: state(words, &one.record.state),
        changes: counted(words, &one.body),
    });
    Ok(Page(AmendmentList {
        rows: rows.collect(),
        may: may(&desk.visitor),
        shell: desk.shell(Section::Plan),
    }))
}

/// Where it stands, in words.
pub(super) fn state(words: Translator, state: &str) -> String {
    words.t(match state {
        states::RECORDED => "amendment-state-recorded",
        states::WITHDRAWN => "amendment-state-withdrawn",
        _ => "amendment-state-draft",
    })
}

fn counted(words: Translator, body: &AmendmentBody) -> String {
    let count = |what: Amends| {
        let changes = body.changes.iter();
        changes.filter(|change| change.what == what).count()
    };
    words.t_args(
        "amendment-counts",
        &[
            ("changed", &count(Amends::Changes)),
            ("added", &count(Amends::Adds)),
            ("dropped", &count(Amends::Drops)),
        ],
    )
}
