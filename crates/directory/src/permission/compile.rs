//! What an account may do on a day, compiled from what it holds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::Date;
use store::{Column, Comparison, Head, Part, Predicate, Scope, TableSpec, Units};
use vocab::Id;

use super::condition::{self, Names};
use super::role::{Reach, RoleBook, RoleGrant, RoleSpec};
use super::{Act, LinkReach, Reason, Subject};
use crate::people::Kept;
use crate::units::Succession;
use crate::{Grant, UnitTree};

/// Kinds of things that belong to people, not to units: what is granted on them within units
/// reaches those of the people whom the units keep.
pub(super) const OF_PEOPLE: [&str; 2] = ["person", "account"];

/// What permissions are compiled over.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The day.
    pub day: Date,
    /// The administration's units of that day.
    pub tree: Option<&'a UnitTree>,
    /// The sector line's units of that day.
    pub line: Option<&'a UnitTree>,
    /// What units came from.
    pub succession: Option<&'a Succession>,
    /// The tables that conditions speak of.
    pub tables: &'a [Arc<TableSpec>],
    /// Whose people are whose; without it nobody's.
    pub(crate) kept: Option<&'a Kept>,
    /// What the link was made for, of whoever comes by one.
    pub(crate) link: Option<&'a LinkReach>,
}

impl Ground<'_> {
    /// No units: each grant reaches its own unit or all.
    pub const BARE: Ground<'static> = Ground {
        day: Date::MAX,
        tree: None,
        line: None,
        succession: None,
        tables: &[],
        kept: None,
        link: None,
    };

    fn units(&self, account: Option<Id>, grant: Option<&Grant>, reach: Reach) -> Units {
        let held = grant.map(|grant| grant.unit);
        let under = |tree: Option<&UnitTree>| match (tree, held) {
            (Some(tree), Some(unit)) => tree.descendants(unit),
            _ => Vec::new(),
        };
        let mut units: BTreeSet<Id> = match reach {
            Reach::All => return Units::All,
            Reach::Own => return Units::these(account),
            Reach::Unit => BTreeSet::new(),
            Reach::Subtree => under(self.tree).into_iter().collect(),
            Reach::Line => under(self.line).into_iter().collect(),
        };
        units.extend(held);
        if let Some(succession) = self.succession {
            succession.add_inherited(&mut units, self.day);
        }
        Units::these(units)
    }

    /// What belongs to the people of these units: an act other than reading asks that they keep
    /// them.
    fn people(&self, units: &Units, act: Act) -> Units {
        match self.kept {
            None => Units::these([]),
            Some(kept) if act == Act::Read => kept.seen_in(units, self.day),
            Some(kept) => kept.kept_in(units, self.day),
        }
    }
}

/// One thing that an account may do: a grant of a role that it holds.
#[derive(Clone, Debug)]
pub struct Clause {
    /// The role.
    pub role: Arc<RoleSpec>,
    /// Where and since when it is held; none for what everybody may do.
    pub held: Option<Grant>,
    /// Which of the role's grants this is.
    pub place: usize,
    /// Whose things it reaches: of kinds that belong to people, the people of its units.
    pub(super) units: Units,
    /// The units that it reaches.
    pub(super) ground: Units,
    pub(super) condition: Option<Arc<Predicate>>,
}

impl Clause {
    /// The grant of the role.
    pub fn grant(&self) -> &RoleGrant {
        &self.role.grants[self.place]
    }

    fn part(&self) -> Part {
        Part {
            units: self.units.clone(),
            condition: self.condition.clone(),
        }
    }

    fn reaches(&self, subject: &Subject<'_>, head: Option<&Head>) -> bool {
        self.in_units(subject) && self.meets(head)
    }

    /// Whether it reaches the unit whose the thing is.
    pub(crate) fn in_units(&self, subject: &Subject<'_>) -> bool {
        self.units.contains(subject.unit)
    }

    /// Whether the thing meets its condition, if it has one.
    pub(crate) fn meets(&self, head: Option<&Head>) -> bool {
        self.condition
            .as_ref()
            .is_none_or(|condition| head.and_then(|head| condition.holds(head)) == Some(true))
    }
}

/// What an account may do.
#[derive(Debug)]
pub struct Permissions {
    account: Option<Id>,
    grants: Arc<[Grant]>,
    book: Arc<RoleBook>,
    pub(super) kinds: BTreeMap<String, [Vec<Clause>; Act::ALL.len()]>,
    /// What [`Permissions::reach`] has answered: each request that reads a record asks it.
    reached: Mutex<Vec<(Act, String, Scope)>>,
}

/// So many answers are held, more than there are kinds that are read one by one.
const MOST_REACHED: usize = 64;

impl Permissions {
    /// Compiles what these grants give on a day.
    pub fn compile(
        account: Option<Id>,
        grants: &Arc<[Grant]>,
        book: &Arc<RoleBook>,
        ground: &Ground<'_>,
    ) -> Self {
        let mut compiled = Self {
            account,
            grants: grants.clone(),
            book: book.clone(),
            kinds: BTreeMap::new(),
            reached: Mutex::default(),
        };
        if let Some(everybody) = book.everybody() {
            compiled.add(everybody, None, ground);
        }
        // Nobody holds a grant without an account.
        for held in grants.iter().filter(|_| account.is_some()) {
            if let Some(role) = book.get(held.role).filter(|role| role.holds_on(ground.day)) {
                compiled.add(role, Some(*held), ground);
            }
        }
        compiled
    }

    /// Adds what a role grants where it is held.
    pub(super) fn add(&mut self, role: &Arc<RoleSpec>, held: Option<Grant>, ground: &Ground<'_>) {
        let mut reached: BTreeMap<Reach, Units> = BTreeMap::new();
        for (place, grant) in role.grants.iter().enumerate() {
            let units = reached
                .entry(grant.reach)
                .or_insert_with(|| ground.units(self.account, held.as_ref(), grant.reach))
                .clone();
            for kind in &grant.kinds {
                let condition = match &grant.condition {
                    None => None,
                    // What cannot be asked of this kind is granted to nobody.
                    Some(text) => match self.condition(text, kind, ground) {
                        Some(condition) => Some(Arc::new(condition)),
                        None => continue,
                    },
                };
                let of_people = grant.reach.is_within_units() && OF_PEOPLE.contains(&&**kind);
                let acts = self.kinds.entry(kind.clone()).or_default();
                for verb in &grant.verbs {
                    acts[*verb as usize].push(Clause {
                        role: role.clone(),
                        held,
                        place,
                        units: if of_people {
                            ground.people(&units, *verb)
                        } else {
                            units.clone()
                        },
                        ground: units.clone(),
                        condition: condition.clone(),
                    });
                }
            }
        }
    }

    fn condition(&self, text: &str, kind: &str, ground: &Ground<'_>) -> Option<Predicate> {
        let spec = ground.tables.iter().find(|spec| spec.name == kind)?;
        let units = self.grants.iter().map(|grant| grant.unit);
        let names = Names {
            account: self.account.unwrap_or(Id::NIL),
            units: units.collect(),
            today: ground.day,
            link: ground.link.cloned(),
        };
        condition::compile(text, spec, &names).ok()
    }

    /// Whether these were compiled for this account and these grants.
    pub(crate) fn are_of(&self, account: Option<Id>, grants: &Arc<[Grant]>) -> bool {
        self.account == account && Arc::ptr_eq(&self.grants, grants)
    }

    /// What allows an act on things of a kind.
    pub fn clauses<'a>(&'a self, act: Act, kind: &'a str) -> impl Iterator<Item = &'a Clause> {
        let of = |kind: &str| {
            self.kinds
                .get(kind)
                .map_or(&[][..], |acts| &acts[act as usize])
        };
        of(kind).iter().chain(of("*"))
    }

    /// Whether some of that depends on more of a thing than its unit and state.
    pub fn asks_heads(&self, act: Act, kind: &str) -> bool {
        self.clauses(act, kind)
            .any(|clause| clause.condition.is_some())
    }

    /// The clauses that allow this, four eyes aside.
    pub fn allowing<'a>(
        &'a self,
        act: Act,
        subject: &'a Subject<'_>,
        head: Option<&'a Head>,
    ) -> impl Iterator<Item = &'a Clause> {
        self.clauses(act, subject.kind).filter(move |clause| {
            clause.grant().in_state(subject.state) && clause.reaches(subject, head)
        })
    }

    /// The clauses by which this is allowed: those with four eyes not on one's own submission.
    pub fn deciding<'a>(
        &'a self,
        act: Act,
        subject: &'a Subject<'_>,
        head: Option<&'a Head>,
    ) -> impl Iterator<Item = &'a Clause> {
        let own = self.is_own(subject);
        self.allowing(act, subject, head)
            .filter(move |clause| !(own && clause.grant().four_eyes))
    }

    fn is_own(&self, subject: &Subject<'_>) -> bool {
        self.account.is_some() && subject.author == self.account
    }

    /// Why this is refused, if it is.
    pub(crate) fn refusal(
        &self,
        act: Act,
        subject: &Subject<'_>,
        head: Option<&Head>,
    ) -> Option<Reason> {
        let own = self.is_own(subject);
        let mut own_submission = false;
        for clause in self.allowing(act, subject, head) {
            if !(own && clause.grant().four_eyes) {
                return None;
            }
            own_submission = true;
        }
        Some(match self.account {
            None => Reason::SignInRequired,
            Some(_) if own_submission => Reason::OwnSubmission,
            Some(_) => self.why_not(act, subject),
        })
    }

    fn why_not(&self, act: Act, subject: &Subject<'_>) -> Reason {
        let bound = |clause: &Clause| {
            let grant = clause.grant();
            grant.in_state(subject.state) && !matches!(grant.reach, Reach::Own | Reach::All)
        };
        if self.clauses(act, subject.kind).any(bound) {
            return Reason::OtherUnit;
        }
        let mut grants = self
            .book
            .iter()
            .flat_map(|role| role.grants_of(act, subject.kind));
        let mut possible = false;
        if grants.any(|grant| {
            possible = true;
            grant.in_state(subject.state)
        }) {
            return Reason::RoleMissing;
        }
        if possible {
            Reason::WrongState
        } else {
            Reason::NotPossible
        }
    }

    /// The things in this state that an act is allowed on.
    pub(crate) fn scope(&self, act: Act, kind: &str, state: &str) -> Scope {
        let clauses = self.clauses(act, kind);
        Scope::of(
            clauses
                .filter(|clause| clause.grant().in_state(state))
                .map(Clause::part),
        )
    }

    /// The things that an act is allowed on, each in the state in which it stands.
    pub(crate) fn reach(&self, act: Act, kind: &str) -> Scope {
        let reached = || self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        let known = reached().iter().find_map(|(known_act, known_kind, scope)| {
            (*known_act == act && known_kind == kind).then(|| scope.clone())
        });
        known.unwrap_or_else(|| {
            let scope = self.reach_where(act, kind, |_| true);
            let mut held = reached();
            if held.len() < MOST_REACHED {
                held.push((act, kind.to_owned(), scope.clone()));
            }
            scope
        })
    }

    /// The units in which an act on things of a kind is allowed by roles that do not ship,
    /// wherever those things stand: what waits there waits for their holders too. Grants with a
    /// condition are none of them, because a task does not say whether it holds.
    pub(crate) fn units_by_other_roles(&self, act: Act, kind: &str) -> Scope {
        let others = self.clauses(act, kind).filter(|clause| {
            let custom = |held: Grant| matches!(held.role, crate::Role::Custom(_));
            clause.held.is_some_and(custom) && clause.condition.is_none()
        });
        Scope::of(others.map(Clause::part))
    }

    /// The same by some clauses alone.
    pub(crate) fn reach_where(
        &self,
        act: Act,
        kind: &str,
        counts: impl Fn(&Clause) -> bool,
    ) -> Scope {
        let clauses = self.clauses(act, kind).filter(|clause| counts(clause));
        Scope::any(clauses.map(|clause| {
            let scope = Scope::of([clause.part()]);
            let states = &clause.grant().states;
            match states.as_slice() {
                [] => scope,
                [only] => {
                    let only = only.as_str().into();
                    scope.and(&Predicate::Compare(Column::State, Comparison::Equal, only))
                }
                _ => {
                    let states = states.iter().map(|state| state.as_str().into());
                    scope.and(&Predicate::Among(Column::State, states.collect()))
                }
            }
        }))
    }
}

/// Permissions that go along with a principal, compiled when they are first asked for.
#[derive(Clone, Debug, Default)]
pub struct Compiled(OnceLock<Arc<Permissions>>);

impl PartialEq for Compiled {
    /// They follow from the rest of the principal.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Compiled {}

impl Compiled {
    pub(crate) fn of(permissions: Arc<Permissions>) -> Self {
        Self(OnceLock::from(permissions))
    }

    /// The permissions of this account and these grants; what was compiled for others is not
    /// used.
    pub(crate) fn for_(&self, account: Option<Id>, grants: &Arc<[Grant]>) -> Arc<Permissions> {
        let bare = || {
            let book = RoleBook::shipped();
            Arc::new(Permissions::compile(account, grants, &book, &Ground::BARE))
        };
        let held = self.0.get_or_init(bare);
        if held.are_of(account, grants) {
            held.clone()
        } else {
            bare()
        }
    }
}
