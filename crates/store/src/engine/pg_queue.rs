//! What waits to be written to PostgreSQL, dealt out in groups to the connections that write.

use std::collections::{HashSet, VecDeque};
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Mutex as AsyncMutex, Notify, Semaphore, SemaphorePermit, mpsc, oneshot};
use vocab::Id;

use crate::commit::Prepared;
use crate::{Outcome, StoreError};

/// The most writes of one transaction.
const GROUP_WRITES: usize = 128;

/// How many groups are on their way at once: the server works on one while the other waits for
/// the disk, and has a second processor for both.
const SIDE_BY_SIDE: usize = 2;

/// So few writes are cheaper in one group than in two.
const SMALL: usize = 16;

/// A write that waits, and where its outcome goes.
pub(super) type Waiting = (Prepared, oneshot::Sender<Result<Outcome, StoreError>>);

/// What waits to be written, in the order in which it came.
pub(super) struct Queue {
    /// Held by whoever puts the next group together.
    line: AsyncMutex<Line>,
    turns: Semaphore,
    on_the_way: Mutex<OnTheWay>,
    /// Told whenever a group has ended.
    ended: Notify,
}

struct Line {
    coming: mpsc::UnboundedReceiver<Waiting>,
    waiting: VecDeque<Waiting>,
}

#[derive(Default)]
struct OnTheWay {
    writes: usize,
    records: HashSet<Id>,
}

/// Leave to write a group. Its records are in no other group until this is dropped: their
/// changes stand in the feed by transaction, and versions of one record must stand there in
/// their order.
pub(super) struct Turn<'a> {
    queue: &'a Queue,
    writes: usize,
    records: Vec<Id>,
    permit: Option<SemaphorePermit<'a>>,
}

impl Queue {
    pub(super) fn new() -> (mpsc::UnboundedSender<Waiting>, Self) {
        let (sender, coming) = mpsc::unbounded_channel();
        let waiting = VecDeque::new();
        let queue = Self {
            line: AsyncMutex::new(Line { coming, waiting }),
            turns: Semaphore::new(SIDE_BY_SIDE),
            on_the_way: Mutex::default(),
            ended: Notify::new(),
        };
        (sender, queue)
    }

    /// The next group, when its turn has come; none when nobody sends any more.
    ///
    /// Those whose last write was just answered come with the next one in a moment, and one
    /// commit for all of them is cheaper than two: so it looks again until nobody comes. It
    /// leaves the other groups their share of what is there.
    pub(super) async fn next(&self) -> Option<(Vec<Waiting>, Turn<'_>)> {
        let permit = self.turns.acquire().await.ok()?;
        let mut line = self.line.lock().await;
        let mut group = Vec::new();
        loop {
            // Listened for before looking, so that no end in between is missed.
            let mut ended = pin!(self.ended.notified());
            ended.as_mut().enable();
            if self.pick(&mut line, &mut group) {
                break;
            }
            let Line { coming, waiting } = &mut *line;
            tokio::select! {
                one = coming.recv() => match one {
                    Some(one) => waiting.push_back(one),
                    None if waiting.is_empty() => return None,
                    None => ended.await,
                },
                () = ended.as_mut() => {}
            }
        }
        loop {
            tokio::task::yield_now().await;
            if !self.pick(&mut line, &mut group) {
                break;
            }
        }
        let records: Vec<Id> = group
            .iter()
            .flat_map(|(prepared, _)| prepared.write.records())
            .collect();
        let turn = Turn {
            queue: self,
            writes: group.len(),
            records,
            permit: Some(permit),
        };
        let mut on_the_way = self.on_the_way();
        on_the_way.writes += turn.writes;
        on_the_way.records.extend(&turn.records);
        Some((group, turn))
    }

    /// Adds to a group what may go with it, up to its share; whether that was anything.
    fn pick(&self, line: &mut Line, group: &mut Vec<Waiting>) -> bool {
        while let Ok(one) = line.coming.try_recv() {
            line.waiting.push_back(one);
        }
        let on_the_way = self.on_the_way();
        let before = group.len();
        let share = share(before + line.waiting.len() + on_the_way.writes);
        let mut passed = Vec::new();
        let mut held = HashSet::new();
        while group.len() < share && passed.len() < GROUP_WRITES {
            let Some(one) = line.waiting.pop_front() else {
                break;
            };
            let write = &one.0.write;
            if write
                .records()
                .any(|id| on_the_way.records.contains(&id) || held.contains(&id))
            {
                // Whatever else it touches stays behind it too.
                held.extend(write.records());
                passed.push(one);
            } else {
                group.push(one);
            }
        }
        for one in passed.into_iter().rev() {
            line.waiting.push_front(one);
        }
        group.len() > before
    }

    fn on_the_way(&self) -> MutexGuard<'_, OnTheWay> {
        self.on_the_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// Lets the next group go before this one has ended.
    pub(super) fn let_by(&mut self) {
        self.permit = None;
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut on_the_way = self.queue.on_the_way();
        on_the_way.writes -= self.writes;
        for record in &self.records {
            on_the_way.records.remove(record);
        }
        drop(on_the_way);
        self.queue.ended.notify_waiters();
    }
}

/// How many of all writes that wait or are on their way one group takes.
fn share(all: usize) -> usize {
    all.div_ceil(SIDE_BY_SIDE).clamp(SMALL, GROUP_WRITES)
}
