//! Nobody gives more than they have themselves: not through accounts, invitations, positions
//! or delegations, not by changing a role, and not by taking over somebody's account.
//!
//! What is given is compiled for its giver as if they held it and compared with what they may
//! do ([`Permissions::exceed`]), on the day itself and on the last day for which it is given.
//! Who may set up roles and accounts of every unit can give themselves whatever there is: to
//! them nothing is refused. A role may let its holders give others what they do not hold
//! ([`Act::Give`]), within some units, and themselves nothing. Conditions that name
//! `actor.units` are compared as they compile, so that in doubt something is refused that might
//! have been given.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::{Date, date};
use store::{Units, Write};
use vocab::{FieldProblem, Id, Problem};

use super::role::{EVERYBODY, Reach, RoleBook, RoleGrant, RoleSpec};
use super::{Act, Clause, Permissions};
use crate::{Account, Directory, DirectoryError, Grant, Role, sessions};

/// A day after all that is planned: what is held then has no end.
pub(crate) const FOREVER: Date = date(9_000, 1, 1);

/// Kinds whose set-up decides who may do what.
pub(super) const KEYS: [&str; 3] = ["role", "account", "person"];

/// How grants name a role that may be given: by its code.
pub(crate) const GIVEN: &str = "role:";
/// How they name every role that stays within the unit in which it is held.
pub(crate) const GIVEN_WITHIN: &str = "role:*";

/// Whoever gives, and what is known of them.
pub(crate) struct Giver {
    /// None for the program itself, which gives what it is told to.
    account: Option<Id>,
    today: Date,
    /// The roles that they hold today.
    roles: BTreeSet<Role>,
    /// All roles as they are on the days on which they grant anything.
    book: Arc<RoleBook>,
    own: HashMap<Date, Option<Arc<Permissions>>>,
    /// What it was found from; empty where nothing is compared.
    epochs: Vec<(String, i64)>,
}

/// What a change does with what somebody else holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taking {
    /// It takes it away: whoever keeps the people of a unit does so with all that is held there
    /// but the setting up of rights.
    Away,
    /// It could be used to act by it.
    Over,
    /// It has whoever changes it act by it.
    Oneself,
}

/// Whether something may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Giving {
    /// All of it is held as well.
    Held,
    /// It is held, but not for as long.
    Longer,
    /// Some of it is not held.
    More,
}

impl Giving {
    /// The code of its refusal.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Longer => "gives-longer-than-held",
            Self::Held | Self::More => "gives-more-than-held",
        }
    }
}

impl Giver {
    /// Has a write fail if accounts, people or roles were changed since the giver was looked
    /// at.
    pub(crate) fn hold(&self, write: &mut Write) {
        for epoch in &self.epochs {
            if !write.epochs.contains(epoch) {
                write.epochs.push(epoch.clone());
            }
        }
    }

    /// Whether it is this account.
    pub(crate) fn is(&self, account: Option<Id>) -> bool {
        self.account.is_some() && self.account == account
    }

    /// Whether nothing needs to be compared.
    pub(crate) fn is_program(&self) -> bool {
        self.account.is_none()
    }

    fn today(&self) -> Option<&Arc<Permissions>> {
        self.own.get(&self.today).and_then(Option::as_ref)
    }

    /// Whether they keep the people of every unit, or are the program itself.
    pub(crate) fn keeps_all(&self) -> bool {
        self.is_program() || self.today().is_some_and(|own| own.keep_all())
    }

    /// Whether they keep the people of a unit.
    pub(crate) fn keeps_unit(&self, unit: Id) -> bool {
        self.is_program() || self.today().is_some_and(|own| own.keep_unit(unit))
    }

    /// Whether they keep the people of a unit because it is theirs, or under it.
    fn keeps_near(&self, unit: Id) -> bool {
        self.today().is_some_and(|own| {
            let mut near = own
                .keepers()
                .filter(|clause| clause.grant().reach.is_within_units());
            near.any(|clause| clause.ground.contains(unit))
        })
    }

    /// Whether they keep the people of all units that a person's things belong to.
    pub(crate) fn keeps(&self, owner: Id) -> bool {
        self.is_program() || self.today().is_some_and(|own| own.keep(owner))
    }

    /// Whether they set up an account.
    fn sets_up(&self, account: Id) -> bool {
        let own = self.today();
        own.is_some_and(|own| {
            let mut clauses = own.clauses(Act::Configure, "account");
            clauses.any(|clause| clause.units.contains(account))
        })
    }

    /// Whether they may give others a role in a unit without holding what it grants.
    pub(crate) fn hands(&self, grant: &Grant) -> bool {
        let role = self.book.get(grant.role);
        let own = self.today().zip(role);
        own.is_some_and(|(own, role)| own.hand(role, grant.unit))
    }

    /// Whether it does not matter to them that somebody else holds this.
    pub(crate) fn passes_over(&self, grant: &Grant, taking: Taking) -> bool {
        let harmless = || {
            let role = self.book.get(grant.role);
            self.keeps_near(grant.unit) && role.is_none_or(|role| !role.sets_up_rights())
        };
        match taking {
            Taking::Away => self.hands(grant) || harmless(),
            Taking::Over => self.hands(grant),
            Taking::Oneself => false,
        }
    }

    fn holds_keys(&self, day: Date) -> bool {
        let own = self.own.get(&day).and_then(Option::as_ref);
        own.is_some_and(|own| own.hold_keys())
    }

    fn exceeded_by(&self, given: &Permissions, day: Date) -> bool {
        let own = self.own.get(&day).and_then(Option::as_ref);
        own.is_none_or(|own| !own.hold_keys() && given.exceed(own))
    }
}

impl Permissions {
    /// Whether these set up roles and accounts of every unit.
    fn hold_keys(&self) -> bool {
        ["role", "account"].iter().all(|kind| {
            self.clauses(Act::Configure, kind).any(|clause| {
                let free = clause.condition.is_none() && clause.grant().states.is_empty();
                free && matches!(clause.units, Units::All)
            })
        })
    }

    fn keepers(&self) -> impl Iterator<Item = &Clause> {
        let free =
            |clause: &&Clause| clause.condition.is_none() && clause.grant().states.is_empty();
        self.clauses(Act::Configure, "person").filter(free)
    }

    /// Whether these keep the people of every unit.
    pub fn keep_all(&self) -> bool {
        self.keepers().any(|clause| clause.ground == Units::All)
    }

    /// Whether these keep the people of a unit: enter them, and give and end positions there.
    pub fn keep_unit(&self, unit: Id) -> bool {
        let within = |clause: &Clause| clause.grant().reach != Reach::Own;
        self.keepers()
            .any(|clause| within(clause) && clause.ground.contains(unit))
    }

    fn keep(&self, owner: Id) -> bool {
        self.keepers().any(|clause| clause.units.contains(owner))
    }

    /// Whether these let somebody give others a role in a unit.
    fn hand(&self, role: &RoleSpec, unit: Id) -> bool {
        let named = format!("{GIVEN}{}", role.code);
        let near = role
            .stays_within()
            .then(|| self.clauses(Act::Give, GIVEN_WITHIN));
        let clauses = self
            .clauses(Act::Give, &named)
            .chain(near.into_iter().flatten());
        let free = |clause: &Clause| clause.condition.is_none();
        clauses
            .into_iter()
            .any(|clause| free(clause) && clause.ground.contains(unit))
    }

    fn set_up_rights(&self) -> bool {
        let mut kinds = KEYS.iter();
        kinds.any(|kind| self.clauses(Act::Configure, kind).next().is_some())
    }
}

impl Directory {
    /// Whoever acts, as somebody who gives.
    pub(crate) async fn giver(&self, account: Id) -> Result<Giver, DirectoryError> {
        // What is held by a giver is found from this or from what came after it: were it read
        // afterwards, the write would not notice what another process took away meanwhile.
        let numbers = self.epochs().read(self.store(), None).await?;
        let (today, book) = (self.today(), self.roles().await?);
        let mut giver = Giver {
            account: None,
            today,
            roles: BTreeSet::new(),
            book: Arc::new(book.with(book.iter().map(|role| RoleSpec {
                valid_from: None,
                valid_to: None,
                ..(**role).clone()
            }))),
            own: HashMap::new(),
            epochs: Vec::new(),
        };
        if account.is_nil() {
            return Ok(giver);
        }
        giver.account = Some(account);
        if let Some(known) = self.account(account).await?
            && let Some(principal) = self.principal_on(&known, today).await?
        {
            let held = principal.grants.iter().filter(|held| held.holds_on(today));
            giver.roles = held.map(|held| held.role).collect();
        }
        self.own_on(&mut giver, today).await?;
        if !giver.holds_keys(today) {
            giver.epochs = vec![
                (sessions::EPOCH.to_owned(), numbers.sessions),
                (super::EPOCH.to_owned(), numbers.roles),
            ];
        }
        Ok(giver)
    }

    /// Finds what a giver may do on a day.
    async fn own_on(&self, giver: &mut Giver, day: Date) -> Result<(), DirectoryError> {
        let Some(account) = giver.account.filter(|_| !giver.own.contains_key(&day)) else {
            return Ok(());
        };
        let known = self.account(account).await?;
        let principal = match &known {
            Some(known) => self.principal_on(known, day).await?,
            None => None,
        };
        let own = match principal {
            Some(principal) => Some(self.permitted_on(principal, day).await?.permissions()),
            None => None,
        };
        giver.own.insert(day, own);
        Ok(())
    }

    /// Whether somebody may give these to an account; to none yet, if there is none.
    pub(crate) async fn may_give(
        &self,
        giver: &mut Giver,
        gifts: &[Grant],
        to: Option<Id>,
    ) -> Result<Giving, DirectoryError> {
        let Some(account) = giver.account else {
            return Ok(Giving::Held);
        };
        let mut found = Giving::Held;
        for grant in gifts {
            let last = grant.valid_to.unwrap_or(FOREVER);
            // What has ended gives nothing.
            if last < giver.today || !giver.is(to) && giver.hands(grant) {
                continue;
            }
            for day in [giver.today, last] {
                self.own_on(giver, day).await?;
                if giver.holds_keys(day) {
                    continue;
                }
                let held = [Grant::new(grant.role, grant.unit)].into();
                let theirs = self.compile_over(Some(account), &held, &giver.book, day);
                if giver.exceeded_by(&theirs.await?, day) {
                    if day == giver.today {
                        return Ok(Giving::More);
                    }
                    found = Giving::Longer;
                }
            }
        }
        Ok(found)
    }

    /// Refuses what somebody may not give: `gives-more-than-held`, `gives-longer-than-held`.
    pub(crate) async fn require_gives(
        &self,
        giver: &mut Giver,
        gifts: &[Grant],
        to: Option<Id>,
        field: &str,
        doing: &str,
    ) -> Result<(), DirectoryError> {
        match self.may_give(giver, gifts, to).await? {
            Giving::Held => Ok(()),
            giving => {
                let problem = Problem::new(403, giving.code(), doing);
                Err(problem.at(FieldProblem::new(field, giving.code())).into())
            }
        }
    }

    /// Whether all that an account or a person holds, on any day from today, is held by
    /// somebody who would change it. Whoever takes over an account that sets up rights must
    /// hold that without end as well.
    pub(crate) async fn is_above(
        &self,
        giver: &mut Giver,
        held: &[Grant],
        taking: Taking,
    ) -> Result<bool, DirectoryError> {
        let matters = |grant: &&Grant| !giver.passes_over(grant, taking);
        let held: Vec<&Grant> = held.iter().filter(matters).collect();
        let Some(account) = giver.account.filter(|_| !held.is_empty()) else {
            return Ok(false);
        };
        let held: Arc<[Grant]> = held
            .into_iter()
            .map(|grant| Grant::new(grant.role, grant.unit))
            .collect();
        let compile = |day| self.compile_over(Some(account), &held, &giver.book, day);
        let (today, theirs) = (giver.today, compile(giver.today).await?);
        if giver.exceeded_by(&theirs, today) {
            return Ok(true);
        }
        if taking == Taking::Away || !theirs.set_up_rights() {
            return Ok(false);
        }
        let theirs = compile(FOREVER).await?;
        self.own_on(giver, FOREVER).await?;
        Ok(giver.exceeded_by(&theirs, FOREVER))
    }

    /// Refuses a change of an account that whoever changes it does not set up
    /// (`account-unknown`), or that holds what they do not hold (`account-above`). One's own is
    /// never above oneself.
    pub(crate) async fn require_reaches(
        &self,
        giver: &mut Giver,
        account: &Account,
        taking: Taking,
        doing: &str,
    ) -> Result<(), DirectoryError> {
        if giver.is_program() || giver.is(Some(account.id)) {
            return Ok(());
        }
        if !giver.sets_up(account.id) {
            return Err(Problem::new(404, "account-unknown", doing).into());
        }
        let held = self
            .ever_held(account, &|grant| giver.passes_over(grant, taking))
            .await?;
        if self.is_above(giver, &held, taking).await? {
            return Err(Problem::new(403, "account-above", doing).into());
        }
        Ok(())
    }

    /// Refuses a change of a role by somebody who does not hold what it grants, or would not
    /// hold what it shall grant: `role-above`, and at a grant `role-raises-itself` or
    /// `role-gives-more`. A role can be held in any unit: so must be what it grants.
    pub(crate) async fn require_role(
        &self,
        giver: &mut Giver,
        before: Option<&RoleSpec>,
        after: Option<&RoleSpec>,
        doing: &str,
    ) -> Result<(), DirectoryError> {
        if giver.is_program() {
            return Ok(());
        }
        let today = giver.today;
        if let Some(before) = before {
            for grant in &before.grants {
                let theirs = self.anywhere(giver, before, grant, today).await?;
                if giver.exceeded_by(&theirs, today) {
                    return Err(Problem::new(403, "role-above", doing).into());
                }
            }
        }
        let Some(after) = after else {
            return Ok(());
        };
        let last = after.valid_to.unwrap_or(FOREVER);
        for day in [today, last].into_iter().filter(|day| today <= *day) {
            self.own_on(giver, day).await?;
            for (place, grant) in after.grants.iter().enumerate() {
                let theirs = self.anywhere(giver, after, grant, day).await?;
                if giver.exceeded_by(&theirs, day) {
                    let own = Role::coded(&after.code);
                    let own = own.is_some_and(|role| giver.roles.contains(&role));
                    let code = if own {
                        "role-raises-itself"
                    } else {
                        "role-gives-more"
                    };
                    let field = FieldProblem::new(format!("grant.{place}.verbs"), code);
                    return Err(Problem::new(403, code, doing).at(field).into());
                }
            }
        }
        Ok(())
    }

    /// What one grant of a role gives, wherever the role is held.
    async fn anywhere(
        &self,
        giver: &Giver,
        role: &RoleSpec,
        grant: &RoleGrant,
        day: Date,
    ) -> Result<Permissions, DirectoryError> {
        let grant = RoleGrant {
            reach: match grant.reach {
                Reach::Own => Reach::Own,
                Reach::Unit | Reach::Subtree | Reach::Line | Reach::All => Reach::All,
            },
            ..grant.clone()
        };
        let spec = RoleSpec {
            grants: vec![grant],
            valid_from: None,
            valid_to: None,
            ..role.clone()
        };
        let held: Arc<[Grant]> = Role::coded(&spec.code)
            .filter(|_| spec.code != EVERYBODY)
            .map(|role| Grant::new(role, Id::NIL))
            .into_iter()
            .collect();
        let book = Arc::new(RoleBook::default().with([spec]));
        self.compile_over(giver.account, &held, &book, day).await
    }
}
