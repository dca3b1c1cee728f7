//! `/he-thong`: the systems by sector, as far as the visitor sees them.

use axum::extract::State;

use super::super::{App, Failure, Page, Visitor};
use super::desk::reads;
use crate::i18n::said;
use crate::pages::links;
use crate::pages::shell::Section;
use crate::pages::systems::{SystemCard, SystemRecordLink, Systems};

/// How far records are counted.
const COUNTED: usize = 1_000;

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<Systems>, Failure> {
    visitor.account()?;
    let registry = app.plans.registry();
    let systems = registry.systems();
    let lang = visitor.words().lang;
    let mut cards: Vec<SystemCard> = Vec::new();
    for (place, pack) in systems.catalog().packs.iter().enumerate() {
        let kinds = systems.kinds().iter().filter(|kind| kind.at.pack == place);
        let mut records = Vec::new();
        for kind in kinds.filter(|kind| reads(&visitor.principal, kind)) {
            let declared = &systems.record(kind).declared;
            let count = registry
                .count_readable(&visitor.principal, kind, COUNTED)
                .await?;
            records.push(SystemRecordLink {
                href: links::system(&pack.declared.pack.id, &declared.record.id, ""),
                title: said(lang, &declared.record.title),
                about: declared
                    .record
                    .about
                    .as_ref()
                    .map_or_else(String::new, |about| said(lang, about)),
                count,
                more: count == COUNTED,
            });
        }
        if !records.is_empty() {
            let head = &pack.declared.pack;
            let folder = pack.folder.parent().and_then(|folder| folder.file_name());
            cards.push(SystemCard {
                sector: folder
                    .map_or_else(String::new, |folder| folder.to_string_lossy().into_owned()),
                title: said(lang, &head.title),
                about: head
                    .about
                    .as_ref()
                    .map_or_else(String::new, |about| said(lang, about)),
                plan: head.plan.iter().map(|item| item.text.clone()).collect(),
                legal: head
                    .legal
                    .iter()
                    .map(|legal| legal.symbol.text.clone())
                    .collect(),
                manual: links::manual(&head.id),
                records,
            });
        }
    }
    cards.sort_by(|one, other| (&one.sector, &one.title).cmp(&(&other.sector, &other.title)));
    Ok(Page(Systems {
        shell: visitor.shell(Section::Systems),
        cards,
    }))
}
