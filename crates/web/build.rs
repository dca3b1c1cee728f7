//! Says what to run when the bundled style sheet, script and fonts are not there yet.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=../../web-assets/dist");
    if !Path::new("../../web-assets/dist/manifest.json").is_file() {
        println!(
            "cargo::error=web-assets/dist is missing: run `./dev assets` first \
             (or `npm ci && npm run build` in web-assets)"
        );
    }
}
