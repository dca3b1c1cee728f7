//! `/he-thong`: the systems by sector, as far as the visitor sees them.

use axum::extract::State;
use registry::system::retention::Rule;

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
        for kind in kinds {
            let declared = &systems.record(kind).declared;
            let (pack, record) = (&pack.declared.pack.id, &declared.record);
            if reads(&visitor.principal, kind) {
                let count = registry
                    .count_readable(&visitor.principal, kind, COUNTED)
                    .await?;
                let about = record.about.as_ref();
                records.push(SystemRecordLink {
                    href: links::system(pack, &record.id, ""),
                    title: said(lang, &record.title),
                    about: about.map_or_else(String::new, |about| said(lang, about)),
                    count: Some(count),
                    more: count == COUNTED,
                });
            } else if Rule::of(declared).is_some() && registry.administers(&visitor.principal, kind)
            {
                let title = said(lang, &record.title);
                records.push(SystemRecordLink {
                    href: links::system(pack, &record.id, "luu-tru"),
                    title: visitor.words().t1("retention-title", "kind", title),
                    about: String::new(),
                    count: None,
                    more: false,
                });
            }
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
