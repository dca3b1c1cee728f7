//! Measures the product against what a bare driver does with the very same rows.
//!
//! Every figure is printed beside its peer, measured in the same run, in turns: the machine's
//! mood changes both alike, so the ratio is what counts. `./dev bench` starts what this
//! needs and writes `docs/benchmarks.md`.

#![expect(clippy::print_stdout, reason = "a command-line program")]

mod bare;
mod bulk;
mod campaign;
mod crash;
mod dataset;
mod figure;
mod http;
mod import;
mod imports;
mod maps;
mod options;
mod packs;
mod pages;
mod periodic;
mod permissions;
mod place;
mod records;
mod report;
mod search;
mod turns;
mod units;
mod wall;
mod writes;

use std::error::Error;
use std::process::ExitCode;

use crate::figure::Figure;
use crate::options::Options;
use crate::place::Engine;

/// The product's: what allocates shall cost here what it costs there, the peers alike.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    if let [part, rest @ ..] = &arguments[..]
        && part == "peer"
    {
        return runtime.block_on(http::peer::serve(rest));
    }
    let options = Options::parse(arguments.into_iter())?;
    runtime.block_on(measure(&options))
}

async fn measure(options: &Options) -> Result<(), Failure> {
    let mut board = Board {
        options,
        figures: Vec::new(),
    };
    for engine in Engine::wanted(options) {
        if options.wants("writes") {
            board.show(writes::measure(&engine, options).await?)?;
        }
        if options.wants("bulk") {
            board.show(bulk::measure(&engine, options).await?)?;
        }
        if options.wants("pages") || options.wants("search") {
            let (config, store) = dataset::kept(&engine, options).await?;
            if options.wants("pages") {
                board.show(pages::measure(&engine, options, &config, &store).await?)?;
            }
            if options.wants("search") {
                board.show(search::measure(&engine, options, &config, &store).await?)?;
            }
        }
        if options.wants("crash") {
            board.show(vec![crash::recovery(&engine, options).await?])?;
            board.show(vec![crash::losses(&engine, options).await?])?;
        }
        if options.wants("units") {
            board.show(units::measure(&engine, options).await?)?;
        }
        if options.wants("permissions") {
            board.show(permissions::measure(&engine, options).await?)?;
        }
        if options.wants("wall") {
            board.show(wall::measure(&engine, options).await?)?;
        }
        if options.wants("campaign") {
            board.show(campaign::measure(&engine, options).await?)?;
        }
        if options.wants("http") {
            board.show(http::measure(&engine, options).await?)?;
        }
        if options.wants("maps") {
            board.show(maps::measure(&engine, options).await?)?;
        }
        if options.wants("imports") {
            board.show(imports::measure(&engine, options).await?)?;
        }
        if options.wants("systems") {
            board.show(http::systems(&engine, options).await?)?;
        }
        if options.wants("serve") {
            board.show(vec![http::recovery(&engine, options).await?])?;
            board.show(vec![http::resident(&engine, options).await?])?;
        }
    }
    if options.wants("import") {
        board.show(import::measure()?)?;
    }
    if options.wants("report") {
        board.show(periodic::measure(options).await?)?;
    }
    if options.wants("packs") {
        board.show(packs::measure()?)?;
    }
    Ok(())
}

/// The figures so far.
struct Board<'a> {
    options: &'a Options,
    figures: Vec<Figure>,
}

impl Board<'_> {
    /// Prints new figures, and writes the page: one that is cut short has what was measured.
    fn show(&mut self, new: Vec<Figure>) -> Result<(), Failure> {
        for figure in new {
            println!("{figure}");
            self.figures.push(figure);
        }
        report::write(self.options, &self.figures)
    }
}
