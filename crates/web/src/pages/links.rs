//! The addresses of the product's pages. Templates and handlers take them from here.

use vocab::fold::fold;

use crate::i18n::Whole;

mod changes;
mod hooks;
mod people;
mod projects;
mod reports;
mod systems;
mod units;

pub use changes::*;
pub use hooks::*;
pub use people::*;
pub use projects::*;
pub use reports::*;
pub use systems::*;
pub use units::*;

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
/// The progress wall; `nhom`, `chu-tri`, `han` and `trang-thai` narrow it.
pub const PROGRESS: &str = "/tien-do";
/// Units and targets; `nhom` narrows it.
pub const PROGRESS_HEAT: &str = "/tien-do/ban-do-nhiet";
/// The steering committee's page.
pub const PROGRESS_COMMITTEE: &str = "/tien-do/ban-chi-dao";
/// What changed since a day, `tu`.
pub const PROGRESS_CHANGES: &str = "/tien-do/thay-doi";
/// What changed since a day, `2023-08-14`.
pub fn changes_since(day: &str) -> String {
    format!("{PROGRESS_CHANGES}?tu={}", encode(day))
}
/// Projects and money.
pub const PROGRESS_MONEY: &str = "/tien-do/du-an";
/// What was consolidated lately, for programs; of a target `muc-tieu`, of a unit `don-vi`.
pub const PROGRESS_FEED: &str = "/tien-do/tin.atom";
/// What of all this is public (GET shows it, POST says it).
pub const PROGRESS_PUBLICATION: &str = "/tien-do/cong-bo";

/// What a unit owes.
pub fn progress_unit(id: &str) -> String {
    format!("{PROGRESS}/don-vi/{}", encode(id))
}

/// What a page of progress shows, as a file.
pub fn progress_file(name: &str, ending: &str, query: &[(&str, &str)]) -> String {
    with_query(&format!("{PROGRESS}/tep/{name}.{ending}"), query)
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
