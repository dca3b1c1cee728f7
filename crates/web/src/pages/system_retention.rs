//! How long records of a type are kept: what comes due, and what was done.

use askama::Template;

use super::inbox::Due;
use super::parts::Link;
use super::{Shell, links};

/// The page of a record type's retention.
#[derive(Clone, Debug, Template)]
#[template(path = "system_retention.html")]
pub struct SystemRetention {
    /// The frame.
    pub shell: Shell,
    /// The list of the records; leads nowhere for whoever reads none.
    pub kind: Link,
    /// The page's own address.
    pub address: String,
    /// What becomes of records after how long, in words.
    pub rule: String,
    /// What orders it.
    pub legal: String,
    /// What it waits for.
    pub waits: RuleWaits,
    /// Whether the reader may say that it may begin.
    pub administers: bool,
    /// How many are due and not dealt with yet.
    pub due: usize,
    /// How many come due within 30 days.
    pub soon: usize,
    /// How many within 90.
    pub later: usize,
    /// The first of them.
    pub records: Vec<ComingRecord>,
    /// What was done, the latest day first.
    pub done: Vec<RanOn>,
}

/// What a rule waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleWaits {
    /// Nothing: it is carried out.
    No,
    /// The next look at what is due.
    New,
    /// Somebody to confirm it; how many records were due then, for whoever may know.
    Confirmation(Option<u64>),
}

/// A record that comes due.
#[derive(Clone, Debug)]
pub struct ComingRecord {
    /// The record.
    pub record: Link,
    /// Whose it is.
    pub unit: String,
    /// When.
    pub due: Due,
    /// Whether it is held back.
    pub held: bool,
}

/// What was done on a day.
#[derive(Clone, Debug)]
pub struct RanOn {
    /// The day.
    pub day: String,
    /// What.
    pub what: String,
    /// By what law.
    pub legal: String,
    /// With how many records.
    pub count: u64,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for SystemRetention {
        const NAME: &'static str = "system-retention";

        fn samples(shell: &Shell) -> Vec<Self> {
            let list = links::system("it-equipment", "device", "");
            let record = |text: &str, held: bool| ComingRecord {
                record: Link::new(format!("{list}/0192f3"), text),
                unit: text.to_owned(),
                due: Due {
                    at: samples::moment(3, 17, 0),
                    days_left: 2,
                },
                held,
            };
            let ran = |what: &str, text: &str| RanOn {
                day: "01/02/2024".to_owned(),
                what: what.to_owned(),
                legal: text.to_owned(),
                count: 1_234,
            };
            let usual = Self {
                shell: samples::officer(shell),
                kind: Link::new(list.clone(), "Thiết bị"),
                address: format!("{list}/luu-tru"),
                rule: "Lưu 5 năm ở trạng thái Đã thanh lý, rồi xóa dữ liệu cá nhân.".to_owned(),
                legal: "15/2017/QH14".to_owned(),
                waits: RuleWaits::Confirmation(Some(1_234)),
                administers: true,
                due: 3,
                soon: 12,
                later: 1_234,
                records: vec![record("Máy tính xách tay", false), record("Máy in", true)],
                done: vec![
                    ran("Xóa dữ liệu cá nhân", "15/2017/QH14"),
                    ran(HOSTILE, "15/2017/QH14"),
                ],
            };
            let empty = Self {
                kind: Link::plain("Thiết bị"),
                waits: RuleWaits::No,
                due: 0,
                soon: 0,
                later: 0,
                records: Vec::new(),
                done: Vec::new(),
                ..usual.clone()
            };
            let extreme = Self {
                rule: HOSTILE.to_owned(),
                legal: LONG.to_owned(),
                waits: RuleWaits::Confirmation(None),
                administers: false,
                records: (0..100).map(|_| record(HOSTILE, true)).collect(),
                done: vec![ran(LONG, LONG), ran(LONG, HOSTILE)],
                ..usual.clone()
            };
            let begins = Self {
                waits: RuleWaits::New,
                ..usual.clone()
            };
            vec![usual, empty, extreme, begins]
        }
    }
}
