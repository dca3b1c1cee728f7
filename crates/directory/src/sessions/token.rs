//! Tokens with which programs act for an account.

use serde::{Deserialize, Serialize};
use store::{Actor, Expect, ListQuery, Op, RecordPut, Remove, Scope, Write};
use vocab::{FieldProblem, Id, Instant, Problem};

use super::{EPOCH, row};
use crate::{Directory, DirectoryError, Principal, digest, error};

const TABLE: &str = "api_token";
/// What every token begins with, so that one that leaked is recognised.
const PREFIX: &str = "phusa_";
/// The longest label, in characters.
const LONGEST_LABEL: usize = 100;
/// Longer texts are no tokens.
const LONGEST_TOKEN: usize = 200;

#[derive(Serialize, Deserialize)]
struct TokenBody {
    label: String,
}

/// A token as its owner's list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenInfo {
    /// Its identity.
    pub id: Id,
    /// What its owner calls it.
    pub label: String,
    /// When it was made.
    pub created: Instant,
}

impl Directory {
    /// Makes a token for an account. It is told this once: only its digest is stored.
    /// Refused with `account-unknown` or `label-invalid`.
    pub async fn create_token(
        &self,
        actor: &Actor,
        account: Id,
        label: &str,
    ) -> Result<String, DirectoryError> {
        let label = label.trim();
        if label.is_empty()
            || label.chars().count() > LONGEST_LABEL
            || label.contains(char::is_control)
        {
            return Err(Problem::new(
                422,
                "label-invalid",
                "making a token without a usable label",
            )
            .with("most", LONGEST_LABEL)
            .at(FieldProblem::new("label", "label-invalid"))
            .into());
        }
        if self.account(account).await?.is_none() {
            return Err(Problem::new(404, "account-unknown", "making a token for nobody").into());
        }
        let context = self.store().context();
        let token = format!("{PREFIX}{}", row::new_token(context));
        let body = TokenBody {
            label: label.to_owned(),
        };
        let put = RecordPut {
            table: TABLE.to_owned(),
            id: context.new_id(),
            expect: Expect::New,
            action: "create".to_owned(),
            unit: account,
            state: "active".to_owned(),
            sort_key: vocab::collate::sort_key_cut(label, 200),
            columns: vec![digest::of_secret(&token).to_vec().into()],
            body: error::body("a token", &body)?,
            schema: String::new(),
            tokens: Vec::new(),
            files: Vec::new(),
        };
        self.store()
            .commit(Write::by(actor.clone()).op(Op::Put(put)))
            .await?;
        Ok(token)
    }

    /// Who acts with a token; none if it was never made or was ended, or if its account is
    /// disabled. Held in memory as sessions are.
    pub async fn principal_of_token(
        &self,
        token: &str,
    ) -> Result<Option<Principal>, DirectoryError> {
        if !token.starts_with(PREFIX) || token.len() > LONGEST_TOKEN {
            return Ok(None);
        }
        let key = row::key_of(token);
        let mark = self.session_mark().await?;
        if let Some(principal) = self.tokens().get(&key, mark) {
            return self.permitted(principal).await.map(Some);
        }
        let digest = digest::of_secret(token).to_vec();
        let record = self
            .store()
            .fetch_by(
                TABLE,
                &Scope::bypass("read by the program for itself"),
                "digest",
                digest,
            )
            .await?;
        let Some(record) = record else {
            return Ok(None);
        };
        let Some(account) = self.account(record.head.unit).await? else {
            return Ok(None);
        };
        let Some(principal) = self.principal_today(&account).await? else {
            return Ok(None);
        };
        self.tokens().keep(&key, mark, principal.clone());
        self.permitted(principal).await.map(Some)
    }

    /// An account's tokens by label; at most 1,000.
    pub async fn tokens_of(&self, account: Id) -> Result<Vec<TokenInfo>, DirectoryError> {
        let query = ListQuery::new(TABLE, Scope::units([account])).limit(1_000);
        let page = self.store().list_records(&query).await?;
        page.items
            .iter()
            .map(|record| {
                let body: TokenBody = error::read_body("a token", &record.body)?;
                Ok(TokenInfo {
                    id: record.head.id,
                    label: body.label,
                    created: record.head.created_at,
                })
            })
            .collect()
    }

    /// Ends one of an account's tokens; false if it has none of this identity.
    pub async fn end_token(
        &self,
        actor: &Actor,
        account: Id,
        id: Id,
    ) -> Result<bool, DirectoryError> {
        let scope = Scope::units([account]);
        let Some(record) = self.store().fetch(TABLE, &scope, id).await? else {
            return Ok(false);
        };
        let remove = Remove {
            table: TABLE.to_owned(),
            id,
            version: record.head.version,
            action: "end".to_owned(),
        };
        let write = Write::by(actor.clone())
            .op(Op::Remove(remove))
            .op(Op::Bump(EPOCH.to_owned()));
        self.store().commit(write).await?;
        self.epochs().forget();
        Ok(true)
    }
}
