//! The page that keeps the figures.

use std::fmt::Write;

use crate::Failure;
use crate::figure::{Figure, or_dash};
use crate::options::Options;

/// Writes the page, if one is wanted.
pub(crate) fn write(options: &Options, figures: &[Figure]) -> Result<(), Failure> {
    let Some(path) = &options.report else {
        return Ok(());
    };
    let mut page = String::from(
        "# Benchmarks\n\nWritten by `./dev bench`; do not edit. Each figure stands beside its peer, measured in the same\n\
         run, in turns, on the same rows with the same durability. Times move with the machine and with what\n\
         else it does; the ratio is what counts: of rates ours ÷ theirs, of times too, so that a rate should be\n\
         high and a time low.\n\n",
    );
    writeln!(page, "- Machine: {}", options.machine)?;
    page.push_str(
        "- Command: `./dev bench` (1,000,000 records); `./dev bench FIGURE…` measures some again and leaves the\n\
         other rows as they were\n\n",
    );
    page.push_str(HEADING);
    let measured: Vec<Row> = figures
        .iter()
        .map(|figure| Row::of(figure, options))
        .collect();
    let mut rows = match std::fs::read_to_string(path) {
        Ok(earlier) if options.partial() => Row::all(&earlier),
        _ => Vec::new(),
    };
    for row in measured {
        match rows.iter_mut().find(|known| known.subject == row.subject) {
            Some(known) => *known = row,
            None => rows.push(row),
        }
    }
    for row in &rows {
        writeln!(page, "{}", row.line)?;
    }
    page.push_str(
        "\nWhat goes through HTTP is asked of `phusa serve` in a process of its own, on the same machine, by a\n\
         client that shares the processors with it; its cost falls on both sides.\n",
    );
    std::fs::write(path, page)?;
    Ok(())
}

const HEADING: &str = "\
| engine | what | peer | peer's | ours | ratio | needed | met? | measured |
|---|---|---|---:|---:|---:|---|---|---|
";

/// A line of the table.
struct Row {
    /// Engine and what was measured: a later run of the same replaces it.
    subject: String,
    line: String,
}

impl Row {
    fn of(figure: &Figure, options: &Options) -> Self {
        let subject = format!("| {} | {} |", figure.engine, figure.what);
        let line = format!(
            "{subject} {} | {} | {} | {} | {} | {} | {} |",
            or_dash(&figure.peer),
            or_dash(&figure.theirs),
            figure.ours,
            figure.ratio_text(),
            figure.needed,
            if figure.met { "yes" } else { "**no**" },
            options.date
        );
        let subject = format!("{subject} {} |", or_dash(&figure.peer));
        Self { subject, line }
    }

    /// The rows of a page that was written before.
    fn all(page: &str) -> Vec<Self> {
        let rows = page
            .lines()
            .skip_while(|line| !line.starts_with("|---"))
            .skip(1);
        rows.take_while(|line| line.starts_with('|'))
            .map(|line| {
                let end = line
                    .match_indices('|')
                    .nth(3)
                    .map_or(line.len(), |(at, _)| at + 1);
                Self {
                    subject: line[..end].to_owned(),
                    line: line.to_owned(),
                }
            })
            .collect()
    }
}
