//! What the query of an address asks for.

use std::collections::HashMap;

use serde::Deserialize;

/// The longest text that is looked at, in characters.
const LONGEST: usize = 200;

/// The parameters of a query. People edit addresses and other sites link to them: what is
/// not known, comes twice or does not end is no error.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Asked(HashMap<String, String>);

impl Asked {
    /// What was typed: without control characters, and not without end.
    pub(super) fn text(&self, name: &str) -> String {
        let typed = self.0.get(name).map_or("", String::as_str);
        let plain = typed
            .chars()
            .take(LONGEST)
            .map(|ch| if ch.is_control() { ' ' } else { ch });
        plain.collect::<String>().trim().to_owned()
    }

    /// What was chosen, if anything.
    pub(super) fn choice(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|chosen| !chosen.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_tamed() {
        let asked = Asked([("q".to_owned(), format!(" hồ\0sơ\n{}", "x".repeat(9_999)))].into());
        let text = asked.text("q");
        assert!(text.starts_with("hồ sơ xxx"));
        assert!(text.chars().count() <= LONGEST);
        assert_eq!(asked.choice("nhom"), None);
    }
}
