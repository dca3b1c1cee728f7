//! The record that is asked about.

use serde::Serialize;
use store::{Head, Scope};
use vocab::Id;

use crate::digest::named_id;
use crate::{Directory, DirectoryError, Subject};

/// A record as permissions look at it.
#[derive(Clone, Debug, Serialize)]
pub struct AccessRecord {
    /// Its kind.
    pub kind: String,
    /// The record.
    pub id: Id,
    /// What it is called; empty where it has no name of its own.
    pub label: String,
    /// Whose it is.
    pub unit: Id,
    /// What that unit is called; empty where the record belongs to no unit.
    pub unit_name: String,
    /// Where it stands in its lifecycle.
    pub state: String,
    /// Who submitted it.
    pub author: Option<Id>,
    /// What conditions look at.
    #[serde(skip)]
    pub head: Option<Head>,
}

impl AccessRecord {
    /// What the permissions are asked about.
    pub fn subject(&self) -> Subject<'_> {
        Subject {
            kind: &self.kind,
            unit: self.unit,
            state: &self.state,
            author: self.author,
        }
    }
}

impl Directory {
    /// The record with this id, of any kind that a role names; a unit too. Whoever may set up
    /// roles asks, so that every record is found.
    pub async fn access_record(&self, id: Id) -> Result<Option<AccessRecord>, DirectoryError> {
        let units = self.units().await?;
        let succession = self.succession().await?;
        let unit_name = |unit: Id| match units.get(unit) {
            Some(unit) => unit.name.clone(),
            None => succession.name(unit).to_owned(),
        };
        let label = unit_name(id);
        if !label.is_empty() {
            return Ok(Some(AccessRecord {
                kind: "unit".to_owned(),
                id,
                unit_name: label.clone(),
                label,
                unit: id,
                state: String::new(),
                author: None,
                head: None,
            }));
        }
        let book = self.roles().await?;
        for spec in self.store().tables() {
            if !book.kinds().contains(&*spec.name) {
                continue;
            }
            let why = Scope::bypass("whoever sets up roles asks who may reach any record");
            let Some(record) = self.store().fetch(&spec.name, &why, id).await? else {
                continue;
            };
            let author = spec.position("author");
            let author = author.and_then(|place| record.head.columns.get(place));
            return Ok(Some(AccessRecord {
                kind: spec.name.clone(),
                id,
                label: label_of(&record.body),
                unit: record.head.unit,
                unit_name: unit_name(record.head.unit),
                state: record.head.state.clone(),
                author: author.and_then(store::Value::as_id),
                head: Some(record.head),
            }));
        }
        // A role that stands as it ships has no record yet.
        let mut roles = book.iter();
        let role = roles.find(|role| named_id(&format!("role/{}", role.code)) == id);
        Ok(role.map(|role| AccessRecord {
            kind: "role".to_owned(),
            id,
            label: role.name.vi.clone(),
            unit: Id::NIL,
            unit_name: String::new(),
            state: String::new(),
            author: None,
            head: None,
        }))
    }
}

/// What a record calls itself.
fn label_of(body: &str) -> String {
    let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let named = ["title", "name", "login"].map(|field| body.get(field));
    let mut named = named.into_iter().flatten();
    let label = named.find_map(serde_json::Value::as_str);
    label.unwrap_or_default().to_owned()
}
