//! `/he-thong/{pack}/{record}`: a list of records, as a view of its pack shows them.

use axum::extract::Query;
use pack::declaration::{Field, FieldType, View, ViewKind};
use pack::shape::is_set;
use registry::Record;
use registry::system::retention::Rule;
use registry::system::{Wanted, filter_value};
use store::Cursor;
use vocab::{Decimal, Id};

use super::super::fields::unreadable;
use super::super::{Failure, Page};
use super::desk::Desk;
use super::map::kept;
use super::words::Labels;
use crate::pages::links::encode;
use crate::pages::parts::{Choice, Link, Pager};
use crate::pages::system_list::{Head, ListRow, SystemList};

/// How many a page shows.
const SHOWN: usize = 50;
/// How many columns a list has where no view says which.
const COLUMNS: usize = 6;

/// What was asked for, by parameter.
pub(super) type Asked = Vec<(String, String)>;

pub(super) fn asked<'a>(asked: &'a Asked, name: &str) -> &'a str {
    let found = asked.iter().find(|(known, _)| known == name);
    found.map_or("", |(_, value)| value.as_str())
}

pub(super) async fn show(
    desk: Desk,
    Query(query): Query<Asked>,
) -> Result<Page<SystemList>, Failure> {
    let wanted = desk.wanted(&query, SHOWN)?;
    let (view, chosen) = (wanted.view, wanted.by.clone());
    let listing = desk
        .registry()
        .listing(&desk.visitor.principal, desk.kind(), wanted)
        .await?;
    let labels = desk.labels(&listing.items).await?;
    let columns = desk.columns(view);
    let rows: Vec<ListRow> = listing
        .items
        .iter()
        .map(|record| desk.list_row(record, &columns, &labels))
        .collect();
    listing
        .items
        .iter()
        .for_each(|record| desk.saw_columns(record, &columns));
    let kept: Vec<String> = query
        .iter()
        .filter(|(name, value)| name != "sau" && !value.is_empty())
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    let address = |more: Option<String>| {
        let all: Vec<String> = kept.iter().cloned().chain(more).collect();
        if all.is_empty() {
            desk.link("")
        } else {
            format!("{}?{}", desk.link(""), all.join("&"))
        }
    };
    let after = asked(&query, "sau");
    let declared = desk.declared();
    let words = asked(&query, "q");
    let mut filters = desk.filters(&query).await?;
    // Words find the newest first.
    if words.trim().is_empty() {
        filters.extend(desk.order_choices(chosen.as_ref()));
    }
    let heads = columns.iter().map(|column| Head {
        title: column.title(&desk),
        order: if words.trim().is_empty() {
            desk.order_link(column, &query, chosen.as_ref())
        } else {
            String::new()
        },
        ordered: chosen
            .as_ref()
            .filter(|(name, _)| column.sorts_by() == Some(name.as_str()))
            .map(|(_, descending)| *descending),
    });
    let heads = heads.collect();
    Ok(Page(SystemList {
        title: desk.say(&declared.record.title),
        about: declared
            .record
            .about
            .as_ref()
            .map_or_else(String::new, |about| desk.say(about)),
        system: Link::new(
            crate::pages::links::SYSTEMS,
            desk.say(&desk.systems.pack(desk.kind()).declared.pack.title),
        ),
        address: desk.link(""),
        is_arranging: desk.registry().is_arranging(desk.kind().name),
        make: if desk.may_make() {
            desk.link("moi")
        } else {
            String::new()
        },
        retention: if Rule::of(declared).is_some() {
            desk.link("luu-tru")
        } else {
            String::new()
        },
        import: if desk.may_import() {
            desk.link("nhap")
        } else {
            String::new()
        },
        views: desk.views(&view.map_or_else(|| desk.link(""), |view| desk.address_of(view))),
        heads,
        rows,
        jobs: desk.jobs(&listing.items),
        many: desk.link("cung-luc"),
        words: words.to_owned(),
        has_words: declared
            .fields
            .iter()
            .any(|field| is_set(field.search.as_ref()))
            || declared.record.code.is_some(),
        filters,
        exports: desk.exports(&kept),
        pager: Pager {
            previous: (!after.is_empty()).then(|| address(None)),
            next: listing
                .next
                .map(|next| address(Some(format!("sau={next}")))),
        },
        shell: desk.shell(),
    }))
}

/// An order as it is asked for: its name, and whether a sign before it has the largest first.
pub(crate) fn order_of(asked: &str) -> (&str, bool) {
    let falling = asked.strip_prefix('-');
    falling.map_or((asked, false), |name| (name, true))
}

/// A column of a list.
pub(super) enum Column<'a> {
    Code,
    State,
    Unit,
    Created,
    Field(&'a Field),
}

impl Column<'_> {
    pub(super) fn title(&self, desk: &Desk) -> String {
        match self {
            Self::Code => desk.words().t("system-code"),
            Self::State => desk.words().t("col-state"),
            Self::Unit => desk.words().t("col-unit"),
            Self::Created => desk.words().t("system-created"),
            Self::Field(field) => desk.say(&field.title),
        }
    }

    /// What lists are ordered by it as, where they can be.
    fn sorts_by(&self) -> Option<&str> {
        match self {
            Self::Code => Some("code"),
            Self::Created => Some("created_on"),
            Self::Field(field) => Some(&field.id.text),
            Self::State | Self::Unit => None,
        }
    }

    /// Whether it says anything of a record, if only that the reader is not shown it.
    pub(super) fn says(&self, desk: &Desk, record: &Record) -> bool {
        match self {
            Self::Code => record.body.contains_key("code"),
            Self::Field(field) => {
                record.body.contains_key(&field.id.text) || desk.hides(record, &field.id)
            }
            Self::State | Self::Unit | Self::Created => true,
        }
    }

    /// What it says of a record, if that is one number.
    pub(super) fn number(&self, record: &Record) -> Option<Decimal> {
        let Self::Field(field) = self else {
            return None;
        };
        let value = record.body.get(&field.id.text)?;
        match *field.kind {
            FieldType::Number | FieldType::Money => value.as_i64().map(Decimal::from),
            FieldType::Decimal => value.as_str()?.parse().ok(),
            _ => None,
        }
    }

    /// What it says of a record, in words.
    pub(super) fn value(&self, desk: &Desk, record: &Record, labels: &Labels) -> String {
        let text = |name: &str| record.body.get(name).and_then(serde_json::Value::as_str);
        match self {
            Self::Code => text("code").unwrap_or("–").to_owned(),
            Self::State => desk.state(&record.state),
            Self::Unit => desk.unit_name(record.unit),
            Self::Created => text("created_on")
                .and_then(|day| day.parse().ok())
                .map_or_else(String::new, |day| desk.words().date(&day)),
            Self::Field(field) => match record.body.get(&field.id.text) {
                Some(value) => desk.text(field, value, labels),
                None if desk.hides(record, &field.id) => desk.words().t("system-masked"),
                None => "–".to_owned(),
            },
        }
    }
}

impl Desk {
    /// The list that a query asks for.
    pub(super) fn wanted(&self, query: &Asked, limit: usize) -> Result<Wanted<'_>, Failure> {
        let views = &self.declared().views;
        let named = asked(query, "kieu");
        let view = match views
            .iter()
            .find(|view| *view.kind == ViewKind::List && *view.id.text == *named)
        {
            None => self.kind().first_list(views),
            view => view,
        };
        let broken = || unreadable("address-unreadable", "a place that no list has");
        let after: Option<Cursor> = match asked(query, "sau") {
            "" => None,
            mark => Some(mark.parse().map_err(|_| broken())?),
        };
        let mut filters = Vec::new();
        for field in self.filterable() {
            let typed = asked(query, &format!("f_{}", &*field.id));
            if !typed.is_empty() {
                let value = filter_value(*field.kind, typed).ok_or_else(broken)?;
                filters.push((field.id.text.clone(), value));
            }
        }
        let by = match asked(query, "xep") {
            "" => None,
            typed => {
                let (name, descending) = order_of(typed);
                let known = self.kind().sorts(name);
                Some(
                    known
                        .then(|| (name.to_owned(), descending))
                        .ok_or_else(broken)?,
                )
            }
        };
        let state = asked(query, "tinh-trang");
        let unit = asked(query, "don-vi");
        Ok(Wanted {
            view,
            by,
            state: (!state.is_empty()).then(|| state.to_owned()),
            unit: if unit.is_empty() {
                None
            } else {
                Some(unit.parse::<Id>().map_err(|_| broken())?)
            },
            filters,
            words: asked(query, "q").to_owned(),
            archived: asked(query, "luu-tru") == "co",
            after,
            limit,
        })
    }

    /// The fields that lists are filtered by; personal data is none of them.
    fn filterable(&self) -> impl Iterator<Item = &Field> {
        let fields = self.declared().fields.iter();
        fields.filter(|field| {
            is_set(field.filter.as_ref())
                && !self.kind().is_personal(&field.id)
                && self.kind().has_filter(&field.id)
        })
    }

    /// The columns of a view, or the first fields that fit.
    pub(super) fn columns(&self, view: Option<&View>) -> Vec<Column<'_>> {
        let declared = self.declared();
        if let Some(view) = view {
            let columns = view.columns.iter().filter_map(|key| match &**key {
                "code" => Some(Column::Code),
                "state" => Some(Column::State),
                "unit" => Some(Column::Unit),
                "created_on" => Some(Column::Created),
                name => declared
                    .fields
                    .iter()
                    .find(|field| *field.id.text == *name)
                    .map(Column::Field),
            });
            return columns.collect();
        }
        let mut columns = Vec::new();
        if declared.record.code.is_some() {
            columns.push(Column::Code);
        }
        let fields = declared
            .fields
            .iter()
            .filter(|field| field.kind.has_column() && !self.kind().is_personal(&field.id));
        columns.extend(fields.take(COLUMNS).map(Column::Field));
        columns.push(Column::Unit);
        if declared.lifecycle.is_some() {
            columns.push(Column::State);
        }
        columns
    }

    pub(super) fn list_row(
        &self,
        record: &Record,
        columns: &[Column<'_>],
        labels: &Labels,
    ) -> ListRow {
        ListRow {
            id: record.id.to_string(),
            href: self.link_to(record.id, ""),
            label: self.label(record),
            cells: columns
                .iter()
                .map(|column| column.value(self, record, labels))
                .collect(),
        }
    }

    /// Notes the personal data that a list shows unmasked.
    pub(super) fn saw_columns(&self, record: &Record, columns: &[Column<'_>]) {
        let personal = |column: &Column<'_>| matches!(column, Column::Field(field) if self.kind().is_personal(&field.id) && record.body.contains_key(&field.id.text));
        if columns.iter().any(personal) {
            self.saw(record);
        }
    }

    /// Where a view is.
    pub(super) fn address_of(&self, view: &View) -> String {
        match *view.kind {
            ViewKind::List => format!("{}?kieu={}", self.link(""), &*view.id),
            ViewKind::Map => format!("{}?lop={}", self.link("ban-do"), &*view.id),
            ViewKind::Board | ViewKind::Chart | ViewKind::Calendar => {
                self.link(&format!("xem/{}", &*view.id))
            }
        }
    }

    /// The views of the record type, the one at an address chosen: lists, the map, then others as
    /// the pack declares them. None where there is but one.
    pub(super) fn views(&self, here: &str) -> Vec<Choice> {
        let choice = |value: String, label: String| Choice {
            selected: value == here,
            value,
            label,
        };
        let views = &self.declared().views;
        let of = |kind: fn(ViewKind) -> bool| {
            let views = views.iter().filter(move |view| kind(*view.kind));
            views.map(|view| choice(self.address_of(view), self.say(&view.title)))
        };
        let mut choices: Vec<Choice> = of(|kind| kind == ViewKind::List).collect();
        if choices.is_empty() {
            choices.push(choice(self.link(""), self.words().t("map-list")));
        }
        choices.extend(self.layer("").map(|layer| {
            let title = layer
                .view
                .map_or_else(|| self.words().t("map-title"), |view| self.say(&view.title));
            choice(self.link("ban-do"), title)
        }));
        choices.extend(of(|kind| !matches!(kind, ViewKind::List | ViewKind::Map)));
        if choices.len() < 2 {
            choices.clear();
        }
        choices
    }

    /// The orders that a list can be put in, to be chosen in its form; none where there is but one.
    fn order_choices(
        &self,
        chosen: Option<&(String, bool)>,
    ) -> Option<(String, String, Vec<Choice>)> {
        let keys = &self.declared().record.sort;
        let words = self.words();
        let usual = Choice {
            value: String::new(),
            label: words.t("order-usual"),
            selected: chosen.is_none(),
        };
        let mut choices = vec![usual];
        for key in keys.iter().filter(|key| self.kind().sorts(key)) {
            let title = self.own_title(key);
            for (descending, mark, label) in
                [(false, "", "order-rising"), (true, "-", "order-falling")]
            {
                choices.push(Choice {
                    value: format!("{mark}{}", &**key),
                    label: words.t_args(label, &[("field", &title)]),
                    selected: chosen == Some(&(key.text.clone(), descending)),
                });
            }
        }
        let name = || ("xep".to_owned(), words.t("order-by"), choices.clone());
        (choices.len() > 1).then(name)
    }

    /// Where a list is ordered by a column; the other way round where it is so already. Empty for a
    /// column that it cannot be ordered by.
    fn order_link(
        &self,
        column: &Column<'_>,
        query: &Asked,
        chosen: Option<&(String, bool)>,
    ) -> String {
        let Some(name) = column.sorts_by().filter(|name| self.kind().sorts(name)) else {
            return String::new();
        };
        let rising = chosen.is_some_and(|(known, descending)| known == name && !descending);
        let mark = if rising { "-" } else { "" };
        let rest = kept(query, &["xep", "sau"]);
        let join = if rest.is_empty() { "" } else { "&" };
        format!("{}?{rest}{join}xep={mark}{}", self.link(""), encode(name))
    }

    /// The title of a field, or of what every record has.
    fn own_title(&self, name: &str) -> String {
        let mut fields = self.declared().fields.iter();
        match fields.find(|field| *field.id.text == *name) {
            Some(field) => self.say(&field.title),
            None if name == "code" => self.words().t("system-code"),
            None => self.words().t("system-created"),
        }
    }

    /// Whether lists are filtered by a field.
    pub(super) fn is_filter(&self, name: &str) -> bool {
        self.filterable().any(|field| *field.id.text == *name)
    }

    pub(super) async fn filters(
        &self,
        query: &Asked,
    ) -> Result<Vec<(String, String, Vec<Choice>)>, Failure> {
        let words = self.words();
        let any = |chosen: bool| Choice {
            value: String::new(),
            label: words.t("filter-all"),
            selected: chosen,
        };
        let mut filters = Vec::new();
        if self.kind().archives() {
            let chosen = asked(query, "luu-tru") == "co";
            let choice = |value: &str, key: &str, selected| Choice {
                value: value.to_owned(),
                label: words.t(key),
                selected,
            };
            filters.push((
                "luu-tru".to_owned(),
                words.t("retention-archived"),
                vec![
                    choice("", "retention-archived-none", !chosen),
                    choice("co", "retention-archived-only", chosen),
                ],
            ));
        }
        if let Some(life) = &self.declared().lifecycle {
            let chosen = asked(query, "tinh-trang");
            let states = life.states.iter().map(|state| Choice {
                value: state.id.text.clone(),
                label: self.say(&state.title),
                selected: *state.id.text == *chosen,
            });
            filters.push((
                "tinh-trang".to_owned(),
                words.t("col-state"),
                std::iter::once(any(chosen.is_empty()))
                    .chain(states)
                    .collect(),
            ));
        }
        for field in self.filterable() {
            let name = format!("f_{}", &*field.id);
            let chosen = asked(query, &name);
            let options = match *field.kind {
                FieldType::Code => self.code_choices(field, &[chosen.to_owned()], false),
                FieldType::Unit | FieldType::Area => self.unit_choices(field, &[chosen.to_owned()]),
                FieldType::Flag => self.flag_choices(chosen),
                FieldType::Reference => self.record_choices(field, &[chosen.to_owned()]).await?,
                // Others are typed exactly: an empty list of options.
                _ => Vec::new(),
            };
            let options = if options.is_empty() {
                options
            } else {
                std::iter::once(any(chosen.is_empty()))
                    .chain(options)
                    .collect()
            };
            if options.is_empty() {
                let typed = Choice {
                    value: chosen.to_owned(),
                    label: String::new(),
                    selected: false,
                };
                filters.push((name, self.say(&field.title), vec![typed]));
            } else {
                filters.push((name, self.say(&field.title), options));
            }
        }
        Ok(filters)
    }

    pub(super) fn exports(&self, kept: &[String]) -> Vec<Link> {
        if !self.may_export() {
            return Vec::new();
        }
        let link = |form: &str, key: &str| {
            let all: Vec<String> = kept
                .iter()
                .cloned()
                .chain([format!("dang={form}")])
                .collect();
            Link::new(
                format!("{}?{}", self.link("xuat"), all.join("&")),
                self.words().t(key),
            )
        };
        [
            link("xlsx", "system-export-xlsx"),
            link("csv", "system-export-csv"),
        ]
        .into_iter()
        .chain(self.layer("").map(|_| link("geojson", "map-export")))
        .collect()
    }
}
