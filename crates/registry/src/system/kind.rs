//! A record type of a pack as the registry keeps it: its table, its columns, what is personal.

use std::collections::{BTreeMap, BTreeSet};

use directory::Act;
use pack::Catalog;
use pack::catalog::RecordAt;
use pack::declaration::{Field as Declared, FieldType, RecordFile, View, ViewKind};
use pack::shape::{Key, is_set};

use store::TableSpec;

use super::names::{column, intern, intern_all, order_column, table};
use super::retention;
use super::tree::Asked;
use crate::{Declaration, Field, FieldKind, Indexed, Lifecycle, Ordering, Step};

/// The member of a body that holds a record's number.
pub(crate) const CODE: &str = "code";
/// The member that holds the day on which it was made.
pub(crate) const CREATED_ON: &str = "created_on";
/// The member that holds who took which step, who approved, which clocks run.
pub(crate) const FLOW: &str = "_flow";
/// The largest whole number that canonical JSON keeps.
pub(crate) const LARGEST: i64 = (1 << 53) - 1;

/// A record type of a pack.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its kind, which is its table's name too.
    pub name: &'static str,
    /// Where it is declared.
    pub at: RecordAt,
    pub(crate) declaration: Declaration,
    /// Its table.
    pub(crate) spec: TableSpec,
    /// Personal fields: `name`, or `table.column`.
    pub personal: BTreeSet<&'static str>,
    /// Fields that are days or moments.
    days: BTreeSet<&'static str>,
    /// What its expressions ask when a record is kept.
    pub(crate) asked: Asked,
}

/// How each field of each record type is asked for by lists.
pub(crate) type Columns = BTreeMap<RecordAt, BTreeMap<String, Indexed>>;

impl Kind {
    pub(crate) fn of(catalog: &Catalog, at: RecordAt, columns: &Columns) -> Self {
        let pack = &catalog.packs[at.pack].declared.pack.id;
        let declared = &catalog.record(at).declared;
        let name = table(pack, &declared.record.id);
        let none = BTreeMap::new();
        let asked_for = columns.get(&at).unwrap_or(&none);
        let declaration = declaration(name, declared, asked_for);
        Self {
            name,
            at,
            spec: declaration.table(),
            declaration,
            personal: personal(declared),
            days: days(declared),
            asked: asked(declared),
        }
    }

    /// Whether a field, or `table.column`, is personal data.
    pub fn is_personal(&self, field: &str) -> bool {
        self.personal.contains(field)
    }

    /// Whether a field is a day or a moment.
    pub(crate) fn is_day(&self, field: &str) -> bool {
        self.days.contains(field)
    }

    /// Whether lists can be filtered by a field, or it is told apart by it.
    pub fn has_filter(&self, field: &str) -> bool {
        let fields = self.declaration.fields.iter();
        fields.into_iter().any(|known| {
            known.name == field && matches!(known.indexed, Indexed::Filtered | Indexed::Unique)
        })
    }

    /// The column of a field, if it has one.
    pub fn column(&self, field: &str) -> Option<&'static str> {
        self.column_field(field).map(|known| known.column)
    }

    pub(crate) fn column_field(&self, field: &str) -> Option<&Field> {
        let known = self
            .declaration
            .fields
            .iter()
            .find(|known| known.name == field)?;
        (known.indexed != Indexed::No).then_some(known)
    }

    /// An order of its lists, by the name that it is asked for by.
    pub(crate) fn ordering(&self, name: &str) -> Option<&Ordering> {
        let mut orders = self.declaration.orders.iter();
        orders.find(|order| order.name == name)
    }

    /// Whether lists can be ordered by a field.
    pub fn sorts(&self, field: &str) -> bool {
        self.ordering(field).is_some()
    }

    /// Whether maps draw a field: it holds one shape.
    pub fn draws(&self, field: &str) -> bool {
        self.drawn(field).is_some()
    }

    /// The name of a field that maps draw.
    pub(crate) fn drawn(&self, field: &str) -> Option<&'static str> {
        let mut fields = self.declaration.fields.iter();
        let known = fields.find(|known| known.name == field && known.kind == FieldKind::Shape);
        known.map(|known| known.name)
    }

    /// The state in which a record begins.
    pub fn initial(&self) -> &'static str {
        self.declaration.lifecycle.initial
    }

    /// Whether a record may be changed in a state.
    pub fn is_editable(&self, state: &str) -> bool {
        self.declaration.lifecycle.editable.contains(&state)
    }
}

/// Which fields need a column, for all record types: a record type's roll-ups ask another's.
pub(crate) fn columns(catalog: &Catalog) -> Columns {
    let mut all = Columns::new();
    for (at, record) in catalog.records() {
        let declared = &record.declared;
        let mut ask = |at: RecordAt, field: &str, how: Indexed| {
            let known = all
                .entry(at)
                .or_default()
                .entry(field.to_owned())
                .or_default();
            if *known == Indexed::No
                || how == Indexed::Unique
                || (how == Indexed::Filtered && *known == Indexed::Shown)
            {
                *known = how;
            }
        };
        for field in &declared.fields {
            if is_set(field.unique.as_ref()) {
                ask(at, &field.id, Indexed::Unique);
            } else if is_set(field.filter.as_ref()) {
                ask(at, &field.id, Indexed::Filtered);
            }
        }
        for view in &declared.views {
            for key in asked_by(view) {
                ask(at, key, Indexed::Shown);
            }
        }
        for lookup in &declared.lookups {
            lookup
                .by
                .iter()
                .for_each(|key| ask(at, key, Indexed::Filtered));
        }
        for duplicate in &declared.duplicates {
            duplicate
                .same
                .iter()
                .take(1)
                .for_each(|key| ask(at, key, Indexed::Filtered));
        }
        for indicator in &declared.indicators {
            for key in indicator
                .value
                .iter()
                .chain(&indicator.date)
                .chain(&indicator.by)
            {
                ask(at, key, Indexed::Shown);
            }
        }
        let granted = declared
            .grants
            .iter()
            .filter_map(|grant| grant.when.as_ref());
        let conditions = granted.chain(declared.list_conditions());
        for name in Asked::of(conditions).names {
            ask(at, &name, Indexed::Shown);
        }
        for rollup in &declared.rollups {
            let Some(of) = catalog.find_record(at.pack, &rollup.of) else {
                continue;
            };
            ask(of, &rollup.via, Indexed::Filtered);
            rollup
                .value
                .iter()
                .for_each(|key| ask(of, key, Indexed::Shown));
            for name in Asked::of(&rollup.when).names {
                ask(of, &name, Indexed::Shown);
            }
        }
    }
    all
}

/// What a view asks of columns. The cards of a board come from bodies.
fn asked_by(view: &View) -> impl Iterator<Item = &Key> {
    let listed = view.columns.iter().chain(&view.order);
    let listed = listed.filter(|_| *view.kind == ViewKind::List);
    let told = view.by.iter().chain(&view.sum).chain(&view.colour);
    listed.chain(told).chain(&view.date).chain(&view.until)
}

fn declaration(
    name: &'static str,
    declared: &RecordFile,
    asked: &BTreeMap<String, Indexed>,
) -> Declaration {
    let mut fields = Vec::new();
    if declared.record.code.is_some() {
        let code = Field::optional(CODE, FieldKind::Text(100));
        fields.push(
            code.indexed(Indexed::Unique)
                .searched()
                .column(column(CODE)),
        );
    }
    let day = Field::optional(CREATED_ON, FieldKind::Text(10));
    fields.push(day.indexed(Indexed::Shown).column(column(CREATED_ON)));
    if let Some(mark) = retention::mark(declared) {
        let mark = Field::optional(mark, FieldKind::Text(10));
        let column = column(mark.name);
        fields.push(mark.indexed(Indexed::Filtered).column(column));
    }
    for field in &declared.fields {
        let single = field.kind.has_column() && !is_set(field.repeated.as_ref());
        let indexed = asked.get(&*field.id.text).copied().filter(|_| single);
        let kind = match kind(*field.kind) {
            // Several shapes of one record are on no map.
            FieldKind::Shape if is_set(field.repeated.as_ref()) => FieldKind::Structure,
            kind => kind,
        };
        let mut kept = Field::optional(intern(&field.id), kind).column(column(&field.id));
        kept.indexed = indexed.unwrap_or_default();
        kept.searched = is_set(field.search.as_ref());
        fields.push(kept);
    }
    Declaration {
        kind: name,
        fields,
        order: intern_all(declared.record.order.iter().map(|key| &**key)),
        orders: orders(declared),
        lifecycle: lifecycle(declared),
    }
}

/// The orders that readers may choose: by a field, or as a list's view says. Personal data is in
/// none of them: the place of a record would tell what it holds.
fn orders(declared: &RecordFile) -> Vec<Ordering> {
    let personal = personal(declared);
    let by_field = declared.record.sort.iter().map(|key| Ordering {
        name: intern(key),
        column: order_column(key),
        fields: intern_all([&**key]),
    });
    let usual = |view: &&View| {
        let order = view.order.iter().map(|key| &**key);
        order.eq(declared.record.order.iter().map(|key| &**key))
    };
    let lists = declared.views.iter().filter(|view| !view.order.is_empty());
    let lists = lists.filter(|view| !usual(view));
    let by_view = lists.map(|view| Ordering {
        name: intern(&view.id),
        column: order_column(&format!("view-{}", &*view.id)),
        fields: intern_all(view.order.iter().map(|key| &**key)),
    });
    let told = |order: &Ordering| !order.fields.iter().any(|field| personal.contains(field));
    by_field.chain(by_view).filter(told).collect()
}

fn kind(declared: FieldType) -> FieldKind {
    match declared {
        FieldType::Number | FieldType::Money => FieldKind::Whole(-LARGEST, LARGEST),
        FieldType::Decimal => FieldKind::Decimal(-LARGEST, LARGEST),
        FieldType::Flag => FieldKind::Flag,
        FieldType::Reference | FieldType::Unit | FieldType::Area => FieldKind::Reference,
        FieldType::Table | FieldType::File | FieldType::Photo => FieldKind::Structure,
        FieldType::Point | FieldType::Line | FieldType::Polygon => FieldKind::Shape,
        _ => FieldKind::Text(20_000),
    }
}

fn lifecycle(declared: &RecordFile) -> Lifecycle {
    let Some(life) = &declared.lifecycle else {
        return Lifecycle::kept(Act::Edit);
    };
    let editable = life
        .states
        .iter()
        .filter(|state| is_set(state.editable.as_ref()));
    let steps = life.steps.iter().map(|step| Step {
        name: intern(&step.id),
        from: intern_all(step.from.iter().map(|from| &**from)),
        to: intern(&step.to),
        act: Act::Step,
        needs_reason: is_set(step.reason.as_ref()),
        authors: false,
        opens: None,
    });
    Lifecycle {
        initial: intern(&life.initial),
        editable: intern_all(editable.map(|state| &*state.id)),
        editing: Act::Edit,
        steps: steps.collect(),
    }
}

fn days(declared: &RecordFile) -> BTreeSet<&'static str> {
    let fields = declared.fields.iter();
    fields
        .filter(|field| matches!(*field.kind, FieldType::Date | FieldType::DateTime))
        .map(|field| intern(&field.id))
        .collect()
}

/// Personal fields, what is computed from them among them.
fn personal(declared: &RecordFile) -> BTreeSet<&'static str> {
    let mut all = BTreeSet::new();
    for field in &declared.fields {
        if is_set(field.personal.as_ref()) {
            all.insert(intern(&field.id));
        }
        for column in field
            .fields
            .iter()
            .filter(|column| is_set(column.personal.as_ref()))
        {
            all.insert(intern(&format!("{}.{}", &*field.id, &*column.id)));
        }
    }
    loop {
        let more: Vec<&Declared> = declared
            .fields
            .iter()
            .filter(|field| !all.contains(&*field.id.text))
            .filter(|field| {
                let asked = Asked::of(&field.compute);
                all.iter().any(|known| match known.split_once('.') {
                    None => asked.names.contains(*known),
                    Some((table, column)) => {
                        asked.names.contains(table)
                            && asked.members.iter().any(|(_, name)| name == column)
                    }
                })
            })
            .collect();
        if more.is_empty() {
            return all;
        }
        all.extend(more.iter().map(|field| intern(&field.id)));
    }
}

/// What is asked whenever a record is kept.
fn asked(declared: &RecordFile) -> Asked {
    let columns = declared.fields.iter().flat_map(|field| &field.fields);
    let fields = declared.fields.iter().chain(columns);
    let of_fields = fields.flat_map(|field| {
        [
            &field.when,
            &field.required_when,
            &field.default,
            &field.compute,
        ]
    });
    let rules = declared.rules.iter().map(|rule| &rule.when);
    let sections = declared
        .sections
        .iter()
        .filter_map(|section| section.when.as_ref());
    let steps = declared.lifecycle.iter().flat_map(|life| &life.steps);
    let steps = steps.flat_map(|step| {
        let sets = step
            .sets
            .iter()
            .flat_map(|sets| &sets.0)
            .map(|(_, value)| value);
        let tasks = step.tasks.iter().filter_map(|task| task.when.as_ref());
        step.when.iter().chain(sets).chain(tasks)
    });
    Asked::of(
        of_fields
            .flatten()
            .chain(rules)
            .chain(sections)
            .chain(steps),
    )
}
