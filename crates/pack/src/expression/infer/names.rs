//! What names mean: fields, columns, figures from other records, what every record has.

use super::{Infer, Scope, Use};
use crate::Code;
use crate::catalog::{Catalog, RecordAt};
use crate::expression::Expr;
use crate::expression::types::{Type, of_field};

/// Steps to follow a reference to another record.
const REFERENCE: u64 = 100;
/// Steps to ask for a figure from other records.
const ROLLUP: u64 = 500;

impl Infer<'_> {
    /// Whether a name means something here.
    pub(super) fn means_something(&self, name: &str) -> bool {
        let Scope {
            catalog,
            record,
            row,
            also,
        } = self.scope;
        let declared = &catalog.record(*record).declared;
        let locals = self.locals.iter().map(|(known, _)| known.as_str());
        if locals
            .chain(also.iter().map(|(known, _)| *known))
            .any(|known| known == name)
        {
            return true;
        }
        if let Some(table) = row.and_then(|place| declared.fields.get(place)) {
            let is_column = table.fields.iter().any(|column| column.id.text == name);
            return is_column || ["record", "today", "now"].contains(&name);
        }
        catalog.record(*record).field(name).is_some()
            || declared.rollups.iter().any(|rollup| rollup.id.text == name)
            || own_names(catalog, *record)
                .iter()
                .any(|(known, _)| *known == name)
    }

    pub(super) fn name(&mut self, expr: &Expr, name: &str) -> Type {
        if let Some((_, kind)) = self.locals.iter().rev().find(|(known, _)| known == name) {
            return kind.clone();
        }
        if let Some((_, kind)) = self.scope.also.iter().find(|(known, _)| *known == name) {
            return kind.clone();
        }
        let record = self.scope.record;
        self.moves |= matches!(name, "today" | "now");
        if let Some(place) = self.scope.row {
            if name == "record" {
                return Type::Record(record);
            }
            return self.column(expr, record, place, name);
        }
        self.field(expr, record, name)
    }

    /// A name of a record: a field, a figure from others, or what every record has.
    pub(super) fn field(&mut self, expr: &Expr, at: RecordAt, name: &str) -> Type {
        let catalog = self.scope.catalog;
        let record = catalog.record(at);
        if let Some(place) = record.position(name) {
            let field = &record.declared.fields[place];
            self.note(expr, at, None, name);
            return of_field(field, at, Some(place), catalog);
        }
        let rollups = &record.declared.rollups;
        if let Some(rollup) = rollups.iter().find(|rollup| rollup.id.text == name) {
            self.pay(ROLLUP);
            if let (Some(of), Some(value)) =
                (catalog.find_record(at.pack, &rollup.of), &rollup.value)
            {
                self.note(expr, of, None, value);
            }
            return crate::check::figures::rollup_type(catalog, at, rollup);
        }
        let own = own_names(catalog, at);
        if let Some((_, kind)) = own.iter().find(|(known, _)| *known == name) {
            return kind.clone();
        }
        if !record.is_whole {
            return Type::Unknown;
        }
        let rollups = rollups.iter().map(|rollup| rollup.id.text.as_str());
        let locals = self.locals.iter().map(|(name, _)| name.as_str());
        let also = self.scope.also.iter().map(|(name, _)| *name);
        let known = record
            .field_ids()
            .chain(rollups)
            .chain(own.iter().map(|(name, _)| *name))
            .chain(locals)
            .chain(also);
        let finding = self
            .wrong(Code::UnknownName, expr)
            .with("name", name)
            .meant(name, known);
        self.findings.push(finding);
        Type::Unknown
    }

    /// A column of a table's row.
    pub(super) fn column(&mut self, expr: &Expr, at: RecordAt, place: usize, name: &str) -> Type {
        let catalog = self.scope.catalog;
        let columns = &catalog.record(at).declared.fields[place].fields;
        if let Some(column) = columns.iter().find(|column| column.id.text == name) {
            self.note(expr, at, Some(place), name);
            return of_field(column, at, None, catalog);
        }
        if let Some(kind) = moments().into_iter().find(|(known, _)| *known == name) {
            return kind.1;
        }
        let known = columns
            .iter()
            .map(|column| column.id.text.as_str())
            .chain(["record", "today"]);
        let finding = self
            .wrong(Code::UnknownName, expr)
            .with("name", name)
            .meant(name, known);
        self.findings.push(finding);
        Type::Unknown
    }

    pub(super) fn note(
        &mut self,
        expr: &Expr,
        record: RecordAt,
        table: Option<usize>,
        field: &str,
    ) {
        self.uses.push(Use {
            record,
            table,
            field: field.to_owned(),
            span: self.expression.at(expr.at),
        });
    }

    pub(super) fn member(&mut self, expr: &Expr, target: &Expr, name: &str) -> Type {
        match self.kind(target) {
            Type::Record(record) => {
                self.pay(REFERENCE);
                self.field(expr, record, name)
            }
            Type::Row(record, place) => self.column(expr, record, place, name),
            Type::Actor => match name {
                "id" => Type::Account,
                "units" => Type::List(Box::new(Type::Unit), 200),
                _ => {
                    let finding = self.wrong(Code::UnknownName, expr).with("name", name);
                    self.findings.push(finding.meant(name, ["id", "units"]));
                    Type::Unknown
                }
            },
            Type::Unknown => Type::Unknown,
            kind => {
                let finding = self
                    .wrong(Code::WrongType, target)
                    .with("wanted", "~type-record")
                    .with("found", kind.term());
                self.findings.push(finding);
                Type::Unknown
            }
        }
    }
}

/// What is known without any record.
fn moments() -> [(&'static str, Type); 2] {
    [("today", Type::Date), ("now", Type::DateTime)]
}

/// The names that every record of a type has beside its fields.
pub(crate) fn own_names(catalog: &Catalog, at: RecordAt) -> Vec<(&'static str, Type)> {
    let record = &catalog.record(at).declared;
    let mut names = vec![("unit", Type::Unit), ("created_on", Type::Date)];
    names.push(("author", Type::Account));
    names.extend(moments());
    if record.lifecycle.is_some() {
        names.push(("state", Type::State(at)));
    }
    if record.record.code.is_some() {
        names.push(("code", Type::Text));
    }
    names
}
