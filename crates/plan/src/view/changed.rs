//! What changed between two views of a plan.

use vocab::{Id, Instant};

use super::{JudgedTarget, PlanView, TargetView};

/// A target that is not what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetChange {
    /// Its number in the annex.
    pub number: u16,
    /// How it was; nothing where it was not there.
    pub before: Option<JudgedTarget>,
    /// How it is; nothing where it is not there any more.
    pub after: Option<JudgedTarget>,
    /// How many reports were consolidated since.
    pub reports: usize,
    /// When the last of them was.
    pub latest: Option<Instant>,
}

impl TargetChange {
    /// Whether it stands otherwise.
    pub fn standing(&self) -> bool {
        let standing = |judged: &Option<JudgedTarget>| judged.as_ref().map(|one| one.standing);
        standing(&self.before) != standing(&self.after)
    }

    /// Whether it stands worse than it did.
    pub fn worse(&self) -> bool {
        let both = self.before.as_ref().zip(self.after.as_ref());
        both.is_some_and(|(before, after)| after.standing > before.standing)
    }

    /// Whether its figure is another one.
    pub fn figure(&self) -> bool {
        let figure = |judged: &Option<JudgedTarget>| judged.as_ref().and_then(|one| one.figure);
        figure(&self.before) != figure(&self.after)
    }

    /// Whether what it asks for is another thing: its words, its goal, how that is measured or
    /// when it is due.
    pub fn asked(&self) -> bool {
        self.before
            .as_ref()
            .zip(self.after.as_ref())
            .is_some_and(|(before, after)| {
                (&before.name, &before.goal, &before.measure, before.due)
                    != (&after.name, &after.goal, &after.measure, after.due)
            })
    }
}

/// The targets of a view that are not what they were in an earlier one, in the order of their
/// numbers; one that was retired since is not there any more. Where there was no earlier view,
/// every target is new. What is not shown now is not told of, whatever was shown before.
pub fn changed(before: Option<&PlanView>, now: &PlanView, since: Instant) -> Vec<TargetChange> {
    fn in_force(view: &PlanView, id: Id) -> Option<&TargetView> {
        view.targets.iter().find(|target| target.id == id)
    }
    let old = |target: &TargetView| before.and_then(|view| in_force(view, target.id));
    let gone = before.into_iter().flat_map(|view| {
        let gone = view.targets.iter();
        gone.filter(|target| in_force(now, target.id).is_none())
            .map(move |target| TargetChange {
                number: target.body.number,
                before: Some(match now.target_by_id(target.id) {
                    Some(retired) => shown(retired, target.judged(view)),
                    None if target.published => target.judged(view),
                    None => target.judged(view).withheld(),
                }),
                after: None,
                reports: 0,
                latest: None,
            })
    });
    let mut changes: Vec<TargetChange> = now
        .targets
        .iter()
        .map(|target| {
            let consolidated = target
                .indicators
                .iter()
                .flat_map(|one| &one.units)
                .filter_map(|unit| Some(unit.latest?.at))
                .filter(|at| *at > since);
            let was = before.zip(old(target));
            TargetChange {
                number: target.body.number,
                before: was.map(|(view, was)| shown(target, was.judged(view))),
                after: Some(target.judged(now)),
                reports: consolidated.clone().count(),
                latest: consolidated.max(),
            }
        })
        .filter(|change| {
            change.before.is_none()
                || change.standing()
                || change.figure()
                || change.asked()
                || change.reports > 0
        })
        .chain(gone)
        .collect();
    changes.sort_by_key(|change| change.number);
    changes
}

/// What a target was, for those who see it as it is now.
fn shown(now: &TargetView, was: JudgedTarget) -> JudgedTarget {
    if now.is_withheld() {
        was.withheld()
    } else {
        was
    }
}
