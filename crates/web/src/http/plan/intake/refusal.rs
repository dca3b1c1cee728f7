//! Why a file is not read as a decision, as a problem that the form shows: with the line, and
//! for what is no plain text with the cell or paragraph.

use office::PackageError;
use office::reading::{Place, ReadError, Refused};
use office::text::TextError;
use plan::PlanError;
use plan::import::ImportError;
use vocab::{FieldProblem, Problem};

use super::super::super::Failure;

/// What is wrong with a file of these bytes; what is not the file's fault is a failure.
pub(in crate::http) fn of(error: PlanError, bytes: &[u8]) -> Result<Problem, Failure> {
    match error {
        PlanError::Import(error) => Ok(problem(&error, bytes)),
        other => Err(other.into()),
    }
}

fn problem(error: &ImportError, bytes: &[u8]) -> Problem {
    let (code, args) = told(error);
    let mut field = FieldProblem::new("tep", &format!("decision-{code}"));
    for (name, value) in &args {
        field = field.with(name, value);
    }
    let line = args.iter().find(|(name, _)| *name == "line");
    let place = line.and_then(|(_, line)| place(bytes, line.parse().ok()?));
    if let Some(place) = place {
        field.code.push_str("-at");
        field = field.with("place", place);
    }
    let code = field.code.clone();
    Problem::new(422, &code, "a decision").at(field)
}

/// The cell or paragraph behind a line, for files that have such.
fn place(bytes: &[u8], line: u32) -> Option<String> {
    let reading = office::reading::read(bytes).ok()?;
    match reading.place(line)? {
        Place::Cell(cell) => Some(cell.clone()),
        Place::Paragraph(number) | Place::Line(number) => Some(number.to_string()),
    }
}

type Told = (&'static str, Vec<(&'static str, String)>);

fn told(error: &ImportError) -> Told {
    match error {
        ImportError::Empty => ("empty", Vec::new()),
        ImportError::File(error) => of_file(error),
        ImportError::Text(error) => of_text(error),
        ImportError::NoTargets { tables, looked_for } => (
            "no-targets",
            vec![
                ("tables", tables.to_string()),
                ("sought", (*looked_for).to_owned()),
            ],
        ),
        ImportError::NoSymbol { looked_for } => {
            ("no-symbol", vec![("sought", (*looked_for).to_owned())])
        }
        ImportError::AnnexMissing { annex, line } => {
            ("annex-missing", annex_and_line(*annex, *line))
        }
        ImportError::AnnexCutOff { annex, line, .. } => {
            ("annex-cut-off", annex_and_line(*annex, *line))
        }
        ImportError::NoColumn {
            annex,
            line,
            looked_for,
        } => {
            let mut args = annex_and_line(*annex, *line);
            args.push(("sought", (*looked_for).to_owned()));
            ("no-column", args)
        }
    }
}

fn annex_and_line(annex: u32, line: u32) -> Vec<(&'static str, String)> {
    vec![("annex", annex.to_string()), ("line", line.to_string())]
}

fn of_file(error: &ReadError) -> Told {
    let code = match error {
        ReadError::Refused(refused) => match refused {
            Refused::Pdf => "pdf",
            Refused::OldOffice => "old-office",
            Refused::Rtf => "rtf",
            Refused::OpenDocument => "open-document",
            Refused::Package => "package",
            Refused::Picture => "picture",
        },
        ReadError::Encoding => "encoding",
        ReadError::Text(error) => return of_text(error),
        ReadError::Package(PackageError::TooLarge) => "unpacked-large",
        ReadError::Package(_) | ReadError::Damaged(_) => "damaged",
        ReadError::TooDeep => "too-deep",
    };
    (code, Vec::new())
}

fn of_text(error: &TextError) -> Told {
    let on = |line: &u32| vec![("line", line.to_string())];
    match error {
        TextError::TooLong { bytes } => ("too-long", vec![("bytes", bytes.to_string())]),
        TextError::Binary { line } => ("binary", on(line)),
        TextError::TooManyRows { line } => ("too-many-rows", on(line)),
        TextError::TooManyCells { line } => ("too-many-cells", on(line)),
    }
}
