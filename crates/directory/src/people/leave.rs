//! Leaving: everything that somebody holds ends on a day, and what only they could do goes
//! to somebody else.

use jiff::civil::Date;
use store::{Actor, Op, Scope, Write};
use vocab::{Id, Problem};

use super::codes::{at, unknown};
use super::guard::require_kept;
use super::{Delegation, Person, Position, PositionDraft, PositionKind, Roster};
use crate::permission::{Giver, Taking};
use crate::{Account, AccountChange, Directory, DirectoryError, Grant, Role, Succession};

/// The title of what was handed over without a title.
const HANDED_OVER: &str = "Nhận bàn giao";

/// How somebody leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// Who.
    pub person: Id,
    /// The first day on which they are not there any more.
    pub day: Date,
    /// Who takes over what nobody else could do.
    pub successor: Option<Id>,
    /// As what the successor takes it over.
    pub kind: PositionKind,
    /// Whether it shall be left open, known to whoever says so.
    pub leave_vacant: bool,
}

/// What would end, and what would be left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeavePreview {
    /// The person.
    pub person: Person,
    /// Positions that end.
    pub positions: Vec<Position>,
    /// Delegations to others that end.
    pub given: Vec<Delegation>,
    /// Delegations by others that end.
    pub received: Vec<Delegation>,
    /// Sessions that end.
    pub sessions: usize,
    /// Tokens that end.
    pub tokens: usize,
    /// What nobody else could do from that day on.
    pub vacancies: Vec<Vacancy>,
}

/// A role that nobody would hold in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Vacancy {
    /// The unit.
    pub unit: Id,
    /// The role.
    pub role: Role,
}

struct Ground {
    person: Person,
    account: Option<Account>,
    /// Accounts of others that work on the day.
    others: Vec<Account>,
    roster: Roster,
    epoch: i64,
}

impl Directory {
    /// What leaving would end, and what nobody could do afterwards. Refused with
    /// `person-unknown` or `person-left`.
    pub async fn preview_leave(
        &self,
        person: Id,
        day: Date,
    ) -> Result<LeavePreview, DirectoryError> {
        let ground = self.leaving(person, day).await?;
        self.preview_leave_on(&ground, day).await
    }

    /// Has somebody leave, all at once: positions and delegations end, the account is
    /// disabled with its sessions and tokens (on the day itself, if that is to come), and a
    /// successor gets what nobody else holds. Reports and tasks belong to units: they stay
    /// where they are. Whoever submitted something still does not decide on it.
    ///
    /// Refused as [`Self::preview_leave`] is, with `leave-vacant` if something would be left
    /// open without anybody saying so, `last-administrator`, `account-above`,
    /// `successor-oneself`, `successor-left`, or as positions are refused.
    pub async fn leave(
        &self,
        actor: &Actor,
        leave: &Leave,
    ) -> Result<LeavePreview, DirectoryError> {
        let ground = self.leaving(leave.person, leave.day).await?;
        let preview = self.preview_leave_on(&ground, leave.day).await?;
        check(leave, &preview)?;
        let mut giver = self.giver(actor.account).await?;
        self.check_leave(&mut giver, leave, &ground).await?;
        let mut ops = Vec::new();
        for position in &preview.positions {
            let mut ended = position.clone();
            let end = leave.day.max(ended.draft.valid_from);
            ended.draft.valid_to = Some(end);
            ops.push(Op::Put(ended.put("leave")?));
        }
        for delegation in preview.given.iter().chain(&preview.received) {
            let mut ended = delegation.clone();
            ended.draft.valid_to = leave.day.max(ended.draft.valid_from);
            ops.push(Op::Put(ended.put("leave")?));
        }
        if let Some(successor) = leave.successor {
            let made = self
                .handed_over(leave, successor, &ground, &preview)
                .await?;
            let succession = self.succession().await?;
            let heir = self.person(successor).await?;
            let heir = heir.and_then(|heir| heir.draft.account);
            for position in made {
                let own = giver.is(heir);
                let gifts = position.draft.gives(self.today(), &succession, &|grant| {
                    !own && giver.hands(grant)
                });
                self.require_gives(&mut giver, &gifts, heir, "successor", "handing over")
                    .await?;
                ops.push(Op::Put(position.put("take_over")?));
            }
        }
        let mut person = ground.person.clone();
        person.left_on = Some(leave.day);
        let key = self.citizen_key_of(actor, &person.draft).await?;
        ops.push(Op::Put(person.put("leave", key)?));
        self.commit_people(actor, Some(ground.epoch), Some(&giver), ops)
            .await?;
        // From here on the person has left: sessions and tokens open nothing on the day,
        // whether or not what follows comes to its end.
        if let Some(account) = ground.account.filter(|_| leave.day <= self.today()) {
            self.close_account(actor, &account).await?;
        }
        Ok(preview)
    }

    /// Takes a leaving back: the person is there again, without positions. The account
    /// stays disabled until somebody enables it. Refused with `person-unknown`.
    pub async fn come_back(
        &self,
        actor: &Actor,
        id: Id,
        version: i64,
    ) -> Result<Person, DirectoryError> {
        let known = self.person(id).await?;
        let mut person =
            known.ok_or_else(|| unknown("person-unknown", "having somebody come back"))?;
        let giver = self.giver(actor.account).await?;
        require_kept(&giver, &person, "having somebody come back")?;
        person.version = version;
        person.left_on = None;
        let key = self.citizen_key_of(actor, &person.draft).await?;
        let put = person.put("come_back", key)?;
        self.commit_people(actor, None, Some(&giver), vec![Op::Put(put)])
            .await?;
        person.version += 1;
        Ok(person)
    }

    /// Refuses having somebody leave who holds what whoever asks does not hold, or without
    /// whom nobody could set up roles and accounts any more.
    async fn check_leave(
        &self,
        giver: &mut Giver,
        leave: &Leave,
        ground: &Ground,
    ) -> Result<(), DirectoryError> {
        let doing = "having somebody leave";
        if giver.is_program() {
            return Ok(());
        }
        require_kept(giver, &ground.person, doing)?;
        if let Some(account) = &ground.account {
            self.require_reaches(giver, account, Taking::Away, doing)
                .await?;
        } else {
            let but = |grant: &Grant| giver.passes_over(grant, Taking::Away);
            let held = self.ever_held_by(leave.person, &but).await?;
            if self.is_above(giver, &held, Taking::Away).await? {
                return Err(Problem::new(403, "account-above", doing).into());
            }
        }
        let successor = match leave.successor {
            Some(successor) => self.person(successor).await?,
            None => None,
        };
        let heir = successor.and_then(|successor| successor.draft.account);
        // The successor takes over what nobody else holds.
        let taken_over = ground.others.iter().any(|one| Some(one.id) == heir);
        match &ground.account {
            Some(account) if !taken_over => self.keep_administrator_without(account).await,
            _ => Ok(()),
        }
    }

    async fn leaving(&self, person: Id, day: Date) -> Result<Ground, DirectoryError> {
        let doing = "having somebody leave";
        let epoch = self.people_epoch().await?;
        let people = self.all_people().await?;
        let person = people.iter().find(|known| known.id == person).cloned();
        let person = person.ok_or_else(|| unknown("person-unknown", doing))?;
        if person.left_on.is_some() {
            return Err(at("person", "person-left", doing));
        }
        let gone = |account: &Account| {
            people
                .iter()
                .any(|known| known.draft.account == Some(account.id) && !known.is_there(day))
        };
        let mut others = Vec::new();
        let mut own = None;
        let mut after = None;
        loop {
            let page = self
                .accounts(
                    Scope::bypass("the directory reads people and positions for itself"),
                    after,
                    1_000,
                )
                .await?;
            for account in page.items {
                if person.draft.account == Some(account.id) {
                    own = Some(account);
                } else if !account.disabled && !gone(&account) {
                    others.push(account);
                }
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        Ok(Ground {
            person,
            account: own,
            others,
            roster: self.roster().await?,
            epoch,
        })
    }

    async fn preview_leave_on(
        &self,
        ground: &Ground,
        day: Date,
    ) -> Result<LeavePreview, DirectoryError> {
        let id = ground.person.id;
        let positions = ground.roster.positions.iter();
        let positions = positions
            .filter(|own| own.person == id && own.draft.valid_to.is_none_or(|end| day < end));
        let delegations = || {
            let all = ground.roster.delegations.iter();
            all.filter(|known| day < known.draft.valid_to)
        };
        let (sessions, tokens) = match &ground.account {
            Some(account) => (
                self.sessions_of(account.id).await?.len(),
                self.tokens_of(account.id).await?.len(),
            ),
            None => (0, 0),
        };
        Ok(LeavePreview {
            person: ground.person.clone(),
            positions: positions.cloned().collect(),
            given: delegations()
                .filter(|known| known.draft.giver == id)
                .cloned()
                .collect(),
            received: delegations()
                .filter(|known| known.draft.receiver == id)
                .cloned()
                .collect(),
            sessions,
            tokens,
            vacancies: ground.vacancies(day, &*self.succession().await?),
        })
    }

    /// The positions by which a successor takes over what would be left open.
    async fn handed_over(
        &self,
        leave: &Leave,
        successor: Id,
        ground: &Ground,
        preview: &LeavePreview,
    ) -> Result<Vec<Position>, DirectoryError> {
        let doing = "handing over";
        let known = self.person(successor).await?;
        let known = known.ok_or_else(|| at("successor", "person-unknown", doing))?;
        if known.left_on.is_some() {
            return Err(at("successor", "successor-left", doing));
        }
        let succession = self.succession().await?;
        let mut made: Vec<Position> = Vec::new();
        for vacancy in &preview.vacancies {
            let before = preview.positions.iter().find(|position| {
                position.draft.roles.contains(&vacancy.role)
                    && succession
                        .successors(position.draft.unit, leave.day)
                        .contains(&vacancy.unit)
            });
            let title = before.map_or(HANDED_OVER, |position| &position.draft.title);
            let open = made.iter_mut().find(|position| {
                position.draft.unit == vacancy.unit && position.draft.title == title
            });
            match open {
                Some(position) => position.draft.roles.push(vacancy.role),
                None => made.push(Position {
                    id: self.store().context().new_id(),
                    version: 0,
                    person: successor,
                    draft: PositionDraft {
                        unit: vacancy.unit,
                        title: title.to_owned(),
                        roles: vec![vacancy.role],
                        kind: leave.kind,
                        primary: false,
                        valid_from: leave.day,
                        valid_to: None,
                    },
                }),
            }
        }
        for position in &made {
            ground.roster.check_position(position)?;
        }
        Ok(made)
    }

    async fn close_account(&self, actor: &Actor, account: &Account) -> Result<(), DirectoryError> {
        for token in self.tokens_of(account.id).await? {
            self.end_token(actor, account.id, token.id).await?;
        }
        if !account.disabled {
            let change = AccountChange {
                disabled: Some(true),
                ..AccountChange::default()
            };
            self.change_account(actor, account.id, account.version, change)
                .await?;
        }
        self.end_all(Write::by(actor.clone()), account.id).await
    }
}

impl Ground {
    /// What the person alone could do from a day on. Reading is no duty that somebody must
    /// take over.
    fn vacancies(&self, day: Date, succession: &Succession) -> Vec<Vacancy> {
        let mut held: Vec<Vacancy> = Vec::new();
        for position in &self.roster.positions {
            if position.person == self.person.id && position.draft.holds_on(day) {
                for unit in succession.successors(position.draft.unit, day) {
                    let roles = position.draft.roles.iter();
                    held.extend(roles.map(|&role| Vacancy { unit, role }));
                }
            }
        }
        if let Some(account) = self.account.as_ref().filter(|account| !account.disabled) {
            held.extend(account.grants.iter().map(|grant| Vacancy {
                unit: grant.unit,
                role: grant.role,
            }));
        }
        held.retain(|vacancy| {
            vacancy.role != Role::Viewer && !self.is_filled(*vacancy, day, succession)
        });
        held.sort_unstable();
        held.dedup();
        held
    }

    /// Whether somebody else holds it on the day in his own right.
    fn is_filled(&self, vacancy: Vacancy, day: Date, succession: &Succession) -> bool {
        let anywhere = matches!(vacancy.role, Role::Coordinator | Role::Administrator);
        let granted = self
            .others
            .iter()
            .flat_map(|account| &account.grants)
            .any(|grant| grant.role == vacancy.role && (anywhere || grant.unit == vacancy.unit));
        granted
            || self.roster.positions.iter().any(|position| {
                position.person != self.person.id
                    && position.draft.roles.contains(&vacancy.role)
                    && position.draft.holds_on(day)
                    && self
                        .roster
                        .left
                        .get(&position.person)
                        .is_none_or(|left| day < *left)
                    && (anywhere
                        || succession
                            .successors(position.draft.unit, day)
                            .contains(&vacancy.unit))
            })
    }
}

fn check(leave: &Leave, preview: &LeavePreview) -> Result<(), DirectoryError> {
    let doing = "having somebody leave";
    if leave.successor == Some(leave.person) {
        return Err(at("successor", "successor-oneself", doing));
    }
    if leave.successor.is_some() || preview.vacancies.is_empty() {
        return Ok(());
    }
    let administrator = |vacancy: &Vacancy| vacancy.role == Role::Administrator;
    if preview.vacancies.iter().any(administrator) {
        return Err(Problem::new(409, "last-administrator", doing).into());
    }
    if leave.leave_vacant {
        return Ok(());
    }
    Err(at("successor", "leave-vacant", doing))
}
