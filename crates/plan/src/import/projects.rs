//! An annex of projects: groups, their projects, and what the annex says they cost.

mod read;
mod row;
mod unit;

use serde::Serialize;
use vocab::Vnd;

use super::bodies::{Body, BodyList};
pub(crate) use read::read;

/// An annex of projects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProjectAnnex {
    /// The annex's number.
    pub number: u32,
    /// Its title, as written.
    pub title: String,
    /// How many đồng one of the table's units is.
    pub unit_vnd: i64,
    /// How its numbers were read, and why so.
    pub numbers: NumberEvidence,
    /// The bodies whose projects it lists.
    pub groups: Vec<ProjectGroup>,
    /// What the annex states as its total.
    pub stated: Amounts,
    /// Where the total stands.
    pub line: u32,
    /// What stands beside the total.
    pub note: String,
}

/// Why a column's numbers are read in one form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NumberEvidence {
    /// `english`, `vietnamese`; `None` if undecided.
    pub form: Option<&'static str>,
    /// A number, or a sum, that makes sense in that form only.
    pub witness: Option<String>,
    /// How many such there are.
    pub count: usize,
}

/// The projects of one body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProjectGroup {
    /// Such as `9`.
    pub code: String,
    /// The body as written.
    pub name: String,
    /// What the name stands for.
    pub body: Option<Body>,
    /// Where it stands.
    pub line: u32,
    /// What the annex states for the group.
    pub stated: Amounts,
    /// What stands beside the group.
    pub note: String,
    /// Where the note begins.
    pub note_line: u32,
    /// The group's projects.
    pub projects: Vec<Project>,
}

/// One project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Project {
    /// Such as `9.1`.
    pub code: String,
    /// Where it stands.
    pub line: u32,
    /// As written.
    pub name: String,
    /// «Đơn vị chủ trì»
    pub leads: BodyList,
    /// What it costs.
    pub amounts: Amounts,
    /// What stands beside it, or reaches down to it.
    pub note: Note,
}

/// A note as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Empty if there is none of its own; see [`ProjectGroup::note_on`].
    pub text: String,
    /// Where it begins.
    pub line: u32,
    /// The line of the project above whose note reaches down to this one.
    pub inherited_from: Option<u32>,
}

/// Money by source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Amounts {
    /// Both sources together.
    pub total: Amount,
    /// «Nguồn sự nghiệp»
    pub recurrent: Amount,
    /// «Nguồn đầu tư»
    pub capital: Amount,
}

/// An amount as written and as understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// Empty if the cell is.
    pub written: String,
    /// Exact; `None` if the cell is empty or could not be read.
    pub vnd: Option<Vnd>,
    /// What one unit of the last digit written is worth, in đồng.
    #[serde(skip)]
    pub(crate) grain_vnd: i64,
}

impl ProjectGroup {
    /// The note that holds for one of the group's projects: its own, or the one that
    /// reaches down to it.
    pub fn note_on<'a>(&'a self, project: &'a Project) -> &'a Note {
        let above = project.note.inherited_from.and_then(|line| {
            let mut projects = self.projects.iter();
            projects.find(|project| project.line == line)
        });
        &above.unwrap_or(project).note
    }
}
