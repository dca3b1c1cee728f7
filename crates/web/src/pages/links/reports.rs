//! The addresses of reports, calls for them, sheets and periodic reports.

use super::encode;

/// What my unit reports.
pub const REPORT_LIST: &str = "/bao-cao";
/// Approve several reports at once (POST, `id` repeated).
pub const APPROVE_MANY: &str = "/bao-cao/duyet-nhieu";
/// The form for a new report; see [`report_begin`] for its query.
pub const REPORT_NEW: &str = "/bao-cao/moi";
/// A unit's reports as a spreadsheet: fetching it and sending it back.
pub const EXCEL: &str = "/bao-cao/phieu";
/// The spreadsheet.
pub const EXCEL_FILE: &str = "/bao-cao/phieu/tep";
/// Saving what a spreadsheet that was sent back would change.
pub const EXCEL_APPLY: &str = "/bao-cao/phieu/ghi";
/// Calls for reports.
pub const CAMPAIGNS: &str = "/dot-bao-cao";
/// The form for a new call: `ten`, `ky`, `pham-vi`, …; with `ky` it shows what would be made.
pub const CAMPAIGN_NEW: &str = "/dot-bao-cao/moi";

/// One call for reports.
pub fn campaign(id: &str) -> String {
    format!("{CAMPAIGNS}/{}", encode(id))
}

/// What is done with one call (POST): `nhac`, `tong-hop`, `dong`, `mo-lai`.
pub fn campaign_step(id: &str, step: &str) -> String {
    format!("{}/{step}", campaign(id))
}

/// A unit's sheet of a call.
pub fn sheet(campaign_id: &str, unit: &str) -> String {
    format!("{}/phieu/{}", campaign(campaign_id), encode(unit))
}

/// What is done with a sheet (POST): `duyet`, `mo-lai`.
pub fn sheet_step(campaign_id: &str, unit: &str, step: &str) -> String {
    format!("{}/{step}", sheet(campaign_id, unit))
}

/// The link by which a body without accounts fills in its sheet: for whoever runs the call.
pub fn sheet_link(campaign_id: &str, unit: &str) -> String {
    format!("{}/lien-ket/{}", campaign(campaign_id), encode(unit))
}

/// The link of a body's sheet is withdrawn (POST).
pub fn sheet_link_withdraw(campaign_id: &str, unit: &str) -> String {
    format!("{}/thu-hoi", sheet_link(campaign_id, unit))
}

/// A body's sheet, by the secret of its link.
pub fn sheet_by_link(secret: &str) -> String {
    format!("/phieu/{}", encode(secret))
}

/// The form for a new report on a target and a period (`2023Q1`).
pub fn report_new(target: u16, period: &str) -> String {
    format!("{REPORT_NEW}?muc-tieu={target}&ky={}", encode(period))
}

/// The same for one of a target's indicators (from 1) and a unit.
pub fn report_begin(target: u16, indicator: usize, period: &str, unit: &str) -> String {
    let new = report_new(target, period);
    format!("{new}&chi-tieu={indicator}&don-vi={}", encode(unit))
}

/// The list of reports of a period, a state and a unit; what is empty does not narrow.
pub fn report_list(period: &str, state: &str, unit: &str) -> String {
    format!(
        "{REPORT_LIST}?ky={}&tinh-trang={}&don-vi={}",
        encode(period),
        encode(state),
        encode(unit)
    )
}

/// A page of a unit's reports as a spreadsheet: all of a period, or those of a call for reports
/// where one is named.
pub fn excel(page: &str, period: &str, unit: &str, campaign: &str) -> String {
    let of_unit = format!("{page}?ky={}&don-vi={}", encode(period), encode(unit));
    match campaign {
        "" => of_unit,
        campaign => format!("{of_unit}&dot={}", encode(campaign)),
    }
}

/// One report.
pub fn report(id: &str) -> String {
    format!("/bao-cao/{}", encode(id))
}

/// A step of a report on its way, or its form and history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportStep {
    /// The form.
    Edit,
    /// Submit (POST).
    Submit,
    /// Approve (POST).
    Approve,
    /// Send back, with `ly-do` (POST).
    SendBack,
    /// Consolidate (POST).
    Consolidate,
    /// Comment, with `gop-y` (POST).
    Comment,
    /// Have its figure computed again (POST).
    Recompute,
    /// Versions.
    History,
}

/// A step of one report.
pub fn report_step(id: &str, step: ReportStep) -> String {
    let step = match step {
        ReportStep::Edit => "sua",
        ReportStep::Submit => "gui",
        ReportStep::Approve => "duyet",
        ReportStep::SendBack => "tra-lai",
        ReportStep::Consolidate => "tong-hop",
        ReportStep::Comment => "gop-y",
        ReportStep::History => "lich-su",
        ReportStep::Recompute => "tinh-lai",
    };
    format!("{}/{step}", report(id))
}

/// Opinions of partners on a report; asking them (POST).
pub fn opinions(report_id: &str) -> String {
    format!("{}/y-kien", report(report_id))
}

/// Closes the asking for opinions on a report (POST).
pub fn opinions_close(report_id: &str) -> String {
    format!("{}/ket-thuc", opinions(report_id))
}

/// What a partner is asked about a report; its answer (POST).
pub fn opinion(id: &str) -> String {
    format!("/y-kien/{}", encode(id))
}

/// An evidence file by its digest in hexadecimal.
pub fn evidence(sha256: &str) -> String {
    format!("/tep/{}", encode(sha256))
}

/// Periodic reports on the plan.
pub const PERIODIC: &str = "/bao-cao-dinh-ky";
/// The form for a new periodic report.
pub const PERIODIC_NEW: &str = "/bao-cao-dinh-ky/moi";
/// How periodic reports are laid out.
pub const PERIODIC_LAYOUT: &str = "/bao-cao-dinh-ky/mau";

/// One periodic report.
pub fn periodic(id: &str) -> String {
    format!("{PERIODIC}/{}", encode(id))
}

/// A page, file or step of a periodic report: `xem`, `tai.docx`, `tai.pdf`, `gui`, `ky`.
pub fn periodic_step(id: &str, step: &str) -> String {
    format!("{}/{step}", periodic(id))
}

/// An annex of a periodic report as a spreadsheet, counted from 1.
pub fn periodic_annex(id: &str, number: usize) -> String {
    format!("{}/phu-luc.xlsx?so={number}", periodic(id))
}

/// The form of a section of a periodic report.
pub fn periodic_section(id: &str) -> String {
    format!("{PERIODIC}/phan/{}", encode(id))
}
