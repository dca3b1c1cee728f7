//! How long records are kept, and what becomes of them then (`[retention]`).
//!
//! Since when a record stands in one of the declared states follows from its versions
//! ([`store::Store::standing_since`]); nothing is kept beside them that could be wrong. Once a day
//! `run` does what is due in batches; what was done shows in the records themselves, so that work
//! that was cut off goes on and nothing is done twice. `hold` is why a record stays all the same,
//! `confirm` who said that a rule may begin where it found records due at once, `coming` what is
//! shown of all this before and after.

mod coming;
mod confirm;
mod hold;
mod run;

use jiff::civil::Date;
use pack::declaration::{Legal, RecordFile, RetentionEnd};
use pack::shape::Name;
use pack::term::Term;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use store::Scope;
use vocab::{Id, Instant, WorkingCalendar};

pub use coming::{Coming, Ran, Retained};
pub use confirm::Standing;
pub use hold::{HOLD, Hold};

use super::kind::Kind;
use crate::{Declaration, Field, FieldKind, Indexed, Lifecycle, Record, RegistryError};
use directory::Act;

/// The member of a body, and the field of a column, that says on which day it was archived.
pub(crate) const ARCHIVED: &str = "_archived_on";
/// The same of the day on which its personal data was erased.
pub(crate) const ERASED: &str = "_erased_on";
/// The kind of what was done on a day.
const RUN: &str = "retention_run";
/// The kind of what says whether a rule may begin.
const RULE: &str = "retention_rule";
/// Moves on whenever a record is held, let go, or a rule confirmed: what is done is done over it.
const EPOCH: &str = "retention";

pub(crate) fn declarations() -> [Declaration; 3] {
    let structure = |name| Field::required(name, FieldKind::Structure);
    let kind = || Field::required("kind", FieldKind::Text(40)).indexed(Indexed::Filtered);
    let kept = |kind, fields| Declaration {
        kind,
        fields,
        order: &[],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Operate),
    };
    [
        kept(
            HOLD,
            vec![
                kind(),
                Field::required("record", FieldKind::Reference).indexed(Indexed::Filtered),
                Field::required("held", FieldKind::Flag).indexed(Indexed::Filtered),
                Field::required("reason", FieldKind::Text(hold::LONGEST)),
                Field::required("by", FieldKind::Text(200)),
            ],
        ),
        kept(
            RULE,
            vec![
                kind(),
                Field::required("rule", FieldKind::Text(2_000)),
                Field::required("found", FieldKind::Whole(0, i64::MAX)),
                Field::required("confirmed", FieldKind::Flag),
                Field::optional("by", FieldKind::Text(200)),
            ],
        ),
        Declaration {
            order: &["day"],
            ..kept(
                RUN,
                vec![
                    kind(),
                    Field::required("day", FieldKind::Text(10)),
                    Field::required("then", FieldKind::Text(20)),
                    Field::required("legal", FieldKind::Text(1_000)),
                    structure("counts"),
                ],
            )
        },
    ]
}

/// The field that shows in which records what a rule says was done.
pub(crate) fn mark(declared: &RecordFile) -> Option<&'static str> {
    match Rule::of(declared)?.then {
        RetentionEnd::Archive => Some(ARCHIVED),
        RetentionEnd::ErasePersonal => Some(ERASED),
        RetentionEnd::Erase => None,
    }
}

/// What a record type says about how long its records are kept.
#[derive(Clone, Debug)]
pub struct Rule<'a> {
    /// How long.
    pub keep: Term,
    /// In which states.
    pub after: &'a [Name],
    /// What becomes of them then.
    pub then: RetentionEnd,
    /// What orders it.
    pub legal: &'a Legal,
    /// All of it as one text: another text is another rule.
    text: String,
}

impl<'a> Rule<'a> {
    /// What a declaration says; none where records are kept for ever.
    pub fn of(declared: &'a RecordFile) -> Option<Self> {
        let retention = declared.retention.as_ref()?;
        Some(Self {
            keep: retention.keep?,
            after: &retention.after,
            then: retention.then.as_ref()?.value,
            legal: &retention.legal,
            text: retention.rule()?,
        })
    }

    /// When the term ends of a record that stands since then.
    pub fn due(&self, since: Instant, calendar: &WorkingCalendar) -> Option<Instant> {
        super::flow::due(self.keep, since, calendar)
    }

    /// What orders it, as it is cited.
    pub fn cited(&self) -> String {
        let part = self.legal.part.as_ref();
        let part = part.map(|part| format!(", {}", part.text));
        format!("{}{}", self.legal.symbol.text, part.unwrap_or_default())
    }
}

impl Kind {
    /// Whether a record is archived: it is read and exported, and changes no more.
    pub fn is_archived(&self, body: &Map<String, Value>) -> bool {
        self.column(ARCHIVED).is_some() && body.contains_key(ARCHIVED)
    }

    /// Whether records of this type are archived one day.
    pub fn archives(&self) -> bool {
        self.column(ARCHIVED).is_some()
    }
}

/// The day on which a record was archived.
pub fn archived_on(body: &Map<String, Value>) -> Option<Date> {
    day(body, ARCHIVED)
}

/// The day on which a record's personal data was erased.
pub fn erased_on(body: &Map<String, Value>) -> Option<Date> {
    day(body, ERASED)
}

fn day(body: &Map<String, Value>, name: &str) -> Option<Date> {
    body.get(name)?.as_str()?.parse().ok()
}

fn id_of(what: &str, name: &str) -> Id {
    let digest: [u8; 32] = Sha256::digest(format!("{what}/{name}")).into();
    let (half, _) = digest.split_first_chunk().unwrap_or((&[0; 16], &[]));
    Id::from_digest(*half)
}

fn everything() -> Scope {
    Scope::bypass("how long records are kept is the program's own matter")
}

/// The next version of one of this module's own records, or its first.
fn next(
    id: Id,
    before: Option<&Record>,
    unit: Id,
    at: Instant,
    body: Value,
) -> Result<Record, RegistryError> {
    Ok(Record {
        id,
        version: before.map_or(0, |before| before.version) + 1,
        unit,
        state: "kept".to_owned(),
        author: None,
        at,
        body: crate::comment::object(body)?,
    })
}
