//! Positions: a person in a unit, with a title and roles, for a span of days.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{Actor, Expect, ListQuery, Op, Record, RecordPut, Scope};
use unicode_normalization::UnicodeNormalization;
use vocab::{Id, collate, fold};

use super::codes::{at, unknown};
use super::guard::require_kept;
use super::roster::{Roster, meets};
use super::{POSITION, SORT_KEY};
use crate::units::Hierarchy;
use crate::{Directory, DirectoryError, Role, error};

/// The longest title, in characters.
const LONGEST_TITLE: usize = 200;

/// Whether somebody holds a position, or stands in until somebody does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PositionKind {
    /// Bổ nhiệm, phân công.
    #[default]
    Regular,
    /// Quyền (Q. Giám đốc): meets the conditions, not yet appointed.
    Acting,
    /// Phụ trách: in charge, without holding the office.
    InCharge,
}

impl PositionKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Regular, Self::Acting, Self::InCharge];

    /// The kind as it is stored and sent.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Acting => "acting",
            Self::InCharge => "in_charge",
        }
    }

    /// The key of its wording.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Regular => "position-kind-regular",
            Self::Acting => "position-kind-acting",
            Self::InCharge => "position-kind-in-charge",
        }
    }

    /// The kind with this value.
    pub fn from_value(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.value() == value)
    }
}

/// A position as it was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The permanent identity.
    pub id: Id,
    /// The version of the record.
    pub version: i64,
    /// Who.
    pub person: Id,
    /// What and where.
    pub draft: PositionDraft,
}

/// What a position is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionDraft {
    /// The unit; what became of it is found out when the position is read, never written.
    pub unit: Id,
    /// The title: `Phó Giám đốc`.
    pub title: String,
    /// What it is trusted with; may be nothing.
    pub roles: Vec<Role>,
    /// Held, or stood in for.
    pub kind: PositionKind,
    /// Whether it is the person's main one.
    pub primary: bool,
    /// The first day.
    pub valid_from: Date,
    /// The first day on which it does not hold any more; none while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
}

#[derive(Serialize, Deserialize)]
struct PositionBody {
    person: Id,
    #[serde(flatten)]
    draft: PositionDraft,
}

impl PositionDraft {
    /// The draft in the form in which it is kept, or what is wrong with it.
    pub(super) fn checked(mut self) -> Result<Self, DirectoryError> {
        self.title = self
            .title
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .nfc()
            .collect();
        let length = self.title.chars().count();
        if !(1..=LONGEST_TITLE).contains(&length) || self.title.contains(char::is_control) {
            return Err(at("title", "title-invalid", "entering a position"));
        }
        if self.valid_to.is_some_and(|end| end <= self.valid_from) {
            return Err(at("valid_to", "dates-order", "entering a position"));
        }
        self.roles.sort_unstable();
        self.roles.dedup();
        Ok(self)
    }

    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }

    /// Whether both are the same office in the same unit.
    pub(super) fn is_same_office(&self, other: &Self) -> bool {
        self.unit == other.unit && fold::name_key(&self.title) == fold::name_key(&other.title)
    }
}

impl Position {
    pub(super) fn read(record: &Record) -> Result<Self, DirectoryError> {
        let body: PositionBody = error::read_body("a position", &record.body)?;
        Ok(Self {
            id: record.head.id,
            version: record.head.version,
            person: body.person,
            draft: body.draft,
        })
    }

    pub(super) fn put(&self, action: &str) -> Result<RecordPut, DirectoryError> {
        let body = PositionBody {
            person: self.person,
            draft: self.draft.clone(),
        };
        Ok(RecordPut {
            table: POSITION.to_owned(),
            id: self.id,
            expect: match self.version {
                0 => Expect::New,
                version => Expect::Version(version),
            },
            action: action.to_owned(),
            unit: self.draft.unit,
            state: "active".to_owned(),
            sort_key: collate::sort_key_cut(&self.draft.title, SORT_KEY),
            columns: vec![
                self.person.into(),
                self.draft.valid_from.to_string().into(),
                self.draft.valid_to.map(|day| day.to_string()).into(),
            ],
            body: error::body("a position", &body)?,
            schema: String::new(),
            tokens: Vec::new(),
            files: Vec::new(),
        })
    }
}

impl Roster {
    /// Refuses a position that stands against others of the person: `position-overlaps`,
    /// `position-primary-twice`.
    pub(super) fn check_position(&self, position: &Position) -> Result<(), DirectoryError> {
        let own = position.draft.valid_from;
        let others = self.positions.iter().filter(|other| {
            other.person == position.person
                && other.id != position.id
                && meets(
                    (own, position.draft.valid_to),
                    (other.draft.valid_from, other.draft.valid_to),
                )
        });
        for other in others {
            if other.draft.is_same_office(&position.draft) {
                return Err(at(
                    "valid_from",
                    "position-overlaps",
                    "entering a position that the person holds already",
                ));
            }
            if other.draft.primary && position.draft.primary {
                return Err(at(
                    "primary",
                    "position-primary-twice",
                    "entering a second main position",
                ));
            }
        }
        Ok(())
    }
}

impl Directory {
    /// Enters a position under an identity of the caller's; what stands under it already is
    /// given back unchanged. Refused with `person-unknown`, `person-left`, `unit-unknown`,
    /// `unit-outside`, `title-invalid`, `dates-order`, `position-overlaps`,
    /// `position-primary-twice`, `gives-more-than-held` or `gives-longer-than-held`.
    pub async fn add_position(
        &self,
        actor: &Actor,
        id: Id,
        person: Id,
        draft: PositionDraft,
    ) -> Result<Position, DirectoryError> {
        if let Some(known) = self.position(id).await? {
            return Ok(known);
        }
        let position = Position {
            id,
            version: 0,
            person,
            draft: draft.checked()?,
        };
        self.put_position(actor, None, position, "create").await
    }

    /// Changes a position that stands at a version: an earlier end, another title or other
    /// roles. Refused as [`Self::add_position`] is, with `position-unknown`, `position-above`,
    /// `last-administrator`, or as a conflict.
    pub async fn change_position(
        &self,
        actor: &Actor,
        id: Id,
        version: i64,
        draft: PositionDraft,
    ) -> Result<Position, DirectoryError> {
        let known = self.position(id).await?;
        let known = known.ok_or_else(|| unknown("position-unknown", "changing a position"))?;
        let position = Position {
            version,
            draft: draft.checked()?,
            ..known.clone()
        };
        self.put_position(actor, Some(&known), position, "edit")
            .await
    }

    async fn put_position(
        &self,
        actor: &Actor,
        before: Option<&Position>,
        mut position: Position,
        action: &str,
    ) -> Result<Position, DirectoryError> {
        let epoch = self.people_epoch().await?;
        let doing = "entering a position";
        let person = self.person(position.person).await?;
        let person = person.ok_or_else(|| unknown("person-unknown", doing))?;
        if let (Some(before), Some(account)) = (before, person.draft.account)
            && actor.account != Id::NIL
        {
            self.keep_administrator(account, &before.draft, &position.draft)
                .await?;
        }
        let mut giver = self.giver(actor.account).await?;
        // What somebody has in a unit, the unit ends, whoever keeps them.
        if before.is_none() {
            require_kept(&giver, &person, doing)?;
        }
        let account = person.draft.account;
        self.check_given(&mut giver, before, &position, account)
            .await?;
        let last = position.draft.valid_to;
        if let Some(left) = person.left_on
            && last.is_none_or(|end| left < end)
        {
            return Err(at("valid_to", "person-left", doing));
        }
        self.check_unit(&position.draft).await?;
        let positions = self.positions_of(position.person).await?;
        Roster::new(positions, Vec::new()).check_position(&position)?;
        let put = position.put(action)?;
        self.commit_people(actor, Some(epoch), Some(&giver), vec![Op::Put(put)])
            .await?;
        position.version += 1;
        Ok(position)
    }

    /// Refuses a position in a unit that is none on its first day: `unit-unknown`.
    pub(super) async fn check_unit(&self, draft: &PositionDraft) -> Result<(), DirectoryError> {
        for hierarchy in [Hierarchy::Administration, Hierarchy::Sector] {
            let tree = self.units_in(hierarchy, draft.valid_from).await?;
            if tree.get(draft.unit).is_some() {
                return Ok(());
            }
        }
        Err(at("unit", "unit-unknown", "entering a position"))
    }

    /// A position, if there is one.
    pub async fn position(&self, id: Id) -> Result<Option<Position>, DirectoryError> {
        let record = self
            .store()
            .fetch(
                POSITION,
                &Scope::bypass("the directory reads people and positions for itself"),
                id,
            )
            .await?;
        record.as_ref().map(Position::read).transpose()
    }

    /// A person's positions of all days, the latest first.
    pub async fn positions_of(&self, person: Id) -> Result<Vec<Position>, DirectoryError> {
        let query = ListQuery::new(
            POSITION,
            Scope::bypass("the directory reads people and positions for itself"),
        )
        .filter("person", person);
        let records = self.all_people_records(query).await?;
        let mut positions = records
            .iter()
            .map(Position::read)
            .collect::<Result<Vec<_>, _>>()?;
        positions.sort_by_key(|position| {
            std::cmp::Reverse((position.draft.valid_from, position.draft.primary))
        });
        Ok(positions)
    }
}
