//! Measures the product against what a bare driver does with the very same rows.
//!
//! Every figure is printed beside its peer, measured in the same run, in turns: the machine's
//! mood changes both alike, so the ratio is what counts. `./dev bench` starts what this
//! needs and writes `docs/benchmarks.md`.

#![expect(clippy::print_stdout, reason = "a command-line program")]

mod bare;
mod bulk;
mod crash;
mod dataset;
mod figure;
mod import;
mod options;
mod pages;
mod place;
mod records;
mod report;
mod search;
mod turns;
mod writes;

use std::error::Error;
use std::process::ExitCode;

use crate::figure::Figure;
use crate::options::Options;
use crate::place::Engine;

/// Whatever ends a measurement early.
type Failure = Box<dyn Error + Send + Sync>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [part, rest @ ..] = &arguments[..]
        && ["write", "page"].contains(&part.as_str())
    {
        return runtime.block_on(crash::play_part(part, rest));
    }
    let options = Options::parse(arguments.into_iter())?;
    runtime.block_on(measure(&options))
}

async fn measure(options: &Options) -> Result<(), Failure> {
    let mut figures = Vec::new();
    for engine in Engine::wanted(options) {
        if options.wants("writes") {
            show(&mut figures, writes::measure(&engine, options).await?);
        }
        if options.wants("bulk") {
            show(&mut figures, bulk::measure(&engine, options).await?);
        }
        if options.wants("pages") || options.wants("search") {
            let (config, store) = dataset::kept(&engine, options).await?;
            if options.wants("pages") {
                let new = pages::measure(&engine, options, &config, &store).await?;
                show(&mut figures, new);
            }
            if options.wants("search") {
                let new = search::measure(&engine, options, &config, &store).await?;
                show(&mut figures, new);
            }
        }
        if options.wants("crash") {
            show(&mut figures, vec![crash::recovery(&engine, options).await?]);
            show(&mut figures, vec![crash::losses(&engine, options).await?]);
        }
    }
    if options.wants("import") {
        show(&mut figures, vec![import::measure()?]);
    }
    report::write(options, &figures)
}

fn show(figures: &mut Vec<Figure>, new: Vec<Figure>) {
    for figure in new {
        println!("{figure}");
        figures.push(figure);
    }
}
