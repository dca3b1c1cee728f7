//! The columns of a shape: where a dot stands for it, where it is looked for, and what maps draw.
//!
//! They are columns like others: written with the record, in its digest, in backups. Maps then
//! need no other table and no extension of the database ([`geometry::cell`]).

use geometry::packed::Columns;
use serde_json::Value;
use store::{ColumnKind, TableSpec};

use crate::system::shape_column;

/// What a column of a shape holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Where its dot stands ([`geometry::cell::spot_key`]).
    Spot,
    /// Where it is looked for ([`geometry::cell::cell_key`]).
    Cell,
    /// What is drawn from afar; the only one of small shapes.
    Shape,
    /// What is drawn from nearby, where that is more.
    Fine,
}

impl Part {
    pub(crate) const ALL: [Self; 4] = [Self::Spot, Self::Cell, Self::Shape, Self::Fine];

    fn ending(self) -> &'static str {
        match self {
            Self::Spot => "spot",
            Self::Cell => "cell",
            Self::Shape => "shape",
            Self::Fine => "fine",
        }
    }

    /// The column's name.
    pub(crate) fn column(self, field: &str) -> &'static str {
        shape_column(field, self.ending())
    }
}

/// A table with the columns of a shape's field.
pub(crate) fn declare(mut table: TableSpec, field: &str) -> TableSpec {
    for part in Part::ALL {
        let name = part.column(field);
        table = match part {
            Part::Spot | Part::Cell => table.column(name, ColumnKind::Int).ranged(name),
            Part::Shape | Part::Fine => table.column(name, ColumnKind::Bytes),
        };
    }
    table
}

/// What they hold for what a body says.
pub(crate) fn values(value: Option<&Value>) -> Vec<store::Value> {
    let Some(shape) = value.and_then(geometry::geojson::of_body) else {
        return vec![store::Value::Null; Part::ALL.len()];
    };
    let Columns {
        spot,
        cell,
        near,
        far,
    } = Columns::of(&shape);
    let (shape, fine) = match far {
        Some(far) => (far, store::Value::Bytes(near)),
        None => (near, store::Value::Null),
    };
    vec![
        store::Value::Int(spot),
        store::Value::Int(cell),
        store::Value::Bytes(shape),
        fine,
    ]
}

/// The epoch that moves on with every change of a kind's shapes.
pub(crate) fn epoch(kind: &str) -> String {
    format!("map:{kind}")
}
