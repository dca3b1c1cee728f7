//! A column for each state or value, its records as cards.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use pack::declaration::{FieldType, View};
use pack::shape::Key;
use registry::system::{Pile, Wanted};
use serde_json::Value;

use super::super::super::{Failure, Page};
use super::super::desk::Desk;
use super::super::list::Asked;
use super::narrowed;
use super::told::plain;
use crate::pages::links::encode;
use crate::pages::looks::{Board, BoardColumn, Card};

/// The most columns of a board.
const COLUMNS: usize = 24;
/// How many cards a column shows.
const CARDS: usize = 20;

pub(super) async fn show(desk: &Desk, view: &View, query: &Asked) -> Result<Response, Failure> {
    let by = view.by.as_ref();
    let by = by.ok_or_else(|| Failure::not_found("a board without columns"))?;
    let (registry, principal) = (desk.registry(), &desk.visitor.principal);
    let wanted = desk.looked_for(view, query, CARDS)?;
    let mut piles = registry
        .piles(principal, desk.kind(), &wanted, COLUMNS + 1)
        .await?;
    let cut = piles.len() > COLUMNS;
    piles.truncate(COLUMNS);
    desk.in_order(view, by, &wanted, &mut piles);
    let values = piles.iter().filter_map(|pile| pile.value.as_ref());
    let mut titles = desk.titles(by, values).await?;
    let columns = desk.columns(Some(view));
    let mut shown = Vec::with_capacity(piles.len());
    for pile in &piles {
        let listing = if pile.count == 0 {
            Vec::new()
        } else {
            let found = registry.pile(principal, desk.kind(), &wanted, pile.value.as_ref());
            found.await?.items
        };
        let labels = desk.labels(&listing).await?;
        let cards = listing.iter().map(|record| {
            desk.saw_columns(record, &columns);
            let facts = columns.iter().map(|column| {
                let said = column.value(desk, record, &labels);
                (column.title(desk), said)
            });
            let label = desk.label(record);
            // What the name says already is not said again.
            let facts = facts.filter(|(_, said)| said != "–" && !label.contains(said.as_str()));
            Card {
                href: desk.link_to(record.id, ""),
                facts: facts.collect(),
                label,
            }
        });
        let cards: Vec<Card> = cards.collect();
        shown.push(BoardColumn {
            title: match &pile.value {
                None => desk.words().t("look-nothing-said"),
                Some(value) => titles
                    .remove(&plain(value))
                    .unwrap_or_else(|| desk.words().t("system-unseen")),
            },
            count: pile.count,
            more: pile.count.saturating_sub(cards.len()),
            cards,
            all: desk.list_of(view, by, pile.value.as_ref(), query),
        });
    }
    let page = Board {
        frame: desk.frame(view, query).await?,
        columns: shown,
        cut: cut.then_some(COLUMNS),
        shell: desk.shell(),
    };
    Ok(Page(page).into_response())
}

impl Desk {
    /// Columns as the pack declares their values; states that no record is in have one too, where
    /// nothing leaves them out. What no list of values orders stays as it is: most first.
    fn in_order(&self, view: &View, by: &Key, wanted: &Wanted<'_>, piles: &mut Vec<Pile>) {
        let declared: Vec<String> = match (&**by, self.field(by)) {
            ("state", _) => {
                let life = self.declared().lifecycle.iter();
                let states = life.flat_map(|life| &life.states);
                states.map(|state| state.id.text.clone()).collect()
            }
            (_, Some(field)) if *field.kind == FieldType::Code => {
                let codes = self.code_choices(field, &[], false).into_iter();
                codes.map(|choice| choice.value).collect()
            }
            _ => return,
        };
        if &**by == "state" && view.when.is_none() && wanted.state.is_none() {
            for state in &declared {
                let value = Some(Value::from(state.as_str()));
                if piles.iter().all(|pile| pile.value != value) {
                    let (count, sum) = (0, None);
                    piles.push(Pile { value, count, sum });
                }
            }
        }
        let places: BTreeMap<&str, usize> = declared
            .iter()
            .enumerate()
            .map(|(place, value)| (value.as_str(), place))
            .collect();
        piles.sort_by_key(|pile| {
            let value = pile.value.as_ref().and_then(Value::as_str);
            let place = value.and_then(|value| places.get(value));
            place.copied().unwrap_or(usize::MAX)
        });
    }

    /// The list of the records that say a value, if lists are narrowed by it; empty if not, and
    /// where the view leaves records out that the list would show.
    pub(super) fn list_of(
        &self,
        view: &View,
        by: &Key,
        value: Option<&Value>,
        query: &Asked,
    ) -> String {
        let parameter = match &**by {
            "state" => "tinh-trang".to_owned(),
            "unit" => "don-vi".to_owned(),
            name if self.is_filter(name) => format!("f_{name}"),
            _ => return String::new(),
        };
        let Some(value) = value.filter(|_| view.when.is_none()) else {
            return String::new();
        };
        let more = format!("{parameter}={}", encode(&plain(value)));
        narrowed(&self.link(""), query, &["thang", parameter.as_str()], &more)
    }
}
