//! Reads a decision that issues a plan: the plan's own facts, its targets, its projects,
//! and every place where the document does not add up.
//!
//! A pure function over text: no store, no files. The source is never corrected in
//! silence: what is written stays beside what was understood, every part knows its line,
//! and whatever does not fit becomes a [`Finding`]. Names of bodies are resolved through a
//! table ([`BodyAliases`]), so another province brings a table and no code.

pub mod bodies;
mod checks;
mod dates;
mod error;
mod facts;
pub mod finding;
pub mod goal;
mod legal;
mod money;
mod names;
mod outline;
mod projects;
mod targets;
pub mod words;

use serde::Serialize;

pub use bodies::{AliasError, Body, BodyAliases, BodyKind, BodyList, Match, NamedBody};
pub use error::ImportError;
pub use facts::{PlanFacts, StatedBudget};
pub use finding::{Arg, Finding, FindingCode, Severity};
pub use goal::{Bound, Goal, GoalPart, IndicatorKind, IndicatorProposal, Measure};
pub use legal::LegalBasis;
pub use projects::{Amount, Amounts, Note, NumberEvidence, Project, ProjectAnnex, ProjectGroup};
pub use targets::{Target, TargetGroup};

/// A decision read in full.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ParsedPlan {
    /// Symbol, date, issuer, title, budget, coordinator.
    pub facts: PlanFacts,
    /// The headings under which the targets stand, in order.
    pub target_groups: Vec<TargetGroup>,
    /// The targets, in the order of the annex.
    pub targets: Vec<Target>,
    /// The annexes of projects, in order.
    pub project_annexes: Vec<ProjectAnnex>,
    /// What does not add up, by line, then by code.
    pub findings: Vec<Finding>,
}

impl ParsedPlan {
    /// The projects of all annexes, in order.
    pub fn projects(&self) -> impl Iterator<Item = &Project> {
        self.project_annexes
            .iter()
            .flat_map(|annex| &annex.groups)
            .flat_map(|group| &group.projects)
    }
}

/// Reads a decision with the shipped table of names.
pub fn read_decision(text: &str) -> Result<ParsedPlan, ImportError> {
    read_decision_with(text, &BodyAliases::shipped())
}

/// Reads a decision with a table of names of one's own.
pub fn read_decision_with(text: &str, aliases: &BodyAliases) -> Result<ParsedPlan, ImportError> {
    let document = error::readable(text)?;
    let outline = outline::outline(&document)?;
    let facts = facts::read(&outline, aliases)?;
    let mut findings = Vec::new();
    let (target_groups, targets) = targets::read(&outline.targets, aliases, &mut findings)?;
    let mut project_annexes = Vec::new();
    for annex in &outline.projects {
        project_annexes.push(projects::read(annex, aliases, &mut findings)?);
    }
    let mut plan = ParsedPlan {
        facts,
        target_groups,
        targets,
        project_annexes,
        findings,
    };
    checks::run(&mut plan, &outline, &document, aliases);
    Ok(plan)
}
