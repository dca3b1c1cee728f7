//! Packs applied to a database: what that would do to its records, and doing it.

use std::collections::{BTreeMap, BTreeSet};

use pack::change::{Change, Texts, compare};
use pack::shape::Wording;
use registry::system::applied::{self, Applied, Known};
use registry::{Registry, Systems};

use crate::failure::Failure;
use crate::packs::Packs;
use crate::province::Opened;
use crate::settings::Settings;
use crate::terminal;
use crate::words::Words;

/// What an application would do to the records of a database.
pub(crate) struct Review {
    pub earlier: Packs,
    pub later: Packs,
    pub changes: Vec<Change>,
    /// How many records each concerns, where they were counted.
    pub counts: Option<Vec<Option<u64>>>,
    /// The tables whose records lists go by in another way, each with its record type's name.
    pub rearranged: BTreeMap<String, Wording>,
}

impl Review {
    /// Of declarations alone.
    pub(crate) fn of(earlier: Packs, later: Packs) -> Self {
        Self {
            changes: compare(&earlier.catalog, &later.catalog),
            earlier,
            later,
            counts: None,
            rearranged: BTreeMap::new(),
        }
    }

    /// The same with the records that the earlier one's store holds.
    async fn counted(mut self, registry: &Registry) -> Result<Self, Failure> {
        let counting = registry.count_concerned(&self.later.catalog, &self.changes);
        self.counts = Some(counting.await?);
        Ok(self)
    }

    /// Each change, with how many records it concerns.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&Change, Option<u64>)> {
        self.changes.iter().enumerate().map(|(place, change)| {
            let counts = self.counts.as_ref();
            let count = counts.map(|counts| counts[place].unwrap_or(0));
            (change, count)
        })
    }

    /// How many changes cannot be applied.
    pub(crate) fn refused(&self) -> usize {
        let refused = self.each().filter(|(change, count)| match count {
            Some(count) => change.is_refused(*count),
            None => change.may_be_refused(),
        });
        refused.count()
    }

    /// Whether records must be written anew.
    fn rewrites(&self) -> bool {
        self.each()
            .any(|(change, count)| change.rewrites() && count != Some(0))
    }

    /// Whether somebody who writes meanwhile could make it lose something.
    fn needs_care(&self) -> bool {
        let mut changes = self.changes.iter();
        changes.any(|change| change.may_be_refused() || change.rewrites())
    }

    fn tables_to_arrange(&self) -> BTreeSet<String> {
        self.rearranged.keys().cloned().collect()
    }

    /// Whether both declare the same, to the letter.
    pub(crate) fn is_same(&self) -> bool {
        self.earlier.declared.digest() == self.later.declared.digest()
    }

    pub(crate) fn texts(&self) -> Texts<'_> {
        Texts {
            old: &self.earlier.catalog.sources,
            new: &self.later.catalog.sources,
        }
    }

    /// Every change in words, and what to make of them.
    pub(crate) fn said(&self, words: Words) -> String {
        let lang = words.pages.lang;
        let mut lines: Vec<String> = self
            .each()
            .map(|(change, count)| change.render(self.texts(), count, lang))
            .collect();
        lines.extend(self.rearranged.values().map(|title| {
            words.t_args(
                "pack-diff-arranged",
                &[("record", &web::i18n::said(lang, title))],
            )
        }));
        let (changes, refused) = (self.changes.len(), self.refused());
        let key = match (changes, refused) {
            (0, _) if self.is_same() => "pack-diff-same",
            (0, _) => "pack-diff-nothing",
            (_, 0) => "pack-diff-fine",
            _ => "pack-diff-refused",
        };
        lines.push(words.t_args(key, &[("changes", &changes), ("refused", &refused)]));
        lines.join("\n")
    }
}

/// How an application ended.
pub(crate) enum Ended {
    /// The database had none: this is its first.
    First,
    /// It was applied already.
    Same(i64),
    /// It was applied; so many records were rewritten.
    Applied {
        review: Box<Review>,
        sequence: i64,
        records: u64,
    },
    /// It cannot be.
    Refused(Box<Review>),
    /// Records would have to be rewritten, and that was not asked for.
    Awaits(Box<Review>),
}

/// What is known of a database before anything is applied.
pub(crate) struct Desk<'s> {
    settings: &'s Settings,
    plain: Opened,
    pub known: Known,
}

impl<'s> Desk<'s> {
    /// Reads what is applied.
    pub(crate) async fn open(settings: &'s Settings) -> Result<Self, Failure> {
        let plain = Opened::with(settings, Systems::default()).await?;
        Ok(Self {
            known: applied::known(&plain.store).await?,
            plain,
            settings,
        })
    }

    /// What is applied; says so if nothing is, or if an application was begun and not ended.
    pub(crate) fn applied(&self) -> Result<&Applied, Failure> {
        let applied = self.known.applied.as_ref();
        applied.ok_or_else(|| Failure::new("failure-packs-never-applied"))
    }

    /// What another declaration would do to the records.
    pub(crate) async fn review(&self, later: Packs) -> Result<Review, Failure> {
        let applied = self.applied()?;
        let earlier = Packs::kept(&applied.declared, applied.sequence)?;
        let systems = earlier.systems(self.settings)?;
        let mut review = Review::of(earlier, later);
        let changed = review.later.systems(self.settings)?;
        let titles = changed.kinds().iter().map(|kind| {
            let declared = &changed.record(kind).declared.record;
            (kind.name.to_owned(), declared.title.clone())
        });
        let titles: BTreeMap<_, _> = titles.collect();
        let tables = applied::rearranged(&systems, &changed);
        let named = tables.into_iter().filter_map(|table| {
            let title = titles.get(&table)?.clone();
            Some((table, title))
        });
        review.rearranged = named.collect();
        let opened = Opened::with(self.settings, systems).await?;
        review.counted(&opened.registry().await?).await
    }

    /// Applies a declaration; `rewriting` if records may be rewritten for it.
    pub(crate) async fn apply(
        mut self,
        later: Packs,
        rewriting: bool,
        words: Words,
    ) -> Result<Ended, Failure> {
        let plain = self.plain.registry().await?;
        let caller = crate::province::caller(&plain);
        let Some(applied) = self.known.applied.clone() else {
            plain
                .record_application(&caller, &self.known, &later.declared, &BTreeSet::new())
                .await?;
            return Ok(Ended::First);
        };
        if let Some(pending) = &applied.pending {
            if pending.digest() != later.declared.digest() || !rewriting {
                return Err(Failure::new("failure-packs-pending"));
            }
            return self.bring_along(&plain, later, rewriting, words).await;
        }
        if applied.declared.digest() == later.declared.digest() {
            return Ok(Ended::Same(applied.sequence));
        }
        let review = self.review(later).await?;
        if review.refused() > 0 {
            return Ok(Ended::Refused(Box::new(review)));
        }
        if review.rewrites() && !rewriting {
            return Ok(Ended::Awaits(Box::new(review)));
        }
        let declared = review.later.declared.clone();
        if !review.needs_care() {
            let tables = review.tables_to_arrange();
            let done = plain.record_application(&caller, &self.known, &declared, &tables);
            done.await?;
            return Ok(Ended::Applied {
                review: Box::new(review),
                sequence: applied.sequence + 1,
                records: 0,
            });
        }
        // From here on nobody writes by the earlier declaration: what is counted now stays.
        self.known = plain
            .begin_application(&caller, &self.known, &declared)
            .await?;
        self.bring_along(&plain, review.later, rewriting, words)
            .await
    }

    /// Goes on with an application that has begun. It may have been cut off before anything was
    /// counted, so this counts again; what was rewritten already is counted no more.
    async fn bring_along(
        self,
        plain: &Registry,
        later: Packs,
        rewriting: bool,
        words: Words,
    ) -> Result<Ended, Failure> {
        let review = self.review(later).await?;
        if review.refused() > 0 || (review.rewrites() && !rewriting) {
            let caller = crate::province::caller(plain);
            plain.withdraw_application(&caller, &self.known).await?;
            return Ok(Ended::Refused(Box::new(review)));
        }
        self.carry_out(review, words).await
    }

    /// Brings the records to a declaration whose application has begun, and ends it.
    async fn carry_out(self, review: Review, words: Words) -> Result<Ended, Failure> {
        let systems = review.later.systems(self.settings)?;
        let systems = systems.as_of(self.known.epoch);
        let opened = Opened::with(self.settings, systems).await?;
        let registry = opened.registry().await?;
        let caller = crate::province::caller(&registry);
        let mut told = |count: u64| {
            let said = words.t_args("pack-apply-so-far", &[("count", &count)]);
            terminal::complain(&said);
        };
        let earlier = &review.earlier.catalog;
        let records = registry.migrate(&caller, earlier, &mut told).await?;
        let known = registry
            .finish_application(&caller, &self.known, &review.tables_to_arrange())
            .await?;
        Ok(Ended::Applied {
            review: Box::new(review),
            sequence: known.applied.map_or(0, |applied| applied.sequence),
            records,
        })
    }
}

/// Compares the packs on disk with those that are applied before they run: what changes nothing
/// about records is applied, with a line in the log; anything else keeps the program from starting.
pub(crate) async fn settle(settings: &Settings, words: Words) -> Result<Opened, Failure> {
    let disk = Packs::on_disk(settings)?;
    let ended = match Desk::open(settings)
        .await?
        .apply(disk.clone(), false, words)
        .await
    {
        // Another process that begins at the same time was quicker, mostly with the same packs.
        Err(failure) if failure.is("problem-packs-applied-meanwhile") => {
            let again = Desk::open(settings).await?;
            again.apply(disk.clone(), false, words).await?
        }
        ended => ended?,
    };
    match ended {
        Ended::First => tracing::info!("the packs are noted as applied"),
        Ended::Same(_) => {}
        Ended::Applied {
            sequence, review, ..
        } => {
            let changes = review.changes.len();
            tracing::info!(sequence, changes, "the packs changed and are applied");
        }
        Ended::Refused(review) => {
            return Err(Failure::new("failure-packs-lose").with("changes", review.said(words)));
        }
        Ended::Awaits(review) => {
            return Err(Failure::new("failure-packs-await").with("changes", review.said(words)));
        }
    }
    let plain = Opened::with(settings, Systems::default()).await?;
    let known = applied::known(&plain.store).await?;
    drop(plain);
    let same = |applied: &Applied| {
        applied.pending.is_none() && applied.declared.digest() == disk.declared.digest()
    };
    if !known.applied.as_ref().is_some_and(same) {
        return Err(Failure::new("problem-packs-applied-meanwhile"));
    }
    Opened::with(settings, disk.systems(settings)?.as_of(known.epoch)).await
}
