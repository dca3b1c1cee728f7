//! What values there are.

use crate::catalog::{Catalog, ListAt, RecordAt};
use crate::declaration::{Field, FieldType};
use crate::shape::is_set;

/// How many values a repeated field has at most, unless it says so.
pub const REPEATED_AT_MOST: u32 = 100;
/// How many rows a table has at most, unless it says so.
pub const ROWS_AT_MOST: u32 = 200;

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Not known, because of a mistake that was already told: it fits everything.
    Unknown,
    /// Nothing.
    Null,
    /// Yes or no.
    Flag,
    /// A number and its unit of measure, if it has one.
    Number(Option<String>),
    /// An amount in đồng.
    Money,
    /// Text.
    Text,
    /// A day.
    Date,
    /// A day and an hour.
    DateTime,
    /// A code of a list.
    Code(Option<ListAt>),
    /// A state of this record type.
    State(RecordAt),
    /// A record of this type.
    Record(RecordAt),
    /// A row of a table: the record type, the table's place among its fields.
    Row(RecordAt, usize),
    /// A unit.
    Unit,
    /// An administrative area.
    Area,
    /// A person's account.
    Account,
    /// Whoever acts.
    Actor,
    /// A file.
    File,
    /// A place, line or surface.
    Shape(FieldType),
    /// Several, at most so many.
    List(Box<Self>, u32),
}

impl Type {
    /// A number without a unit.
    pub const NUMBER: Self = Self::Number(None);

    /// As messages name it.
    pub(crate) fn term(&self) -> &'static str {
        match self {
            Self::Unknown | Self::Null => "~type-nothing",
            Self::Flag => "~type-flag",
            Self::Number(_) => "~type-number",
            Self::Money => "~type-money",
            Self::Text => "~type-text",
            Self::Date => "~type-date",
            Self::DateTime => "~type-datetime",
            Self::Code(_) => "~type-code",
            Self::State(_) => "~type-state",
            Self::Record(_) => "~type-record",
            Self::Row(..) => "~type-row",
            Self::Unit => "~type-unit",
            Self::Area => "~type-area",
            Self::Account | Self::Actor => "~type-account",
            Self::File => "~type-file",
            Self::Shape(_) => "~type-shape",
            Self::List(..) => "~type-list",
        }
    }

    /// Whether a value of the other type may stand where this one is wanted.
    pub(crate) fn takes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown | Self::Null) => true,
            (Self::Number(wanted), Self::Number(given)) => {
                units_fit(wanted.as_deref(), given.as_deref())
            }
            (Self::Money, Self::Number(unit)) => unit.is_none(),
            (Self::List(wanted, _), Self::List(given, _)) => wanted.takes(given),
            (Self::Code(wanted), Self::Code(given)) => {
                wanted == given || wanted.is_none() || given.is_none()
            }
            _ => self == other,
        }
    }
}

/// A number whose unit is not known fits every unit.
pub(crate) fn units_fit(one: Option<&str>, other: Option<&str>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// What a field's value is in expressions; where it names a record or a list, the catalog finds it.
pub(crate) fn of_field(
    field: &Field,
    owner: RecordAt,
    place: Option<usize>,
    catalog: &Catalog,
) -> Type {
    let one = match field.kind.value {
        FieldType::Text
        | FieldType::Paragraph
        | FieldType::CitizenId
        | FieldType::TaxCode
        | FieldType::Phone
        | FieldType::Email
        | FieldType::Link => Type::Text,
        FieldType::Number | FieldType::Decimal => {
            Type::Number(field.unit.as_ref().map(|unit| unit.text.clone()))
        }
        FieldType::Money => Type::Money,
        FieldType::Date => Type::Date,
        FieldType::DateTime => Type::DateTime,
        FieldType::Flag => Type::Flag,
        FieldType::Code => Type::Code(
            field
                .list
                .as_ref()
                .and_then(|name| catalog.find_list(owner.pack, name)),
        ),
        FieldType::Reference => field
            .to
            .as_ref()
            .and_then(|name| catalog.find_record(owner.pack, name))
            .map_or(Type::Unknown, Type::Record),
        FieldType::Unit => Type::Unit,
        FieldType::Area => Type::Area,
        FieldType::File | FieldType::Photo => Type::File,
        FieldType::Point | FieldType::Line | FieldType::Polygon => Type::Shape(field.kind.value),
        FieldType::Table => place.map_or(Type::Unknown, |place| Type::Row(owner, place)),
    };
    let bound = |usual: u32| field.at_most.as_ref().map_or(usual, |most| most.value);
    if field.kind.value == FieldType::Table {
        Type::List(Box::new(one), bound(ROWS_AT_MOST))
    } else if is_set(field.repeated.as_ref()) {
        Type::List(Box::new(one), bound(REPEATED_AT_MOST))
    } else {
        one
    }
}
