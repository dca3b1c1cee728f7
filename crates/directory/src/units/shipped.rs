//! The units and groups of 2023 that come with the product (`data/units/README.md`).

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use office::csv;
use vocab::Id;

use super::record::GroupBody;
use super::tree::name_key;
use super::{Level, Unit, UnitKind, group};
use crate::digest::named_id;

const AREAS: &str = include_str!("../../../../data/units/units-2023.csv");
const BODIES: &str = include_str!("../../../../data/units/bodies-2023.csv");
const GROUPS: &str = include_str!("../../../../data/units/groups-2023.csv");
/// The names by which the importer of plans calls bodies and groups.
const NAMES: &str = include_str!("../../../../data/plan/body-aliases.csv");

/// The statistics code of Vĩnh Long.
pub(crate) const PROVINCE: &str = "86";

/// The first day of which the shipped files speak.
const FROM: Date = date(2023, 1, 1);

/// All shipped units and groups.
pub(crate) struct Shipped {
    pub(crate) units: Vec<Unit>,
    pub(crate) groups: Vec<GroupBody>,
}

impl Shipped {
    /// Reads the files built into the program.
    ///
    /// # Panics
    /// Never: a test reads the same files.
    pub(crate) fn read() -> Self {
        let mut units = areas();
        bodies(&mut units);
        let groups = groups(&mut units);
        Self { units, groups }
    }
}

/// The permanent name of an area: `unit/86/855/29542`.
pub(crate) fn area_name(codes: &[&str]) -> String {
    format!("unit/{}", codes.join("/"))
}

/// The permanent name of a body: `body/86/Sở Nội vụ`.
fn body_name(name: &str) -> String {
    format!("body/{PROVINCE}/{name}")
}

/// Rows of cells without the heading row.
fn rows(text: &str) -> Vec<Vec<String>> {
    let table = csv::read(text).expect("a shipped file is readable");
    let cells = |row: &office::Row| row.cells.iter().map(|cell| cell.text.clone()).collect();
    table.rows.iter().skip(1).map(cells).collect()
}

/// Names divided by `|`.
fn divided(text: &str) -> Vec<String> {
    let names = text.split('|').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// «Huyện Long Hồ» inside a name: «huyện Long Hồ».
pub(crate) fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

fn area(id: Id, name: &str, kind: UnitKind, level: Level, parent: Id, code: &str) -> Unit {
    Unit {
        id,
        name: format!("UBND {}", lower_first(name)),
        short_name: name.to_owned(),
        aliases: Vec::new(),
        kind,
        level,
        parent: Some(parent),
        code: None,
        area_code: Some(code.to_owned()),
        valid_from: FROM,
        valid_to: None,
    }
}

/// Districts and communes.
fn areas() -> Vec<Unit> {
    let province = super::province();
    let mut districts = BTreeMap::new();
    let mut communes = Vec::new();
    for row in rows(AREAS) {
        let [code, name, _, district_code, district_name] = row.try_into().expect("five columns");
        let district = named_id(&area_name(&[PROVINCE, &district_code]));
        let id = named_id(&area_name(&[PROVINCE, &district_code, &code]));
        let (kind, level) = (UnitKind::Commune, Level::Commune);
        communes.push(area(id, &name, kind, level, district, &code));
        let (kind, level) = (UnitKind::District, Level::District);
        let unit = area(
            district,
            &district_name,
            kind,
            level,
            province,
            &district_code,
        );
        districts.insert(district_code, unit);
    }
    districts.into_values().chain(communes).collect()
}

/// The province and its bodies, added to the areas.
fn bodies(units: &mut Vec<Unit>) {
    let mut added: Vec<Unit> = Vec::new();
    for row in rows(BODIES) {
        let [code, name, short_name, kind, level, parent, aliases, ..] = row.as_slice() else {
            panic!("a body has eight columns");
        };
        let kind = UnitKind::from_value(kind).expect("a known kind of unit");
        let is_province = kind == UnitKind::Province;
        let above = |parent: &str| match parent {
            "" => None,
            PROVINCE => Some(super::province()),
            parent => units
                .iter()
                .chain(&added)
                .find(|unit| unit.area_code.as_deref() == Some(parent) || unit.name == parent)
                .map(|unit| Some(unit.id))
                .expect("the body above stands before the one below"),
        };
        let unit = Unit {
            id: if is_province {
                super::province()
            } else {
                named_id(&body_name(name))
            },
            name: name.clone(),
            short_name: short_name.clone(),
            aliases: divided(aliases),
            kind,
            level: Level::from_value(level).expect("a known level"),
            parent: above(parent),
            code: code.parse().ok(),
            area_code: is_province.then(|| PROVINCE.to_owned()),
            valid_from: FROM,
            valid_to: None,
        };
        added.push(unit);
    }
    units.extend(added);
}

/// The groups. A row that means a single unit gives that unit its names instead.
fn groups(units: &mut [Unit]) -> Vec<GroupBody> {
    let mut groups: Vec<GroupBody> = Vec::new();
    for row in rows(GROUPS) {
        let [key, name, rule, aliases] = row.try_into().expect("four columns");
        let aliases = divided(&aliases);
        if let Some(code) = rule.strip_prefix("unit=") {
            let unit = units
                .iter_mut()
                .find(|unit| unit.area_code.as_deref() == Some(code))
                .expect("the unit of a group is shipped");
            unit.aliases.extend(aliases);
            continue;
        }
        groups.push(GroupBody {
            key,
            name,
            rule,
            aliases,
            valid_from: None,
            valid_to: None,
        });
    }
    name_as_plans_do(&mut groups);
    groups
}

/// Gives groups the names that the importer of plans uses. Names of no group in the list
/// become groups whose members are not known.
fn name_as_plans_do(groups: &mut Vec<GroupBody>) {
    let mut canonical: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows(NAMES) {
        let [alias, name, kind, ..] = row.as_slice() else {
            panic!("a name has four columns");
        };
        if kind == "group" {
            canonical
                .entry(name.clone())
                .or_default()
                .push(alias.clone());
        }
    }
    for (name, written) in canonical {
        let is_called = |group: &GroupBody, name: &str| {
            let mut names = group.aliases.iter().chain([&group.name]);
            names.any(|known| name_key(known) == name_key(name))
        };
        let known = groups
            .iter()
            .position(|group| is_called(group, &name))
            .or_else(|| {
                let mut found = written
                    .iter()
                    .filter_map(|alias| groups.iter().position(|group| is_called(group, alias)));
                found.next()
            });
        match known {
            Some(at) if is_called(&groups[at], &name) => {}
            Some(at) => groups[at].aliases.push(name),
            None => groups.push(GroupBody {
                key: format!("named/{}", vocab::fold::fold(&name).replace(' ', "-")),
                name,
                rule: group::UNLISTED.to_owned(),
                aliases: Vec::new(),
                valid_from: None,
                valid_to: None,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_province_of_2023_is_complete() {
        let shipped = Shipped::read();
        let count = |kind| {
            shipped
                .units
                .iter()
                .filter(|unit| unit.kind == kind)
                .count()
        };
        assert_eq!(count(UnitKind::Province), 1);
        assert_eq!(count(UnitKind::District), 8);
        assert_eq!(count(UnitKind::Commune), 107);
        assert_eq!(count(UnitKind::Department), 17);
        assert_eq!(shipped.units.len(), 1 + 8 + 107 + 41);
        let mut ids: Vec<Id> = shipped.units.iter().map(|unit| unit.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), shipped.units.len());
    }

    #[test]
    fn the_ids_of_what_ships_never_change() {
        let shipped = Shipped::read();
        let id = |name: &str| {
            let unit = shipped.units.iter().find(|unit| unit.name == name);
            unit.map(|unit| unit.id.to_string())
        };
        assert_eq!(
            id("UBND tỉnh Vĩnh Long"),
            Some(super::super::province().to_string())
        );
        assert_eq!(
            id("Sở Nội vụ").as_deref(),
            Some("e6168050-9fdc-807a-a4e6-09a2d570fbc4")
        );
        assert_eq!(
            id("UBND phường 9").as_deref(),
            Some("b4fe2ddb-1fd3-851c-b734-9160ed343c81")
        );
    }
}
