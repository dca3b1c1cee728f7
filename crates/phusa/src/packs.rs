//! The packs that run: those that ship, or those of the folder that `PHUSA_PACKS` names.

use std::path::Path;
use std::sync::Arc;

use geometry::Ground;
use pack::check;
use pack::folder::PackFolder;
use registry::Systems;

use crate::commands::pack_check::{said, surroundings};
use crate::failure::Failure;
use crate::language;
use crate::settings::Settings;
use crate::words::Words;

/// A file of a pack: its name, and what is in it.
type Shipped = (&'static str, &'static [u8]);

/// The packs of the source tree, as `build.rs` found them: each folder with its files.
const SHIPPED: &[(&str, &[Shipped])] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The systems that run, or what is wrong with a pack, in the checker's own words.
pub(crate) fn systems(settings: &Settings) -> Result<Arc<Systems>, Failure> {
    let folders = match &settings.packs {
        None => shipped(),
        Some(folder) => in_folder(folder)?,
    };
    let outcome = check(&folders, &surroundings()).try_templates(web::prints::tried);
    if !outcome.passes() {
        let given: Vec<_> = std::env::args_os().collect();
        let words = Words::new(language::choose(&given, |name| std::env::var(name).ok()));
        return Err(Failure::new("failure-packs").with("findings", said(&outcome, words)));
    }
    let catalog = outcome.into_catalog().unwrap_or_default();
    let systems = Systems::load(catalog);
    let systems =
        systems.map_err(|error| Failure::new("failure-pack-cannot-run").with("why", error))?;
    Ok(Arc::new(match &settings.maps {
        None => systems,
        Some(file) => systems.on(ground(file)?),
    }))
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

fn in_folder(folder: &Path) -> Result<Vec<PackFolder>, Failure> {
    PackFolder::find(folder).map_err(|error| {
        Failure::new("failure-pack-folder")
            .with("folder", folder.display())
            .with("why", error)
    })
}
