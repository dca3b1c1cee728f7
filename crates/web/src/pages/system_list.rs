//! A list of a system's records.

use askama::Template;

use super::parts::{Choice, Link, Pager};
use super::{Shell, links};

/// The list, as a view of its pack shows it.
#[derive(Clone, Debug, Template)]
#[template(path = "system_list.html")]
pub struct SystemList {
    /// The frame.
    pub shell: Shell,
    /// What its records are.
    pub title: String,
    /// What they are for; may be empty.
    pub about: String,
    /// The system.
    pub system: Link,
    /// The list's own address.
    pub address: String,
    /// Whether lists leave some records out as yet: they are being arranged anew.
    pub is_arranging: bool,
    /// The form of a new record; empty for whoever may make none.
    pub make: String,
    /// How long its records are kept; empty where they are kept for ever.
    pub retention: String,
    /// Where records are brought in; empty for whoever may not.
    pub import: String,
    /// Other views; each leads somewhere.
    pub views: Vec<Choice>,
    /// The columns.
    pub heads: Vec<Head>,
    /// The records.
    pub rows: Vec<ListRow>,
    /// What can be done with several of them at once; none for whoever may do nothing of it.
    pub jobs: Vec<Choice>,
    /// Where that is looked at first.
    pub many: String,
    /// The words sought.
    pub words: String,
    /// Whether records are found by words.
    pub has_words: bool,
    /// Filters: name, title, and what can be chosen; one choice alone is what was typed.
    pub filters: Vec<(String, String, Vec<Choice>)>,
    /// The list as a file.
    pub exports: Vec<Link>,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// The head of a column.
#[derive(Clone, Debug)]
pub struct Head {
    /// Its title.
    pub title: String,
    /// Where the list is ordered by it, or the other way round; empty where it cannot be.
    pub order: String,
    /// Whether it is ordered by it now, and whether the largest comes first.
    pub ordered: Option<bool>,
}

impl Head {
    /// What `aria-sort` says; empty for nothing.
    fn sort(&self) -> &'static str {
        match self.ordered {
            None => "",
            Some(false) => "ascending",
            Some(true) => "descending",
        }
    }
}

/// One record.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// Its identity.
    pub id: String,
    /// Where it is.
    pub href: String,
    /// What it is called.
    pub label: String,
    /// What the columns say of it.
    pub cells: Vec<String>,
}

impl SystemList {
    /// The cells of a row with their titles.
    fn titled<'a>(&'a self, row: &'a ListRow) -> impl Iterator<Item = (&'a str, &'a str)> {
        let heads = self.heads.iter().map(|head| head.title.as_str());
        heads.zip(row.cells.iter().map(String::as_str))
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for SystemList {
        const NAME: &'static str = "system-list";

        fn samples(shell: &Shell) -> Vec<Self> {
            let list = links::system("growing-area", "growing-area", "");
            let row = |label: &str| ListRow {
                id: "0192f3".to_owned(),
                href: format!("{list}/0192f3"),
                label: label.to_owned(),
                cells: vec!["VN-VLOR-0001".to_owned(), label.to_owned()],
            };
            let head = |title: &str, ordered| Head {
                title: title.to_owned(),
                order: format!("{list}?xep=name"),
                ordered,
            };
            let choice = |value: &str, label: &str| Choice {
                value: value.to_owned(),
                label: label.to_owned(),
                selected: value.is_empty(),
            };
            let usual = Self {
                shell: samples::officer(shell),
                title: "Vùng trồng".to_owned(),
                about: LONG.to_owned(),
                system: Link::new(links::SYSTEMS, "Mã số vùng trồng"),
                address: list.clone(),
                is_arranging: true,
                make: format!("{list}/moi"),
                retention: format!("{list}/luu-tru"),
                import: format!("{list}/nhap"),
                views: Vec::new(),
                heads: vec![
                    Head {
                        order: String::new(),
                        ..head("Mã", None)
                    },
                    head("Tên", Some(true)),
                ],
                rows: vec![row("Vùng sầu riêng ấp Phú Long")],
                jobs: vec![choice("buoc.submit", "Trình"), choice("sua.note", HOSTILE)],
                many: format!("{list}/cung-luc"),
                words: String::new(),
                has_words: true,
                filters: vec![
                    (
                        "f_crop".to_owned(),
                        "Cây trồng".to_owned(),
                        vec![choice("", "Tất cả"), choice("durian", "Sầu riêng")],
                    ),
                    ("f_so".to_owned(), HOSTILE.to_owned(), vec![choice("x", "")]),
                ],
                exports: vec![Link::new(format!("{list}/xuat?dang=csv"), "CSV")],
                pager: Pager::default(),
            };
            let empty = Self {
                rows: Vec::new(),
                make: String::new(),
                retention: String::new(),
                exports: Vec::new(),
                filters: Vec::new(),
                has_words: false,
                ..usual.clone()
            };
            let extreme = Self {
                heads: vec![head(HOSTILE, None), head(LONG, Some(false))],
                rows: (0..50).map(|_| row(HOSTILE)).collect(),
                views: vec![choice(&list, LONG), choice("", HOSTILE)],
                pager: Pager {
                    previous: Some(list.clone()),
                    next: Some(format!("{list}?sau=00")),
                },
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
