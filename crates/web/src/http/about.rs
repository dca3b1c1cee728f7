//! `GET /gioi-thieu`: where the data comes from and what is not confirmed.

use axum::extract::State;

use super::{App, Page, Visitor};
use crate::i18n::Translator;
use crate::pages::about::{About, Source};
use crate::pages::shell::Section;

/// The shipped data, as `data/*/README.md` and the heads of the files say it: the key of its
/// title and of what it is used for.
const SOURCES: [(&str, &str); 4] = [
    ("source-decision", "source-decision-use"),
    ("source-units", "source-units-use"),
    ("source-bodies", "source-bodies-use"),
    ("source-holidays", "source-holidays-use"),
];

const UNCONFIRMED: [&str; 3] = [
    "unconfirmed-codes",
    "unconfirmed-groups",
    "unconfirmed-centroids",
];

/// Shows it.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Page<About> {
    let words: Translator = visitor.words();
    let source = |(title, used_for): &(&str, &str)| Source {
        title: words.t(title),
        used_for: words.t(used_for),
    };
    Page(About {
        version: app.settings.version.clone(),
        sources: SOURCES.iter().map(source).collect(),
        unconfirmed: UNCONFIRMED.iter().map(|key| words.t(key)).collect(),
        shell: visitor.shell(Section::Other),
    })
}
