//! What must not be, what may be there already, and who may do what.

use jiff::civil::Date;

use super::Legal;
use crate::expression::Expression;
use crate::shape::{Key, Name, RoleName, Word, Wording, choice, shape};
use crate::source::Located;

choice! {
    /// How grave a breach is.
    pub enum Gravity {
        /// It cannot be kept so.
        Error = "error",
        /// It is said, and can be kept.
        Warning = "warning",
    }
}

shape! {
    /// What must not be.
    pub struct Rule in "[[rule]]" {
        /// When it is broken.
        needed when: Expression,
        /// What is then said.
        needed error: Wording,
        /// How grave that is; an error if it is not said.
        maybe gravity: Located<Gravity>,
        /// The fields that it is said at.
        many fields: Key,
        /// The steps before which it is asked; whenever the record is kept if none.
        many at: Word,
        /// The first day on which it holds.
        maybe from: Located<Date>,
        /// The last day on which it holds.
        maybe to: Located<Date>,
        /// What orders it.
        maybe legal: Legal,
    }
}

choice! {
    /// What happens when there is a record like this one.
    pub enum DuplicateAction {
        /// It is shown, and one may go on.
        Warn = "warn",
        /// It cannot be kept.
        Refuse = "refuse",
    }
}

shape! {
    /// What may be there already.
    pub struct Duplicate in "[[duplicate]]" {
        /// Fields that are the same.
        many same: Key,
        /// Fields of text that are nearly the same: capitals, marks and spaces aside.
        many similar: Key,
        /// A field whose shape overlaps the other's.
        maybe overlaps: Key,
        /// Which records are looked at.
        maybe when: Expression,
        /// What happens then; a warning if it is not said.
        maybe action: Located<DuplicateAction>,
        /// What is then said.
        needed message: Wording,
    }
}

choice! {
    /// What may be done.
    pub enum Act {
        /// Make new ones.
        Create = "create",
        /// See them.
        Read = "read",
        /// Change them.
        Edit = "edit",
        /// Take the steps that name the role.
        Step = "step",
        /// Discuss them.
        Comment = "comment",
        /// Bring many in.
        Import = "import",
        /// Take many out.
        Export = "export",
        /// See personal data unmasked.
        Unmask = "unmask",
        /// Delete a draft.
        Delete = "delete",
    }
}

choice! {
    /// As far as a grant goes.
    pub enum Reach {
        /// One's own records.
        Own = "own",
        /// Those of the unit in which the role is held.
        Unit = "unit",
        /// The same, with all units under it.
        Subtree = "subtree",
        /// The same, along the sector line.
        Line = "line",
        /// Every unit's.
        All = "all",
    }
}

shape! {
    /// Who may do what, on which records.
    pub struct Grant in "[[grant]]" {
        /// Who.
        needed role: RoleName,
        /// What.
        many may: Located<Act>,
        /// As far as this.
        needed scope: Located<Reach>,
        /// In these states; in any if none is named.
        many states: Name,
        /// Where this holds: comparisons of fields, joined by `&&`, `||` and `!`.
        maybe when: Expression,
    }
}
