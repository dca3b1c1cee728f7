//! Reading the whole decision, as `plan import --dry-run` does.

use std::time::Instant;

use crate::Failure;
use crate::figure::{Figure, median, millis};

const DECISION: &str = include_str!("../../../data/plan/decision-833-2023.txt");

/// Reads the shipped decision again and again.
pub(crate) fn measure() -> Result<Figure, Failure> {
    let mut times = Vec::new();
    for _ in 0..20 {
        let began = Instant::now();
        let plan = plan::import::read_decision(DECISION)?;
        times.push(millis(began.elapsed()));
        let (targets, projects) = (plan.targets.len(), plan.projects().count());
        if (targets, projects) != (148, 97) {
            return Err(format!("{targets} targets and {projects} projects were read").into());
        }
    }
    let slowest = times.iter().copied().fold(0.0, f64::max);
    Ok(Figure {
        engine: "–",
        what: "import of the whole decision, nothing stored: 148 targets, 97 projects".to_owned(),
        peer: String::new(),
        theirs: String::new(),
        ours: format!("{:.1} ms, slowest {slowest:.1} ms", median(&times)),
        ratio: None,
        needed: "< 500 ms".to_owned(),
        met: slowest < 500.0,
    })
}
