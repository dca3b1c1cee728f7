//! Values that the pages' samples share.

use askama::Template;
use jiff::civil::{DateTime, date};
use vocab::{Decimal, Lang};

use super::parts::{Act, FileLink, Link, Step, TargetRow};
use super::reading::Reading;
use super::shell::{AdminPages, Flash, Section, SignedIn, Tone};
use super::status::Status;
use super::{Shell, links};
use crate::i18n::Translator;

/// A page with sample values: empty, usual, extreme.
pub(super) trait Sampled: Template + Sized {
    /// The name of its file among the rendered samples.
    const NAME: &'static str;

    /// The sample values.
    fn samples(shell: &Shell) -> Vec<Self>;
}

/// A name that must never come out as markup.
pub(super) const HOSTILE: &str = "<script>alert('x')</script> & \"Phòng\"";

/// A name with no end and hardly a place to break.
pub(super) const LONG: &str = "Trung_tâm_Văn_hóa_Thông_tin_và_Thể_thao huyện Vũng Liêm phối hợp Ban Chỉ đạo \
    Chuyển đổi số, Tổ công nghệ số cộng đồng ấp và Hội Liên hiệp Phụ nữ các xã, thị trấn trên địa bàn";

pub(super) fn visitor(lang: Lang) -> Shell {
    Shell {
        translator: Translator::new(lang),
        csrf: "sample".to_owned(),
        demo: true,
        path: links::OVERVIEW.to_owned(),
        ..Shell::default()
    }
}

pub(super) fn officer(shell: &Shell) -> Shell {
    Shell {
        account: Some(SignedIn {
            name: "Nguyễn Thị Bích Ngọc".to_owned(),
            unit: "Phòng Văn hóa và Thông tin huyện Tam Bình".to_owned(),
            tasks: 7,
            admin: AdminPages::default(),
        }),
        section: Section::Reports,
        ..shell.clone()
    }
}

pub(super) fn administrator(shell: &Shell) -> Shell {
    Shell {
        account: Some(SignedIn {
            name: HOSTILE.to_owned(),
            unit: LONG.to_owned(),
            tasks: 1_204,
            admin: AdminPages::those(|_| true),
        }),
        section: Section::Admin,
        flash: Some(Flash {
            tone: Tone::Good,
            text: shell.t("flash-saved"),
        }),
        ..shell.clone()
    }
}

pub(super) fn moment(day: i8, hour: i8, minute: i8) -> DateTime {
    date(2023, 10, day).at(hour, minute, 0, 0)
}

/// How something is measured.
pub(super) fn method() -> super::measures::Method {
    super::measures::Method {
        kind: "ratio",
        goal: "từ 85% trở lên".to_owned(),
        counts: Some("hồ sơ công việc cấp huyện được xử lý trên môi trường mạng".to_owned()),
        among: Some("hồ sơ công việc cấp huyện, trừ hồ sơ mật".to_owned()),
        reason: Some("Ô mục tiêu ghi phần trăm.".to_owned()),
        doubts: vec!["Dòng 58 đặt 80%.".to_owned()],
        origin: "reviewed",
        also: vec![58],
    }
}

pub(super) fn percent(tenths: i64) -> Reading {
    Reading::Percent(Decimal::new(tenths, 1).unwrap_or_default())
}

pub(super) fn file(name: &str, size_bytes: u64) -> FileLink {
    FileLink {
        name: name.to_owned(),
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
        size_bytes,
    }
}

pub(super) fn unit_link(name: &str) -> Link {
    Link::new(links::unit(&links::anchor(name)), name)
}

/// Statuses spread over the numbers as a plan in autumn might have them.
pub(super) fn status_of(number: u16) -> Status {
    match number {
        68..=77 | 104..=109 | 139..=148 => Status::DutyKept,
        _ => match number * 7 % 19 {
            0..=5 => Status::Done,
            6..=11 => Status::OnTrack,
            12..=14 => Status::AtRisk,
            15 | 16 => Status::NoData,
            _ => Status::OffTrack,
        },
    }
}

pub(super) fn target_row(number: u16) -> TargetRow {
    let titles = [
        "Duy trì tỷ lệ dịch vụ công trực tuyến toàn trình theo quy định",
        "Tỷ lệ hồ sơ thủ tục hành chính được xử lý hoàn toàn trực tuyến, người dân chỉ phải nhập dữ liệu một lần",
        "Tỷ lệ cơ quan, đơn vị sử dụng chữ ký số theo quy định",
        "Tỷ lệ xử lý hồ sơ công việc được xử lý trên môi trường mạng (trừ hồ sơ công việc thuộc phạm vi bí mật Nhà nước) tại cấp huyện",
    ];
    let leads: &[&str] = match number % 4 {
        0 => &["UBND cấp huyện"],
        1 => &["Văn phòng UBND tỉnh"],
        2 => &["Các sở, ban, ngành tỉnh", "UBND cấp huyện", "UBND cấp xã"],
        _ => &["Sở Thông tin và Truyền thông"],
    };
    let status = status_of(number);
    TargetRow {
        number,
        title: titles[usize::from(number % 4)].to_owned(),
        goal: if status == Status::DutyKept {
            "Thường xuyên"
        } else {
            "85%"
        }
        .to_owned(),
        leads: leads.iter().map(|name| unit_link(name)).collect(),
        status,
        reading: (!matches!(status, Status::NoData | Status::DutyKept))
            .then(|| percent(400 + i64::from(number) * 3)),
    }
}

pub(super) fn steps() -> Vec<Step> {
    let step = |act, unit: &str, person: &str, at, note: &str| Step {
        act,
        unit: unit.to_owned(),
        person: person.to_owned(),
        at: Some(at),
        note: note.to_owned(),
        files: Vec::new(),
        checks: Vec::new(),
        report: Some(links::report("0192f3")),
    };
    vec![
        step(
            Act::Consolidated,
            "Sở Thông tin và Truyền thông",
            "Trần Văn Hậu",
            moment(5, 9, 14),
            "Cộng tử số và mẫu số của 8 đơn vị",
        ),
        step(
            Act::Approved,
            "UBND huyện Trà Ôn",
            "Lê Minh Khoa",
            moment(4, 16, 2),
            "",
        ),
        Step {
            checks: super::checks::samples(),
            files: vec![
                file("Danh sách hồ sơ quý III.xlsx", 1_482_113),
                file(HOSTILE, 912),
            ],
            ..step(
                Act::Reported,
                "UBND huyện Trà Ôn",
                "Phạm Thị Lan",
                moment(3, 10, 42),
                "",
            )
        },
        step(
            Act::SentBack,
            "UBND huyện Trà Ôn",
            "Lê Minh Khoa",
            moment(2, 15, 30),
            "Thiếu danh sách 18 xã.\nĐề nghị bổ sung trước 17 giờ ngày 03/10.",
        ),
    ]
}
