//! Addresses within this site, as forms and queries name them (`tiep`).

use std::fmt::Write;

use crate::pages::links;

/// Longer ones are nobody's.
const LIMIT: usize = 2_000;

/// Path and query of a page of this site: safe to send a browser to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalPath(String);

impl LocalPath {
    /// The address, if it leads within this site whatever a browser makes of it: browsers
    /// read `\` as `/` and drop tabs and line breaks, and `//host` leaves the site.
    pub fn lookup(text: &str) -> Option<Self> {
        let odd = |ch: char| ch == '\\' || ch.is_control();
        let within = text.starts_with('/') && !text.starts_with("//") && !text.contains(odd);
        (within && text.len() <= LIMIT).then(|| Self(ascii(text)))
    }

    /// The address, or the home page if it leads elsewhere.
    pub fn or_home(text: &str) -> Self {
        Self::lookup(text).unwrap_or_else(|| Self(links::OVERVIEW.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text with everything beyond ASCII percent-encoded, as a header wants it.
fn ascii(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_elsewhere_are_refused() {
        for text in [
            "",
            "https://example.com",
            "//example.com",
            "/\\example.com",
            "\\\\example.com",
            "/\t/example.com",
            "/\n/example.com",
            "javascript:alert(1)",
            "bao-cao",
            " /bao-cao",
            "/a\r\nset-cookie: x=1",
        ] {
            assert_eq!(LocalPath::lookup(text), None, "{text:?}");
            assert_eq!(LocalPath::or_home(text).as_str(), "/");
        }
    }

    #[test]
    fn addresses_here_are_kept() {
        for (text, kept) in [
            ("/", "/"),
            ("/tim?q=S%E1%BB%9F", "/tim?q=S%E1%BB%9F"),
            ("/tim?q=Sở", "/tim?q=S%E1%BB%9F"),
            ("/a?b=//c", "/a?b=//c"),
        ] {
            assert_eq!(LocalPath::or_home(text).as_str(), kept);
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_a_header_and_stays_here(text in "[/\\\\a\\t\\nở:.]{0,8}") {
            if let Some(path) = LocalPath::lookup(&text) {
                prop_assert!(path.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert!(path.as_str().starts_with('/') && !path.as_str().starts_with("//"));
            }
        }
    }
}
