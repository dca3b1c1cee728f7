//! Units and what documents call them.

use directory::UnitTree;
use plan::records::{Budget, Party};
use serde::Serialize;
use utoipa::ToSchema;
use vocab::{Id, Vnd};

/// A unit by its identity and name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct UnitName {
    /// The unit: `/api/v1/units/{id}`.
    #[schema(value_type = String, format = "uuid")]
    id: Id,
    /// Its name on the day of the plan's decision.
    #[schema(example = "Sở Nội vụ")]
    name: String,
}

impl UnitName {
    pub(super) fn of(units: &UnitTree, id: Id) -> Self {
        let unit = units.get(id);
        Self {
            id,
            name: unit.map_or_else(String::new, |unit| unit.name.clone()),
        }
    }
}

/// A body or a set of bodies that the decision names.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct PartyShown {
    /// As written.
    #[schema(example = "Sở TT&TT")]
    written: String,
    /// Its official name, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Sở Thông tin và Truyền thông")]
    name: Option<String>,
    /// The unit, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "uuid")]
    unit: Option<Id>,
    /// The set of units, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "districts")]
    group: Option<String>,
}

impl From<&Party> for PartyShown {
    fn from(party: &Party) -> Self {
        Self {
            written: party.written.clone(),
            name: party.name.clone(),
            unit: party.unit,
            group: party.group.clone(),
        }
    }
}

/// Money in đồng by source, as decimals; what the document leaves blank is absent.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(super) struct BudgetShown {
    /// Both sources together.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "912912000000")]
    total: Option<Vnd>,
    /// Nguồn sự nghiệp.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    recurrent: Option<Vnd>,
    /// Nguồn đầu tư.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    capital: Option<Vnd>,
}

impl From<&Budget> for BudgetShown {
    fn from(budget: &Budget) -> Self {
        Self {
            total: budget.total,
            recurrent: budget.recurrent,
            capital: budget.capital,
        }
    }
}
