//! What the colours of a map mean: states, or the codes of a list, those below another like it.

use pack::declaration::FieldType;
use registry::system::Systems;
use registry::system::maps::{Audience, Layer};
use vocab::Lang;

use crate::i18n::said;
use crate::pages::map_parts::LegendEntry;

/// How many colours there are.
const COLOURS: usize = 14;

/// The entries of a legend.
pub(in crate::http) type Legends = Vec<LegendEntry>;

/// The legend of a layer; empty where all is drawn alike.
pub(in crate::http) fn legend(
    lang: Lang,
    systems: &Systems,
    layer: &Layer<'_>,
    audience: Audience<'_>,
) -> Legends {
    let Some(name) = layer.coloured_by(audience) else {
        return Vec::new();
    };
    let declared = &systems.record(layer.kind).declared;
    if name == "state" {
        let states = declared.lifecycle.iter().flat_map(|life| &life.states);
        return states
            .enumerate()
            .map(|(place, state)| LegendEntry {
                codes: state.id.text.clone(),
                title: said(lang, &state.title),
                colour: place % COLOURS,
            })
            .collect();
    }
    let field = declared.fields.iter().find(|field| *field.id.text == *name);
    let list = field
        .filter(|field| *field.kind == FieldType::Code)
        .and_then(|field| field.list.as_ref())
        .and_then(|list| systems.catalog().find_list(layer.kind.at.pack, list))
        .map(|at| systems.catalog().list(at));
    let Some(list) = list else {
        return Vec::new();
    };
    let mut paths: Vec<Vec<&str>> = Vec::new();
    for row in &list.rows {
        let mut path = vec![row.code.as_str()];
        // A list has no circles; it is bounded all the same.
        while path.len() <= list.rows.len() {
            let first = list.rows.iter().find(|known| known.code == path[0]);
            match first.and_then(|known| known.parent.as_deref()) {
                Some(parent) => path.insert(0, parent),
                None => break,
            }
        }
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    // As fine as the colours go: codes below share one where there are more.
    let deepest = paths.iter().map(Vec::len).max().unwrap_or(0);
    let at = |path: &Vec<&str>, depth: usize| path[depth.min(path.len() - 1)].to_owned();
    let groups = |depth: usize| {
        let mut groups: Vec<String> = Vec::new();
        for path in &paths {
            let group = at(path, depth);
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        groups
    };
    let depth = (0..deepest)
        .rev()
        .find(|depth| groups(*depth).len() <= COLOURS)
        .unwrap_or(0);
    let titled = |code: &str| {
        let row = list.rows.iter().rfind(|row| row.code == code);
        row.map_or_else(
            || code.to_owned(),
            |row| match lang {
                Lang::Vi => row.vi.clone(),
                Lang::En => row.en.clone(),
            },
        )
    };
    groups(depth)
        .into_iter()
        .enumerate()
        .map(|(place, group)| {
            let codes = paths
                .iter()
                .filter(|path| at(path, depth) == group)
                .filter_map(|path| path.last().copied());
            LegendEntry {
                codes: codes.collect::<Vec<_>>().join(" "),
                title: titled(&group),
                colour: place % COLOURS,
            }
        })
        .collect()
}
