//! What packs say, in a language.

use pack::declaration::RecordFile;
use pack::shape::Wording;
use vocab::Lang;

/// What a pack says.
pub fn said(lang: Lang, wording: &Wording) -> String {
    match lang {
        Lang::Vi => wording.vi.clone(),
        Lang::En => wording.en.clone(),
    }
}

/// The title of a place in the lifecycle of a record type; none for one that is not declared.
pub(crate) fn said_state(lang: Lang, declared: &RecordFile, state: &str) -> Option<String> {
    let mut states = declared.lifecycle.iter().flat_map(|life| &life.states);
    let known = states.find(|known| *known.id.text == *state)?;
    Some(said(lang, &known.title))
}
