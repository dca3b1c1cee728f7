//! The systems that packs declare.

use askama::Template;

use super::{Shell, links};

/// The page of systems, by sector.
#[derive(Clone, Debug, Template)]
#[template(path = "systems.html")]
pub struct Systems {
    /// The frame.
    pub shell: Shell,
    /// The systems that the reader sees, those of a sector together.
    pub cards: Vec<SystemCard>,
}

/// One system.
#[derive(Clone, Debug)]
pub struct SystemCard {
    /// The sector: the folder that its pack stands in.
    pub sector: String,
    /// What it is.
    pub title: String,
    /// What it is for; may be empty.
    pub about: String,
    /// Items of the plan that it answers.
    pub plan: Vec<String>,
    /// Documents that order it.
    pub legal: Vec<String>,
    /// Its manual.
    pub manual: String,
    /// Its lists.
    pub records: Vec<SystemRecordLink>,
}

/// One list of a system.
#[derive(Clone, Debug)]
pub struct SystemRecordLink {
    /// Where it is.
    pub href: String,
    /// What its records are.
    pub title: String,
    /// What they are for; may be empty.
    pub about: String,
    /// How many of them the reader sees; none for whoever answers for how long they are kept
    /// and reads none.
    pub count: Option<usize>,
    /// Whether there are more than were counted.
    pub more: bool,
}

impl Systems {
    /// The systems by sector, under its name; its folder's where there are no words for it.
    fn sectors(&self) -> Vec<(String, Vec<&SystemCard>)> {
        let mut sectors: Vec<(String, Vec<&SystemCard>)> = Vec::new();
        for cards in self.cards.chunk_by(|one, other| one.sector == other.sector) {
            let sector = cards.first().map_or("", |card| card.sector.as_str());
            let words = self.shell.lookup(&format!("system-sector-{sector}"), &[]);
            sectors.push((
                words.unwrap_or_else(|| sector.to_owned()),
                cards.iter().collect(),
            ));
        }
        sectors
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Systems {
        const NAME: &'static str = "systems";

        fn samples(shell: &Shell) -> Vec<Self> {
            let card = |sector: &str, title: &str| SystemCard {
                sector: sector.to_owned(),
                title: title.to_owned(),
                about: LONG.to_owned(),
                plan: vec!["1.1".to_owned()],
                legal: vec!["85/2016/NĐ-CP".to_owned()],
                manual: links::manual("growing-area"),
                records: vec![SystemRecordLink {
                    href: links::system("growing-area", "growing-area", ""),
                    title: title.to_owned(),
                    about: String::new(),
                    count: Some(1_000),
                    more: true,
                }],
            };
            let usual = Self {
                shell: samples::officer(shell),
                cards: vec![
                    card("agriculture", "Mã số vùng trồng"),
                    card("agriculture", "Cơ sở đóng gói"),
                    card("khác", HOSTILE),
                ],
            };
            let empty = Self {
                cards: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
