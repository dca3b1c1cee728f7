//! Figures from records, and what became of earlier names.

use crate::expression::Expression;
use crate::shape::{Key, Name, Pairs, Word, Wording, choice, shape};
use crate::source::Located;

choice! {
    /// What is made of many records.
    pub enum Function {
        /// How many.
        Count = "count",
        /// A field added up.
        Sum = "sum",
        /// Those in a condition out of all.
        Share = "share",
        /// The least value of a field.
        Least = "least",
        /// The greatest value of a field.
        Greatest = "greatest",
    }
}

shape! {
    /// A figure from the records that name this one; expressions use it like a field.
    pub struct Rollup in "[[rollup]]" {
        /// Its id.
        needed id: Key,
        /// The record type.
        needed of: Word,
        /// The field of that which names this record.
        needed via: Word,
        /// What is made of them.
        needed function: Located<Function>,
        /// The field of that which is added up or compared.
        maybe value: Word,
        /// Which of them.
        maybe when: Expression,
    }
}

choice! {
    /// What an indicator is broken down by beside fields.
    pub enum Taking {
        /// As it stands at the period's end.
        End = "end",
        /// What happened over the period.
        Over = "over",
    }
}

choice! {
    /// A kind of period.
    pub enum PeriodPart {
        /// A month.
        Month = "month",
        /// A quarter.
        Quarter = "quarter",
        /// Half a year.
        HalfYear = "half-year",
        /// A year.
        Year = "year",
    }
}

/// A field that a figure is broken down by.
pub type Cut = Key;

shape! {
    /// A figure computed from these records, for each unit and period.
    pub struct Indicator in "[[indicator]]" {
        /// Its id.
        needed id: Name,
        /// Its title.
        needed title: Wording,
        /// What is made of the records.
        needed function: Located<Function>,
        /// The field that is added up.
        maybe value: Key,
        /// Which records count.
        maybe when: Expression,
        /// For a share: which of them are the part.
        maybe part: Expression,
        /// The unit of measure.
        maybe unit: Word,
        /// The period.
        needed period: Located<PeriodPart>,
        /// At its end or over it.
        needed taken: Located<Taking>,
        /// For what happened over a period: the field of the day.
        maybe date: Key,
        /// The codes that it is broken down by, beside the unit.
        many by: Cut,
        /// The plan's item that it feeds: its figures may be offered to whoever reports on that.
        maybe feeds: Word,
        /// Whether its figures are anyone's to see, by unit and for the province.
        maybe public: Located<bool>,
    }
}

shape! {
    /// What became of earlier names, so that no data is lost.
    pub struct Migration in "[migration]" {
        /// Fields by their earlier name: `{ acreage = "area_ha" }`.
        maybe renamed: Pairs<Key>,
        /// States by their earlier name.
        many states("state"): StateMove,
        /// Earlier fields whose data is given up.
        many dropped: Key,
        /// What is put into a field where records have none.
        maybe filled: Pairs<Expression>,
    }
}

shape! {
    /// A state that became another.
    pub struct StateMove in "[[migration.state]]" {
        /// Its earlier name.
        needed from: Name,
        /// Where its records stand now.
        needed to: Name,
    }
}
