//! Roles that an administrator made or changed, and permissions held in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use store::{Actor, Expect, ListQuery, Op, RecordPut, Scope, TableSpec, Write};
use vocab::{FieldProblem, Id, Problem, collate};

use super::condition::{self, Names};
use super::role::{EVERYBODY, Reach, RoleBook, RoleSpec};
use super::{Act, Compiled, Ground, Permissions, may};
use crate::digest::named_id;
use crate::epochs::Numbers;
use crate::units::Hierarchy;
use crate::{Directory, DirectoryError, Principal, Role, Subject, error};

const TABLE: &str = "role";
/// The epoch that moves on when roles change.
pub(crate) const EPOCH: &str = "roles";
/// So many accounts' permissions are held; beyond that all are compiled again.
const MOST: usize = 20_000;
/// The most grants of one role.
const MOST_GRANTS: usize = 200;

pub(crate) fn table() -> TableSpec {
    TableSpec::new(TABLE).unique("code", store::ColumnKind::Text)
}

/// By account and day: the epochs, who asked, and the same with what was compiled.
type PerDay = HashMap<(Id, Date), (Numbers, Principal, Principal)>;

/// Compiled permissions by account and day, each with what it was compiled from.
#[derive(Default)]
pub(crate) struct Held {
    book: Mutex<Option<(i64, Arc<RoleBook>)>>,
    permissions: Mutex<PerDay>,
}

impl Directory {
    /// All roles: those that ship, and in their place those that an administrator changed.
    pub async fn roles(&self) -> Result<Arc<RoleBook>, DirectoryError> {
        let epoch = self.epochs().now(self.store()).await?.roles;
        if let Some((read_at, book)) = &*lock(&self.held().book)
            && *read_at == epoch
        {
            return Ok(book.clone());
        }
        let why = Scope::bypass("what roles grant is derived for everybody");
        let mut roles = Vec::new();
        for record in crate::units::all(self.store(), ListQuery::new(TABLE, why)).await? {
            roles.push(error::read_body("a role", &record.body)?);
        }
        let book = Arc::new(RoleBook::shipped().with(roles));
        *lock(&self.held().book) = Some((epoch, book.clone()));
        Ok(book)
    }

    /// Makes a role or changes one, for somebody who may. Refused with `role-invalid` at the
    /// field that is wrong, with `role-everybody-fixed`, and with `role-raises-itself` where
    /// it would let others than administrators change roles or accounts.
    pub async fn put_role(
        &self,
        principal: &Principal,
        actor: &Actor,
        role: &RoleSpec,
    ) -> Result<(), DirectoryError> {
        let subject = Subject {
            kind: TABLE,
            unit: Id::NIL,
            state: "",
            author: None,
        };
        if let super::Decision::Denied(reason) = may(principal, Act::Configure, &subject) {
            return Err(Problem::new(403, reason.code(), "changing a role").into());
        }
        check(role, &self.store().tables())?;
        let id = named_id(&format!("role/{}", role.code));
        let why = Scope::bypass("who may configure roles was asked above");
        let known = self.store().fetch(TABLE, &why, id).await?;
        let put = RecordPut {
            table: TABLE.to_owned(),
            id,
            expect: known.map_or(Expect::New, |known| Expect::Version(known.head.version)),
            action: "edit".to_owned(),
            unit: Id::NIL,
            state: "active".to_owned(),
            sort_key: collate::sort_key_cut(&role.name.vi, 200),
            columns: vec![role.code.as_str().into()],
            body: error::body("a role", role)?,
            schema: String::new(),
            tokens: Vec::new(),
            files: Vec::new(),
        };
        let write = Write::by(actor.clone())
            .op(Op::Put(put))
            .op(Op::Bump(EPOCH.to_owned()));
        self.store().commit(write).await?;
        self.epochs().forget();
        Ok(())
    }

    /// The same principal with what it may do today: the roles that it holds today, over
    /// today's units and what they came from. Held in memory as long as nothing changed.
    pub async fn permitted(&self, principal: Principal) -> Result<Principal, DirectoryError> {
        let today = self.store().context().now().in_vietnam().date();
        self.permitted_on(principal, today).await
    }

    /// The same on another day.
    pub async fn permitted_on(
        &self,
        principal: Principal,
        day: Date,
    ) -> Result<Principal, DirectoryError> {
        let Some(account) = principal.account.filter(|account| !account.is_nil()) else {
            return Ok(principal);
        };
        let numbers = self.epochs().now(self.store()).await?;
        if let Some((at, from, permitted)) = lock(&self.held().permissions).get(&(account, day))
            && *at == numbers
            && *from == principal
        {
            return Ok(permitted.clone());
        }
        let permitted = self.compiled(principal.clone(), day).await?;
        let mut held = lock(&self.held().permissions);
        if held.len() >= MOST {
            held.clear();
        }
        held.insert((account, day), (numbers, principal, permitted.clone()));
        Ok(permitted)
    }

    async fn compiled(&self, principal: Principal, day: Date) -> Result<Principal, DirectoryError> {
        let book = self.roles().await?;
        let tree = self.units_in(Hierarchy::Administration, day).await?;
        let line = self.units_in(Hierarchy::Sector, day).await?;
        let succession = self.succession().await?;
        let tables = self.store().tables();
        let ground = Ground {
            day,
            tree: Some(&tree),
            line: Some(&line),
            succession: Some(&succession),
            tables: &tables,
        };
        let held = principal.grants.iter().filter(|grant| grant.holds_on(day));
        let grants = held.copied().collect();
        let permissions = Permissions::compile(principal.account, &grants, &book, &ground);
        Ok(Principal {
            compiled: Compiled::of(Arc::new(permissions)),
            grants,
            ..principal
        })
    }
}

/// Refuses roles that mean nothing or that would raise whoever holds them.
pub fn check(role: &RoleSpec, tables: &[Arc<TableSpec>]) -> Result<(), DirectoryError> {
    let invalid = |field: String, what: String| {
        let problem = Problem::new(
            422,
            "role-invalid",
            format!("changing the role {}", role.code),
        );
        DirectoryError::from(
            problem
                .with("what", what)
                .at(FieldProblem::new(&field, "role-invalid")),
        )
    };
    if role.code == EVERYBODY {
        return Err(Problem::new(
            422,
            "role-everybody-fixed",
            "changing what everybody may do",
        )
        .into());
    }
    if Role::coded(&role.code).is_none() {
        let what = "a code is a lower-case word of at most 24 letters, digits and _";
        return Err(invalid("code".to_owned(), what.to_owned()));
    }
    if role.name.vi.trim().is_empty() || role.name.en.trim().is_empty() {
        return Err(invalid(
            "name".to_owned(),
            "it has a name in both languages".to_owned(),
        ));
    }
    if role.grants.len() > MOST_GRANTS {
        let what = format!("a role has at most {MOST_GRANTS} grants");
        return Err(invalid("grant".to_owned(), what));
    }
    for (place, grant) in role.grants.iter().enumerate() {
        let at = |field: &str| format!("grant.{place}.{field}");
        if grant.kinds.is_empty() || grant.verbs.is_empty() {
            let what = "a grant names kinds and verbs".to_owned();
            return Err(invalid(at("kinds"), what));
        }
        let raising = grant.verbs.contains(&Act::Configure)
            && grant
                .kinds
                .iter()
                .any(|kind| ["role", "account", "*"].contains(&kind.as_str()));
        if raising && role.code != Role::Administrator.value() {
            let what = "a role that changes roles or accounts would raise itself";
            return Err(Problem::new(422, "role-raises-itself", what).into());
        }
        if grant.reach == Reach::Own && grant.four_eyes {
            let what = "nobody decides with four eyes on what is one's own".to_owned();
            return Err(invalid(at("four_eyes"), what));
        }
        let Some(text) = &grant.condition else {
            continue;
        };
        let names = Names {
            account: Id::NIL,
            units: vec![Id::NIL],
            today: Date::MAX,
        };
        for kind in &grant.kinds {
            let spec = tables.iter().find(|spec| spec.name == *kind);
            let spec = spec.ok_or_else(|| {
                invalid(
                    at("condition"),
                    format!("no condition can be asked of the kind {kind}"),
                )
            })?;
            condition::compile(text, spec, &names)
                .map_err(|error| invalid(at("condition"), error.to_string()))?;
        }
    }
    Ok(())
}

fn lock<T>(held: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
