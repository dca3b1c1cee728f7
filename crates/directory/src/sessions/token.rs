//! Tokens with which programs act for an account.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use store::{Actor, Ephemeral, Expect, ListQuery, Op, RecordPut, Remove, Scope, Write};
use vocab::{FieldProblem, Id, Instant, Problem};

use super::{EPOCH, row};
use crate::permission::Taking;
use crate::{Along, Directory, DirectoryError, Principal, digest, error};

const TABLE: &str = "api_token";
/// What every token begins with, so that one that leaked is recognised.
const PREFIX: &str = "phusa_";
/// The longest label, in characters.
const LONGEST_LABEL: usize = 100;
/// Longer texts are no tokens.
const LONGEST_TOKEN: usize = 200;

/// The kind of the row that says when a token was used last, and how often it is told.
const SEEN: &str = "token_seen";
const SEEN_EVERY: i64 = 60;
const DAY: i64 = 86_400;
/// The longest that a token may last, in days.
const MOST_DAYS: i64 = 366;

/// A part of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenArea {
    /// The plan: targets, projects, findings, figures.
    Plan,
    /// Reports and their evidence.
    Reports,
    /// Tasks.
    Tasks,
    /// Units.
    Units,
}

impl TokenArea {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Plan, Self::Reports, Self::Tasks, Self::Units];

    /// The area as it is stored and sent.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Reports => "reports",
            Self::Tasks => "tasks",
            Self::Units => "units",
        }
    }

    /// The area with this value.
    pub fn from_value(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.value() == value)
    }
}

/// What a token may be used for, within what its account may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenScope {
    /// Whether it changes anything.
    pub writes: bool,
    /// The parts of the API; none means all, those of later versions too.
    pub areas: Option<BTreeSet<TokenArea>>,
}

impl TokenScope {
    /// All that the account may do.
    pub const ALL: Self = Self {
        writes: true,
        areas: None,
    };

    /// Whether it opens a part of the API.
    pub fn opens(&self, area: Option<TokenArea>) -> bool {
        match &self.areas {
            None => true,
            Some(areas) => area.is_some_and(|area| areas.contains(&area)),
        }
    }
}

/// A token to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// What its owner calls it.
    pub label: String,
    /// What it may be used for.
    pub scope: TokenScope,
    /// How long it lasts, 1 to 366 days.
    pub days: i64,
}

impl NewToken {
    /// A token for all that the account may do, for 90 days.
    pub fn named(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            scope: TokenScope::ALL,
            days: 90,
        }
    }
}

/// Who acts with a token, and within what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenUse {
    /// The account.
    pub principal: Principal,
    /// What the token may be used for.
    pub scope: TokenScope,
}

/// A token that was good when it was read.
#[derive(Clone)]
pub(crate) struct HeldToken {
    id: Id,
    used: TokenUse,
    ends: Instant,
    told: Instant,
}

#[derive(Serialize, Deserialize)]
struct TokenBody {
    label: String,
    scope: TokenScope,
    ends: Instant,
}

#[derive(Serialize, Deserialize)]
struct SeenBody {
    at: Instant,
}

/// A token as its owner's list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenInfo {
    /// Its identity.
    pub id: Id,
    /// What its owner calls it.
    pub label: String,
    /// What it may be used for.
    pub scope: TokenScope,
    /// When it was made.
    pub created: Instant,
    /// When it ends, or has ended.
    pub ends: Instant,
    /// When it was used last, to the minute.
    pub used: Option<Instant>,
}

impl Directory {
    /// Makes a token for an account. It is told this once: only its digest is stored.
    /// Refused with `account-unknown`, `label-invalid`, `token-days` or `token-areas`.
    pub async fn create_token(
        &self,
        actor: &Actor,
        account: Id,
        new: &NewToken,
    ) -> Result<String, DirectoryError> {
        let label = new.label.trim();
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
        if !(1..=MOST_DAYS).contains(&new.days) {
            return Err(
                Problem::new(422, "token-days", "making a token that lasts for ever")
                    .with("most", MOST_DAYS)
                    .at(FieldProblem::new("days", "token-days"))
                    .into(),
            );
        }
        if new.scope.areas.as_ref().is_some_and(BTreeSet::is_empty) {
            return Err(
                Problem::new(422, "token-areas", "making a token for nothing")
                    .at(FieldProblem::new("areas", "token-areas"))
                    .into(),
            );
        }
        let owner = self.account(account).await?;
        let there = match &owner {
            Some(owner) => self.principal_today(owner).await?.is_some(),
            None => false,
        };
        if !there {
            return Err(Problem::new(404, "account-unknown", "making a token for nobody").into());
        }
        let context = self.store().context();
        let token = format!("{PREFIX}{}", row::new_token(context));
        let body = TokenBody {
            label: label.to_owned(),
            scope: new.scope.clone(),
            ends: context.now().plus_seconds(new.days * DAY),
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

    /// Who acts with a token, and within what; none if it was never made, was ended or has
    /// ended by itself, or if its account is disabled. Held in memory as sessions are.
    pub async fn token_use(&self, token: &str) -> Result<Option<TokenUse>, DirectoryError> {
        self.token_use_along(token, None).await
    }

    /// The same, reading a record along.
    pub async fn token_use_along(
        &self,
        token: &str,
        along: Option<&mut Along>,
    ) -> Result<Option<TokenUse>, DirectoryError> {
        if !token.starts_with(PREFIX) || token.len() > LONGEST_TOKEN {
            return Ok(None);
        }
        let key = row::key_of(token);
        let mark = self.session_mark(along).await?;
        let mut held = self.tokens().get(&key, mark);
        if held.is_none() {
            held = self.read_token(token).await?.map(Arc::new);
            if let Some(read) = &held {
                self.tokens().keep(&key, mark, Arc::clone(read));
            }
        }
        let now = self.store().context().now();
        let Some(held) = held.filter(|held| held.ends > now) else {
            self.tokens().forget(&key);
            return Ok(None);
        };
        let since = (now.as_micros() - held.told.as_micros()).abs();
        if since >= SEEN_EVERY * 1_000_000
            && let Some(account) = held.used.principal.account
        {
            let seen = Ephemeral {
                kind: SEEN.to_owned(),
                key: held.id.to_string(),
                owner: account,
                expires_at: held.ends.plus_seconds(MOST_DAYS * DAY),
                body: error::body("a token's use", &SeenBody { at: now })?,
            };
            self.store().keep(&seen).await?;
            let told = HeldToken {
                told: now,
                ..HeldToken::clone(&held)
            };
            self.tokens().keep(&key, mark, Arc::new(told));
        }
        let mut used = held.used.clone();
        used.principal = self.permitted(used.principal).await?;
        Ok(Some(used))
    }

    async fn read_token(&self, token: &str) -> Result<Option<HeldToken>, DirectoryError> {
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
        let body: TokenBody = error::read_body("a token", &record.body)?;
        let told = self.last_use(record.head.id).await?;
        Ok(Some(HeldToken {
            id: record.head.id,
            used: TokenUse {
                principal,
                scope: body.scope,
            },
            ends: body.ends,
            told: told.unwrap_or(Instant::from_micros(0)),
        }))
    }

    async fn last_use(&self, id: Id) -> Result<Option<Instant>, DirectoryError> {
        let seen = self.store().ephemeral(SEEN, &id.to_string()).await?;
        let Some(seen) = seen else {
            return Ok(None);
        };
        let body: SeenBody = error::read_body("a token's use", &seen.body)?;
        Ok(Some(body.at))
    }

    /// An account's tokens by label; at most 1,000.
    pub async fn tokens_of(&self, account: Id) -> Result<Vec<TokenInfo>, DirectoryError> {
        let query = ListQuery::new(TABLE, Scope::units([account])).limit(1_000);
        let page = self.store().list_records(&query).await?;
        let mut tokens = Vec::with_capacity(page.items.len());
        for record in &page.items {
            let body: TokenBody = error::read_body("a token", &record.body)?;
            tokens.push(TokenInfo {
                id: record.head.id,
                label: body.label,
                scope: body.scope,
                created: record.head.created_at,
                ends: body.ends,
                used: self.last_use(record.head.id).await?,
            });
        }
        Ok(tokens)
    }

    /// Ends one of an account's tokens; false if it has none of this identity. Refused with
    /// `account-above`.
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
        if actor.account != account
            && let Some(owner) = self.account(account).await?
        {
            let mut giver = self.giver(actor.account).await?;
            self.require_reaches(&mut giver, &owner, Taking::Away, "ending a token")
                .await?;
        }
        let remove = Remove {
            table: TABLE.to_owned(),
            id,
            version: record.head.version,
            action: "end".to_owned(),
        };
        let write = Write::by(actor.clone())
            .op(Op::Remove(remove))
            .op(Op::Drop {
                kind: SEEN.to_owned(),
                key: id.to_string(),
            })
            .op(Op::Bump(EPOCH.to_owned()));
        self.store().commit(write).await?;
        self.epochs().forget();
        Ok(true)
    }
}
