//! Says what to run when the fonts that papers are set in are not there yet.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../web-assets/fonts");
    if !Path::new("../../web-assets/fonts/tinos-regular.ttf").is_file() {
        println!(
            "cargo::error=web-assets/fonts is missing: run `./dev assets` first \
             (or `npm ci && npm run build` in web-assets)"
        );
    }
}
