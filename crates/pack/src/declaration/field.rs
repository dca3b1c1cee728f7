//! What a record holds.

use crate::expression::Expression;
use crate::shape::{Key, Name, Number, Pattern, Word, Wording, choice, shape};
use crate::source::Located;

choice! {
    /// What a field holds.
    pub enum FieldType {
        /// One line of text.
        Text = "text",
        /// Text of several lines.
        Paragraph = "paragraph",
        /// A whole number.
        Number = "number",
        /// A decimal number, exact, with at most four decimals.
        Decimal = "decimal",
        /// An amount in đồng.
        Money = "money",
        /// A day.
        Date = "date",
        /// A day and an hour.
        DateTime = "datetime",
        /// Yes or no.
        Flag = "flag",
        /// A code of a list.
        Code = "code",
        /// Another record.
        Reference = "reference",
        /// A unit of the directory.
        Unit = "unit",
        /// An administrative area.
        Area = "area",
        /// A citizen's number, 12 digits.
        CitizenId = "citizen-id",
        /// A tax code.
        TaxCode = "tax-code",
        /// A telephone number.
        Phone = "phone",
        /// An address for electronic mail.
        Email = "email",
        /// An address on the web.
        Link = "link",
        /// A file.
        File = "file",
        /// A picture.
        Photo = "photo",
        /// A place.
        Point = "point",
        /// A line.
        Line = "line",
        /// A surface.
        Polygon = "polygon",
        /// Rows of fields of their own.
        Table = "table",
    }
}

impl FieldType {
    /// Whether it is a shape on the map.
    pub const fn is_geometry(self) -> bool {
        matches!(self, Self::Point | Self::Line | Self::Polygon)
    }

    /// Whether it can be added up.
    pub const fn is_amount(self) -> bool {
        matches!(self, Self::Number | Self::Decimal | Self::Money)
    }

    /// Whether it says who or where somebody is, most of the time.
    pub const fn is_often_personal(self) -> bool {
        matches!(self, Self::CitizenId | Self::Phone | Self::Email)
    }

    /// Whether it can stand in a column of the head table: what lists show, filter and sort.
    pub const fn has_column(self) -> bool {
        !matches!(
            self,
            Self::Paragraph
                | Self::File
                | Self::Photo
                | Self::Point
                | Self::Line
                | Self::Polygon
                | Self::Table
        )
    }

    /// The keys that mean something on this type alone.
    pub(crate) const fn own_keys(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["max_length", "pattern", "search", "unique"],
            Self::Paragraph => &["max_length", "search"],
            Self::Number => &["min", "max", "unit", "unique"],
            Self::Decimal => &["min", "max", "unit", "decimals"],
            Self::Money => &["min", "max"],
            Self::Code => &["list"],
            Self::Reference => &["to", "unique"],
            Self::Unit | Self::Area => &["level"],
            Self::CitizenId | Self::TaxCode | Self::Phone | Self::Email => &["unique"],
            Self::File | Self::Photo => &["max_mb", "accept"],
            Self::Point | Self::Line | Self::Polygon => &["inside"],
            Self::Table => &["field"],
            Self::Date | Self::DateTime | Self::Flag | Self::Link => &[],
        }
    }
}

shape! {
    /// A field of a record, or a column of a table within it.
    pub struct Field in "[[field]]" {
        /// Its id: a column's name, a name in expressions.
        needed id: Key,
        /// What it holds.
        needed kind("type"): Located<FieldType>,
        /// Its title.
        needed title: Wording,
        /// What one must know to fill it in.
        maybe help: Wording,
        /// The section that it stands in.
        maybe section: Name,
        /// Whether it must be there.
        maybe required: Located<bool>,
        /// When it must be there.
        maybe required_when: Expression,
        /// Whether it is personal data: masked in lists and exports, reading it is noted.
        maybe personal: Located<bool>,
        /// When it is asked for.
        maybe when: Expression,
        /// Whether there may be several.
        maybe repeated: Located<bool>,
        /// How many there must be at least.
        maybe at_least: Located<u32>,
        /// How many there may be at most.
        maybe at_most: Located<u32>,
        /// What it begins with.
        maybe default: Expression,
        /// What it is computed by: nobody types it.
        maybe compute: Expression,
        /// Whether lists filter by it.
        maybe filter: Located<bool>,
        /// Whether its words are searched.
        maybe search: Located<bool>,
        /// Whether no two records hold the same.
        maybe unique: Located<bool>,
        /// The longest text, in characters.
        maybe max_length: Located<u32>,
        /// What the whole text must look like.
        maybe pattern: Pattern,
        /// The least number.
        maybe min: Number,
        /// The greatest number.
        maybe max: Number,
        /// How many decimals, at most four.
        maybe decimals: Located<u32>,
        /// The unit of measure: `ha`.
        maybe unit: Word,
        /// The code list.
        maybe list: Word,
        /// The record type that it names.
        maybe to: Word,
        /// The level of the unit or area.
        maybe level: Located<super::UnitLevel>,
        /// The largest file, in megabytes.
        maybe max_mb: Located<u32>,
        /// The endings of files that are taken: `pdf`.
        many accept: Word,
        /// Where the shape must lie.
        maybe inside: Located<super::UnitLevel>,
        /// The columns of a table.
        many fields("field"): Field,
    }
}
