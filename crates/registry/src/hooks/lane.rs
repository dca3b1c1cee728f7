//! A hook's lane: how far in the change feed its receiver was told, and going on from there.

use std::collections::{BTreeMap, BTreeSet};

use directory::Principal;
use futures_util::StreamExt;
use futures_util::stream::iter;
use serde::{Deserialize, Serialize};
use store::jobs::{Job, Rest};
use store::{Change, Op, Position, Scope, StoreError, Write};
use tokio::sync::Mutex;
use vocab::{Id, Instant};

use super::delivery::{Delivery, DeliveryState, Verdict, What, message_id};
use super::{Hook, Outlet, WEBHOOK};
use crate::{Registry, RegistryError};

/// How many changes are looked at in one go, and how many of them are told at most.
const LOOKED_AT: usize = 500;
const TOLD: usize = 32;
/// How many records are told of at once; those of one record one after another.
const AT_ONCE: usize = 8;
/// How long to wait after each failure, in seconds; the last counts for all that follow.
const PAUSES: [i64; 8] = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400];
/// After so many refusals of one message it is set aside.
pub(super) const REFUSALS: u32 = 5;
/// A receiver that took nothing for so long, in seconds, and failed so often is given up.
const DEAD_AFTER: i64 = 3 * 86_400;
const DEAD_TRIES: u32 = 12;
/// When a lane with nothing to do looks by itself; it is woken when there is something.
pub(super) const IDLE: i64 = 3_600;
/// When the lane of a paused hook looks: it is woken when the hook is resumed.
const PAUSED: i64 = 3_650 * 86_400;

/// What a job of a hook does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Work {
    /// Tells what happens, one after another.
    Lane(Lane),
    /// Sends one message, once.
    Once {
        /// The hook.
        hook: Id,
        /// The delivery's place.
        key: String,
    },
}

/// How far a receiver was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lane {
    /// The hook.
    pub hook: Id,
    /// Up to where.
    pub position: Position,
    /// What happened before it is not told.
    pub since: Instant,
    /// Since when nothing was taken, and how often was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing: Option<Failing>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Failing {
    pub since: Instant,
    pub tries: u32,
}

/// How a hook gets on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How many changes of all records lie ahead of it, told or not.
    pub behind: i64,
    /// Since when the receiver took nothing, how often was tried, and when it is tried again.
    pub failing: Option<(Instant, u32, Instant)>,
}

/// A hook that the program gives up.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenUp {
    /// The hook.
    pub hook: Hook,
    /// `account`: nobody reads by its account any more. `gone`: the receiver said so. `dead`:
    /// nothing was taken for days.
    pub why: &'static str,
    lane: Lane,
}

/// What came of a job of a hook.
#[derive(Debug)]
pub enum HookRun {
    /// It is done, or laid down until its next turn.
    Done,
    /// The hook is to be paused, and who keeps it told; then [`Registry::rest_given_up`].
    GivenUp(Box<GivenUp>),
}

/// Why a lane stopped before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Gone,
    Away(Option<u32>),
    Refused,
}

impl Work {
    pub(super) fn written(&self) -> Result<String, RegistryError> {
        serde_json::to_string(self).map_err(unreadable)
    }

    pub(super) fn read(job: &Job) -> Result<Self, RegistryError> {
        serde_json::from_str(&job.payload).map_err(unreadable)
    }
}

fn unreadable(error: serde_json::Error) -> RegistryError {
    RegistryError::refused(500, "internal", format!("a webhook's job: {error}"))
}

impl Lane {
    pub(super) fn new(hook: Id, position: Position) -> Self {
        Self {
            hook,
            position,
            since: Instant::from_micros(i64::MIN),
            failing: None,
        }
    }

    /// When it is tried again after one more failure.
    fn fail(&mut self, now: Instant, asked: Option<u32>) -> Instant {
        let failing = self.failing.get_or_insert(Failing {
            since: now,
            tries: 0,
        });
        failing.tries += 1;
        let place = usize::try_from(failing.tries - 1).unwrap_or(usize::MAX);
        let pause = PAUSES[place.min(PAUSES.len() - 1)];
        now.plus_seconds(pause.max(asked.map_or(0, i64::from)))
    }

    fn is_dead(&self, now: Instant) -> bool {
        self.failing.as_ref().is_some_and(|failing| {
            failing.tries >= DEAD_TRIES && failing.since.plus_seconds(DEAD_AFTER) <= now
        })
    }
}

impl Registry {
    /// Does a leased job of [`WEBHOOK`]. An error leaves it with its worker, to be given back.
    pub async fn run_hook(
        &self,
        outlet: &Outlet,
        job: &Job,
        worker: Id,
    ) -> Result<HookRun, RegistryError> {
        match Work::read(job)? {
            Work::Lane(lane) => self.run_lane(outlet, job, worker, lane).await,
            Work::Once { hook, key } => {
                self.send_once(outlet, hook, &key).await?;
                self.end_job(job, worker).await?;
                Ok(HookRun::Done)
            }
        }
    }

    async fn end_job(&self, job: &Job, worker: Id) -> Result<(), RegistryError> {
        let actor = Principal::system().actor("job", job.id);
        let write = Write::by(actor).op(Op::CompleteJob { id: job.id, worker });
        self.store().commit(write).await?;
        Ok(())
    }

    async fn run_lane(
        &self,
        outlet: &Outlet,
        job: &Job,
        worker: Id,
        mut lane: Lane,
    ) -> Result<HookRun, RegistryError> {
        let Some(hook) = self.hook(lane.hook).await? else {
            self.end_job(job, worker).await?;
            return Ok(HookRun::Done);
        };
        let now = self.store().context().now();
        if !hook.is_active() {
            // What went wrong before is forgotten with the pause.
            lane.failing = None;
            self.rest(job, worker, lane, now.plus_seconds(PAUSED), None)
                .await?;
            return Ok(HookRun::Done);
        }
        if let Some(from) = hook.from.as_ref()
            && from.taken > lane.position.taken
        {
            lane.position = from.clone();
        }
        let Some(principal) = self.reading_as(&hook).await? else {
            return Ok(given_up(hook, "account", lane));
        };
        let changes = match self.ahead(&lane.position).await {
            Err(RegistryError::Store(StoreError::StaleEpoch { .. })) => {
                // Of another history: a store that was restored and lost what this one was told.
                tracing::warn!(hook = %hook.id(), "the change feed is another one: what happened before is not told");
                lane.position = self.store().changes_end().await?;
                Vec::new()
            }
            other => other?,
        };
        let (looked_at, groups) = window(&hook, &lane, changes);
        let stop = Mutex::new(None);
        let done = Mutex::new(BTreeSet::new());
        let taken = Mutex::new(false);
        let (stop_ref, done_ref, taken_ref) = (&stop, &done, &taken);
        let (hook_ref, principal_ref) = (&hook, &principal);
        let mut errors = iter(groups)
            .map(|group| async move {
                for change in group {
                    if matches!(*stop_ref.lock().await, Some(Stop::Gone | Stop::Away(_))) {
                        return Ok(());
                    }
                    match self
                        .tell_one(outlet, hook_ref, principal_ref, &change)
                        .await?
                    {
                        Ok(was_sent) => {
                            done_ref.lock().await.insert(change.position.taken);
                            *taken_ref.lock().await |= was_sent;
                        }
                        Err(why) => {
                            let mut stop = stop_ref.lock().await;
                            if !matches!(*stop, Some(Stop::Gone | Stop::Away(_))) {
                                *stop = Some(why);
                            }
                            return Ok(());
                        }
                    }
                }
                Ok::<(), RegistryError>(())
            })
            .buffer_unordered(AT_ONCE);
        let mut failed = None;
        while let Some(result) = errors.next().await {
            failed = failed.or(result.err());
        }
        drop(errors);
        let (stop, done) = (stop.into_inner(), done.into_inner());
        if taken.into_inner() {
            lane.failing = None;
        }
        // Up to the first change that is to be told and was not.
        let more = looked_at.len() == LOOKED_AT || looked_at.iter().any(|(_, told)| *told);
        for (position, told) in looked_at {
            if told && !done.contains(&position.taken) {
                break;
            }
            lane.position = position;
        }
        if let Some(error) = failed {
            // What was told stays told: where it got to is kept before the job is given back.
            let now = self.store().context().now();
            let again = lane.fail(now, None);
            if lane.is_dead(now) {
                return Ok(given_up(hook, "dead", lane));
            }
            self.rest(job, worker, lane, again, Some(&error.to_string()))
                .await?;
            return Ok(HookRun::Done);
        }
        let now = self.store().context().now();
        match stop {
            None if more => self.rest(job, worker, lane, now, None).await?,
            None => {
                self.rest(job, worker, lane, now.plus_seconds(IDLE), None)
                    .await?;
            }
            Some(Stop::Gone) => return Ok(given_up(hook, "gone", lane)),
            Some(why) => {
                let asked = match why {
                    Stop::Away(asked) => asked,
                    Stop::Refused | Stop::Gone => None,
                };
                let again = lane.fail(now, asked);
                if lane.is_dead(now) {
                    return Ok(given_up(hook, "dead", lane));
                }
                let error = "the receiver did not take a message";
                self.rest(job, worker, lane, again, Some(error)).await?;
            }
        }
        Ok(HookRun::Done)
    }

    /// Lays the lane of a hook down that was given up and is paused now.
    pub async fn rest_given_up(
        &self,
        job: &Job,
        worker: Id,
        given_up: &GivenUp,
    ) -> Result<(), RegistryError> {
        let lane = Lane {
            failing: None,
            ..given_up.lane.clone()
        };
        let at = self.store().context().now().plus_seconds(PAUSED);
        self.rest(job, worker, lane, at, None).await
    }

    async fn rest(
        &self,
        job: &Job,
        worker: Id,
        lane: Lane,
        run_at: Instant,
        error: Option<&str>,
    ) -> Result<(), RegistryError> {
        let payload = Work::Lane(lane).written()?;
        let rest = Rest {
            payload: &payload,
            run_at,
            error,
        };
        // Where the lease was lost another worker goes on from where this one began: what it
        // sends again has the same names.
        self.store().rest_job(job, worker, &rest).await?;
        Ok(())
    }

    /// The account that a hook reads by, as somebody who acts today.
    pub(super) async fn reading_as(&self, hook: &Hook) -> Result<Option<Principal>, RegistryError> {
        let directory = self.directory();
        match directory.account(hook.account).await? {
            Some(account) => Ok(directory.acting_today(&account).await?),
            None => Ok(None),
        }
    }

    async fn ahead(&self, position: &Position) -> Result<Vec<Change>, RegistryError> {
        let all = Scope::bypass("what may be told is asked for each receiver");
        let changes = self.store().changes_since(&all, position, LOOKED_AT);
        Ok(changes.await?)
    }

    /// Tells of one change: whether something was sent, or why to stop.
    async fn tell_one(
        &self,
        outlet: &Outlet,
        hook: &Hook,
        principal: &Principal,
        change: &Change,
    ) -> Result<Result<bool, Stop>, RegistryError> {
        let mut delivery = Delivery::new(message_id(hook.id(), change), What::of(change));
        if let Some(known) = self.delivery(hook.id(), &delivery.key()).await? {
            if matches!(known.state, DeliveryState::Taken | DeliveryState::Refused) {
                return Ok(Ok(false));
            }
            delivery = known;
        }
        let event = self.event(
            hook,
            principal,
            &delivery.message,
            &delivery.what,
            &outlet.link,
        );
        let Some(event) = event.await? else {
            if delivery.attempts > 0 {
                delivery.state = DeliveryState::Hidden;
                let row = self.row(hook.id(), &delivery)?;
                self.store().keep(&row).await?;
            }
            return Ok(Ok(false));
        };
        let sent = self
            .attempt(outlet, hook, &event, &mut delivery, REFUSALS)
            .await?;
        Ok(match sent {
            Verdict::Taken => Ok(true),
            Verdict::Refused if delivery.state == DeliveryState::Refused => Ok(false),
            Verdict::Refused => Err(Stop::Refused),
            Verdict::Gone => Err(Stop::Gone),
            Verdict::Away(asked) => Err(Stop::Away(asked)),
        })
    }

    /// The lane of a hook, with its job.
    pub(super) async fn lane_of(&self, hook: Id) -> Result<Option<(Job, Lane)>, RegistryError> {
        let lanes = self.lanes().await?;
        Ok(lanes.into_iter().find(|(_, lane)| lane.hook == hook))
    }

    /// All lanes that are not dead.
    pub(super) async fn lanes(&self) -> Result<Vec<(Job, Lane)>, RegistryError> {
        let jobs = self.store().jobs_of_kind(WEBHOOK).await?;
        let lanes = jobs.into_iter().filter_map(|job| match Work::read(&job) {
            Ok(Work::Lane(lane)) => Some((job, lane)),
            _ => None,
        });
        Ok(lanes.collect())
    }

    /// How a hook gets on; nothing where its lane is dead.
    pub async fn hook_standing(&self, hook: Id) -> Result<Option<Standing>, RegistryError> {
        let count = self.store().changes_count().await?;
        let lane = self.lane_of(hook).await?;
        Ok(lane.map(|(job, lane)| Standing {
            behind: (count - lane.position.taken).max(0),
            failing: lane
                .failing
                .map(|failing| (failing.since, failing.tries, job.run_at)),
        }))
    }
}

fn given_up(hook: Hook, why: &'static str, lane: Lane) -> HookRun {
    HookRun::GivenUp(Box::new(GivenUp { hook, why, lane }))
}

/// How far was looked, with which changes are to be told; and those by record, each record's
/// in their order.
fn window(
    hook: &Hook,
    lane: &Lane,
    changes: Vec<Change>,
) -> (Vec<(Position, bool)>, Vec<Vec<Change>>) {
    let mut looked_at = Vec::new();
    let mut groups: BTreeMap<Id, Vec<Change>> = BTreeMap::new();
    let mut told = 0;
    for change in changes {
        let tells = hook.kinds.contains(&change.table) && change.at > lane.since;
        if tells && told == TOLD {
            break;
        }
        looked_at.push((change.position.clone(), tells));
        if tells {
            told += 1;
            groups.entry(change.record).or_default().push(change);
        }
    }
    (looked_at, groups.into_values().collect())
}
