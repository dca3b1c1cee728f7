//! The feed of what was consolidated (Atom, RFC 4287).

use askama::Template;

use crate::i18n::Translator;

/// A feed.
#[derive(Clone, Debug, Template)]
#[template(path = "progress/feed.xml")]
pub struct Feed {
    /// The language that it is in.
    pub words: Translator,
    /// What it tells of.
    pub title: String,
    /// Its identity: an IRI that never changes.
    pub id: String,
    /// Its address.
    pub address: String,
    /// The page that shows the same.
    pub page: String,
    /// When the latest was consolidated, as RFC 3339 has it.
    pub updated: String,
    /// What was consolidated, the latest first.
    pub entries: Vec<FeedEntry>,
}

/// A consolidated report.
#[derive(Clone, Debug)]
pub struct FeedEntry {
    /// The identity of the report.
    pub id: String,
    /// The target, the unit and its value.
    pub title: String,
    /// How the target stands and why.
    pub summary: String,
    /// The target's page.
    pub page: String,
    /// When it was consolidated, as RFC 3339 has it.
    pub updated: String,
}
