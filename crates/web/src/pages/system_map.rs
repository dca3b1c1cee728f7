//! A system's records on a map, with a list beside.

use askama::Template;

use super::map_parts::MapView;
use super::parts::{Choice, Link, Pager};
use super::system_list::ListRow;
use super::{Shell, links};

/// The map.
#[derive(Clone, Debug, Template)]
#[template(path = "system_map.html")]
pub struct SystemMap {
    /// The frame.
    pub shell: Shell,
    /// What its records are.
    pub title: String,
    /// The way to it: pages above, the list among them.
    pub crumbs: Vec<Link>,
    /// The list of the same records, or of all.
    pub list: String,
    /// Where its filters go.
    pub address: String,
    /// Maps of the kind, where there are several.
    pub views: Vec<Choice>,
    /// The map.
    pub map: MapView,
    /// Words that were looked for.
    pub words: String,
    /// Whether words can be looked for.
    pub has_words: bool,
    /// Filters: name, label, choices; one choice is a text.
    pub filters: Vec<(String, String, Vec<Choice>)>,
    /// The columns' titles.
    pub heads: Vec<String>,
    /// The records of this page.
    pub rows: Vec<ListRow>,
    /// The same as files.
    pub exports: Vec<Link>,
    /// Earlier and later records.
    pub pager: Pager,
    /// Whether anybody may see it.
    pub is_public: bool,
}

impl SystemMap {
    /// A row's cells under their heads.
    fn titled<'a>(&'a self, row: &'a ListRow) -> impl Iterator<Item = (&'a String, &'a String)> {
        self.heads.iter().zip(&row.cells)
    }
}

/// The maps that anybody may see.
#[derive(Clone, Debug, Template)]
#[template(path = "public_maps.html")]
pub struct PublicMaps {
    /// The frame.
    pub shell: Shell,
    /// The maps, each with what it is about.
    pub maps: Vec<(Link, String)>,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::map_parts::LegendEntry;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for SystemMap {
        const NAME: &'static str = "system-map";

        fn samples(shell: &Shell) -> Vec<Self> {
            let list = links::system("growing-area", "growing-area", "");
            let row = |label: &str| ListRow {
                id: String::new(),
                href: format!("{list}/0192f3"),
                label: label.to_owned(),
                cells: vec!["VN-VLOR-0001".to_owned()],
            };
            let usual = Self {
                shell: samples::officer(shell),
                title: "Vùng trồng".to_owned(),
                crumbs: vec![Link::new(links::SYSTEMS, "Các hệ thống")],
                list: list.clone(),
                address: format!("{list}/ban-do"),
                views: Vec::new(),
                map: MapView {
                    tiles: format!("{list}/ban-do/o/{{z}}/{{x}}/{{y}}"),
                    at: format!("{list}/ban-do/tai"),
                    bounds: "105.6,9.5,106.8,10.4".to_owned(),
                    legend: vec![LegendEntry {
                        codes: "durian durian-ri6".to_owned(),
                        title: HOSTILE.to_owned(),
                        colour: 0,
                    }],
                },
                words: String::new(),
                has_words: true,
                filters: Vec::new(),
                heads: vec!["Mã".to_owned()],
                rows: vec![row("Vùng sầu riêng ấp Phú Long")],
                exports: vec![Link::new(format!("{list}/xuat?dang=geojson"), "GeoJSON")],
                pager: Pager::default(),
                is_public: false,
            };
            let empty = Self {
                shell: shell.clone(),
                rows: Vec::new(),
                exports: Vec::new(),
                has_words: false,
                is_public: true,
                ..usual.clone()
            };
            let extreme = Self {
                rows: (0..50).map(|_| row(HOSTILE)).collect(),
                title: LONG.to_owned(),
                views: vec![Choice {
                    value: list,
                    label: LONG.to_owned(),
                    selected: true,
                }],
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }

    impl Sampled for PublicMaps {
        const NAME: &'static str = "public-maps";

        fn samples(shell: &Shell) -> Vec<Self> {
            let some = Self {
                shell: shell.clone(),
                maps: vec![(Link::new("/ban-do/a/b", HOSTILE), LONG.to_owned())],
            };
            let none = Self {
                maps: Vec::new(),
                ..some.clone()
            };
            vec![some, none]
        }
    }
}
