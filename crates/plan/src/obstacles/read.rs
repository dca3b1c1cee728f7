//! Obstacles as whoever may see them sees them.

use directory::permission::reach;
use directory::{Act, Principal};
use jiff::civil::Date;
use store::ListQuery;
use vocab::{Id, Instant, Period};

use super::{ASK, Ask, OBSTACLE, Obstacle, states};
use crate::error::PlanError;
use crate::plans::Plans;

/// How things stand with all obstacles that a reader sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// How many wait for an answer or for the unit's word on it.
    pub open: usize,
    /// How many of those wait for an answer.
    pub waiting: usize,
    /// How many of those that are open were passed up.
    pub escalated: usize,
    /// How many wait longer than whoever was asked has.
    pub overdue: usize,
    /// Since when the one waits that waits longest for an answer.
    pub longest: Option<Instant>,
}

/// An obstacle as it concerns a reader: the unit's own record, or the question by which their
/// body is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// The unit's record.
    Own(Obstacle),
    /// What a body is asked.
    Asked(Ask),
}

impl Told {
    /// The obstacle itself.
    pub fn obstacle(&self) -> Id {
        match self {
            Self::Own(own) => own.record.id,
            Self::Asked(ask) => ask.body.obstacle,
        }
    }
}

impl Overview {
    /// How these stand on a day.
    pub fn of(all: &[Obstacle], today: Date) -> Self {
        let mut overview = Self::default();
        for one in all.iter().filter(|one| one.is_open()) {
            overview.open += 1;
            overview.escalated += usize::from(one.body.was_escalated());
            if one.record.state != states::ASKED {
                continue;
            }
            overview.waiting += 1;
            let late = one.body.last().is_some_and(|asked| asked.due_on < today);
            overview.overdue += usize::from(late);
            let since = one.body.sent_at();
            overview.longest = match (overview.longest, since) {
                (Some(known), Some(since)) => Some(known.min(since)),
                (known, since) => known.or(since),
            };
        }
        overview
    }
}

impl Plans {
    /// The obstacle with this identity, if this reader may see it.
    pub async fn obstacle(&self, reader: &Principal, id: Id) -> Result<Obstacle, PlanError> {
        Obstacle::of(self.registry().get(reader, OBSTACLE, id).await?)
    }

    /// The question with this identity, if this reader may see it.
    pub async fn ask_record(&self, reader: &Principal, id: Id) -> Result<Ask, PlanError> {
        Ask::of(self.registry().get(reader, ASK, id).await?)
    }

    /// The obstacles of the latest plan that a reader may see, those that stand longest first;
    /// of one matter if one is named.
    pub async fn obstacles(
        &self,
        reader: &Principal,
        matter: Option<Id>,
    ) -> Result<Vec<Obstacle>, PlanError> {
        let Some(query) = self.of_plan(reader, OBSTACLE, matter).await? else {
            return Ok(Vec::new());
        };
        let records = self.registry().all(query).await?;
        records.into_iter().map(Obstacle::of).collect()
    }

    /// What bodies are asked, as far as a reader may see it, the most urgent first; of one
    /// matter if one is named.
    pub async fn asks(
        &self,
        reader: &Principal,
        matter: Option<Id>,
    ) -> Result<Vec<Ask>, PlanError> {
        let Some(query) = self.of_plan(reader, ASK, matter).await? else {
            return Ok(Vec::new());
        };
        let records = self.registry().all(query).await?;
        records.into_iter().map(Ask::of).collect()
    }

    /// What concerns a reader of one matter: each obstacle once, by the unit's record where they
    /// see that, else by what their body is asked.
    pub async fn told_of(&self, reader: &Principal, matter: Id) -> Result<Vec<Told>, PlanError> {
        let own = self.obstacles(reader, Some(matter)).await?;
        let mut asks = self.asks(reader, Some(matter)).await?;
        asks.retain(|ask| own.iter().all(|one| one.record.id != ask.body.obstacle));
        // Of one that a body was asked about twice, the latest.
        asks.sort_by_key(|ask| ask.record.id);
        let mut told: Vec<Told> = own.into_iter().map(Told::Own).collect();
        for ask in asks.into_iter().rev() {
            if told.iter().all(|one| one.obstacle() != ask.body.obstacle) {
                told.push(Told::Asked(ask));
            }
        }
        Ok(told)
    }

    /// The obstacles that a report on a period tells of: those that were sent by its end and
    /// were not solved before it began.
    pub(crate) async fn obstacles_in(
        &self,
        reader: &Principal,
        period: Period,
    ) -> Result<Vec<Obstacle>, PlanError> {
        let mut all = self.obstacles(reader, None).await?;
        all.retain(|one| {
            let sent = one.body.sent_at().map(|at| at.in_vietnam().date());
            let solved = one.body.solved_on;
            sent.is_some_and(|sent| sent <= period.end())
                && solved.is_none_or(|solved| solved >= period.start())
        });
        Ok(all)
    }

    async fn of_plan(
        &self,
        reader: &Principal,
        kind: &'static str,
        matter: Option<Id>,
    ) -> Result<Option<ListQuery>, PlanError> {
        let Some(view) = self.view().await? else {
            return Ok(None);
        };
        let reached = reach(reader, Act::Read, kind);
        let query = ListQuery::new(kind, reached);
        Ok(Some(match matter {
            Some(matter) => query.filter("matter", matter),
            None => query.filter("plan", view.id),
        }))
    }
}
