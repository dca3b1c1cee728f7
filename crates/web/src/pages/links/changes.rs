//! The addresses of obstacles and of what later decisions make of the plan.

use super::{encode, with_query};

/// What stands in units' way.
pub const OBSTACLES: &str = "/vuong-mac";
/// The form for a new obstacle: of a target `muc-tieu` (its number), a project `du-an` or a duty
/// `nhiem-vu` (their ids).
pub const OBSTACLE_NEW: &str = "/vuong-mac/moi";

/// One obstacle; what is done with it (POST).
pub fn obstacle(id: &str) -> String {
    format!("{OBSTACLES}/{}", encode(id))
}

/// The form of one that was not sent yet.
pub fn obstacle_edit(id: &str) -> String {
    format!("{}/sua", obstacle(id))
}

/// The form for a new obstacle of a matter: `muc-tieu`, `du-an` or `nhiem-vu`.
pub fn obstacle_new(matter: &str, which: &str) -> String {
    with_query(OBSTACLE_NEW, &[(matter, which)])
}

/// What a body is asked because of an obstacle; its answer (POST).
pub fn obstacle_ask(id: &str) -> String {
    format!("{OBSTACLES}/hoi/{}", encode(id))
}

/// What later decisions made of the plan.
pub const AMENDMENTS: &str = "/ke-hoach/sua-doi";
/// The form for another; the obstacle that led to it is `vuong-mac`.
pub const AMENDMENT_NEW: &str = "/ke-hoach/sua-doi/moi";

/// The form for an amendment that an obstacle led to.
pub fn amendment_of(obstacle: &str) -> String {
    with_query(AMENDMENT_NEW, &[("vuong-mac", obstacle)])
}

/// One amendment; what is done with it (POST).
pub fn amendment(id: &str) -> String {
    format!("{AMENDMENTS}/{}", encode(id))
}

/// Its particulars.
pub fn amendment_edit(id: &str) -> String {
    format!("{}/sua", amendment(id))
}

/// What a target reads like under it; `so` is the target's number, nothing for a new one.
pub fn amendment_target(id: &str, number: &str) -> String {
    with_query(&format!("{}/muc-tieu", amendment(id)), &[("so", number)])
}

/// A text of the amended annex for it (POST).
pub fn amendment_text(id: &str) -> String {
    format!("{}/tep", amendment(id))
}
