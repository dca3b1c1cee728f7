//! The packs that run: those that ship, or those of the folder that `PHUSA_PACKS` names.

use std::path::Path;

use geometry::Ground;
use pack::folder::PackFolder;
use pack::{Catalog, Outcome, check};
use registry::Systems;
use registry::system::applied::Declared;

use crate::commands::pack_check::{said, surroundings};
use crate::failure::Failure;
use crate::language;
use crate::settings::Settings;
use crate::words::Words;

/// A file of a pack: its name, and what is in it.
type Shipped = (&'static str, &'static [u8]);

/// The packs of the source tree, as `build.rs` found them: each folder with its files.
const SHIPPED: &[(&str, &[Shipped])] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// Packs that were checked: what they declare, and what is read of it.
#[derive(Clone)]
pub(crate) struct Packs {
    pub declared: Declared,
    pub catalog: Catalog,
}

impl Packs {
    /// Those of these folders, or what is wrong with one, in the checker's own words.
    pub(crate) fn of(folders: &[PackFolder]) -> Result<Self, Failure> {
        let outcome = check(folders, &surroundings());
        Self::checked(folders, outcome.try_templates(web::prints::tried))
    }

    fn checked(folders: &[PackFolder], outcome: Outcome) -> Result<Self, Failure> {
        if !outcome.passes() {
            let given: Vec<_> = std::env::args_os().collect();
            let words = Words::new(language::choose(&given, |name| std::env::var(name).ok()));
            return Err(Failure::new("failure-packs").with("findings", said(&outcome, words)));
        }
        let catalog = outcome.into_catalog().unwrap_or_default();
        Ok(Self {
            declared: Declared::of(folders, &catalog),
            catalog,
        })
    }

    /// Those that ship, or those of `PHUSA_PACKS`.
    pub(crate) fn on_disk(settings: &Settings) -> Result<Self, Failure> {
        match &settings.packs {
            None => Self::of(&shipped()),
            Some(folder) => Self::of(&in_folder(folder)?),
        }
    }

    /// Those that were applied, as the database keeps them: their files are named after the number
    /// of that application.
    pub(crate) fn kept(declared: &Declared, sequence: i64) -> Result<Self, Failure> {
        let folders = declared.folders(&format!("#{sequence}"));
        // Their templates were tried when they were applied.
        let outcome = check(&folders, &surroundings());
        Self::checked(&folders, outcome)
    }

    /// These folders' packs in the place of those of their ids, beside all others that are
    /// applied.
    pub(crate) fn in_place_of(
        applied: &Declared,
        sequence: i64,
        given: Vec<PackFolder>,
    ) -> Result<Self, Failure> {
        let known: Vec<String> = check(&given, &surroundings())
            .packs()
            .map(|(_, id)| id.to_owned())
            .collect();
        let under = format!("#{sequence}");
        let others = applied.folders(&under).into_iter().filter(|folder| {
            let id = folder.path.file_name().map(|name| name.to_string_lossy());
            id.is_none_or(|id| known.iter().all(|known| **known != *id))
        });
        let folders: Vec<PackFolder> = given.into_iter().chain(others).collect();
        Self::of(&folders)
    }

    /// As the registry runs them.
    pub(crate) fn systems(&self, settings: &Settings) -> Result<Systems, Failure> {
        let systems = Systems::load(self.catalog.clone());
        let systems =
            systems.map_err(|error| Failure::new("failure-pack-cannot-run").with("why", error))?;
        Ok(match &settings.maps {
            None => systems,
            Some(file) => systems.on(ground(file)?),
        })
    }
}

/// What maps go by, from a file of the administrator's.
fn ground(file: &Path) -> Result<Ground, Failure> {
    let read = std::fs::read_to_string(file).map_err(|error| error.to_string());
    read.and_then(|text| Ground::parse(&text)).map_err(|why| {
        Failure::new("failure-maps")
            .with("file", file.display())
            .with("why", why)
    })
}

fn shipped() -> Vec<PackFolder> {
    let folders = SHIPPED.iter().map(|(path, files)| {
        let files = files.iter();
        PackFolder {
            path: path.into(),
            files: files
                .map(|(name, content)| ((*name).to_owned(), Ok(content.to_vec())))
                .collect(),
        }
    });
    folders.collect()
}

pub(crate) fn in_folder(folder: &Path) -> Result<Vec<PackFolder>, Failure> {
    PackFolder::find(folder).map_err(|error| {
        Failure::new("failure-pack-folder")
            .with("folder", folder.display())
            .with("why", error)
    })
}
