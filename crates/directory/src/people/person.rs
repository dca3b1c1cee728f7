//! A person: names, numbers and the account, if there is one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{Actor, Cursor, Expect, ListQuery, Op, Page, Record, RecordPut, Scope, SearchQuery};
use vocab::{CitizenId, Id, Phone, collate, fold};

use super::codes::{at, unknown};
use super::guard::require_kept;
use super::{PERSON, Position, PositionDraft, SORT_KEY};
use crate::accounts::person_name;
use crate::{Directory, DirectoryError, error};

/// The longest e-mail address, in bytes (RFC 5321).
const LONGEST_EMAIL: usize = 254;

/// Somebody who works, or worked, in one of the units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The permanent identity.
    pub id: Id,
    /// The version of the record.
    pub version: i64,
    /// What is known of them.
    pub draft: PersonDraft,
    /// The first day on which they are not there any more.
    pub left_on: Option<Date>,
}

/// What is known of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDraft {
    /// The full name, composed (NFC), family name first.
    pub name: String,
    /// The citizen's number: personal data, masked wherever it is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citizen_id: Option<CitizenId>,
    /// The telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The account with which they sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Id>,
    /// Whether they were made up for a demonstration.
    #[serde(default)]
    pub demo: bool,
}

#[derive(Serialize, Deserialize)]
struct PersonBody {
    #[serde(flatten)]
    draft: PersonDraft,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left_on: Option<Date>,
}

impl PersonDraft {
    /// The draft in the form in which it is kept, or what is wrong with it.
    pub(super) fn checked(mut self) -> Result<Self, DirectoryError> {
        self.name = person_name(&self.name)?;
        self.email = match self.email.take().map(|email| email.trim().to_owned()) {
            Some(email) if email.is_empty() => None,
            Some(email) if is_email(&email) => Some(email),
            Some(_) => return Err(at("email", "email-invalid", "entering a person")),
            None => None,
        };
        Ok(self)
    }
}

/// Whether something could be an address: whether it is one only a letter tells.
pub(super) fn is_email(text: &str) -> bool {
    let usual = |ch: char| !ch.is_whitespace() && !ch.is_control() && !"<>()[],;:\"\\".contains(ch);
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let labels = domain
        .split('.')
        .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    text.len() <= LONGEST_EMAIL
        && !local.is_empty()
        && !local.contains('@')
        && domain.contains('.')
        && labels
        && text.chars().all(usual)
}

impl Person {
    /// Whether they are there on a day.
    pub fn is_there(&self, day: Date) -> bool {
        self.left_on.is_none_or(|left| day < left)
    }

    /// To whom their record belongs: the account, without one they themselves.
    pub(crate) fn owner(&self) -> Id {
        self.draft.account.unwrap_or(self.id)
    }

    pub(super) fn read(record: &Record) -> Result<Self, DirectoryError> {
        let body: PersonBody = error::read_body("a person", &record.body)?;
        Ok(Self {
            id: record.head.id,
            version: record.head.version,
            draft: body.draft,
            left_on: body.left_on,
        })
    }

    /// The record to put over the version that is known; 0 for none.
    pub(crate) fn put(
        &self,
        action: &str,
        citizen_key: Option<Vec<u8>>,
    ) -> Result<RecordPut, DirectoryError> {
        let body = PersonBody {
            draft: self.draft.clone(),
            left_on: self.left_on,
        };
        Ok(RecordPut {
            table: PERSON.to_owned(),
            id: self.id,
            expect: match self.version {
                0 => Expect::New,
                version => Expect::Version(version),
            },
            action: action.to_owned(),
            unit: self.owner(),
            state: if self.left_on.is_some() {
                "left"
            } else {
                "active"
            }
            .to_owned(),
            sort_key: collate::sort_key_cut(&by_given_name(&self.draft.name), SORT_KEY),
            columns: vec![
                self.draft.name.as_str().into(),
                self.draft.account.into(),
                citizen_key.into(),
            ],
            body: error::body("a person", &body)?,
            schema: String::new(),
            tokens: fold::tokens(&self.draft.name),
            files: Vec::new(),
        })
    }
}

/// The name as Vietnamese lists are ordered: by the given name, which stands last.
fn by_given_name(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((before, given)) => format!("{given} {before}"),
        None => name.to_owned(),
    }
}

impl Directory {
    /// Enters a person under an identity of the caller's; what stands under it already is
    /// given back unchanged, so that a repeated request enters nobody twice. Refused with
    /// `name-invalid`, `email-invalid`, `citizen-id-taken`, `account-taken`,
    /// `account-unknown` or `account-above`.
    pub async fn create_person(
        &self,
        actor: &Actor,
        id: Id,
        draft: PersonDraft,
    ) -> Result<Person, DirectoryError> {
        self.enter_person(actor, id, draft, None).await
    }

    /// The same with a first position under an identity of its own, in one write. Whoever keeps
    /// the people of some units only enters nobody without one: refused with
    /// `person-unit-missing`, or as [`Self::add_position`] is.
    pub async fn enter_person(
        &self,
        actor: &Actor,
        id: Id,
        draft: PersonDraft,
        position: Option<(Id, PositionDraft)>,
    ) -> Result<Person, DirectoryError> {
        if let Some(known) = self.person(id).await? {
            return Ok(known);
        }
        let mut person = Person {
            id,
            version: 0,
            draft: draft.checked()?,
            left_on: None,
        };
        let mut giver = self.giver(actor.account).await?;
        self.check_account(&mut giver, None, &person).await?;
        let key = self.citizen_key_of(actor, &person.draft).await?;
        let mut ops = vec![Op::Put(person.put("create", key)?)];
        if let Some((own, draft)) = position {
            let position = Position {
                id: own,
                version: 0,
                person: id,
                draft: draft.checked()?,
            };
            let account = person.draft.account;
            self.check_given(&mut giver, None, &position, account)
                .await?;
            self.check_unit(&position.draft).await?;
            ops.push(Op::Put(position.put("create")?));
        } else if !giver.keeps_all() {
            return Err(at("unit", "person-unit-missing", "entering a person"));
        }
        self.commit_people(actor, None, Some(&giver), ops).await?;
        person.version += 1;
        Ok(person)
    }

    /// Changes what is known of a person who stands at a version. Refused as
    /// [`Self::create_person`] is, with `person-unknown`, `last-administrator`, or as a
    /// conflict.
    pub async fn change_person(
        &self,
        actor: &Actor,
        id: Id,
        version: i64,
        draft: PersonDraft,
    ) -> Result<Person, DirectoryError> {
        let known = self.person(id).await?;
        let known = known.ok_or_else(|| unknown("person-unknown", "changing a person"))?;
        let mut person = Person {
            version,
            draft: draft.checked()?,
            ..known.clone()
        };
        let mut giver = self.giver(actor.account).await?;
        require_kept(&giver, &known, "changing a person")?;
        self.check_account(&mut giver, Some(&known), &person)
            .await?;
        let key = self.citizen_key_of(actor, &person.draft).await?;
        let put = person.put("edit", key)?;
        self.commit_people(actor, None, Some(&giver), vec![Op::Put(put)])
            .await?;
        person.version += 1;
        Ok(person)
    }

    pub(crate) async fn citizen_key_of(
        &self,
        actor: &Actor,
        draft: &PersonDraft,
    ) -> Result<Option<Vec<u8>>, DirectoryError> {
        match &draft.citizen_id {
            Some(number) => self.citizen_key(actor, number).await.map(Some),
            None => Ok(None),
        }
    }

    /// A person, if there is one.
    pub async fn person(&self, id: Id) -> Result<Option<Person>, DirectoryError> {
        let record = self
            .store()
            .fetch(
                PERSON,
                &Scope::bypass("the directory reads people and positions for itself"),
                id,
            )
            .await?;
        record.as_ref().map(Person::read).transpose()
    }

    /// The person who signs in with an account.
    pub async fn person_of_account(&self, account: Id) -> Result<Option<Person>, DirectoryError> {
        let record = self
            .store()
            .fetch_by(
                PERSON,
                &Scope::bypass("the directory reads people and positions for itself"),
                "account",
                account,
            )
            .await?;
        record.as_ref().map(Person::read).transpose()
    }

    /// The person with a citizen's number.
    pub async fn person_by_citizen_id(
        &self,
        actor: &Actor,
        number: &CitizenId,
    ) -> Result<Option<Person>, DirectoryError> {
        let key = self.citizen_key(actor, number).await?;
        let record = self
            .store()
            .fetch_by(
                PERSON,
                &Scope::bypass("the directory reads people and positions for itself"),
                "citizen_key",
                key,
            )
            .await?;
        record.as_ref().map(Person::read).transpose()
    }

    /// A page of the people that a scope reaches, by given name.
    pub async fn people(
        &self,
        scope: Scope,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page<Person>, DirectoryError> {
        let query = ListQuery::new(PERSON, scope).after(after).limit(limit);
        let page = self.store().list_records(&query).await?;
        Ok(Page {
            items: page
                .items
                .iter()
                .map(Person::read)
                .collect::<Result<_, _>>()?,
            next: page.next,
        })
    }

    /// People that a scope reaches whose names hold all words typed, with or without tone
    /// marks; at most 200.
    pub async fn find_people(
        &self,
        scope: Scope,
        text: &str,
        limit: usize,
    ) -> Result<Vec<Person>, DirectoryError> {
        let query = SearchQuery {
            table: PERSON.to_owned(),
            scope,
            text: text.to_owned(),
            limit,
        };
        let mut found = Vec::new();
        for head in self.store().search(&query).await? {
            found.extend(self.person(head.id).await?);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_texts() {
        for good in ["lan.pt@vinhlong.gov.vn", "a+b@x.vn"] {
            assert!(is_email(good), "{good}");
        }
        let long = format!("{}@x.vn", "a".repeat(260));
        for bad in [
            "lan", "@x.vn", "a@b", "a@b@c.vn", "a b@c.vn", "a@-b.vn", "a@b..vn", "<a>@b.vn", &long,
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn lists_go_by_the_given_name() {
        assert_eq!(by_given_name("Phạm Thị Lan"), "Lan Phạm Thị");
        assert_eq!(by_given_name("Lan"), "Lan");
    }
}
