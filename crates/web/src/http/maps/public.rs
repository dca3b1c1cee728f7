//! `/ban-do/{pack}/{record}`: a map for anybody, of what a pack publishes and no more.

use axum::extract::{FromRequestParts, Query, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use pack::declaration::{Field, FieldType};
use registry::Record;
use registry::system::maps::{Audience, Layer};
use registry::system::{Wanted, filter_value};
use serde_json::{Map, Value, json};

use super::super::download::Made;
use super::super::fields::unreadable;
use super::super::public::Register;
use super::super::systems::{self, Labels, Speaker, bounds_of, feature, kept, label, with};
use super::super::{App, Failure, Visitor, page_tag};
use super::{AskedTile, Found, Place, at_place, legend, tile as tile_sent};
use crate::i18n::said;
use crate::pages::links;
use crate::pages::map_parts::MapView;
use crate::pages::parts::{Choice, Link, Pager};
use crate::pages::shell::Section;
use crate::pages::system_list::ListRow;
use crate::pages::system_map::SystemMap;

/// How many records the list beside shows, and how many a place tells.
const SHOWN: usize = 50;
const TOLD: usize = 8;
/// The most records of one file.
const MOST: usize = 50_000;
const AT_ONCE: usize = 1_000;

/// A kind of record whose shapes a pack publishes.
pub(in crate::http) struct Board {
    register: Register,
    params: Vec<(String, String)>,
}

impl FromRequestParts<App> for Board {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = Visitor::of(app, parts).await?;
        let params = RawPathParams::from_request_parts(parts, app).await;
        let params = params.map_err(|_| Failure::not_found("an address that names nothing"))?;
        let params: Vec<(String, String)> = params
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let named = |wanted| param(&params, wanted);
        let register = Register::of(app.clone(), visitor, named("pack"), named("record")).await?;
        let board = Self { register, params };
        board.layer()?;
        Ok(board)
    }
}

impl Board {
    fn layer(&self) -> Result<Layer<'_>, Failure> {
        let register = &self.register;
        let layer = register.systems.layer(register.kind(), "");
        layer
            .and_then(Layer::published)
            .ok_or_else(|| Failure::not_found("no map that is published"))
    }

    fn link(&self, rest: &str) -> String {
        let pack = &self
            .register
            .systems
            .pack(self.register.kind())
            .declared
            .pack
            .id;
        links::public_map(pack, &self.register.declared().record.id, rest)
    }

    /// Whether a pack publishes a field, or `state`.
    fn publishes(&self, name: &str) -> bool {
        let public = self.register.declared().public.as_ref();
        public.is_some_and(|public| public.fields.iter().any(|field| *field.text == *name))
    }

    /// The published fields by which lists are filtered.
    fn filterable(&self) -> impl Iterator<Item = &Field> {
        let fields = self.register.declared().fields.iter();
        fields.filter(|field| {
            self.publishes(&field.id)
                && matches!(*field.kind, FieldType::Code | FieldType::Unit)
                && self.register.kind().has_filter(&field.id)
        })
    }

    fn wanted(&self, query: &[(String, String)], limit: usize) -> Result<Wanted<'_>, Failure> {
        let broken = || unreadable("address-unreadable", "a place that no list has");
        let asked = |name: &str| {
            let found = query.iter().find(|(known, _)| known == name);
            found.map_or("", |(_, value)| value.as_str())
        };
        let after = match asked("sau") {
            "" => None,
            mark => Some(mark.parse().map_err(|_| broken())?),
        };
        let mut filters = Vec::new();
        for field in self.filterable() {
            let typed = asked(&format!("f_{}", &*field.id));
            if !typed.is_empty() {
                let value = filter_value(*field.kind, typed).ok_or_else(broken)?;
                filters.push((field.id.text.clone(), value));
            }
        }
        Ok(Wanted {
            filters,
            after,
            limit,
            ..Wanted::default()
        })
    }

    fn say(&self, field: &Field, value: &Value) -> String {
        let speaker = Speaker {
            words: self.register.words(),
            systems: &self.register.systems,
            units: &self.register.units,
            kind: self.register.kind(),
            // What leads to other records is not told here.
            labels: &Labels::new(),
            measures: true,
        };
        speaker.all(field, value)
    }

    /// The published columns of the list, without shapes, files and what leads to other records.
    fn columns(&self) -> Vec<&Field> {
        let fields = self.register.declared().fields.iter();
        fields
            .filter(|field| self.publishes(&field.id))
            .filter(|field| {
                !field.kind.is_geometry()
                    && !matches!(
                        *field.kind,
                        FieldType::Table
                            | FieldType::File
                            | FieldType::Photo
                            | FieldType::Reference
                    )
            })
            .collect()
    }

    /// What is told of a record, by title.
    fn facts(&self, record: &Record) -> Vec<(String, String)> {
        let words = self.register.words();
        let mut facts: Vec<(String, String)> = Vec::new();
        if let Some(code) = record.body.get("code").and_then(Value::as_str) {
            facts.push((words.t("system-code"), code.to_owned()));
        }
        for field in self.columns() {
            let value = record.body.get(&field.id.text);
            let text = value.map_or_else(String::new, |value| self.say(field, value));
            facts.push((said(words.lang, &field.title), text));
        }
        if self.publishes("state") {
            let state = systems::state_title(words.lang, self.register.declared(), &record.state);
            facts.push((words.t("col-state"), state));
        }
        facts
    }

    fn filters(&self, query: &[(String, String)]) -> Vec<(String, String, Vec<Choice>)> {
        let words = self.register.words();
        let filters = self.filterable().map(|field| {
            let name = format!("f_{}", &*field.id);
            let chosen = query.iter().find(|(known, _)| *known == name);
            let chosen = chosen.map_or("", |(_, value)| value.as_str());
            let all = Choice {
                value: String::new(),
                label: words.t("filter-all"),
                selected: chosen.is_empty(),
            };
            let mut options: Vec<Choice> = self
                .options(field)
                .into_iter()
                .map(|(value, label)| Choice {
                    selected: value == chosen,
                    value,
                    label,
                })
                .collect();
            options.insert(0, all);
            (name, said(words.lang, &field.title), options)
        });
        filters
            .filter(|(_, _, options)| options.len() > 2)
            .collect()
    }

    fn options(&self, field: &Field) -> Vec<(String, String)> {
        let lang = self.register.words().lang;
        if *field.kind == FieldType::Unit {
            let level = field.level.as_ref().map(|level| **level);
            let units = self.register.units.iter();
            let units = units
                .filter(|unit| level.is_none_or(|level| registry::system::unit_is_of(unit, level)));
            let mut units: Vec<(String, String)> = units
                .map(|unit| (unit.id.to_string(), unit.name.clone()))
                .collect();
            units.sort_by_cached_key(|(_, name)| vocab::collate::sort_key_cut(name, 100));
            return units;
        }
        let list = field
            .list
            .as_ref()
            .and_then(|name| {
                self.register
                    .systems
                    .catalog()
                    .find_list(self.register.kind().at.pack, name)
            })
            .map(|at| self.register.systems.catalog().list(at));
        let mut options: Vec<(String, String)> = Vec::new();
        for row in list.iter().flat_map(|list| &list.rows) {
            if options.iter().all(|(code, _)| *code != row.code) {
                let title = match lang {
                    vocab::Lang::Vi => row.vi.clone(),
                    vocab::Lang::En => row.en.clone(),
                };
                options.push((row.code.clone(), title));
            }
        }
        options
    }
}

/// What an address says at a place of its own.
fn param<'a>(params: &'a [(String, String)], wanted: &str) -> &'a str {
    let found = params.iter().find(|(name, _)| name == wanted);
    found.map_or("", |(_, value)| value.as_str())
}

pub(super) async fn show(
    board: Board,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let layer = board.layer()?;
    let wanted = board.wanted(&query, SHOWN)?;
    let registry = board.register.app.plans.registry();
    let bounds = registry
        .map_bounds(Audience::Public, &layer, &wanted)
        .await?;
    let listing = registry.map_page(Audience::Public, &layer, &wanted).await?;
    let words = board.register.words();
    let rows: Vec<ListRow> = listing
        .items
        .iter()
        .map(|record| ListRow {
            id: record.id.to_string(),
            href: String::new(),
            label: label(
                words.lang,
                &board.register.systems,
                board.register.kind(),
                record,
            ),
            cells: board.facts(record).into_iter().map(|fact| fact.1).collect(),
        })
        .collect();
    let mut heads: Vec<String> = Vec::new();
    if board.register.declared().record.code.is_some() {
        heads.push(words.t("system-code"));
    }
    let columns = board.columns();
    heads.extend(columns.iter().map(|field| said(words.lang, &field.title)));
    if board.publishes("state") {
        heads.push(words.t("col-state"));
    }
    let narrowing = kept(&query, &["sau"]);
    let address = board.link("");
    let title = layer.view.map_or_else(
        || {
            let kind = said(words.lang, &board.register.declared().record.title);
            words.t1("map-title-of", "kind", kind)
        },
        |view| said(words.lang, &view.title),
    );
    let is_open = board.is_open();
    let page = |shell| SystemMap {
        title,
        crumbs: vec![Link::new(links::MAPS, words.t("maps-title"))],
        list: String::new(),
        views: Vec::new(),
        map: MapView {
            tiles: with(&format!("{address}/o/{{z}}/{{x}}/{{y}}"), &narrowing),
            at: with(&board.link("tai"), &narrowing),
            bounds: bounds_of(
                bounds.unwrap_or_else(|| systems::around(board.register.systems.ground())),
            ),
            legend: legend(
                words.lang,
                &board.register.systems,
                &layer,
                Audience::Public,
            ),
        },
        words: String::new(),
        has_words: false,
        filters: board.filters(&query),
        heads,
        rows,
        exports: if is_open {
            let file = with(&board.link("geojson"), &narrowing);
            vec![Link::new(file, words.t("map-export"))]
        } else {
            Vec::new()
        },
        pager: Pager {
            previous: query
                .iter()
                .any(|(name, value)| name == "sau" && !value.is_empty())
                .then(|| with(&address, &narrowing)),
            next: listing.next.map(|next| {
                let more = format!("sau={next}");
                let rest = [narrowing.as_str(), &more];
                let rest: Vec<&str> = rest.into_iter().filter(|part| !part.is_empty()).collect();
                with(&address, &rest.join("&"))
            }),
        },
        address: address.clone(),
        is_public: true,
        shell,
    };
    Ok(page_tag::of_content(
        &board.register.visitor,
        Section::Systems,
        page,
    ))
}

impl Board {
    /// Whether the pack gives it out as open data.
    fn is_open(&self) -> bool {
        let public = self.register.declared().public.as_ref();
        public.is_some_and(|public| pack::shape::is_set(public.open_data.as_ref()))
    }
}

pub(super) async fn tile(
    board: Board,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let AskedTile(tile) = AskedTile::read(
        param(&board.params, "z"),
        param(&board.params, "x"),
        param(&board.params, "y"),
    )?;
    let layer = board.layer()?;
    let wanted = board.wanted(&query, 1)?;
    let registry = board.register.app.plans.registry();
    let sent = registry
        .tile(Audience::Public, &layer, &wanted, tile)
        .await?;
    Ok(tile_sent(&headers, &sent))
}

pub(super) async fn at(
    board: Board,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let place = Place::read(&query)?;
    let layer = board.layer()?;
    let wanted = board.wanted(&query, 1)?;
    let registry = board.register.app.plans.registry();
    let records = registry
        .map_at(
            Audience::Public,
            &layer,
            &wanted,
            place.spot,
            place.steps,
            TOLD + 1,
        )
        .await?;
    let lang = board.register.words().lang;
    let found = records.iter().take(TOLD).map(|record| Found {
        href: String::new(),
        label: label(lang, &board.register.systems, board.register.kind(), record),
        facts: board
            .facts(record)
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
    });
    let found: Vec<Found> = found.collect();
    Ok(at_place(&found, records.len() > TOLD))
}

/// What is published as open data, as GeoJSON.
pub(super) async fn geojson(
    board: Board,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    if !board.is_open() {
        return Err(Failure::not_found("no open data"));
    }
    let layer = board.layer()?;
    let registry = board.register.app.plans.registry();
    let mut features: Vec<Value> = Vec::new();
    let mut after = None;
    loop {
        let wanted = Wanted {
            after,
            ..board.wanted(&query, AT_ONCE)?
        };
        let listing = registry.map_page(Audience::Public, &layer, &wanted).await?;
        for record in &listing.items {
            let mut told = Map::new();
            for (name, value) in &record.body {
                if *name != layer.shape {
                    told.insert(name.clone(), value.clone());
                }
            }
            if board.publishes("state") {
                told.insert("state".to_owned(), json!(record.state));
            }
            features.push(feature(record, layer.shape, told));
        }
        if features.len() > MOST {
            return Err(Failure::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "export-too-large",
                "too many rows",
            ));
        }
        after = listing.next;
        if after.is_none() {
            break;
        }
    }
    let all = json!({ "type": "FeatureCollection", "features": features });
    let file = Made::GeoJson.sent(
        &board.register.declared().record.id,
        all.to_string().into_bytes(),
    )?;
    Ok(file.into_response())
}
