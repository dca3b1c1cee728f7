//! My tasks, the most urgent first.

use askama::Template;
use jiff::civil::{Date, DateTime};
use vocab::Instant;

use super::parts::{Choice, Link, Pager};
use super::status::Status;
use super::{Shell, links};
use crate::i18n::Translator;

/// The page of tasks.
#[derive(Clone, Debug, Template)]
#[template(path = "inbox.html")]
pub struct Inbox {
    /// The frame.
    pub shell: Shell,
    /// Ways to look at the list; each leads somewhere and its label holds its count.
    pub tabs: Vec<Choice>,
    /// Sheets of calls for reports, ordered by deadline.
    pub sheets: Vec<Task>,
    /// The other tasks, ordered by deadline.
    pub tasks: Vec<Task>,
    /// What the reader's unit has yet to report for the latest period.
    pub to_report: Option<Link>,
    /// Neighbouring pages.
    pub pager: Pager,
    /// Records that the reader follows, the latest first.
    pub followed: Vec<Link>,
    /// What others decided about the reader's reports, latest first.
    pub notices: Vec<NoticeRow>,
}

/// One notice.
#[derive(Clone, Debug)]
pub struct NoticeRow {
    /// Its identity.
    pub id: String,
    /// What happened.
    pub what: String,
    /// When.
    pub at: DateTime,
    /// The report.
    pub href: String,
}

/// One task.
#[derive(Clone, Debug)]
pub struct Task {
    /// What to do.
    pub what: String,
    /// Why it is here: who sent it back with which words, how far it has come.
    pub why: String,
    /// Where to do it.
    pub href: String,
    /// Until when.
    pub due: Option<Due>,
}

/// A deadline and how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The deadline.
    pub at: DateTime,
    /// Days left, 0 for today, negative once it has passed.
    pub days_left: i64,
}

impl Due {
    /// A deadline seen on a day: one at the end of a day belongs to that day, not to the
    /// midnight that begins the next.
    pub fn seen(at: Instant, today: Date) -> Self {
        let at = at.plus_micros(-1).in_vietnam().datetime();
        let days = today.until(at.date()).map(|span| span.get_days());
        Self {
            at,
            days_left: days.unwrap_or_default().into(),
        }
    }

    /// The shape it is shown with.
    pub fn status(&self) -> Status {
        match self.days_left {
            ..0 => Status::OffTrack,
            0 | 1 => Status::AtRisk,
            _ => Status::OnTrack,
        }
    }

    /// How far it is, in words: `Quá hạn 1 ngày`, `Hôm nay`, `Còn 2 ngày`.
    pub fn words(&self, translator: &Translator) -> String {
        match self.days_left {
            ..0 => translator.t1("due-overdue", "days", self.days_left.abs()),
            0 => translator.t("due-today"),
            days => translator.t1("due-left", "days", days),
        }
    }
}

impl Inbox {
    fn overdue(&self) -> usize {
        let late = |task: &&Task| task.due.is_some_and(|due| due.days_left < 0);
        let all = self.sheets.iter().chain(&self.tasks);
        all.filter(late).count()
    }

    fn waiting(&self) -> usize {
        self.sheets.len() + self.tasks.len()
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Inbox {
        const NAME: &'static str = "inbox";

        fn samples(shell: &Shell) -> Vec<Self> {
            let task = |what: &str, why: &str, due: Option<(i8, i64)>| Task {
                what: what.to_owned(),
                why: why.to_owned(),
                href: links::report("0192f3"),
                due: due.map(|(day, days_left)| Due {
                    at: samples::moment(day, 17, 0),
                    days_left,
                }),
            };
            let tab = |value: &str, label: &str, selected| Choice {
                value: value.to_owned(),
                label: label.to_owned(),
                selected,
            };
            let usual = Self {
                shell: samples::officer(shell),
                tabs: vec![
                    tab(links::INBOX, "Tất cả 7", true),
                    tab("/viec-cua-toi?loai=duyet", "Cần duyệt 6", false),
                ],
                sheets: vec![task("Điền phiếu", LONG, Some((5, 2)))],
                tasks: vec![
                    task(
                        "Bổ sung minh chứng mục tiêu 7",
                        "Lãnh đạo trả lại: “Thiếu danh sách 18 xã”",
                        Some((2, -1)),
                    ),
                    task(
                        "Duyệt 6 báo cáo của các phòng",
                        "3 báo cáo có cảnh báo",
                        Some((3, 0)),
                    ),
                    task(
                        "Báo cáo quý III/2023",
                        "Đã nhập 14 trên 23 chỉ tiêu",
                        Some((5, 2)),
                    ),
                    task(
                        "Xác nhận tên đơn vị: “Phòng TC-KH”",
                        "Nhập kế hoạch năm 2023",
                        None,
                    ),
                ],
                to_report: Some(Link::new(links::REPORT_LIST, LONG)),
                pager: Pager::default(),
                followed: vec![Link::new(links::INBOX, HOSTILE)],
                notices: vec![NoticeRow {
                    id: "0192f4".to_owned(),
                    what: LONG.to_owned(),
                    at: samples::moment(2, 9, 5),
                    href: links::report("0192f3"),
                }],
            };
            let empty = Self {
                to_report: None,
                followed: Vec::new(),
                notices: Vec::new(),
                tabs: Vec::new(),
                sheets: Vec::new(),
                tasks: Vec::new(),
                ..usual.clone()
            };
            let extreme = Self {
                shell: samples::administrator(shell),
                tasks: (0..120)
                    .map(|_| task(LONG, HOSTILE, Some((1, -400))))
                    .collect(),
                pager: Pager {
                    previous: Some("/viec-cua-toi?truoc=1".to_owned()),
                    next: Some("/viec-cua-toi?sau=1".to_owned()),
                },
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
