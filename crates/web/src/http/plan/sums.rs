//! Stated budgets, and what lines of projects add up to.

use plan::records;
use plan::view::ProjectView;
use vocab::Vnd;

use crate::pages::projects::Budget;

/// A budget as pages show it; what is blank stays blank.
pub(super) fn shown(budget: &records::Budget) -> Budget {
    Budget {
        total_vnd: budget.total.map(Vnd::dong),
        recurrent_vnd: budget.recurrent.map(Vnd::dong),
        capital_vnd: budget.capital.map(Vnd::dong),
    }
}

/// What projects ask for together. A source that none of them names is blank, and so is a
/// sum that does not fit.
pub(super) fn added<'v>(projects: impl Iterator<Item = &'v ProjectView> + Clone) -> Budget {
    let sum = |of: fn(&records::Budget) -> Option<Vnd>| {
        let amounts: Vec<Vnd> = projects
            .clone()
            .filter_map(|project| of(&project.body.budget))
            .collect();
        if amounts.is_empty() {
            return None;
        }
        Vnd::checked_sum(amounts).map(Vnd::dong)
    };
    Budget {
        total_vnd: sum(|budget| budget.total),
        recurrent_vnd: sum(|budget| budget.recurrent),
        capital_vnd: sum(|budget| budget.capital),
    }
}
