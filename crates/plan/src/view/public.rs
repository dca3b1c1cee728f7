//! What those see of a plan who have no account: figures that were consolidated and that the
//! coordinator publishes.

use super::{Board, PlanView, TargetView};
use crate::standing::{Judgement, Reason, Standing};

impl TargetView {
    /// Whether its figures are kept from whoever sees this view; not just from the public.
    pub const fn is_withheld(&self) -> bool {
        self.withheld
    }
}

impl PlanView {
    /// Whether the figures of an indicator are public: one of the targets that it measures is,
    /// in force or retired.
    pub fn is_public(&self, indicator: vocab::Id) -> bool {
        self.all_targets().any(|target| {
            target.published && target.indicators.iter().any(|one| one.id == indicator)
        })
    }

    /// The same plan without what is not published; nothing if all of it is.
    pub(super) fn withheld(&self) -> Option<Self> {
        if self.all_targets().all(|target| target.published) {
            return None;
        }
        let mut public = self.clone();
        let retired = public.retired_targets.iter_mut();
        let all = public.targets.iter_mut().chain(retired);
        all.filter(|one| !one.published).for_each(withhold);
        public
            .changes
            .retain(|change| self.is_public(change.indicator));
        public.board = Board::of(&public);
        Some(public)
    }
}

pub(super) fn withhold(target: &mut TargetView) {
    let nothing = |judgement: &mut Judgement| {
        *judgement = Judgement {
            standing: Standing::NoData,
            reason: Reason::NotPublished,
            rule: judgement.rule,
        };
    };
    target.withheld = true;
    target.standing = Standing::NoData;
    let former = target.former.iter_mut();
    for indicator in target.indicators.iter_mut().chain(former) {
        nothing(&mut indicator.judgement);
        indicator.figure = None;
        indicator.trend.clear();
        indicator.reports = std::sync::Arc::default();
        // Who reported without being asked is told by the reports alone.
        let asked = |unit: &super::UnitFigure| target.reporters.contains(&unit.unit);
        indicator.units.retain(asked);
        for unit in &mut indicator.units {
            nothing(&mut unit.judgement);
            unit.latest = None;
            unit.reports = 0;
        }
    }
}
