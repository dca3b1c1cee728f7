//! Reads a decision that issues a plan: the plan's own facts, its targets, its projects,
//! and every place where the document does not add up.
//!
//! A pure function over a file's bytes: no store, nothing read beside them. The source is never corrected in
//! silence: what is written stays beside what was understood, every part knows its line,
//! and whatever does not fit becomes a [`Finding`]. Names of bodies are resolved through a
//! table ([`BodyAliases`]), so another province brings a table and no code.

mod accounting;
mod baselines;
pub mod bodies;
mod checks;
mod columns;
mod dates;
mod due;
mod duties;
mod error;
mod facts;
mod figures;
pub mod finding;
mod frames;
pub mod goal;
mod heading;
mod legal;
mod money;
mod names;
mod opening;
mod outline;
mod projects;
mod sections;
mod single;
mod targets;
pub mod words;

use office::{Document, Reading};
use serde::Serialize;

pub use accounting::{LineUse, UnusedLine};
pub use baselines::Baseline;
pub use bodies::{AliasError, Body, BodyAliases, BodyKind, BodyList, Match, NamedBody};
pub use due::Due;
pub use duties::{Duty, DutyKind};
pub use error::ImportError;
pub use facts::{PlanFacts, StatedBudget};
pub use figures::Figure;
pub use finding::{Arg, Finding, FindingCode, Severity};
pub use goal::{Bound, Goal, GoalPart, IndicatorKind, IndicatorProposal, Measure};
pub use legal::LegalBasis;
pub use projects::{Amount, Amounts, Note, NumberEvidence, Project, ProjectAnnex, ProjectGroup};
pub(crate) use single::{named_bodies, written_target};
pub use targets::{Target, TargetGroup};

/// A decision read in full.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ParsedPlan {
    /// Symbol, date, issuer, title, budget, coordinator.
    pub facts: PlanFacts,
    /// The headings under which the targets stand, in order.
    pub target_groups: Vec<TargetGroup>,
    /// The documents that the decision rests on.
    pub grounds: Vec<LegalBasis>,
    /// What the body itself orders.
    pub duties: Vec<Duty>,
    /// What the body tells of the time before.
    pub baselines: Vec<Baseline>,
    /// The targets, in the order of the annex.
    pub targets: Vec<Target>,
    /// The annexes of projects, in order.
    pub project_annexes: Vec<ProjectAnnex>,
    /// What does not add up, by line, then by code.
    pub findings: Vec<Finding>,
    /// What was made of lines, in order.
    #[serde(skip)]
    pub line_uses: Vec<(u32, LineUse)>,
    /// The lines that say something and that nothing was made of.
    pub unused_lines: Vec<UnusedLine>,
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

/// A decision as it was read from a file.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadDecision {
    /// What the decision says.
    pub plan: ParsedPlan,
    /// The file behind it: what it is, its text, and where each line of that stands in it.
    pub source: Reading,
}

/// Reads a decision from a file of any kind that [`office::reading`] knows, with the shipped
/// table of names.
pub fn read_file(bytes: &[u8]) -> Result<ReadDecision, ImportError> {
    read_file_with(bytes, &BodyAliases::shipped())
}

/// Reads a decision from a file with a table of names of one's own.
pub fn read_file_with(bytes: &[u8], aliases: &BodyAliases) -> Result<ReadDecision, ImportError> {
    let source = office::reading::read(bytes)?;
    Ok(ReadDecision {
        plan: read_document(&source.document, aliases)?,
        source,
    })
}

/// Reads a decision from its text with the shipped table of names.
pub fn read_decision(text: &str) -> Result<ParsedPlan, ImportError> {
    read_decision_with(text, &BodyAliases::shipped())
}

/// Reads a decision from its text with a table of names of one's own.
pub fn read_decision_with(text: &str, aliases: &BodyAliases) -> Result<ParsedPlan, ImportError> {
    Ok(read_file_with(text.as_bytes(), aliases)?.plan)
}

pub(crate) fn read_document(
    document: &Document,
    aliases: &BodyAliases,
) -> Result<ParsedPlan, ImportError> {
    if document.blocks.is_empty() {
        return Err(ImportError::Empty);
    }
    let tables = document.tables().count();
    let document = frames::prepared(document.clone());
    let outline = outline::outline(&document, tables)?;
    let facts = facts::read(&outline, aliases)?;
    let mut findings = Vec::new();
    let (target_groups, targets) =
        targets::read(&outline.targets, aliases, facts.year, &mut findings)?;
    let mut project_annexes = Vec::new();
    for annex in &outline.projects {
        let budget = facts.budget.as_ref().map(|budget| budget.total);
        project_annexes.push(projects::read(annex, budget, aliases, &mut findings)?);
    }
    let placed = sections::placed(&outline.body);
    let mut plan = ParsedPlan {
        facts,
        target_groups,
        grounds: legal::grounds(&placed),
        duties: duties::read(&placed, aliases),
        baselines: baselines::read(&placed, &targets),
        targets,
        project_annexes,
        findings,
        line_uses: Vec::new(),
        unused_lines: Vec::new(),
    };
    checks::run(&mut plan, &outline, &document, aliases);
    (plan.line_uses, plan.unused_lines) = accounting::lines(&plan, &outline, &placed, &document);
    Ok(plan)
}
