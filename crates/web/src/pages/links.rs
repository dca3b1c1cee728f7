//! The addresses of the product's pages. Templates and handlers take them from here.

use vocab::fold::fold;

use crate::i18n::Whole;

mod changes;

pub use changes::*;

/// Overview of the plan, the home page.
pub const OVERVIEW: &str = "/";
/// List of targets; see [`target_list`] for its query.
pub const TARGET_LIST: &str = "/ke-hoach";
/// Projects and budget.
pub const PROJECTS: &str = "/du-an";
/// Places where the document does not add up.
pub const FINDINGS: &str = "/diem-chua-khop";
/// How each target is measured; `loc` narrows it.
pub const MEASURES: &str = "/so-do";
/// Taking in a decision: the form, and the file that it sends (POST).
pub const PLAN_IMPORT: &str = "/ke-hoach/nhap";
/// Names of bodies that wait for somebody, and what somebody says of one (POST).
pub const PLAN_NAMES: &str = "/ke-hoach/ten-goi";
/// What the decision's text orders; `tinh-trang` and `co-quan` narrow it.
pub const DUTIES: &str = "/nhiem-vu";
/// What the decision tells of the time before.
pub const BASELINES: &str = "/so-lieu-truoc";
/// Text of the decision.
pub const DOCUMENT: &str = "/van-ban";
/// Tree of units; the day, if not that of the decision, is `ngay`.
pub const UNITS: &str = "/don-vi";
/// Units of any day; the day is `ngay`, the hierarchy `he`, words or a code `q`.
pub const UNIT_TREE: &str = "/don-vi/cay";
/// Units of two days compared: `tu`, `den`.
pub const UNIT_MAPPING: &str = "/don-vi/so-sanh";
/// Map of the communes of a day, `ngay`.
pub const UNIT_MAP: &str = "/don-vi/ban-do";
/// Events of units.
pub const UNIT_EVENTS: &str = "/quan-tri/don-vi";
/// The form for an event, step by step; its kind is `loai`, its day `ngay`. What it does (POST).
pub const UNIT_EVENT_NEW: &str = "/quan-tri/don-vi/moi";
/// Apply an event (POST).
pub const UNIT_EVENT_APPLY: &str = "/quan-tri/don-vi/ap-dung";
/// A file of events: the form, and what the file would do (POST).
pub const UNIT_IMPORT: &str = "/quan-tri/don-vi/tep";
/// Apply a file of events (POST).
pub const UNIT_IMPORT_APPLY: &str = "/quan-tri/don-vi/tep/ap-dung";
/// The progress wall; `nhom`, `chu-tri`, `han` and `trang-thai` narrow it.
pub const PROGRESS: &str = "/tien-do";
/// Units and targets; `nhom` narrows it.
pub const PROGRESS_HEAT: &str = "/tien-do/ban-do-nhiet";
/// The steering committee's page.
pub const PROGRESS_COMMITTEE: &str = "/tien-do/ban-chi-dao";
/// What changed since a day, `tu`.
pub const PROGRESS_CHANGES: &str = "/tien-do/thay-doi";
/// Projects and money.
pub const PROGRESS_MONEY: &str = "/tien-do/du-an";
/// What was consolidated lately, for programs; of a target `muc-tieu`, of a unit `don-vi`.
pub const PROGRESS_FEED: &str = "/tien-do/tin.atom";
/// What of all this is public (GET shows it, POST says it).
pub const PROGRESS_PUBLICATION: &str = "/tien-do/cong-bo";

/// Projects on their way; `don-vi`, `nguon`, `buoc`, `ky` and `tre` narrow it.
pub const PROJECT_LIST: &str = "/du-an/theo-doi";
/// The money of projects by unit, source and period; `ky` narrows payments.
pub const PROJECT_MONEY: &str = "/du-an/kinh-phi";
/// The province's total budget expenditure.
pub const PROJECT_BUDGET: &str = "/du-an/kinh-phi/ngan-sach";
/// Units' own plans.
pub const OWN_PLANS: &str = "/ke-hoach-don-vi";
/// By when units issue their own plans.
pub const OWN_PLANS_DUE: &str = "/ke-hoach-don-vi/han";

/// One project.
pub fn project_page(id: &str) -> String {
    format!("/du-an/{}", encode(id))
}

/// The form for something that happened to a project.
pub fn project_new(id: &str, kind: &str) -> String {
    with_query(&format!("{}/ghi", project_page(id)), &[("loai", kind)])
}

/// Which targets a project serves.
pub fn project_targets(id: &str) -> String {
    format!("{}/muc-tieu", project_page(id))
}

/// The form of something that was entered of a project.
pub fn project_entry(id: &str) -> String {
    format!("/du-an/ghi-nhan/{}", encode(id))
}

/// What is done with it (POST): `gui`, `duyet`, `tra-lai`, `rut`.
pub fn project_entry_step(id: &str, step: &str) -> String {
    format!("{}/{step}", project_entry(id))
}

/// What a page of projects' money shows, as a file.
pub fn project_file(name: &str, ending: &str, query: &[(&str, &str)]) -> String {
    with_query(&format!("/du-an/tep/{name}.{ending}"), query)
}

/// A unit's own plan.
pub fn own_plan(unit: &str) -> String {
    format!("{OWN_PLANS}/{}", encode(unit))
}

/// The form of a unit's own plan.
pub fn own_plan_edit(unit: &str) -> String {
    format!("{}/ghi", own_plan(unit))
}

/// What is done with a unit's own plan (POST): `gui`, `duyet`, `tra-lai`.
pub fn own_plan_step(unit: &str, step: &str) -> String {
    format!("{}/{step}", own_plan(unit))
}

/// What a unit owes.
pub fn progress_unit(id: &str) -> String {
    format!("{PROGRESS}/don-vi/{}", encode(id))
}

/// What a page of progress shows, as a file.
pub fn progress_file(name: &str, ending: &str, query: &[(&str, &str)]) -> String {
    with_query(&format!("{PROGRESS}/tep/{name}.{ending}"), query)
}

/// The systems that packs declare, by sector.
pub const SYSTEMS: &str = "/he-thong";

/// The maps that anybody may see.
pub const MAPS: &str = "/ban-do";
/// What maps stand on: communes, about where the province lies.
pub const MAP_BASE: &str = "/ban-do/nen";

/// A map that anybody may see, or what stands under it.
pub fn public_map(pack: &str, record: &str, rest: &str) -> String {
    let map = format!("{MAPS}/{}/{}", encode(pack), encode(record));
    if rest.is_empty() {
        map
    } else {
        format!("{map}/{rest}")
    }
}

/// The list of a system's records, or what stands under it.
pub fn system(pack: &str, record: &str, rest: &str) -> String {
    let list = format!("{SYSTEMS}/{}/{}", encode(pack), encode(record));
    if rest.is_empty() {
        list
    } else {
        format!("{list}/{rest}")
    }
}

/// The manual of a system.
pub fn manual(pack: &str) -> String {
    format!("/huong-dan/{}", encode(pack))
}

/// The figures that systems compute.
pub const FIGURES: &str = "/so-lieu";

/// One figure, by `pack/record/indicator`; as of when: `ky`, or `luc` with `tu` and `den`.
pub fn figure(key: &str, query: &[(&str, String)]) -> String {
    let parts: Vec<String> = key.split('/').map(encode).collect();
    let query: Vec<(&str, &str)> = query
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    with_query(&format!("{FIGURES}/{}", parts.join("/")), &query)
}

/// The form for what the measures of a target are computed from.
pub fn target_feeds(number: impl Whole) -> String {
    format!("/muc-tieu/{}/nguon-so-lieu", number.whole())
}

/// Where anyone asks whether a paper holds: the print-out, the record and its version when the
/// paper was made.
pub fn verify(pack: &str, record: &str, print: &str, id: &str, version: i64) -> String {
    let (pack, record, print) = (encode(pack), encode(record), encode(print));
    format!("/xac-thuc/{pack}/{record}/{print}/{}/{version}", encode(id))
}

/// What anyone may look up.
pub const LOOKUPS: &str = "/tra-cuu";

/// One look-up.
pub fn lookup(pack: &str, record: &str, lookup: &str) -> String {
    let (pack, record) = (encode(pack), encode(record));
    format!("{LOOKUPS}/{pack}/{record}/{}", encode(lookup))
}

/// Search; the question is `q`.
pub const SEARCH: &str = "/tim";
/// Sign-in form; where to go afterwards is `tiep`.
pub const SIGN_IN: &str = "/dang-nhap";
/// Sign out (POST).
pub const SIGN_OUT: &str = "/dang-xuat";
/// First administrator.
pub const SETUP: &str = "/thiet-lap";
/// My tasks.
pub const INBOX: &str = "/viec-cua-toi";

/// Puts a notice aside.
pub fn put_aside(id: &str) -> String {
    format!("{INBOX}/thong-bao/{}/cat", encode(id))
}

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

/// My account and sessions.
pub const ACCOUNT: &str = "/tai-khoan";
/// Changing my password.
pub const PASSWORD: &str = "/tai-khoan/mat-khau";
/// Asking for a link to a new password.
pub const PASSWORD_LOST: &str = "/quen-mat-khau";
/// My tokens.
pub const TOKENS: &str = "/tai-khoan/ma-truy-cap";
/// End my sessions but this one (POST).
pub const END_OTHER_SESSIONS: &str = "/tai-khoan/cac-phien-khac/ket-thuc";
/// Accounts, for administrators.
pub const ACCOUNTS: &str = "/quan-tri/tai-khoan";
/// Invite somebody (POST).
pub const INVITATIONS: &str = "/quan-tri/loi-moi";
/// Outbox and failed jobs.
pub const JOBS: &str = "/quan-tri/cong-viec";
/// People; the name sought is `q`.
pub const PEOPLE: &str = "/quan-tri/can-bo";
/// The form for a new person.
pub const PERSON_NEW: &str = "/quan-tri/can-bo/moi";
/// Taking in a list of people.
pub const PEOPLE_IMPORT: &str = "/quan-tri/can-bo/nhap";
/// What I may change about myself.
pub const PROFILE: &str = "/tai-khoan/ho-so";
/// Audit log.
pub const AUDIT: &str = "/quan-tri/nhat-ky";
/// Check the audit chain (POST).
pub const AUDIT_CHECK: &str = "/quan-tri/nhat-ky/kiem-tra";
/// The audit log as a file (CSV), with the same query.
pub const AUDIT_EXPORT: &str = "/quan-tri/nhat-ky/xuat.csv";
/// Who looked at whose personal data.
pub const READINGS: &str = "/quan-tri/luot-xem";
/// Who looked at mine.
pub const MY_READINGS: &str = "/tai-khoan/luot-xem";
/// What I delegate to others, and others to me.
pub const MY_DELEGATIONS: &str = "/tai-khoan/uy-quyen";
/// Delegate something to somebody.
pub const MY_DELEGATION_NEW: &str = "/tai-khoan/uy-quyen/moi";
/// Roles, for administrators.
pub const ROLES: &str = "/quan-tri/vai-tro";
/// A new role.
pub const ROLE_NEW: &str = "/quan-tri/vai-tro/moi";
/// Why somebody may do something, and who may.
pub const RIGHTS: &str = "/quan-tri/quyen";
/// The design system.
pub const DESIGN: &str = "/design";
/// About the product and its data.
pub const ABOUT: &str = "/gioi-thieu";
/// Choose a language (POST `lang`, `tiep`); sets a cookie.
pub const LANGUAGE: &str = "/ngon-ngu";
/// Choose light, dark or the device's own (POST `theme`, `tiep`); sets the cookie `theme`.
pub const THEME: &str = "/giao-dien";
/// Description of the API.
pub const OPENAPI: &str = "/api/openapi.json";

/// One target.
pub fn target(number: impl Whole) -> String {
    format!("/muc-tieu/{}", number.whole())
}

/// The form for how a target is measured.
pub fn target_measures(number: impl Whole) -> String {
    format!("/muc-tieu/{}/so-do", number.whole())
}

/// A target that is retired: others may have its number by now.
pub fn retired_target(id: &str) -> String {
    format!("/muc-tieu/{}", encode(id))
}

/// What a file that was sent would change (GET), and taking it in (POST).
pub fn plan_preview(sha256: &str, name: &str) -> String {
    let path = format!("{PLAN_IMPORT}/{}", encode(sha256));
    with_query(&path, &[("ten", name)])
}

/// One duty: what was reported of it.
pub fn duty(id: &str) -> String {
    format!("{DUTIES}/{}", encode(id))
}

/// The duties in a state and of a body; what is empty does not narrow.
pub fn duties(state: &str, body: &str) -> String {
    with_query(DUTIES, &[("tinh-trang", state), ("co-quan", body)])
}

/// The list of targets, narrowed by any of a group (`I`), a lead (a unit's id, or the key of
/// a set of units) and a status.
pub fn target_list(group: Option<&str>, lead: Option<&str>, status: Option<&str>) -> String {
    let parts = [("nhom", group), ("chu-tri", lead), ("trang-thai", status)];
    let query: Vec<String> = parts
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name}={}", encode(value))))
        .collect();
    if query.is_empty() {
        TARGET_LIST.to_owned()
    } else {
        format!("{TARGET_LIST}?{}", query.join("&"))
    }
}

/// One unit.
pub fn unit(id: &str) -> String {
    format!("/don-vi/{}", encode(id))
}

/// One unit on a day.
pub fn unit_on(id: &str, day: jiff::civil::Date) -> String {
    format!("{}?ngay={day}", unit(id))
}

/// One unit over all days.
pub fn unit_history(id: &str) -> String {
    format!("{}/lich-su", unit(id))
}

/// One unit over all days, with what it was on this one.
pub fn unit_history_on(id: &str, day: jiff::civil::Date) -> String {
    format!("{}?ngay={day}", unit_history(id))
}

/// Undo what was ordered together (GET shows it, POST does it).
pub fn unit_undo(rearrangement: &str) -> String {
    format!("{UNIT_EVENTS}/{}/huy", encode(rearrangement))
}

/// One project, in the list of all.
pub fn project(annex: impl Whole, number: &str) -> String {
    format!("{PROJECTS}#{}", project_anchor(annex, number))
}

/// The id of a project's row in that list.
pub fn project_anchor(annex: impl Whole, number: &str) -> String {
    format!("du-an-{}-{}", annex.whole(), number.replace('.', "-"))
}

/// A line of the decision's text, on the page that it is on.
pub fn document_line(line: impl Whole) -> String {
    let line = line.whole();
    format!("{DOCUMENT}?dong={line}#dong-{line}")
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

/// An evidence file by its digest in hexadecimal.
pub fn evidence(sha256: &str) -> String {
    format!("/tep/{}", encode(sha256))
}

/// End one of my sessions (POST).
pub fn end_session(id: &str) -> String {
    format!("{ACCOUNT}/phien/{}/ket-thuc", encode(id))
}

/// One person.
pub fn person(id: &str) -> String {
    format!("{PEOPLE}/{}", encode(id))
}

/// A form about one person: `sua`, `vi-tri`, `uy-quyen`, `thoi-viec`, `tro-lai`.
pub fn person_step(id: &str, step: &str) -> String {
    format!("{}/{step}", person(id))
}

/// The form of a position.
pub fn position(id: &str) -> String {
    format!("/quan-tri/vi-tri/{}", encode(id))
}

/// End a delegation (POST).
pub fn end_delegation(id: &str) -> String {
    format!("/quan-tri/uy-quyen/{}/ket-thuc", encode(id))
}

/// The refused rows of a list, by its digest in hexadecimal.
pub fn refused_rows(sha256: &str) -> String {
    format!("{PEOPLE_IMPORT}/bi-tu-choi?tep={}", encode(sha256))
}

/// The link to a new password.
pub fn password_reset(token: &str) -> String {
    format!("/mat-khau-moi/{}", encode(token))
}

/// The link of an invitation.
pub fn invited(token: &str) -> String {
    format!("/loi-moi/{}", encode(token))
}

/// End one of my tokens (POST).
pub fn end_token(id: &str) -> String {
    format!("{TOKENS}/{}/thu-hoi", encode(id))
}

/// One account, for administrators.
pub fn account_edit(id: &str) -> String {
    format!("{ACCOUNTS}/{}", encode(id))
}

/// A change of one account (POST).
pub fn account_step(id: &str, step: &str) -> String {
    format!("{}/{step}", account_edit(id))
}

/// One role.
pub fn role(code: &str) -> String {
    format!("{ROLES}/{}", encode(code))
}

/// The form of one role.
pub fn role_edit(code: &str) -> String {
    format!("{}/sua", role(code))
}

/// Remove a role (POST).
pub fn role_remove(code: &str) -> String {
    format!("{}/bo", role(code))
}

/// Who may see a record.
pub fn rights_of(record: &str) -> String {
    with_query(RIGHTS, &[("viec", "read"), ("ho-so", record)])
}

/// Why somebody may do something to a record.
pub fn rights(login: &str, verb: &str, record: &str, day: &str) -> String {
    let parts = [
        ("nguoi", login),
        ("viec", verb),
        ("ho-so", record),
        ("ngay", day),
    ];
    with_query(RIGHTS, &parts)
}

/// End one of my delegations (POST).
pub fn end_my_delegation(id: &str) -> String {
    format!("{MY_DELEGATIONS}/{}/ket-thuc", encode(id))
}

/// What is done with one invitation (POST).
pub fn invitation(id: &str, step: &str) -> String {
    format!("{INVITATIONS}/{}/{step}", encode(id))
}

/// Run a failed job again (POST).
pub fn run_again(job: &str) -> String {
    format!("{JOBS}/{}/chay-lai", encode(job))
}

/// One entry of the audit log.
pub fn audit_entry(number: impl Whole) -> String {
    format!("{AUDIT}/muc/{}", number.whole())
}

/// The entries of the audit log about one record, or one kind of record.
pub fn audit_of(record_or_kind: &str) -> String {
    with_query(AUDIT, &[("tu-khoa", record_or_kind)])
}

/// An address with those parts of a query that say something.
pub fn with_query(path: &str, parts: &[(&str, &str)]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    if parts.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", parts.join("&"))
}

/// A name as the id of an element in a page: `Ban quản lý` gives `ban-quan-ly`.
pub fn anchor(name: &str) -> String {
    fold(name).replace(' ', "-")
}

/// Percent-encoding for one segment of a path or one value of a query.
pub fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for half in [byte >> 4, byte & 15] {
                encoded.extend(
                    char::from_digit(u32::from(half), 16).map(|digit| digit.to_ascii_uppercase()),
                );
            }
        }
        encoded
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_leave_their_place_in_an_address() {
        assert_eq!(unit("a/../b?x#y"), "/don-vi/a%2F..%2Fb%3Fx%23y");
        assert_eq!(
            target_list(Some("I"), None, Some("on_track")),
            "/ke-hoach?nhom=I&trang-thai=on_track"
        );
        assert_eq!(target_list(None, None, None), "/ke-hoach");
        assert_eq!(encode("Sở"), "S%E1%BB%9F");
        assert_eq!(report_step("7", ReportStep::SendBack), "/bao-cao/7/tra-lai");
        assert_eq!(anchor("Ban Quản lý"), "ban-quan-ly");
    }
}
