//! Views of a system's records that are neither lists nor maps: boards, charts, calendars.

use askama::Template;

use super::chart::TrendChart;
use super::parts::{Choice, Link};
use super::{Shell, links};

/// The days of a week, Monday first.
const WEEKDAYS: [&str; 7] = [
    "look-weekday-1",
    "look-weekday-2",
    "look-weekday-3",
    "look-weekday-4",
    "look-weekday-5",
    "look-weekday-6",
    "look-weekday-7",
];

/// What these pages have in common.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The view's title.
    pub title: String,
    /// The way here.
    pub crumbs: Vec<Link>,
    /// The page's own address.
    pub address: String,
    /// The views of the record type; each leads somewhere.
    pub views: Vec<Choice>,
    /// Filters: name, title, and what can be chosen; one choice alone is what was typed.
    pub filters: Vec<(String, String, Vec<Choice>)>,
}

/// A column for each value.
#[derive(Clone, Debug, Template)]
#[template(path = "looks/board.html")]
pub struct Board {
    /// The frame of all pages.
    pub shell: Shell,
    /// What such pages have in common.
    pub frame: Frame,
    /// The columns.
    pub columns: Vec<BoardColumn>,
    /// How many values are shown where there are more.
    pub cut: Option<usize>,
}

/// One column of a board.
#[derive(Clone, Debug)]
pub struct BoardColumn {
    /// The value.
    pub title: String,
    /// How many records say it.
    pub count: usize,
    /// The first of them.
    pub cards: Vec<Card>,
    /// How many more there are.
    pub more: usize,
    /// The list of all; empty if no list shows them.
    pub all: String,
}

/// A record on a board.
#[derive(Clone, Debug)]
pub struct Card {
    /// Where it is.
    pub href: String,
    /// What it is called.
    pub label: String,
    /// What it says, by title.
    pub facts: Vec<(String, String)>,
}

/// Values and how many records say them.
#[derive(Clone, Debug, Template)]
#[template(path = "looks/chart.html")]
pub struct Chart {
    /// The frame of all pages.
    pub shell: Shell,
    /// What such pages have in common.
    pub frame: Frame,
    /// What is told apart, and what is counted.
    pub heads: (String, String),
    /// The values.
    pub bars: Vec<Bar>,
    /// All together; empty where that is too much.
    pub total: String,
    /// Whether shares of the whole are shown.
    pub is_share: bool,
    /// A line in place of bars.
    pub line: Option<TrendChart>,
    /// The table as a file.
    pub file: String,
    /// How many values are shown where there are more.
    pub cut: Option<usize>,
}

/// One value of a chart.
#[derive(Clone, Debug)]
pub struct Bar {
    /// The value.
    pub label: String,
    /// The list of its records; empty if no list shows them.
    pub href: String,
    /// How many, or how much.
    pub said: String,
    /// Its share of the whole in words; empty where none is shown.
    pub share: String,
    /// Its length in thousandths of the longest.
    pub width: i64,
}

/// A month.
#[derive(Clone, Debug, Template)]
#[template(path = "looks/calendar.html")]
pub struct Calendar {
    /// The frame of all pages.
    pub shell: Shell,
    /// What such pages have in common.
    pub frame: Frame,
    /// The month in words, and as a field has it.
    pub month: String,
    /// The month as a field has it: `2023-04`.
    pub value: String,
    /// The month before.
    pub before: String,
    /// The month after.
    pub after: String,
    /// Its weeks, Monday first.
    pub weeks: Vec<Vec<Day>>,
    /// What began before it and ends after it.
    pub through: Vec<Entry>,
    /// How many records are shown where there are more.
    pub cut: Option<usize>,
}

impl Calendar {
    /// Whether nothing begins or ends in it.
    fn is_empty(&self) -> bool {
        let mut days = self.weeks.iter().flatten();
        days.all(|day| day.entries.is_empty())
    }
}

/// A day of a month.
#[derive(Clone, Debug)]
pub struct Day {
    /// Its number.
    pub number: i8,
    /// The whole day in words.
    pub title: String,
    /// Whether it is of the month shown.
    pub is_here: bool,
    /// Whether it is today.
    pub is_today: bool,
    /// What is on it.
    pub entries: Vec<Entry>,
}

/// A record on a day.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it is.
    pub href: String,
    /// What it is called.
    pub label: String,
    /// Where it stands; empty without a lifecycle.
    pub state: String,
    /// What of it is on this day; empty for its beginning.
    pub what: String,
}

#[cfg(test)]
mod sampled {
    use vocab::Decimal;

    use super::*;
    use crate::pages::chart::{Trend, TrendPoint};
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    fn frame(title: &str) -> Frame {
        let list = links::system("it-equipment", "device", "");
        let choice = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            selected: value.is_empty(),
        };
        Frame {
            title: title.to_owned(),
            crumbs: vec![
                Link::new(links::SYSTEMS, "Các hệ thống"),
                Link::new(&list, "Thiết bị"),
            ],
            address: format!("{list}/xem/by-state"),
            views: vec![choice(&list, "Tất cả thiết bị"), choice("", title)],
            filters: vec![(
                "f_kind".to_owned(),
                "Loại".to_owned(),
                vec![choice("", "Tất cả"), choice("laptop", "Máy tính xách tay")],
            )],
        }
    }

    fn column(title: &str, count: usize, cards: usize) -> BoardColumn {
        let card = |number: usize| Card {
            href: format!("{}/{number}", links::system("it-equipment", "device", "")),
            label: title.to_owned(),
            facts: vec![
                ("Mã".to_owned(), format!("TB-{number:04}")),
                ("Kiểu".to_owned(), LONG.to_owned()),
            ],
        };
        BoardColumn {
            title: title.to_owned(),
            count,
            cards: (0..cards).map(card).collect(),
            more: count - cards,
            all: if count > cards {
                format!(
                    "{}?tinh-trang=x",
                    links::system("it-equipment", "device", "")
                )
            } else {
                String::new()
            },
        }
    }

    impl Sampled for Board {
        const NAME: &'static str = "look-board";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                frame: frame("Theo trạng thái"),
                columns: vec![
                    column("Đang dùng", 3, 3),
                    column("Đang sửa", 0, 0),
                    column("Đã thanh lý", 1_204, 20),
                ],
                cut: None,
            };
            let empty = Self {
                columns: Vec::new(),
                frame: Frame {
                    filters: Vec::new(),
                    views: Vec::new(),
                    ..frame("Theo trạng thái")
                },
                ..usual.clone()
            };
            let extreme = Self {
                columns: (0..24).map(|_| column(HOSTILE, 25, 20)).collect(),
                frame: frame(LONG),
                cut: Some(24),
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }

    impl Sampled for Chart {
        const NAME: &'static str = "look-chart";

        fn samples(shell: &Shell) -> Vec<Self> {
            let bar = |label: &str, width: i64, href: &str| Bar {
                label: label.to_owned(),
                href: href.to_owned(),
                said: shell.translator.number(width),
                share: String::new(),
                width,
            };
            let list = links::system("it-equipment", "device", "");
            let usual = Self {
                shell: samples::officer(shell),
                frame: frame("Số thiết bị theo loại"),
                heads: ("Loại".to_owned(), "Số hồ sơ".to_owned()),
                bars: vec![
                    bar("Máy tính để bàn", 1_000, &list),
                    bar("Máy in", 312, ""),
                    bar("Chưa ghi", 0, ""),
                ],
                total: shell.translator.number(1_312),
                is_share: false,
                line: None,
                file: format!("{list}/xem/by-kind?dang=csv"),
                cut: None,
            };
            let empty = Self {
                bars: Vec::new(),
                total: String::new(),
                ..usual.clone()
            };
            let point = |month: u8| TrendPoint {
                label: format!("{month:02}/2023"),
                value: Some(Decimal::from(i64::from(month) * 7 % 11)),
                needed: None,
            };
            let trend = Trend {
                points: (1..=12).map(point).collect(),
                ..Trend::default()
            };
            let line = Self {
                line: Some(TrendChart::new(shell.translator, "Theo tháng", &trend)),
                ..usual.clone()
            };
            let shares = (0..60).map(|_| Bar {
                share: "1,7 %".to_owned(),
                ..bar(HOSTILE, 700, &list)
            });
            let extreme = Self {
                frame: frame(LONG),
                bars: shares.collect(),
                is_share: true,
                cut: Some(60),
                ..usual.clone()
            };
            vec![usual, empty, line, extreme]
        }
    }

    impl Sampled for Calendar {
        const NAME: &'static str = "look-calendar";

        fn samples(shell: &Shell) -> Vec<Self> {
            let entry = |label: &str, what: &str| Entry {
                href: format!(
                    "{}/0192f3",
                    links::system("growing-area", "monitoring-visit", "")
                ),
                label: label.to_owned(),
                state: "Đạt".to_owned(),
                what: what.to_owned(),
            };
            let day = |number: i8, entries: Vec<Entry>| Day {
                number,
                title: shell.translator.date(&jiff::civil::date(2023, 5, number)),
                is_here: number < 29,
                is_today: number == 17,
                entries,
            };
            let weeks = |full: bool| {
                let of = move |number: i8| match number {
                    3 | 17 => vec![
                        entry("Vùng sầu riêng ấp Phú Long", ""),
                        entry(LONG, "Hạn khắc phục"),
                    ],
                    _ if full => vec![entry(HOSTILE, HOSTILE); 4],
                    _ => Vec::new(),
                };
                let days: Vec<Day> = (1..=28).map(|number| day(number, of(number))).collect();
                days.chunks(7).map(<[Day]>::to_vec).collect::<Vec<_>>()
            };
            let usual = Self {
                shell: samples::officer(shell),
                frame: frame("Lịch giám sát"),
                month: "05/2023".to_owned(),
                value: "2023-05".to_owned(),
                before: "?thang=2023-04".to_owned(),
                after: "?thang=2023-06".to_owned(),
                weeks: weeks(false),
                through: vec![entry("Kéo dài", "")],
                cut: None,
            };
            let empty = Self {
                weeks: (0..4_i8)
                    .map(|week| {
                        (1..=7)
                            .map(|number| day(week * 7 + number, Vec::new()))
                            .collect()
                    })
                    .collect(),
                through: Vec::new(),
                ..usual.clone()
            };
            let extreme = Self {
                weeks: weeks(true),
                cut: Some(500),
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
