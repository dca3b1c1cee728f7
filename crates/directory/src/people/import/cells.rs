//! What single cells say.

use jiff::civil::Date;
use vocab::Id;
use vocab::fold::fold as key;

use super::super::PositionKind;
use crate::permission::{RoleBook, RoleSpec};
use crate::{Reading, Role, UnitTree};

/// A unit's name at least as near as this is worth suggesting, out of 1.
const NEAR: f64 = 0.72;
/// So many suggestions.
const SUGGESTIONS: usize = 3;

/// Words for roles without tone marks.
const ROLES: [(Role, &[&str]); 5] = [
    (Role::Viewer, &["viewer", "lanh dao theo doi", "theo doi"]),
    (
        Role::Officer,
        &["officer", "can bo bao cao", "bao cao", "reporting officer"],
    ),
    (
        Role::Head,
        &[
            "head",
            "lanh dao don vi",
            "thu truong don vi",
            "head of unit",
        ],
    ),
    (
        Role::Coordinator,
        &[
            "coordinator",
            "can bo dieu phoi tong hop",
            "can bo dieu phoi",
            "don vi dieu phoi",
            "dieu phoi",
        ],
    ),
    (
        Role::Administrator,
        &["administrator", "quan tri he thong", "quan tri"],
    ),
];

const KINDS: [(PositionKind, &[&str]); 3] = [
    (
        PositionKind::Regular,
        &["", "regular", "bo nhiem", "chinh thuc", "phan cong"],
    ),
    (PositionKind::Acting, &["acting", "quyen", "q"]),
    (PositionKind::InCharge, &["in charge", "phu trach"]),
];

/// A day in either habit: `1/7/2025`, `01-07-2025` or `2025-07-01`.
pub fn read_day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [first, month, last] = parts[..] else {
        return None;
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(|part| digits(part)) {
        return None;
    }
    let (year, day) = match (first.len(), last.len()) {
        (4, 1..=2) => (first, last),
        (1..=2, 4) => (last, first),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Roles, parted by commas, semicolons or new lines; the first that is none, otherwise.
pub(super) fn roles(text: &str, book: &RoleBook) -> Result<Vec<Role>, String> {
    let whole = key(text);
    if let Some(role) = role(&whole, book) {
        return Ok(vec![role]);
    }
    let parts = text.split([';', ',', '\n']).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(|part| role(&key(part), book).ok_or_else(|| part.to_owned()))
        .collect()
}

/// The role that a key means: by the words for those that ship, else by the code or the name
/// of any that can be given.
fn role(sought: &str, book: &RoleBook) -> Option<Role> {
    let known = ROLES.iter().find(|(_, words)| words.contains(&sought));
    let known = known.map(|(role, _)| *role);
    known.or_else(|| {
        let mut all = book.givable().into_iter();
        let named = |role: &RoleSpec| {
            let names = [&role.code, &role.name.vi, &role.name.en];
            !sought.is_empty() && names.into_iter().any(|name| key(name) == sought)
        };
        all.find(|(_, spec)| named(spec)).map(|(role, _)| role)
    })
}

/// Held, acting or in charge.
pub(super) fn kind(text: &str) -> Option<PositionKind> {
    let key = key(text);
    let known = KINDS.iter().find(|(_, words)| words.contains(&&*key));
    known.map(|(kind, _)| *kind)
}

/// Yes or no.
pub(super) fn yes(text: &str) -> Option<bool> {
    match &*key(text) {
        "" | "khong" | "no" | "0" => Some(false),
        "co" | "yes" | "x" | "1" => Some(true),
        _ => None,
    }
}

/// The unit that a name, a code or an area's code means.
pub(super) fn unit(text: &str, tree: &UnitTree) -> Option<Id> {
    let by_code = tree.iter().find(|unit| {
        unit.code.as_ref().is_some_and(|code| code.as_str() == text)
            || unit.area_code.as_deref() == Some(text)
    });
    match by_code {
        Some(unit) => Some(unit.id),
        None => match tree.resolve(text, None)? {
            Reading::Unit(unit) => Some(unit),
            Reading::Group(_) => None,
        },
    }
}

/// Names of units that are nearly this, the nearest first.
pub(super) fn near(text: &str, tree: &UnitTree) -> Vec<String> {
    let sought = key(text);
    let mut found: Vec<(f64, &str)> = tree
        .iter()
        .map(|unit| {
            let distance = |name: &str| strsim::normalized_damerau_levenshtein(&sought, &key(name));
            let nearness = distance(&unit.name).max(distance(&unit.short_name));
            (nearness, unit.name.as_str())
        })
        .filter(|(nearness, _)| *nearness >= NEAR)
        .collect();
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    found.dedup_by_key(|(_, name)| *name);
    let names = found.into_iter().take(SUGGESTIONS);
    names.map(|(_, name)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::permission::RoleName;

    #[test]
    fn days_are_read_in_both_habits() {
        for text in ["1/7/2025", "01/07/2025", "2025-07-01", "1.7.2025"] {
            assert_eq!(read_day(text), Some(date(2025, 7, 1)), "{text}");
        }
        for text in [
            "",
            "31/2/2025",
            "7/2025",
            "1/7/25",
            "2025-7",
            "1/7/2025/3",
            "a/7/2025",
            "+1/7/2025",
        ] {
            assert_eq!(read_day(text), None, "{text}");
        }
    }

    #[test]
    fn roles_are_known_by_value_and_by_either_languages_words() {
        let own = RoleSpec {
            code: "thanh_tra".to_owned(),
            name: RoleName {
                vi: "Thanh tra số".to_owned(),
                en: "Inspector".to_owned(),
            },
            grants: Vec::new(),
            valid_from: None,
            valid_to: None,
        };
        let book = RoleBook::shipped().with([own]);
        let roles = |text: &str| roles(text, &book);
        let both = vec![Role::Officer, Role::Head];
        assert_eq!(roles("Cán bộ báo cáo; head"), Ok(both));
        assert_eq!(
            roles("Cán bộ điều phối, tổng hợp"),
            Ok(vec![Role::Coordinator])
        );
        // Those that an administrator made as well, but not what everybody has anyway.
        let made = Role::coded("thanh_tra").unwrap();
        assert_eq!(roles("Thanh tra số; inspector"), Ok(vec![made, made]));
        assert_eq!(roles("Mọi người"), Err("Mọi người".to_owned()));
        assert_eq!(roles(""), Ok(Vec::new()));
        assert_eq!(roles("officer; vua"), Err("vua".to_owned()));
    }
}
