//! Takes the packs that ship into the program: `packs/` as a table of folders and their files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let packs = packs.canonicalize().expect("packs/ stands beside crates/");
    println!("cargo::rerun-if-changed={}", packs.display());
    let mut folders = Vec::new();
    search(&packs, &mut folders);
    folders.sort();
    let mut table = String::from("&[\n");
    for folder in folders {
        let mut files = Vec::new();
        gather(&folder, &mut files);
        files.sort();
        let name = folder.strip_prefix(&packs).expect("it was found there");
        let _ = writeln!(table, "  ({:?}, &[", format!("packs/{}", name.display()));
        for file in files {
            let name = file.strip_prefix(&folder).expect("it was found there");
            let _ = writeln!(
                table,
                "    ({:?}, include_bytes!({:?})),",
                name.display().to_string(),
                file.display().to_string()
            );
        }
        table.push_str("  ]),\n");
    }
    table.push_str("]\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("Cargo sets it"));
    std::fs::write(out.join("packs.rs"), table).expect("the build folder can be written");
}

fn search(folder: &Path, found: &mut Vec<PathBuf>) {
    if folder.join("pack.toml").is_file() {
        found.push(folder.to_owned());
        return;
    }
    for path in entries(folder).into_iter().filter(|path| path.is_dir()) {
        search(&path, found);
    }
}

fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        if path.is_dir() {
            gather(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = std::fs::read_dir(folder).expect("a folder of packs can be read");
    let paths = entries.map(|entry| entry.expect("its entries too").path());
    let is_hidden = |path: &PathBuf| {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        name.is_none_or(|name| name.starts_with('.'))
    };
    paths.filter(|path| !is_hidden(path)).collect()
}
