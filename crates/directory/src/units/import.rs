//! Reading events, or a list of units, from comma-separated values.
//!
//! `rows.rs` reads the cells, `build.rs` and `endings.rs` make events of the rows of a day,
//! `list.rs` those of a list of units. A code is
//! looked up among the units of the eve of its row's day: it means something only then.

mod area;
mod build;
mod endings;
mod list;
mod rows;

use serde::Serialize;
use store::Actor;
use vocab::{FieldProblem, Id, Problem, hex};

use super::events::{Ground, UnitEvent, UnitPreview};
use crate::digest::{named_id, of_secret};
use crate::{Directory, DirectoryError};

/// What reading a file of events came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitImport {
    /// The rearrangement that the file is: the same for the same text.
    pub rearrangement: Id,
    /// Whether it was applied before; then nothing more happens.
    pub known: bool,
    /// How many rows were read.
    pub rows: usize,
    /// How many events they make.
    pub events: usize,
    /// What the file leaves open, row by row; the rest is applied without it.
    pub notes: Vec<RowNote>,
    /// What the events do; none where they were applied before.
    pub preview: Option<UnitPreview>,
}

/// Something to know about a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowNote {
    /// The line on which the row begins, from 1.
    pub line: u32,
    /// What about it: `row-without-code`, `row-name-differs`.
    pub note: FieldProblem,
}

/// Events and the line that each comes from.
#[derive(Debug, Default)]
struct Made {
    events: Vec<(u32, UnitEvent)>,
    notes: Vec<RowNote>,
    faults: Vec<FieldProblem>,
}

impl Made {
    fn fault(&mut self, line: u32, code: &str) -> &mut FieldProblem {
        self.faults.push(FieldProblem::new(line.to_string(), code));
        let last = self.faults.len() - 1;
        &mut self.faults[last]
    }

    fn note(&mut self, line: u32, note: FieldProblem) {
        self.notes.push(RowNote { line, note });
    }
}

/// Adds a value for the wording of a fault in place.
fn say(fault: &mut FieldProblem, name: &str, value: impl ToString) {
    fault.args.insert(name.to_owned(), value.to_string());
}

impl Directory {
    /// What a file of events would do; nothing is written. Refused as
    /// [`Directory::import_units`] would be.
    pub async fn preview_unit_import(
        &self,
        file: &str,
        text: &str,
    ) -> Result<UnitImport, DirectoryError> {
        Ok(self.read_import(file, text).await?.0)
    }

    /// Applies a file of events, all or nothing. The same text applied again changes
    /// nothing.
    ///
    /// Refused with `unit-import-refused`; each field names a line and says what is wrong
    /// with it. The shape of the file is in `data/units/README.md`.
    pub async fn import_units(
        &self,
        actor: &Actor,
        file: &str,
        text: &str,
    ) -> Result<UnitImport, DirectoryError> {
        let (import, made) = self.read_import(file, text).await?;
        if !import.known {
            let events = made.into_iter().map(|(_, event)| event);
            let events: Vec<UnitEvent> = events.collect();
            self.rearrange_as(actor, import.rearrangement, &events)
                .await?;
        }
        Ok(import)
    }

    async fn read_import(
        &self,
        file: &str,
        text: &str,
    ) -> Result<(UnitImport, Vec<(u32, UnitEvent)>), DirectoryError> {
        let rearrangement = named_id(&format!("unit-import/{}", hex::encode(&of_secret(text))));
        let ground = Ground::read(self).await?;
        let rows = rows::read(text).map_err(refused)?;
        let mut import = UnitImport {
            rearrangement,
            known: ground.holds(rearrangement),
            rows: rows.len(),
            events: 0,
            notes: Vec::new(),
            preview: None,
        };
        if import.known {
            return Ok((import, Vec::new()));
        }
        let made = match rows {
            rows::Rows::Events(rows) => build::events(&ground.timeline, &rows, file),
            rows::Rows::Units(rows) => list::events(&ground.timeline, &rows, file),
        };
        if !made.faults.is_empty() {
            return Err(refused(made.faults));
        }
        let events: Vec<UnitEvent> = made.events.iter().map(|(_, event)| event.clone()).collect();
        let preview = self.preview_on(&ground, &events).await;
        import.preview = Some(preview.map_err(|error| at_lines(error, &made.events))?);
        import.events = events.len();
        import.notes = made.notes;
        Ok((import, made.events))
    }
}

fn refused(faults: Vec<FieldProblem>) -> DirectoryError {
    let about = format!("importing events of units: {} rows at fault", faults.len());
    let mut problem = Problem::new(422, REFUSED, about).with("count", faults.len());
    problem.fields = faults;
    problem.into()
}

const REFUSED: &str = "unit-import-refused";

/// Faults of events as faults of the lines that they come from.
fn at_lines(error: DirectoryError, events: &[(u32, UnitEvent)]) -> DirectoryError {
    match error {
        DirectoryError::Refused(mut problem) => {
            for field in &mut problem.fields {
                let at = field.field.parse::<usize>().ok();
                if let Some((line, _)) = at.and_then(|at| events.get(at)) {
                    field.field = line.to_string();
                }
            }
            refused(problem.fields)
        }
        other @ DirectoryError::Store(_) => other,
    }
}
