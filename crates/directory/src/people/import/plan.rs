//! What a list would change, built row by row, then written at once.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use store::{Actor, Op};
use vocab::{CitizenId, Id, fold};

use super::super::{Person, PersonDraft, Position, PositionDraft, Roster};
use super::columns::{Cells, Column};
use super::row::{RowReader, Sought, wrong};
use super::{ImportOutcome, RowProblem};
use crate::permission::{Giver, Giving, Taking};
use crate::{Directory, DirectoryError, Grant, Succession};

/// The people as they are, and as the rows so far would have them.
pub(super) struct Plan {
    reader: RowReader,
    epoch: i64,
    giver: Giver,
    succession: Arc<Succession>,
    today: Date,
    people: Vec<Person>,
    /// People that rows add or change, by their place.
    touched: HashSet<usize>,
    roster: Roster,
    /// Where the positions of the list begin among those of the roster.
    known_positions: usize,
    by_number: HashMap<CitizenId, usize>,
    by_name: HashMap<String, Vec<usize>>,
    by_account: HashMap<Id, usize>,
    /// The line of each row that was taken, by what it says.
    lines: HashMap<(usize, Option<Office>), u32>,
}

/// A unit, a title's key and a first day.
type Office = (Id, String, Date);

impl Plan {
    pub(super) async fn begin(
        directory: &Directory,
        actor: &Actor,
        demo: bool,
    ) -> Result<Self, DirectoryError> {
        let epoch = directory.people_epoch().await?;
        let roster = directory.roster().await?;
        let mut plan = Self {
            reader: RowReader::new(directory, demo).await?,
            epoch,
            giver: directory.giver(actor.account).await?,
            succession: directory.succession().await?,
            today: directory.today(),
            people: Vec::new(),
            touched: HashSet::new(),
            known_positions: roster.positions.len(),
            roster,
            by_number: HashMap::new(),
            by_name: HashMap::new(),
            by_account: HashMap::new(),
            lines: HashMap::new(),
        };
        for person in directory.all_people().await? {
            plan.know(person);
        }
        Ok(plan)
    }

    fn know(&mut self, person: Person) -> usize {
        let at = self.people.len();
        let name = fold::name_key(&person.draft.name);
        self.by_name.entry(name).or_default().push(at);
        self.people.push(person);
        self.index(at);
        at
    }

    fn index(&mut self, at: usize) {
        let draft = &self.people[at].draft;
        self.by_number
            .extend(draft.citizen_id.map(|number| (number, at)));
        self.by_account
            .extend(draft.account.map(|account| (account, at)));
    }

    /// Adds what a row says, or tells what is wrong with it.
    pub(super) async fn add(
        &mut self,
        directory: &Directory,
        row: &Cells<'_>,
    ) -> Result<Result<ImportOutcome, Vec<RowProblem>>, DirectoryError> {
        let sought = match self.reader.read(directory, row).await? {
            Ok(sought) => sought,
            Err(problems) => return Ok(Err(problems)),
        };
        if let Some(problem) = self.refuses(directory, row, &sought).await? {
            return Ok(Err(vec![problem]));
        }
        Ok(self.take(row, sought).map_err(|problem| vec![problem]))
    }

    /// What whoever takes the list in may not give: roles that they do not hold, an account
    /// to a person where one of both holds more than they do.
    async fn refuses(
        &mut self,
        directory: &Directory,
        row: &Cells<'_>,
        sought: &Sought,
    ) -> Result<Option<RowProblem>, DirectoryError> {
        if self.giver.is_program() {
            return Ok(None);
        }
        let known = self.find(row, sought).ok().flatten();
        if let Some((column, code)) = self.outside(known, sought) {
            return Ok(Some(wrong(row, column, code)));
        }
        if let Some(draft) = &sought.position {
            let to = known.and_then(|at| self.people[at].draft.account);
            let to = to.or(sought.draft.account);
            let person = known.map(|at| self.people[at].id);
            let mut positions = self.roster.positions.iter();
            let there = positions
                .any(|position| Some(position.person) == person && position.draft == *draft);
            let own = self.giver.is(to);
            let giver = &self.giver;
            let gifts = draft.gives(self.today, &self.succession, &|grant| {
                !own && giver.hands(grant)
            });
            let giving = directory.may_give(&mut self.giver, &gifts, to).await?;
            if !there && giving != Giving::Held {
                return Ok(Some(wrong(row, Column::Roles, giving.code())));
            }
        }
        let account = sought.draft.account;
        let was = known.and_then(|at| self.people[at].draft.account);
        if account.is_none() || account == was {
            return Ok(None);
        }
        let own = self.giver.is(account) || self.giver.is(was);
        let taking = if own { Taking::Oneself } else { Taking::Over };
        let giver = &self.giver;
        let but = |grant: &Grant| giver.passes_over(grant, taking);
        let mut held = match known {
            Some(at) => {
                let person = self.people[at].id;
                self.roster.ever(person, self.today, &self.succession, &but)
            }
            None => Vec::new(),
        };
        for id in account.into_iter().chain(was) {
            if let Some(account) = directory.account(id).await? {
                held.extend(directory.ever_held(&account, &but).await?);
            }
        }
        let above = directory.is_above(&mut self.giver, &held, taking).await?;
        Ok(above.then(|| wrong(row, Column::Login, "account-above")))
    }

    /// What a row says of units whose people whoever takes the list in does not keep.
    fn outside(&self, known: Option<usize>, sought: &Sought) -> Option<(Column, &'static str)> {
        if self.giver.keeps_all() {
            return None;
        }
        let known = known.map(|at| &self.people[at]);
        // Those whom the list itself brings in are nobody's yet.
        let kept = known.is_some_and(|one| one.version == 0 || self.giver.keeps(one.owner()));
        match &sought.position {
            Some(draft) if !self.giver.keeps_unit(draft.unit) => {
                return Some((Column::Unit, "unit-outside"));
            }
            None if !kept => return Some((Column::Unit, "person-unit-missing")),
            _ => {}
        }
        if known.is_some() && !kept {
            return Some((Column::Name, "person-elsewhere"));
        }
        let account = sought.draft.account?;
        let linked = known.and_then(|one| one.draft.account) == Some(account);
        (!linked && !self.giver.keeps(account)).then_some((Column::Login, "account-unknown"))
    }

    fn take(&mut self, row: &Cells<'_>, sought: Sought) -> Result<ImportOutcome, RowProblem> {
        let known = self.find(row, &sought)?;
        if let Some(account) = sought.draft.account
            && self
                .by_account
                .get(&account)
                .is_some_and(|at| Some(*at) != known)
        {
            return Err(wrong(row, Column::Login, "account-taken"));
        }
        let what = sought.position.as_ref().map(|position| {
            let title = fold::name_key(&position.title);
            (position.unit, title, position.valid_from)
        });
        if let Some(line) = known.and_then(|at| self.lines.get(&(at, what.clone()))) {
            let problem = wrong(row, Column::Name, "row-repeated");
            return Err(problem.with("line", &line.to_string()));
        }
        if let Some(at) = known
            && self.people[at].left_on.is_some()
        {
            return Err(wrong(row, Column::Name, "person-left"));
        }
        let id = known.map_or_else(|| Id::NIL, |at| self.people[at].id);
        let placed = self.place(row, id, sought.position)?;
        let (at, changed) = if let Some(at) = known {
            (at, self.fill(at, sought.draft))
        } else {
            let at = self.know(Person {
                id,
                version: 0,
                draft: sought.draft,
                left_on: None,
            });
            self.touched.insert(at);
            (at, true)
        };
        self.lines.insert((at, what), row.line());
        let outcome = match (known, &placed) {
            (None, _) | (_, Some(_)) => ImportOutcome::Added,
            (Some(_), None) if changed => ImportOutcome::Changed,
            (Some(_), None) => ImportOutcome::Unchanged,
        };
        // Who has no identity yet gets one when everything is written; until then the
        // place among the people stands for it.
        if let Some(mut position) = placed {
            position.person = self.identity(at);
            self.roster.positions.push(position);
        }
        Ok(outcome)
    }

    /// The identity of a person, a stand-in for those that are not written yet.
    fn identity(&mut self, at: usize) -> Id {
        let person = &mut self.people[at];
        if person.id.is_nil() {
            person.id = stand_in(at);
        }
        person.id
    }

    /// The person that a row means: by number, else by the same name with the same position,
    /// or the same address; by
    /// the name alone where a row says nothing else.
    fn find(&self, row: &Cells<'_>, sought: &Sought) -> Result<Option<usize>, RowProblem> {
        let name = fold::name_key(&sought.draft.name);
        if let Some(number) = &sought.draft.citizen_id
            && let Some(&at) = self.by_number.get(number)
        {
            if fold::name_key(&self.people[at].draft.name) == name {
                return Ok(Some(at));
            }
            return Err(wrong(row, Column::CitizenId, "citizen-id-taken"));
        }
        let namesakes = self.by_name.get(&name).map_or(&[][..], Vec::as_slice);
        let is_same = |at: &&usize| {
            let person = &self.people[**at];
            let nothing_else = sought.draft.citizen_id.is_none()
                && sought.draft.email.is_none()
                && sought.draft.account.is_none()
                && sought.position.is_none();
            let two_numbers =
                person.draft.citizen_id.is_some() && sought.draft.citizen_id.is_some();
            let same_address =
                sought.draft.email.is_some() && person.draft.email == sought.draft.email;
            let same_account =
                sought.draft.account.is_some() && person.draft.account == sought.draft.account;
            let same_position = sought.position.as_ref().is_some_and(|position| {
                self.roster.positions.iter().any(|known| {
                    known.person == person.id
                        && known.draft.is_same_office(position)
                        && known.draft.valid_from == position.valid_from
                })
            });
            !two_numbers && (nothing_else || same_address || same_account || same_position)
        };
        Ok(namesakes.iter().find(is_same).copied())
    }

    /// The position to add; none if it is there already.
    fn place(
        &self,
        row: &Cells<'_>,
        person: Id,
        draft: Option<PositionDraft>,
    ) -> Result<Option<Position>, RowProblem> {
        let Some(draft) = draft else {
            return Ok(None);
        };
        let there = self
            .roster
            .positions
            .iter()
            .any(|known| known.person == person && known.draft == draft);
        if there {
            return Ok(None);
        }
        let position = Position {
            id: Id::NIL,
            version: 0,
            person,
            draft,
        };
        match self.roster.check_position(&position) {
            Ok(()) => Ok(Some(position)),
            Err(error) => {
                let code = error.code().unwrap_or("position-overlaps").to_owned();
                let column = if code == "position-primary-twice" {
                    Column::Primary
                } else {
                    Column::From
                };
                Err(wrong(row, column, &code))
            }
        }
    }

    /// Takes over what a row knows besides; true if that is something new.
    fn fill(&mut self, at: usize, draft: PersonDraft) -> bool {
        let known = &mut self.people[at].draft;
        let before = known.clone();
        known.citizen_id = draft.citizen_id.or(known.citizen_id);
        known.phone = draft.phone.or(known.phone.take());
        known.email = draft.email.or(known.email.take());
        known.account = draft.account.or(known.account);
        let changed = *known != before;
        if changed {
            self.touched.insert(at);
            self.index(at);
        }
        changed
    }

    /// Writes everything in one transaction; false if there is nothing to write.
    pub(super) async fn write(
        mut self,
        directory: &Directory,
        actor: &Actor,
    ) -> Result<bool, DirectoryError> {
        let context = directory.store().context();
        let mut real: BTreeMap<Id, Id> = BTreeMap::new();
        let mut touched: Vec<usize> = self.touched.into_iter().collect();
        touched.sort_unstable();
        let mut ops = Vec::new();
        for at in touched {
            let person = &mut self.people[at];
            if person.version == 0 {
                let id = context.new_id();
                real.insert(stand_in(at), id);
                person.id = id;
            }
            let key = directory.citizen_key_of(actor, &person.draft).await?;
            ops.push(Op::Put(person.put("import", key)?));
        }
        for position in self.roster.positions.iter_mut().skip(self.known_positions) {
            position.id = context.new_id();
            if let Some(id) = real.get(&position.person) {
                position.person = *id;
            }
            ops.push(Op::Put(position.put("import")?));
        }
        if ops.is_empty() {
            return Ok(false);
        }
        directory
            .commit_people(actor, Some(self.epoch), Some(&self.giver), ops)
            .await?;
        Ok(true)
    }
}

/// What stands for a person at this place until they have an identity.
fn stand_in(at: usize) -> Id {
    crate::digest::named_id(&format!("people-import/{at}"))
}
