//! Entering a value.

use askama::Template;
use jiff::civil::DateTime;

use super::checks::Check;
use super::inbox::Due;
use super::observation::ComputedShown;
use super::parts::{FileLink, FormErrors};
use super::reading::Reading;
use super::{Shell, links};

/// The form of a report. It sends (multipart) `tu-so` and `mau-so`, or `so-luong`, or
/// `hoan-thanh` (`co`, `khong`); `phat-hien` and `giai-trinh`, in pairs; `ghi-chu`; `tep` (files); `bo-tep` (digests of files to take
/// off); `tep-da-nhan` (files that came in before: digest, space, name); `phien-ban`; and `viec` = `luu` or `gui`.
#[derive(Clone, Debug, Template)]
#[template(path = "observation_edit.html")]
pub struct ObservationEdit {
    /// The frame.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// The target's number.
    pub number: u16,
    /// What to do, as written.
    pub title: String,
    /// The goal, as written.
    pub goal: String,
    /// The unit that reports.
    pub unit: String,
    /// The period, in words.
    pub period: String,
    /// Until when.
    pub due: Option<Due>,
    /// The version that was read; 0 for a new report.
    pub version: u32,
    /// What is asked for, with what was typed.
    pub entry: Entry,
    /// What looks wrong with it, and what was said about that.
    pub checks: Vec<Check>,
    /// What was computed for it from the records of a system.
    pub computed: Option<ComputedShown>,
    /// The note as typed.
    pub note: String,
    /// Files already there.
    pub files: Vec<FileLink>,
    /// Files that came in with the form before this one and are in no report yet.
    pub received: Vec<FileLink>,
    /// Digests of files that were ticked to be taken off.
    pub dropped: Vec<String>,
    /// The period before.
    pub previous: Option<PreviousPeriod>,
    /// Why it came back, if it did.
    pub sent_back: Option<SentBack>,
    /// What is wrong.
    pub errors: FormErrors,
    /// The largest file taken, in bytes.
    pub file_limit_bytes: u64,
}

/// What is asked for. Values are text as typed, so that a wrong one comes back as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Numerator and denominator.
    Ratio {
        /// What the numerator counts.
        numerator_label: String,
        /// What the denominator counts.
        denominator_label: String,
        /// As typed.
        numerator: String,
        /// As typed.
        denominator: String,
    },
    /// A number of something.
    Count {
        /// What is counted.
        label: String,
        /// As typed.
        count: String,
    },
    /// Reached or not.
    Milestone {
        /// As chosen.
        reached: Option<bool>,
        /// What must be done.
        what: Option<String>,
    },
    /// A standing duty, done in the period or not.
    Standing {
        /// As chosen.
        done: Option<bool>,
        /// What a report tells of.
        what: Option<String>,
    },
}

/// The period before, to compare with.
#[derive(Clone, Debug)]
pub struct PreviousPeriod {
    /// The period, in words.
    pub period: String,
    /// Its value.
    pub reading: Reading,
    /// Numerator and denominator of a ratio.
    pub ratio: Option<(i64, i64)>,
    /// Its note.
    pub note: String,
}

/// Why a report came back.
#[derive(Clone, Debug)]
pub struct SentBack {
    /// Who sent it back.
    pub person: String,
    /// When.
    pub at: DateTime,
    /// Their reason.
    pub reason: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for ObservationEdit {
        const NAME: &'static str = "observation_edit";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                action: links::report_new(12, "2023Q3"),
                number: 12,
                title: samples::target_row(4).title,
                goal: "85%".to_owned(),
                unit: "UBND huyện Tam Bình".to_owned(),
                period: "quý III/2023".to_owned(),
                due: Some(Due {
                    at: samples::moment(5, 17, 0),
                    days_left: 2,
                }),
                version: 0,
                entry: Entry::Ratio {
                    numerator_label: "Hồ sơ công việc xử lý trên môi trường mạng".to_owned(),
                    denominator_label: "Tổng số hồ sơ công việc, trừ hồ sơ mật".to_owned(),
                    numerator: String::new(),
                    denominator: String::new(),
                },
                checks: Vec::new(),
                computed: Some(crate::pages::observation::sampled::computed()),
                note: String::new(),
                files: Vec::new(),
                received: Vec::new(),
                dropped: Vec::new(),
                previous: Some(PreviousPeriod {
                    period: "quý II/2023".to_owned(),
                    reading: samples::percent(708),
                    ratio: Some((1_512, 2_136)),
                    note: "Số liệu trích từ hệ thống quản lý văn bản".to_owned(),
                }),
                sent_back: None,
                errors: FormErrors::default(),
                file_limit_bytes: 20_000_000,
            };
            let refused = Self {
                version: 3,
                action: links::report_step("0192f3", links::ReportStep::Edit),
                entry: Entry::Ratio {
                    numerator_label: "Hồ sơ công việc xử lý trên môi trường mạng".to_owned(),
                    denominator_label: LONG.to_owned(),
                    numerator: "81".to_owned(),
                    denominator: HOSTILE.to_owned(),
                },
                checks: crate::pages::checks::samples(),
                note: HOSTILE.to_owned(),
                files: vec![
                    samples::file("Danh sách 18 xã.pdf", 2_400_000),
                    samples::file(HOSTILE, 1),
                ],
                received: vec![samples::file(HOSTILE, 20_000)],
                dropped: vec![samples::file("", 0).sha256],
                sent_back: Some(SentBack {
                    person: "Lê Minh Khoa".to_owned(),
                    at: samples::moment(2, 15, 30),
                    reason: "Thiếu danh sách 18 xã.".to_owned(),
                }),
                errors: FormErrors(vec![
                    FieldError {
                        field: "tu-so".to_owned(),
                        message: "Tử số lớn hơn mẫu số. Có phải 8 / 18?".to_owned(),
                    },
                    FieldError {
                        field: "mau-so".to_owned(),
                        message: "Nhập số nguyên, ví dụ 2.290.".to_owned(),
                    },
                    FieldError {
                        field: crate::pages::checks::anchor(3),
                        message: shell.t1("entry-explain-needed", "letters", 10),
                    },
                    FieldError {
                        field: "tep".to_owned(),
                        message: "Tệp “a.exe” không thuộc loại được nhận.".to_owned(),
                    },
                ]),
                ..usual.clone()
            };
            let count = Self {
                entry: Entry::Count {
                    label: "Số lớp tập huấn kỹ năng số".to_owned(),
                    count: "12".to_owned(),
                },
                previous: None,
                computed: None,
                due: None,
                ..usual.clone()
            };
            let milestone = Self {
                entry: Entry::Milestone {
                    reached: Some(false),
                    what: Some(LONG.to_owned()),
                },
                ..count.clone()
            };
            let standing = Self {
                entry: Entry::Standing {
                    done: None,
                    what: None,
                },
                ..count.clone()
            };
            vec![usual, refused, count, milestone, standing]
        }
    }
}
