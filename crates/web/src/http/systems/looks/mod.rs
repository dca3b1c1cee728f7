//! `…/xem/{view}`: the views of a pack that are neither lists nor maps.

mod board;
mod calendar;
mod chart;
mod told;

use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use pack::declaration::{View, ViewKind};
use registry::system::Wanted;

use super::super::Failure;
use super::desk::Desk;
use super::list::Asked;
use super::map::{kept, with};
use crate::pages::links;
use crate::pages::looks::Frame;
use crate::pages::parts::Link;

pub(super) async fn show(desk: Desk, Query(query): Query<Asked>) -> Result<Response, Failure> {
    let named = desk.param("view");
    let mut views = desk.declared().views.iter();
    let view = views.find(|view| *view.id.text == *named);
    let view = view.ok_or_else(|| Failure::not_found("no such view"))?;
    match *view.kind {
        ViewKind::Board => board::show(&desk, view, &query).await,
        ViewKind::Chart => chart::show(&desk, view, &query).await,
        ViewKind::Calendar => calendar::show(&desk, view, &query).await,
        ViewKind::List | ViewKind::Map => Ok(Redirect::to(&desk.address_of(view)).into_response()),
    }
}

impl Desk {
    /// What of a view is wanted: what narrows a list, without its words and its place.
    fn looked_for<'a>(
        &'a self,
        view: &'a View,
        query: &Asked,
        limit: usize,
    ) -> Result<Wanted<'a>, Failure> {
        Ok(Wanted {
            view: Some(view),
            after: None,
            words: String::new(),
            ..self.wanted(query, limit)?
        })
    }

    /// What these pages have in common.
    async fn frame(&self, view: &View, query: &Asked) -> Result<Frame, Failure> {
        let kind = self.say(&self.declared().record.title);
        let system = self.say(&self.systems.pack(self.kind()).declared.pack.title);
        Ok(Frame {
            title: self.say(&view.title),
            crumbs: vec![
                Link::new(links::SYSTEMS, self.words().t("systems-title")),
                Link::new(links::SYSTEMS, system),
                Link::new(self.link(""), kind),
            ],
            address: self.address_of(view),
            views: self.views(&self.address_of(view)),
            filters: self.filters(query).await?,
        })
    }
}

/// An address with what narrows a view, but for these of its parameters, and one more.
fn narrowed(address: &str, query: &Asked, without: &[&str], more: &str) -> String {
    let kept = kept(query, without);
    let parts = [kept.as_str(), more];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    with(address, &parts.join("&"))
}
