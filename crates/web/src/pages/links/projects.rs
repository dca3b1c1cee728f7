//! The addresses of projects' money and of units' own plans.

use super::{encode, with_query};

/// Projects on their way; `don-vi`, `nguon`, `buoc`, `ky` and `tre` narrow it.
pub const PROJECT_LIST: &str = "/du-an/theo-doi";
/// The money of projects by unit, source and period; `ky` narrows payments.
pub const PROJECT_MONEY: &str = "/du-an/kinh-phi";
/// The province's total budget expenditure.
pub const PROJECT_BUDGET: &str = "/du-an/kinh-phi/ngan-sach";
/// Units' own plans.
pub const OWN_PLANS: &str = "/ke-hoach-don-vi";
/// By when units issue their own plans.
pub const OWN_PLANS_DUE: &str = "/ke-hoach-don-vi/han";

/// One project.
pub fn project_page(id: &str) -> String {
    format!("/du-an/{}", encode(id))
}

/// The form for something that happened to a project.
pub fn project_new(id: &str, kind: &str) -> String {
    with_query(&format!("{}/ghi", project_page(id)), &[("loai", kind)])
}

/// Which targets a project serves.
pub fn project_targets(id: &str) -> String {
    format!("{}/muc-tieu", project_page(id))
}

/// The form of something that was entered of a project.
pub fn project_entry(id: &str) -> String {
    format!("/du-an/ghi-nhan/{}", encode(id))
}

/// What is done with it (POST): `gui`, `duyet`, `tra-lai`, `rut`.
pub fn project_entry_step(id: &str, step: &str) -> String {
    format!("{}/{step}", project_entry(id))
}

/// What a page of projects' money shows, as a file.
pub fn project_file(name: &str, ending: &str, query: &[(&str, &str)]) -> String {
    with_query(&format!("/du-an/tep/{name}.{ending}"), query)
}

/// A unit's own plan.
pub fn own_plan(unit: &str) -> String {
    format!("{OWN_PLANS}/{}", encode(unit))
}

/// The form of a unit's own plan.
pub fn own_plan_edit(unit: &str) -> String {
    format!("{}/ghi", own_plan(unit))
}

/// What is done with a unit's own plan (POST): `gui`, `duyet`, `tra-lai`.
pub fn own_plan_step(unit: &str, step: &str) -> String {
    format!("{}/{step}", own_plan(unit))
}
