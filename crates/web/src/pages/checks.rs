//! What looks wrong with a reported value, and what the unit says about it.

/// One thing that looks wrong. The form sends its token as `phat-hien` and, right after it, the
/// words as `giai-trinh`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// Tells it from the same about another value.
    pub token: String,
    /// What looks wrong, as a sentence.
    pub message: String,
    /// What the unit says.
    pub explanation: String,
    /// Whether those words are about just this value, and enough of them.
    pub explained: bool,
    /// Whether they were written about another value.
    pub stale: bool,
}

/// The id of the words about the check at a place, from 1.
pub fn anchor(place: impl std::fmt::Display) -> String {
    format!("giai-trinh-{place}")
}

/// Samples: one explained, one to be confirmed, one in silence.
#[cfg(test)]
pub(super) fn samples() -> Vec<Check> {
    use super::samples::{HOSTILE, LONG};
    vec![
        Check {
            token: "entry-fell-0a1b2c3d".to_owned(),
            message: "Số lũy kế giảm từ 12 lớp (quý II/2023) xuống 11 lớp.".to_owned(),
            explanation: "Quý II báo nhầm một lớp của đơn vị khác.".to_owned(),
            explained: true,
            stale: false,
        },
        Check {
            token: "entry-moved-0a1b2c3d".to_owned(),
            message: LONG.to_owned(),
            explanation: HOSTILE.to_owned(),
            explained: false,
            stale: true,
        },
        Check {
            token: "entry-undone-0a1b2c3d".to_owned(),
            message: HOSTILE.to_owned(),
            ..Check::default()
        },
    ]
}
