//! The progress wall: a tile for each target.

use askama::Template;
use jiff::civil::Date;

use super::{FileOf, Narrowing};
use crate::pages::status::{Status, StatusCounts};
use crate::pages::{Shell, links};

/// The wall.
#[derive(Clone, Debug, Template)]
#[template(path = "progress/wall.html")]
pub struct Wall {
    /// The frame.
    pub shell: Shell,
    /// By what it can be narrowed.
    pub narrowings: Vec<Narrowing>,
    /// Whether it is.
    pub narrowed: bool,
    /// How many targets the plan has.
    pub total: u32,
    /// The last day that figures speak of.
    pub until: Option<Date>,
    /// The version of the rule.
    pub rule: String,
    /// How the targets that are shown stand.
    pub counts: StatusCounts,
    /// The tiles, heading by heading.
    pub groups: Vec<TileGroup>,
    /// The files of what is shown.
    pub files: Vec<FileOf>,
    /// Whether the reader may say what is public.
    pub publishes: bool,
}

/// The tiles under a heading.
#[derive(Clone, Debug)]
pub struct TileGroup {
    /// The heading.
    pub title: String,
    /// The tiles.
    pub tiles: Vec<Tile>,
}

/// One target.
#[derive(Clone, Debug)]
pub struct Tile {
    /// Its number.
    pub number: u16,
    /// What to do.
    pub title: String,
    /// How it stands.
    pub status: Status,
    /// Its figure, in words; a dash where there is none.
    pub figure: String,
    /// Its goal, in words.
    pub goal: String,
    /// Why it stands so.
    pub reason: String,
    /// Whether its figures are public.
    pub published: bool,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::Choice;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Wall {
        const NAME: &'static str = "progress-wall";

        fn samples(shell: &Shell) -> Vec<Self> {
            let tile = |number: u16| Tile {
                number,
                title: samples::target_row(number).title,
                status: samples::status_of(number),
                figure: "62 %".to_owned(),
                goal: "từ 75 % trở lên".to_owned(),
                reason: "Đạt 62 %, cần 75 %.".to_owned(),
                published: true,
            };
            let choice = |label: &str, selected| Choice {
                value: links::PROGRESS.to_owned(),
                label: label.to_owned(),
                selected,
            };
            let narrowing = |folded| Narrowing {
                label: shell.t("filter-group"),
                choices: vec![choice("I. Chính quyền số", true), choice(HOSTILE, false)],
                folded,
            };
            let usual = Self {
                shell: shell.clone(),
                narrowings: vec![narrowing(false), narrowing(true)],
                narrowed: true,
                total: 148,
                until: Some(jiff::civil::date(2023, 9, 30)),
                rule: "2026-2".to_owned(),
                counts: (1..=148).map(samples::status_of).collect(),
                groups: vec![TileGroup {
                    title: "I. Chính quyền số".to_owned(),
                    tiles: (1..=77).map(tile).collect(),
                }],
                files: vec![FileOf {
                    href: "/tien-do/tep/muc-tieu.csv".to_owned(),
                    form: "CSV".to_owned(),
                }],
                publishes: false,
            };
            let extreme = Self {
                shell: samples::officer(shell),
                groups: vec![TileGroup {
                    title: LONG.to_owned(),
                    tiles: vec![Tile {
                        title: format!("{LONG} {HOSTILE}"),
                        goal: LONG.to_owned(),
                        published: false,
                        ..tile(148)
                    }],
                }],
                publishes: true,
                ..usual.clone()
            };
            let empty = Self {
                groups: Vec::new(),
                until: None,
                counts: StatusCounts::default(),
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
