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
    writeln!(page, "- Date: {}", options.date)?;
    writeln!(page, "- Machine: {}", options.machine)?;
    let command = if options.quick {
        "`./dev bench --quick` (20,000 records, short rounds: not the figures to quote)"
    } else {
        "`./dev bench` (1,000,000 records)"
    };
    writeln!(page, "- Command: {command}\n")?;
    page.push_str("| engine | what | peer | peer's | ours | ratio | needed | met? |\n");
    page.push_str("|---|---|---|---:|---:|---:|---|---|\n");
    for figure in figures {
        writeln!(
            page,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            figure.engine,
            figure.what,
            or_dash(&figure.peer),
            or_dash(&figure.theirs),
            figure.ours,
            figure.ratio_text(),
            figure.needed,
            if figure.met { "yes" } else { "**no**" }
        )?;
    }
    page.push_str(
        "\nWhat goes through HTTP is asked of `phusa serve` in a process of its own, on the same machine, by a\n\
         client that shares the processors with it; its cost falls on both sides.\n",
    );
    std::fs::write(path, page)?;
    Ok(())
}
