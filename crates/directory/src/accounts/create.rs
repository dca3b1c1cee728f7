//! Making accounts and finding them.

use store::{Actor, Cursor, ListQuery, Op, Page, Scope, StoreError, Write};
use vocab::{FieldProblem, Id, Problem};

use super::record::{Stored, credential};
use super::{Account, NewAccount, login_key, rules};
use crate::permission::reach;
use crate::{Act, Directory, DirectoryError, Person, Principal, people, sessions};

/// What goes along with an account that is not simply made.
#[derive(Default)]
pub(super) struct Along {
    /// The digest of a set-up code: it makes one account.
    pub(super) founder: Option<String>,
    /// The mail address.
    pub(super) email: String,
    /// The person who signs in with it.
    pub(super) person: Option<Person>,
    /// What ends with it.
    pub(super) ops: Vec<Op>,
}

impl Directory {
    /// Makes an account. Refused with `login-invalid`, `login-taken`, `name-invalid`,
    /// `password-short`, `password-long` or `password-common`, or as [`Self::change_account`]
    /// refuses to give.
    pub async fn create_account(
        &self,
        actor: &Actor,
        new: NewAccount,
    ) -> Result<Account, DirectoryError> {
        self.add_account(actor, new, Along::default()).await
    }

    /// Makes an account in one write with what goes along.
    pub(super) async fn add_account(
        &self,
        actor: &Actor,
        new: NewAccount,
        along: Along,
    ) -> Result<Account, DirectoryError> {
        let login = rules::login(&new.login)?;
        let name = rules::name(&new.name)?;
        rules::password(&new.password, &[&login, &name])?;
        if self.account_by_login(&login).await?.is_some() {
            return Err(login_taken(&login));
        }
        let mut giver = self.giver(actor.account).await?;
        self.require_gives(&mut giver, &new.grants, None, "unit", "making an account")
            .await?;
        let hash = self.hasher().hash(&new.password).await?;
        let context = self.store().context();
        let mut grants = new.grants;
        grants.sort_unstable();
        grants.dedup();
        let mut stored = Stored {
            account: Account {
                id: context.new_id(),
                version: 0,
                login,
                name,
                grants,
                demo: new.demo,
                email: along.email,
                disabled: false,
            },
            founder: along.founder,
        };
        let credential = credential(context.new_id(), stored.account.id, &hash)?;
        let mut write = Write::by(actor.clone())
            .op(Op::Put(stored.put("create")?))
            .op(Op::Put(credential));
        write.ops.extend(along.ops);
        if let Some(mut person) = along.person {
            person.draft.account = Some(stored.account.id);
            let key = self.citizen_key_of(actor, &person.draft).await?;
            write.ops.push(Op::Put(person.put("account", key)?));
            write.ops.push(Op::Bump(people::EPOCH.to_owned()));
            write.ops.push(Op::Bump(sessions::EPOCH.to_owned()));
        }
        giver.hold(&mut write);
        match self.store().commit(write).await {
            Ok(_) => {}
            Err(StoreError::Duplicate { constraint }) if constraint.contains("login") => {
                return Err(login_taken(&stored.account.login));
            }
            Err(StoreError::Duplicate { constraint }) if constraint.contains("founder") => {
                return Err(super::set_up::already_set_up());
            }
            Err(error) => return Err(error.into()),
        }
        self.epochs().forget();
        stored.account.version = 1;
        Ok(stored.account)
    }

    /// An account, if there is one.
    pub async fn account(&self, id: Id) -> Result<Option<Account>, DirectoryError> {
        Ok(self.stored_account(id).await?.map(|stored| stored.account))
    }

    /// The account with this login, however its capitals are typed.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>, DirectoryError> {
        let login = login_key(login);
        if login.contains('\0') {
            return Ok(None);
        }
        let record = self
            .store()
            .fetch_by(
                "account",
                &Scope::bypass("the directory finds accounts for itself"),
                "login",
                login,
            )
            .await?;
        record
            .map(|record| Stored::read(&record).map(|stored| stored.account))
            .transpose()
    }

    /// A page of the accounts that a scope reaches, by name; at most 1,000 in one.
    pub async fn accounts(
        &self,
        scope: Scope,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page<Account>, DirectoryError> {
        let query = ListQuery::new("account", scope).after(after).limit(limit);
        let page = self.store().list_records(&query).await?;
        let read = |record| Stored::read(record).map(|stored| stored.account);
        Ok(Page {
            items: page.items.iter().map(read).collect::<Result<_, _>>()?,
            next: page.next,
        })
    }

    /// An account to which somebody may do this.
    pub async fn account_for(
        &self,
        principal: &Principal,
        act: Act,
        id: Id,
    ) -> Result<Option<Account>, DirectoryError> {
        let reached = reach(principal, act, "account");
        let record = self.store().fetch("account", &reached, id).await?;
        let stored = record.as_ref().map(Stored::read).transpose()?;
        Ok(stored.map(|stored| stored.account))
    }

    pub(crate) async fn stored_account(&self, id: Id) -> Result<Option<Stored>, DirectoryError> {
        let record = self
            .store()
            .fetch(
                "account",
                &Scope::bypass("the directory finds accounts for itself"),
                id,
            )
            .await?;
        record.as_ref().map(Stored::read).transpose()
    }

    /// Whether anybody can sign in who may set everything up.
    pub async fn has_administrator(&self) -> Result<bool, DirectoryError> {
        let query = ListQuery::new(
            "account",
            Scope::bypass("the directory finds accounts for itself"),
        )
        .filter("administrator", 1)
        .filter("state", super::record::ACTIVE)
        .limit(1);
        if !self.store().list(&query).await?.items.is_empty() {
            return Ok(true);
        }
        // By another role, or by a position.
        let (book, today) = (self.roles().await?, self.today());
        self.another_administrator(None, &book, today).await
    }
}

fn login_taken(login: &str) -> DirectoryError {
    Problem::new(
        409,
        "login-taken",
        "making an account with a login that is taken",
    )
    .with("login", login)
    .at(FieldProblem::new("login", "login-taken"))
    .into()
}
