//! `/ban-do`: the maps that anybody may see.

use axum::extract::State;
use axum::response::Response;
use registry::system::maps::Layer;

use super::super::{App, Visitor, page_tag};
use crate::i18n::said;
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::shell::Section;
use crate::pages::system_map::PublicMaps;

pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    let systems = app.plans.registry().systems();
    let lang = visitor.words().lang;
    let layers = systems.kinds().iter().filter_map(|kind| {
        let layer = systems.layer(kind, "").and_then(Layer::published)?;
        let declared = &systems.record(layer.kind).declared;
        let pack = &systems.pack(layer.kind).declared.pack;
        let about = declared.record.about.as_ref();
        Some((
            Link::new(
                links::public_map(&pack.id, &declared.record.id, ""),
                said(lang, &declared.record.title),
            ),
            about.map_or_else(String::new, |about| said(lang, about)),
        ))
    });
    let maps: Vec<(Link, String)> = layers.collect();
    page_tag::of_content(&visitor, Section::Systems, |shell| PublicMaps {
        shell,
        maps,
    })
}
