//! Roles that an administrator made or changed, and permissions held in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::Date;
use store::{ListQuery, Scope, TableSpec};
use vocab::{FieldProblem, Id, Problem};

use super::condition::{self, Names};
use super::edited::EditedRole;
use super::role::{EVERYBODY, Reach, RoleBook, RoleSpec};
use super::{Compiled, Ground, Permissions};
use crate::epochs::Numbers;
use crate::people::Kept;
use crate::units::Hierarchy;
use crate::{Directory, DirectoryError, Grant, Principal, Role};

pub(super) const TABLE: &str = "role";
/// The epoch that moves on when roles change.
pub(crate) const EPOCH: &str = "roles";
/// So many accounts' permissions are held; beyond that all are compiled again.
const MOST: usize = 20_000;
/// The most grants of one role.
const MOST_GRANTS: usize = 200;
/// The longest name of a role, in characters.
const LONGEST_NAME: usize = 100;

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
    /// Whose people are whose, as of an epoch of people.
    kept: Mutex<Option<(i64, Arc<Kept>)>>,
    /// Roles as they come, with what packs bring along.
    given: OnceLock<Arc<RoleBook>>,
}

impl Directory {
    /// Has roles and grants of packs count, once for as long as the program runs; before
    /// anybody's permissions are asked for.
    pub fn bring_roles(&self, brought: &[RoleSpec]) {
        let held = self.held();
        // Whoever opens a province brings them, and opens it once.
        let _ = held
            .given
            .set(Arc::new(RoleBook::shipped().bringing(brought)));
        // What was read before knew nothing of them, nor did what was compiled from it.
        *lock(&held.book) = None;
        lock(&held.permissions).clear();
    }

    /// Roles as they come: those that ship, with what packs bring along.
    pub fn given_roles(&self) -> Arc<RoleBook> {
        let given = self.held().given.get();
        given.cloned().unwrap_or_else(RoleBook::shipped)
    }

    /// All roles: those that come along, and in their place those that an administrator
    /// changed.
    pub async fn roles(&self) -> Result<Arc<RoleBook>, DirectoryError> {
        let epoch = self.epochs().now(self.store()).await?.roles;
        if let Some((read_at, book)) = &*lock(&self.held().book)
            && *read_at == epoch
        {
            return Ok(book.clone());
        }
        let why = Scope::bypass("what roles grant is derived for everybody");
        let given = self.given_roles();
        let mut roles = Vec::new();
        for record in crate::units::all(self.store(), ListQuery::new(TABLE, why)).await? {
            roles.push(EditedRole::read(&record.body)?.completed(&given));
        }
        let book = Arc::new(given.with(roles));
        *lock(&self.held().book) = Some((epoch, book.clone()));
        Ok(book)
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
        let held = principal.grants.iter().filter(|grant| grant.holds_on(day));
        let grants = held.copied().collect();
        let account = principal.account;
        let permissions = self.compile_over(account, &grants, &book, day).await?;
        Ok(Principal {
            compiled: Compiled::of(Arc::new(permissions)),
            grants,
            ..principal
        })
    }

    /// Whose people are whose: read anew when people, positions or accounts of people change.
    async fn kept_people(&self) -> Result<Arc<Kept>, DirectoryError> {
        let epoch = self.people_epoch().await?;
        if let Some((read_at, kept)) = &*lock(&self.held().kept)
            && *read_at == epoch
        {
            return Ok(kept.clone());
        }
        let kept = Arc::new(Kept::of(&self.all_people().await?, &self.roster().await?));
        *lock(&self.held().kept) = Some((epoch, kept.clone()));
        Ok(kept)
    }

    /// What these grants give by these roles, over the units of a day.
    pub(crate) async fn compile_over(
        &self,
        account: Option<Id>,
        grants: &Arc<[Grant]>,
        book: &Arc<RoleBook>,
        day: Date,
    ) -> Result<Permissions, DirectoryError> {
        let tree = self.units_in(Hierarchy::Administration, day).await?;
        let line = self.units_in(Hierarchy::Sector, day).await?;
        let succession = self.succession().await?;
        let tables = self.store().tables();
        let mut roles = grants.iter().filter_map(|held| book.get(held.role));
        let kept = if roles.any(|role| role.reaches_people()) {
            Some(self.kept_people().await?)
        } else {
            None
        };
        let ground = Ground {
            day,
            tree: Some(&tree),
            line: Some(&line),
            succession: Some(&succession),
            tables: &tables,
            kept: kept.as_deref(),
            link: None,
        };
        Ok(Permissions::compile(account, grants, book, &ground))
    }
}

/// Refuses roles that mean nothing, or that would leave nobody who may change roles. Whether
/// somebody may give what it grants is another question ([`Directory::change_role`]).
pub fn check(role: &RoleSpec, tables: &[Arc<TableSpec>]) -> Result<(), DirectoryError> {
    if role.code == EVERYBODY {
        let doing = "changing what everybody may do";
        return Err(Problem::new(422, "role-everybody-fixed", doing).into());
    }
    if Role::coded(&role.code).is_none() {
        return Err(invalid(role, FieldProblem::new("code", "role-code")));
    }
    for (field, name) in [("name.vi", &role.name.vi), ("name.en", &role.name.en)] {
        if name.trim().is_empty() || name.chars().count() > LONGEST_NAME {
            let limit = LONGEST_NAME.to_string();
            let problem = FieldProblem::new(field, "role-name").with("limit", limit);
            return Err(invalid(role, problem));
        }
    }
    if let (Some(first), Some(last)) = (role.valid_from, role.valid_to)
        && last < first
    {
        return Err(invalid(role, FieldProblem::new("valid_to", "role-dates")));
    }
    if role.grants.len() > MOST_GRANTS {
        let limit = MOST_GRANTS.to_string();
        let problem = FieldProblem::new("grant", "role-too-many").with("limit", limit);
        return Err(invalid(role, problem));
    }
    for place in 0..role.grants.len() {
        check_grant(role, place, tables)?;
    }
    let always = role.valid_from.is_none() && role.valid_to.is_none();
    if role.code == Role::Administrator.value() && !(always && role.holds_keys()) {
        let doing = "taking the administration of roles and accounts away from administrators";
        let problem = Problem::new(422, "role-locks-out", doing);
        return Err(problem
            .at(FieldProblem::new("grant", "role-locks-out"))
            .into());
    }
    Ok(())
}

fn invalid(role: &RoleSpec, at: FieldProblem) -> DirectoryError {
    let doing = format!("changing the role {}", role.code);
    Problem::new(422, "role-invalid", doing).at(at).into()
}

fn check_grant(
    role: &RoleSpec,
    place: usize,
    tables: &[Arc<TableSpec>],
) -> Result<(), DirectoryError> {
    let grant = &role.grants[place];
    let at = |field: &str, code: &str| FieldProblem::new(format!("grant.{place}.{field}"), code);
    if grant.kinds.is_empty() || grant.verbs.is_empty() {
        let field = if grant.kinds.is_empty() {
            "kinds"
        } else {
            "verbs"
        };
        return Err(invalid(role, at(field, "role-grant-empty")));
    }
    // Roles belong to no unit: what is granted within one would never be reached.
    let mut kinds = grant.kinds.iter().map(String::as_str);
    if grant.reach.is_within_units() && kinds.any(|kind| kind == TABLE) {
        return Err(invalid(role, at("reach", "role-reach-unit")));
    }
    if grant.reach == Reach::Own && grant.four_eyes {
        return Err(invalid(role, at("four_eyes", "role-own-four-eyes")));
    }
    let Some(text) = &grant.condition else {
        return Ok(());
    };
    let names = Names {
        account: Id::NIL,
        units: vec![Id::NIL],
        today: Date::MAX,
        link: None,
    };
    for kind in &grant.kinds {
        let spec = tables.iter().find(|spec| spec.name == *kind);
        let spec = spec.ok_or_else(|| {
            let problem = at("condition", "condition-kind").with("kind", kind);
            invalid(role, problem)
        })?;
        condition::compile(text, spec, &names).map_err(|error| {
            let place = text
                .get(..error.at)
                .map_or(0, |before| before.chars().count());
            let problem = at("condition", error.code)
                .with("place", (place + 1).to_string())
                .with("name", &error.name)
                .with("kind", kind);
            invalid(role, problem)
        })?;
    }
    Ok(())
}

fn lock<T>(held: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
