//! Search over targets, projects, units and the document.

use askama::Template;

use super::parts::Pager;
use super::{Shell, links};

/// The page of search results.
#[derive(Clone, Debug, Template)]
#[template(path = "search.html")]
pub struct Search {
    /// The frame.
    pub shell: Shell,
    /// What was asked, as typed.
    pub query: String,
    /// What was found, best first.
    pub hits: Vec<Hit>,
    /// Neighbouring pages of results.
    pub pager: Pager,
}

/// One result.
#[derive(Clone, Debug)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Where it is.
    pub href: String,
    /// Its name.
    pub title: String,
    /// What else helps to recognise it; may be empty.
    pub detail: String,
}

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitKind {
    /// A target.
    Target,
    /// A project.
    Project,
    /// A unit.
    Unit,
    /// A line of the document.
    Line,
}

impl HitKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Target, Self::Project, Self::Unit, Self::Line];

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Target => "hit-target",
            Self::Project => "hit-project",
            Self::Unit => "hit-unit",
            Self::Line => "hit-line",
        }
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{HOSTILE, LONG, Sampled};

    impl Sampled for Search {
        const NAME: &'static str = "search";

        fn samples(shell: &Shell) -> Vec<Self> {
            let hit = |kind, href: String, title: &str| Hit {
                kind,
                href,
                title: title.to_owned(),
                detail: "Văn phòng UBND tỉnh".to_owned(),
            };
            let usual = Self {
                shell: shell.clone(),
                query: "chu ky so".to_owned(),
                hits: vec![
                    hit(
                        HitKind::Target,
                        links::target(15),
                        "15. Tỷ lệ cơ quan, đơn vị sử dụng chữ ký số",
                    ),
                    hit(HitKind::Project, links::PROJECTS.to_owned(), LONG),
                    hit(HitKind::Unit, links::unit("so-tttt"), HOSTILE),
                    hit(HitKind::Line, links::document_line(477), "Dòng 477"),
                ],
                pager: Pager {
                    previous: None,
                    next: Some("/tim?q=chu%20ky%20so&sau=4".to_owned()),
                },
            };
            let nothing = Self {
                query: HOSTILE.to_owned(),
                hits: Vec::new(),
                pager: Pager::default(),
                ..usual.clone()
            };
            let unasked = Self {
                query: String::new(),
                ..nothing.clone()
            };
            vec![usual, nothing, unasked]
        }
    }
}
