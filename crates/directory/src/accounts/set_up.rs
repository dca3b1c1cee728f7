//! The first administrator, made by whoever can read what the program prints at its start.

use data_encoding::BASE32_NOPAD;
use store::{Ephemeral, Op};
use vocab::{FieldProblem, Id, Problem, hex};

use super::create::Along;
use super::{Account, NewAccount};
use crate::{Directory, DirectoryError, Grant, Principal, Role, digest, units};

const KIND: &str = "setup";
const KEY: &str = "code";
/// A code that nobody used is void after a day; the next start makes another.
const SECONDS: i64 = 86_400;

/// Makes the code void.
fn drop_code() -> Op {
    Op::Drop {
        kind: KIND.to_owned(),
        key: KEY.to_owned(),
    }
}

impl Directory {
    /// A code with which the first administrator can be made; none once there is one. The
    /// code before it is void. Only its digest is stored: the program prints it.
    pub async fn issue_setup_code(&self) -> Result<Option<String>, DirectoryError> {
        if self.has_administrator().await? {
            return Ok(None);
        }
        let context = self.store().context();
        let letters = BASE32_NOPAD.encode(&context.random::<15>());
        let groups: Vec<&str> = (0..letters.len())
            .step_by(4)
            .map(|at| &letters[at..at + 4])
            .collect();
        let code = groups.join("-");
        let row = Ephemeral {
            kind: KIND.to_owned(),
            key: KEY.to_owned(),
            owner: Id::NIL,
            expires_at: context.now().plus_seconds(SECONDS),
            body: serde_json::json!({ "digest": digest_of(&code) }).to_string(),
        };
        self.store().keep(&row).await?;
        Ok(Some(code))
    }

    /// Makes the first administrator with the code. Refused with `setup-code-wrong`,
    /// `already-set-up`, or as [`Directory::create_account`] refuses. When two race, one wins.
    pub async fn set_up(
        &self,
        code: &str,
        mut new: NewAccount,
        request: Id,
    ) -> Result<Account, DirectoryError> {
        // The code goes as the administrator comes: read in this order, one of both is seen.
        let row = self.store().ephemeral(KIND, KEY).await?;
        if self.has_administrator().await? {
            return Err(already_set_up());
        }
        let stored: Option<serde_json::Value> =
            row.and_then(|row| serde_json::from_str(&row.body).ok());
        let wanted = stored.as_ref().and_then(|body| body["digest"].as_str());
        if wanted != Some(digest_of(code).as_str()) {
            return Err(
                Problem::new(403, "setup-code-wrong", "setting up with a wrong code")
                    .at(FieldProblem::new("code", "setup-code-wrong"))
                    .into(),
            );
        }
        let grant = Grant::new(Role::Administrator, units::province());
        if !new.grants.iter().any(|held| held.role == grant.role) {
            new.grants.push(grant);
        }
        let actor = Principal::public().actor("page", request);
        let along = Along {
            founder: Some(digest_of(code)),
            ops: vec![drop_code()],
            ..Along::default()
        };
        self.add_account(&actor, new, along).await
    }
}

/// The digest of a code, however its letters are typed and grouped.
fn digest_of(code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    hex::encode(&digest::of_secret(&letters.to_ascii_uppercase()))
}

pub(super) fn already_set_up() -> DirectoryError {
    Problem::new(
        409,
        "already-set-up",
        "setting up what has an administrator",
    )
    .into()
}
