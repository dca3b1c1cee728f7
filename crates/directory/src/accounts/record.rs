//! Accounts and credentials as records.

use serde::{Deserialize, Serialize};
use store::{Cursor, Expect, Record, RecordPut};
use vocab::{Id, collate};

use super::Account;
use super::way::Way;
use crate::{DirectoryError, Grant, Role, error};

/// The state of an account that may sign in.
pub(crate) const ACTIVE: &str = "active";
/// The state of one that may not.
pub(crate) const DISABLED: &str = "disabled";
/// The longest sort key, in bytes.
const SORT_KEY: usize = 200;

impl Account {
    /// Where it stands in lists by name.
    pub(crate) fn place(&self) -> Cursor {
        Cursor {
            sort_key: collate::sort_key_cut(&self.name, SORT_KEY),
            id: self.id,
        }
    }
}

/// The body of an account.
#[derive(Serialize, Deserialize)]
struct AccountBody {
    login: String,
    name: String,
    grants: Vec<Grant>,
    demo: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    email: String,
    /// The digest of the set-up code that made it.
    founder: Option<String>,
}

/// The body of a credential.
#[derive(Serialize, Deserialize)]
struct CredentialBody {
    #[serde(default)]
    way: Way,
    /// Argon2id with its parameters and salt, in PHC form.
    hash: String,
}

/// An account as it is stored: with what nobody outside needs to know.
pub(crate) struct Stored {
    pub(crate) account: Account,
    /// The digest of the set-up code that made it: a code makes one account.
    pub(crate) founder: Option<String>,
}

impl Stored {
    pub(crate) fn read(record: &Record) -> Result<Self, DirectoryError> {
        let body: AccountBody = error::read_body("an account", &record.body)?;
        Ok(Self {
            account: Account {
                id: record.head.id,
                version: record.head.version,
                login: body.login,
                name: body.name,
                grants: body.grants,
                demo: body.demo,
                email: body.email,
                disabled: record.head.state != ACTIVE,
            },
            founder: body.founder,
        })
    }

    /// The record to put; `account.version` is the one that it follows, 0 for none.
    pub(crate) fn put(&self, action: &str) -> Result<RecordPut, DirectoryError> {
        let account = &self.account;
        let body = AccountBody {
            login: account.login.clone(),
            name: account.name.clone(),
            grants: account.grants.clone(),
            demo: account.demo,
            email: account.email.clone(),
            founder: self.founder.clone(),
        };
        let administrator = account
            .grants
            .iter()
            .any(|grant| grant.role == Role::Administrator);
        Ok(RecordPut {
            table: "account".to_owned(),
            id: account.id,
            expect: match account.version {
                0 => Expect::New,
                version => Expect::Version(version),
            },
            action: action.to_owned(),
            unit: account.id,
            state: if account.disabled { DISABLED } else { ACTIVE }.to_owned(),
            sort_key: account.place().sort_key,
            columns: vec![
                account.login.as_str().into(),
                account.name.as_str().into(),
                i64::from(administrator).into(),
                self.founder.clone().into(),
            ],
            body: error::body("an account", &body)?,
            schema: String::new(),
            tokens: Vec::new(),
            files: Vec::new(),
        })
    }
}

/// The record of a new password's hash.
pub(crate) fn credential(id: Id, account: Id, hash: &str) -> Result<RecordPut, DirectoryError> {
    let body = CredentialBody {
        way: Way::Password,
        hash: hash.to_owned(),
    };
    Ok(RecordPut {
        table: "credential".to_owned(),
        id,
        expect: Expect::New,
        action: "create".to_owned(),
        unit: account,
        state: ACTIVE.to_owned(),
        sort_key: Vec::new(),
        columns: vec![account.into()],
        body: error::body("a credential", &body)?,
        schema: String::new(),
        tokens: Vec::new(),
        files: Vec::new(),
    })
}

/// The hash in a credential.
pub(crate) fn hash_of(record: &Record) -> Result<String, DirectoryError> {
    let body: CredentialBody = error::read_body("a credential", &record.body)?;
    match body.way {
        Way::Password => Ok(body.hash),
    }
}
