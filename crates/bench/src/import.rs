//! Reading the whole decision, as `plan import --dry-run` does: as text, as a text document, as a
//! spreadsheet, and one of twenty times its size.

// The importer's own tests hand it in as the same files.
#[path = "../../plan/tests/import/slow/corpus/write.rs"]
#[expect(
    clippy::unwrap_used,
    dead_code,
    reason = "a file that cannot be written ends the measurement, and some kinds are not measured"
)]
mod write;

use std::time::Instant;

use office::{Block, Document};

use crate::Failure;
use crate::figure::{Figure, median, millis};

const DECISION: &str = include_str!("../../../data/plan/decision-833-2023.txt");
/// How often the larger decision says everything.
const TIMES: usize = 20;
/// What the larger one may take in memory, in MB.
const MOST_MB: f64 = 300.0;

/// Reads the shipped decision again and again, in every kind of file.
pub(crate) fn measure() -> Result<Vec<Figure>, Failure> {
    let document = office::text::read(DECISION)?;
    let files = [
        ("text", DECISION.as_bytes().to_vec(), 500.0),
        ("HTML", write::html(&document, true).into_bytes(), 1_000.0),
        ("DOCX", write::docx(&document), 1_000.0),
        ("XLSX", write::xlsx(&document, true), 1_000.0),
    ];
    let mut figures = Vec::new();
    for (kind, file, most) in &files {
        figures.push(whole(kind, file, *most)?);
    }
    let large = many_times(document);
    for (kind, file) in [
        ("text", write::text(&large).into_bytes()),
        ("DOCX", write::docx(&large)),
        ("XLSX", write::xlsx(&large, true)),
    ] {
        figures.push(larger(kind, &file)?);
    }
    Ok(figures)
}

fn whole(kind: &str, file: &[u8], most: f64) -> Result<Figure, Failure> {
    let mut times = Vec::new();
    for _ in 0..20 {
        let began = Instant::now();
        let plan = plan::import::read_file(file)?.plan;
        times.push(millis(began.elapsed()));
        let (targets, projects) = (plan.targets.len(), plan.projects().count());
        if (targets, projects) != (148, 97) {
            return Err(format!("{targets} targets and {projects} projects were read").into());
        }
    }
    let slowest = times.iter().copied().fold(0.0, f64::max);
    Ok(Figure {
        engine: "–",
        what: format!(
            "import of the whole decision as {kind}, nothing stored: 148 targets, 97 projects"
        ),
        peer: String::new(),
        theirs: String::new(),
        ours: format!("{:.1} ms, slowest {slowest:.1} ms", median(&times)),
        ratio: None,
        needed: format!("< {most:.0} ms"),
        met: slowest < most,
    })
}

fn larger(kind: &str, file: &[u8]) -> Result<Figure, Failure> {
    forget_peak();
    let began = Instant::now();
    let plan = plan::import::read_file(file)?.plan;
    let seconds = began.elapsed().as_secs_f64();
    let peak = peak_mb().unwrap_or(f64::INFINITY);
    let targets = plan.targets.len();
    if targets != 148 * TIMES {
        return Err(format!("{targets} targets were read").into());
    }
    Ok(Figure {
        engine: "–",
        what: format!("import of {TIMES} times the decision as {kind}: {targets} targets"),
        peer: String::new(),
        theirs: String::new(),
        ours: format!("{seconds:.2} s, {peak:.0} MB at most"),
        ratio: None,
        needed: "< 10 s, < 300 MB".to_owned(),
        met: seconds < 10.0 && peak < MOST_MB,
    })
}

/// Every paragraph of the body and every row below a heading so many times.
fn many_times(document: Document) -> Document {
    let mut blocks = Vec::new();
    let mut body = true;
    for block in document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                body &= !paragraph.text.starts_with("PHỤ LỤC ");
                let times = if body { TIMES } else { 1 };
                blocks.extend(std::iter::repeat_n(Block::Paragraph(paragraph), times));
            }
            Block::Table(mut table) => {
                let heads = 1 + usize::from(table.rows[1].cells[0].merged);
                let rows = table.rows.split_off(heads);
                for _ in 0..TIMES {
                    table.rows.extend(rows.iter().cloned());
                }
                blocks.push(Block::Table(table));
            }
        }
    }
    Document { blocks }
}

/// From here on the kernel counts the most memory anew.
fn forget_peak() {
    // Where it cannot be reset, the peak of earlier figures is shown: more, never less.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1_024.0)
}
