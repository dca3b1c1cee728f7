//! Where each project stands, and what of its money was listed, approved, contracted and paid.
//! All of it is derived from the entries that count.

use std::collections::{BTreeMap, HashMap};

use directory::permission::reach;
use directory::{Act, Principal};
use jiff::civil::Date;
use store::{ListQuery, Scope};
use vocab::fold::fold;
use vocab::{Id, Period};

use super::links::Linked;
use super::{Amounts, Entry, EntryKind, PROJECT_ENTRY, PROJECT_TARGETS, Stage, owner};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::view::{PlanView, ProjectView};

/// The accounts of all projects of a plan, in the order of the annexes.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// Those in force, then those that a later text does without but that have entries.
    pub accounts: Vec<Account>,
}

/// What is known of one project.
#[derive(Clone, Debug)]
pub struct Account {
    /// The project.
    pub project: Id,
    /// The unit that owns it, where somebody knows.
    pub unit: Option<Id>,
    /// The entries that the reader may see, oldest first; those that count among them.
    pub entries: Vec<Entry>,
    /// The targets that it serves, as a person decided.
    pub targets: Vec<Id>,
    /// The last day by which it is to be done.
    pub due: Option<Date>,
    /// Whether a document says that day; else it is the end of the plan's year.
    pub due_stated: bool,
}

/// The entries of a project that count.
#[derive(Clone, Debug)]
pub(super) struct Counted<'a>(Vec<&'a Entry>);

impl<'a> Counted<'a> {
    pub(super) fn of(entries: impl Iterator<Item = &'a Entry>) -> Self {
        let mut entries: Vec<&Entry> = entries.collect();
        entries.sort_by_key(|entry| (entry.day(), entry.record.id));
        Self(entries)
    }

    fn of_kind(&self, kind: EntryKind) -> impl DoubleEndedIterator<Item = &'a Entry> + '_ {
        let all = self.0.iter().copied();
        all.filter(move |entry| entry.body.kind == kind)
    }

    /// Whether there is such an entry.
    pub(super) fn has(&self, kind: EntryKind) -> bool {
        self.of_kind(kind).next().is_some()
    }

    fn last(&self, kind: EntryKind) -> Option<&'a Entry> {
        self.of_kind(kind).next_back()
    }

    /// What was approved in principle, where that names an amount.
    fn in_principle(&self) -> Option<Amounts> {
        let last = self.last(EntryKind::InPrinciple)?;
        Some(last.body.amounts).filter(|amounts| !amounts.is_zero())
    }

    /// The latest estimate.
    pub(super) fn estimate(&self) -> Option<Amounts> {
        Some(self.last(EntryKind::Estimate)?.body.amounts)
    }

    /// All contracts together, the latest of each number; without the one of this number.
    pub(super) fn contracted(&self, without: Option<&str>) -> Option<Amounts> {
        let without = without.map(fold);
        let mut latest: BTreeMap<String, Amounts> = BTreeMap::new();
        for entry in self.of_kind(EntryKind::Contract) {
            latest.insert(fold(&entry.body.symbol), entry.body.amounts);
        }
        latest.retain(|symbol, _| without.as_ref() != Some(symbol));
        (!latest.is_empty()).then(|| Amounts::sum(latest.into_values()))
    }

    fn paid(&self, fits: impl Fn(Period) -> bool) -> Amounts {
        let paid = self.of_kind(EntryKind::Payment);
        let paid = paid.filter(|entry| entry.body.period.is_some_and(&fits));
        Amounts::sum(paid.map(|entry| entry.body.amounts))
    }

    /// How far it is.
    pub(super) fn percent(&self) -> Option<i64> {
        self.last(EntryKind::Progress)?.body.percent
    }

    fn settled(&self) -> Option<Amounts> {
        Some(self.last(EntryKind::Settlement)?.body.amounts)
    }

    fn stage(&self) -> Stage {
        let furthest = self.0.iter();
        let furthest = furthest
            .filter_map(|entry| Stage::reached_by(entry.body.kind))
            .max()
            .unwrap_or(Stage::Proposed);
        let day = |kind| self.last(kind).map(|entry| (entry.day(), entry.record.id));
        match (day(EntryKind::Stop), day(EntryKind::Resume)) {
            (Some(stopped), resumed) if resumed.is_none_or(|resumed| resumed < stopped) => {
                Stage::Stopped
            }
            _ => furthest,
        }
    }

    fn until(&self) -> Option<Date> {
        let all = self.0.iter().rev();
        let mut ends = all.filter(|entry| entry.body.kind.has_end());
        ends.find_map(|entry| entry.body.until)
    }
}

impl Account {
    pub(super) fn counted(&self) -> Counted<'_> {
        Counted::of(self.entries.iter().filter(|entry| entry.counts()))
    }

    /// Where the project stands.
    pub fn stage(&self) -> Stage {
        self.counted().stage()
    }

    /// What was approved in principle, where that names an amount.
    pub fn in_principle(&self) -> Option<Amounts> {
        self.counted().in_principle()
    }

    /// The estimate that counts.
    pub fn estimate(&self) -> Option<Amounts> {
        self.counted().estimate()
    }

    /// What its contracts are worth together.
    pub fn contracted(&self) -> Option<Amounts> {
        self.counted().contracted(None)
    }

    /// What was paid in all.
    pub fn paid(&self) -> Amounts {
        self.counted().paid(|_| true)
    }

    /// What was paid in a period: the payments of the months and quarters that lie in it.
    pub fn paid_in(&self, period: Period) -> Amounts {
        self.counted().paid(|own| period.covers(own))
    }

    /// What was entered as paid of just this month or quarter.
    pub fn paid_in_exactly(&self, period: Period) -> Amounts {
        self.counted().paid(|own| own == period)
    }

    /// What was paid up to a day.
    pub fn paid_until(&self, day: Date) -> Amounts {
        self.counted().paid(|own| own.end() <= day)
    }

    /// The periods with payments, in order.
    pub fn paid_periods(&self) -> Vec<Period> {
        let counted = self.counted();
        let paid = counted.of_kind(EntryKind::Payment);
        let mut periods: Vec<Period> = paid.filter_map(|entry| entry.body.period).collect();
        periods.sort_by_key(|period| period.by_end());
        periods
    }

    /// How far it is, in per cent, as the unit said last.
    pub fn percent(&self) -> Option<i64> {
        self.counted().percent()
    }

    /// What was settled at last.
    pub fn settled(&self) -> Option<Amounts> {
        self.counted().settled()
    }

    /// Whether its last day is over and something is still waited for.
    pub fn is_late(&self, today: Date) -> bool {
        self.due.is_some_and(|due| due < today) && !self.stage().is_done()
    }

    /// Whether more was paid than its contracts, or else its estimate, are worth.
    pub fn is_overpaid(&self) -> bool {
        let counted = self.counted();
        let behind = counted.contracted(None).or(counted.estimate());
        self.paid().total() > behind.unwrap_or_default().total()
    }
}

impl Ledger {
    /// The account of a project.
    pub fn account(&self, project: Id) -> Option<&Account> {
        self.accounts
            .iter()
            .find(|account| account.project == project)
    }

    /// The projects that serve a target.
    pub fn serving(&self, target: Id) -> impl Iterator<Item = &Account> {
        let accounts = self.accounts.iter();
        accounts.filter(move |account| account.targets.contains(&target))
    }
}

impl Plans {
    /// The accounts of all projects, with the entries that this reader may see.
    pub async fn ledger(&self, reader: &Principal, view: &PlanView) -> Result<Ledger, PlanError> {
        let readable = reach(reader, Act::Read, PROJECT_ENTRY);
        let mut entries: HashMap<Id, Vec<Entry>> = HashMap::new();
        let mut query = ListQuery::new(PROJECT_ENTRY, readable).limit(1_000);
        loop {
            let page = self.registry().list_shown(reader, &query).await?;
            for record in page.items {
                let entry = Entry::of(record)?;
                entries.entry(entry.body.project).or_default().push(entry);
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        self.accounts(view, entries).await
    }

    /// The same of what counts, whoever asks: for what the program itself derives.
    pub(crate) async fn ledger_that_counts(&self, view: &PlanView) -> Result<Ledger, PlanError> {
        let mut entries: HashMap<Id, Vec<Entry>> = HashMap::new();
        let scope = Scope::bypass("figures of a report are derived from everything that counts");
        for record in self
            .registry()
            .all(ListQuery::new(PROJECT_ENTRY, scope))
            .await?
        {
            let entry = Entry::of(record)?;
            if entry.counts() {
                entries.entry(entry.body.project).or_default().push(entry);
            }
        }
        self.accounts(view, entries).await
    }

    /// The account of one project.
    pub async fn account(
        &self,
        reader: &Principal,
        view: &PlanView,
        project: &ProjectView,
    ) -> Result<Account, PlanError> {
        let readable = reach(reader, Act::Read, PROJECT_ENTRY);
        let mut query = ListQuery::new(PROJECT_ENTRY, readable)
            .filter("project", project.id)
            .limit(1_000);
        let mut entries = Vec::new();
        loop {
            let page = self.registry().list_shown(reader, &query).await?;
            for record in page.items {
                entries.push(Entry::of(record)?);
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        let targets = self.linked(project.id).await?;
        let targets = targets.map_or_else(Vec::new, |(_, linked)| linked.targets);
        Ok(made(view, project, entries, targets))
    }

    async fn accounts(
        &self,
        view: &PlanView,
        mut entries: HashMap<Id, Vec<Entry>>,
    ) -> Result<Ledger, PlanError> {
        let scope = Scope::bypass("which targets a project serves is everybody's to know");
        let query = ListQuery::new(PROJECT_TARGETS, scope).filter("plan", view.id);
        let mut targets: HashMap<Id, Vec<Id>> = HashMap::new();
        for record in self.registry().all(query).await? {
            let linked: Linked = record.read()?;
            targets.insert(linked.project, linked.targets);
        }
        let mut accounts = Vec::new();
        for (project, retired) in view
            .projects
            .iter()
            .map(|project| (project, false))
            .chain(view.retired_projects.iter().map(|project| (project, true)))
        {
            let of_project = entries.remove(&project.id).unwrap_or_default();
            if retired && of_project.is_empty() {
                continue;
            }
            let served = targets.remove(&project.id).unwrap_or_default();
            accounts.push(made(view, project, of_project, served));
        }
        Ok(Ledger { accounts })
    }
}

fn made(
    view: &PlanView,
    project: &ProjectView,
    mut entries: Vec<Entry>,
    targets: Vec<Id>,
) -> Account {
    entries.sort_by_key(|entry| (entry.day(), entry.record.id));
    let stated = Counted::of(entries.iter().filter(|entry| entry.counts())).until();
    let year = view.year().and_then(|year| Date::new(year, 12, 31).ok());
    Account {
        project: project.id,
        unit: owner(view, project),
        due: stated.or(year),
        due_stated: stated.is_some(),
        entries,
        targets,
    }
}
