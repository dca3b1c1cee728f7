//! What anyone may see, who is told what, what is given to others, how long it is kept.

use super::Legal;
use crate::expression::Expression;
use crate::shape::{Choice, Key, Name, RoleName, Word, Wording, choice, shape};
use crate::source::Located;
use crate::template::Templates;
use crate::term::Term;

shape! {
    /// What anyone may see, and so what may become open data.
    pub struct Public in "[public]" {
        /// Which records; all if it is not said.
        maybe when: Expression,
        /// Which fields; `code`, `state` and `unit` can be named too.
        many fields: Key,
        /// Whether it is published as open data.
        maybe open_data: Located<bool>,
        /// What orders or allows it.
        maybe legal: Legal,
    }
}

shape! {
    /// What anyone may look up without an account.
    pub struct Lookup in "[[lookup]]" {
        /// Its id.
        needed id: Name,
        /// Its title.
        needed title: Wording,
        /// What must be known: every one of these fields, exactly.
        many by: Key,
        /// What is then shown.
        many shows: Key,
        /// Which records can be found.
        maybe when: Expression,
    }
}

choice! {
    /// The way that somebody is told.
    pub enum Channel {
        /// In the product.
        Inbox = "inbox",
        /// By electronic mail.
        Email = "email",
        /// By a text message.
        Sms = "sms",
    }
}

shape! {
    /// Who is told what.
    pub struct Notification in "[[notification]]" {
        /// Its id.
        needed id: Name,
        /// The step, deadline or state at which it is sent.
        needed on: Word,
        /// How long before a deadline.
        maybe before: Term,
        /// Who.
        needed to: Recipient,
        /// How; in the product if it is not said.
        many by: Located<Channel>,
        /// What is said.
        needed text: Templates,
    }
}

shape! {
    /// Who is told.
    pub struct Recipient in "to" {
        /// Whoever holds this role and reads the record by it.
        maybe role: RoleName,
        /// The address or number in this field.
        maybe field: Key,
        /// Whoever made the record.
        maybe author: Located<bool>,
    }
}

shape! {
    /// What is given to others.
    pub struct Share in "[[share]]" {
        /// Its id.
        needed id: Name,
        /// To whom.
        needed with: Word,
        /// What for.
        needed purpose: Wording,
        /// Which fields.
        many fields: Key,
        /// Which records.
        maybe when: Expression,
        /// What orders or allows it.
        maybe legal: Legal,
    }
}

choice! {
    /// What becomes of records that need not be kept any longer.
    pub enum RetentionEnd {
        /// They are kept apart.
        Archive = "archive",
        /// They are erased; the audit still verifies.
        Erase = "erase",
        /// Their personal data is erased.
        ErasePersonal = "erase-personal",
    }
}

shape! {
    /// How long records are kept.
    pub struct Retention in "[retention]" {
        /// How long; for ever if it is not said.
        maybe keep: Term,
        /// The states since which that counts.
        many after: Name,
        /// What becomes of them then.
        maybe then: Located<RetentionEnd>,
        /// What orders it.
        needed legal: Legal,
    }
}

impl Retention {
    /// What is done after how long and in which states, as one text: another text is another
    /// rule. None where records are kept for ever.
    pub fn rule(&self) -> Option<String> {
        let (keep, then) = (self.keep?, self.then.as_ref()?.value);
        let mut after: Vec<&str> = self.after.iter().map(|state| &*state.text).collect();
        after.sort_unstable();
        let (amount, unit, after) = (keep.amount, keep.unit.word(), after.join(","));
        Some(format!("{amount} {unit} {after} {}", then.word()))
    }
}
