//! What the colours of a map mean: states, or the codes of a list, those below another like it.

use pack::declaration::FieldType;
use registry::system::Systems;
use registry::system::maps::{Audience, Layer};
use vocab::Lang;

use super::super::systems::said;
use crate::pages::map_parts::LegendEntry;

/// How many colours there are.
const COLOURS: usize = 12;

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
    let mut legend: Legends = Vec::new();
    let mut roots: Vec<String> = Vec::new();
    let above = |code: &str| {
        let row = list.rows.iter().find(|row| row.code == code);
        row.and_then(|row| row.parent.clone())
    };
    for row in &list.rows {
        let mut root = row.code.clone();
        // A list has no circles; it is bounded all the same.
        for _ in 0..list.rows.len() {
            match above(&root) {
                Some(parent) => root = parent,
                None => break,
            }
        }
        let place = roots.iter().position(|known| *known == root);
        match place {
            Some(place) => {
                let entry = &mut legend[place];
                if !entry.codes.split(' ').any(|code| code == row.code) {
                    entry.codes.push(' ');
                    entry.codes.push_str(&row.code);
                }
            }
            None => {
                let titled = list.rows.iter().find(|row| row.code == root).unwrap_or(row);
                legend.push(LegendEntry {
                    codes: if root == row.code {
                        root.clone()
                    } else {
                        format!("{root} {}", row.code)
                    },
                    title: match lang {
                        Lang::Vi => titled.vi.clone(),
                        Lang::En => titled.en.clone(),
                    },
                    colour: roots.len() % COLOURS,
                });
                roots.push(root);
            }
        }
    }
    legend
}
