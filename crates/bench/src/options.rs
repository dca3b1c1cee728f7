//! What the command line asks for.

use std::path::PathBuf;

use crate::Failure;

/// How to measure.
#[derive(Debug)]
pub(crate) struct Options {
    /// Twenty thousand records and short rounds: for whoever changes the code, not for the page.
    pub(crate) quick: bool,
    /// Where databases are made, and where the large one is kept for the next run.
    pub(crate) data: PathBuf,
    /// A PostgreSQL to measure on; none leaves that engine out.
    pub(crate) postgres: Option<String>,
    /// The engine to measure alone; empty means both.
    pub(crate) engine: String,
    /// Where Directus is installed; none leaves it out as a peer.
    pub(crate) directus: Option<PathBuf>,
    /// Where the page goes; none prints only.
    pub(crate) report: Option<PathBuf>,
    /// What the page says of the machine.
    pub(crate) machine: String,
    /// What the page says of the day.
    pub(crate) date: String,
    /// The figures wanted; empty means all.
    pub(crate) figures: Vec<String>,
}

impl Options {
    /// Reads the arguments after the program's name.
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut options = Self {
            quick: false,
            data: PathBuf::from("target/bench-data"),
            postgres: None,
            engine: String::new(),
            directus: None,
            report: None,
            machine: "unknown".to_owned(),
            date: "unknown".to_owned(),
            figures: Vec::new(),
        };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut value = || {
                arguments
                    .next()
                    .ok_or_else(|| format!("{argument} needs a value"))
            };
            match argument.as_str() {
                "--quick" => options.quick = true,
                "--data" => options.data = value()?.into(),
                "--postgres" => options.postgres = Some(value()?),
                "--engine" => options.engine = value()?,
                "--directus" => options.directus = Some(value()?.into()),
                "--report" => options.report = Some(value()?.into()),
                "--machine" => options.machine = value()?,
                "--date" => options.date = value()?,
                name if name.starts_with('-') => {
                    return Err(format!("there is no option {name}").into());
                }
                name => options.figures.push(name.to_owned()),
            }
        }
        Ok(options)
    }

    /// Whether this figure is wanted.
    pub(crate) fn wants(&self, figure: &str) -> bool {
        self.figures.is_empty() || self.figures.iter().any(|name| name == figure)
    }

    /// Whether only some figures are measured.
    pub(crate) fn partial(&self) -> bool {
        !self.figures.is_empty()
    }

    /// The larger number for the page, the smaller one in a hurry.
    pub(crate) fn scaled<T>(&self, full: T, quick: T) -> T {
        if self.quick { quick } else { full }
    }
}
