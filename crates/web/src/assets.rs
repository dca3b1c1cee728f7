//! Style sheet, script and fonts, embedded in the binary under names hashed by content.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_embed::RustEmbed;

/// Where assets are served.
pub const PREFIX: &str = "/assets/";

/// How long a browser may keep an asset: for ever, for another content has another name.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

#[derive(RustEmbed)]
#[folder = "../../web-assets/dist/"]
struct Dist;

/// One asset as it is sent.
pub struct Asset {
    /// The bytes.
    pub bytes: Cow<'static, [u8]>,
    /// The `Content-Type`.
    pub content_type: &'static str,
}

/// One colour of the design system in both themes, such as `#faf8f4`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The custom property without its dashes: `ground`.
    pub name: String,
    /// In the light theme.
    pub light: String,
    /// In the dark theme.
    pub dark: String,
}

static MANIFEST: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| read("manifest.json"));

/// What the bundler wrote; empty if it wrote nothing readable, which the tests refuse.
fn read<T: serde::de::DeserializeOwned + Default>(name: &str) -> T {
    Dist::get(name)
        .and_then(|file| serde_json::from_slice(&file.data).ok())
        .unwrap_or_default()
}

/// The address of an asset by its logical name: `style.css` gives `/assets/style-6EKB2EBT.css`.
pub fn url(logical: &str) -> String {
    let hashed = MANIFEST.get(logical).map_or(logical, String::as_str);
    format!("{PREFIX}{hashed}")
}

/// The asset with this hashed name, if there is one.
pub fn lookup(hashed: &str) -> Option<Asset> {
    if !MANIFEST.values().any(|name| name == hashed) {
        return None;
    }
    let bytes = Dist::get(hashed)?.data;
    let content_type = match hashed.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    };
    Some(Asset {
        bytes,
        content_type,
    })
}

/// The colours of the design system, by name.
pub fn tokens() -> Vec<Token> {
    let mut themes: BTreeMap<String, BTreeMap<String, String>> = read("tokens.json");
    let mut dark = themes.remove("dark").unwrap_or_default();
    themes
        .remove("light")
        .unwrap_or_default()
        .into_iter()
        .map(|(name, light)| Token {
            dark: dark.remove(&name).unwrap_or_default(),
            name,
            light,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_of_the_manifest_is_embedded() {
        for logical in ["app.js", "style.css", "icon.svg", "be-vietnam-pro-OFL.txt"] {
            assert!(MANIFEST.contains_key(logical), "{logical} is not bundled");
        }
        for (logical, hashed) in MANIFEST.iter() {
            assert_ne!(logical, hashed, "{logical} has no hash in its name");
            let asset = lookup(hashed).unwrap_or_else(|| panic!("{hashed} is not embedded"));
            assert!(!asset.bytes.is_empty());
            assert_eq!(url(logical), format!("/assets/{hashed}"));
        }
    }

    #[test]
    fn only_hashed_assets_are_served() {
        for name in ["manifest.json", "style.css", "../Cargo.toml", ""] {
            assert!(lookup(name).is_none(), "{name:?} must not be served");
        }
    }

    #[test]
    fn the_style_sheet_fetches_nothing_from_elsewhere() {
        let style = url("style.css");
        let style = lookup(style.trim_start_matches(PREFIX)).unwrap();
        let style = String::from_utf8(style.bytes.into_owned()).unwrap();
        assert!(!style.contains("http"), "an address of another site");
        for (from, _) in style.match_indices("url(") {
            let target = &style[from + 4..];
            let name = target[..target.find(')').unwrap()].trim_matches(['"', '\'']);
            let name = name.trim_start_matches("./");
            assert!(lookup(name).is_some(), "{name} is not embedded");
        }
    }

    #[test]
    fn tokens_have_a_colour_in_each_theme() {
        let tokens = tokens();
        assert!(tokens.len() > 30);
        for token in tokens {
            assert_eq!((token.light.len(), token.dark.len()), (7, 7), "{token:?}");
        }
    }
}
