//! The province that permissions are measured in: what ships, 20,000 units more, the events of
//! 2024 and 2025, and the units that own the large store's records.

use directory::permission::{Reach, RoleGrant, RoleName, RoleSpec};
use directory::{Act, Directory, Grant, Principal, Role, UnitEvent};
use jiff::civil::{Date, date};
use store::Config;
use vocab::Id;

use crate::place::Engine;
use crate::{Failure, records, units};

/// Where it is kept.
pub(crate) const PLACE: &str = "permissions";
/// After the last event.
pub(crate) const DAY: Date = date(2025, 8, 1);
/// So many units stand between the head of a shape and the units that own its records.
pub(crate) const PARTS: u32 = 10;
/// Above all numbers of other units.
const SHAPES_FROM: u32 = 1_000_000;

/// What the roles that are measured with read, each as far as it says.
pub(crate) const CONDITIONS: [&str; 4] = [
    "",
    "marker in ['một', 'hai'] || amount > 500000000",
    "!(state == 'draft') && marker != 'ba'",
    "marker == null || unit in actor.units",
];
pub(crate) const REACHES: [(&str, Reach); 5] = [
    ("own", Reach::Own),
    ("unit", Reach::Unit),
    ("tree", Reach::Subtree),
    ("line", Reach::Line),
    ("all", Reach::All),
];

/// Looked at for each record, and true of each: what both scopes reach is the same.
const HIDES_NOTHING: &str = "state != 'draft' || amount >= 0";
/// True of seven records in eight.
const HIDES_SOME: &str = "state != 'draft' || amount >= 500000000";

/// Thousands of seconds after the decision: a day in January 2024, when the made units stand.
const TODAY: u64 = 23_000;

pub(crate) async fn populated(engine: &Engine) -> Result<Directory, Failure> {
    let config = engine.empty(PLACE).await?;
    let (store, _) = units::open(&config, TODAY).await?;
    let directory = Directory::open(store).await?;
    let actor = Principal::system().actor("cli", Id::NIL);
    directory.load_shipped(&actor).await?;
    directory
        .import_units(&actor, "units-2023-neighbours.csv", units::NEIGHBOURS)
        .await?;
    directory
        .import_units(&actor, "unit-events.csv", units::EVENTS)
        .await?;
    let mut events: Vec<UnitEvent> = (0..units::UNITS).map(units::unit).collect();
    for (shape, owners) in owners().into_iter().enumerate() {
        let head = head_of(shape);
        events.push(units::creation(head, directory::province(), "Khối"));
        for part in 0..PARTS {
            events.push(units::creation(part_of(shape, part), head, "Nhóm"));
        }
        for (place, owner) in owners.into_iter().enumerate() {
            // The last part, which is seen under a condition, has one too.
            let part = PARTS - 1 - u32::try_from(place)? % PARTS;
            events.push(units::creation(owner, part_of(shape, part), "Đơn vị"));
        }
    }
    directory.rearrange(&actor, &events).await?;
    let system = Principal::system();
    for (name, reach) in REACHES {
        for (number, condition) in CONDITIONS.iter().enumerate() {
            let role = role(&format!("{name}_{number}"), reach, condition);
            directory.put_role(&system, &actor, &role).await?;
        }
    }
    let of_shapes = [("", ""), ("_each", HIDES_NOTHING), ("_some", HIDES_SOME)];
    for (name, reach) in [("tree", Reach::Subtree), ("whole", Reach::All)] {
        for (condition_name, condition) in of_shapes {
            let role = role(&format!("sees_{name}{condition_name}"), reach, condition);
            directory.put_role(&system, &actor, &role).await?;
        }
    }
    Ok(directory)
}

/// The same place, as another process has it.
pub(crate) async fn elsewhere(config: &Config) -> Result<Directory, Failure> {
    let (store, _) = units::open(config, TODAY + 1).await?;
    Ok(Directory::open(store).await?)
}

/// The units of the shapes of `pages.rs` that have some.
fn owners() -> [Vec<Id>; 3] {
    [records::district(), records::scattered(), records::last()]
}

/// The unit above all of a shape's.
pub(crate) fn head_of(shape: usize) -> Id {
    part_of(shape, 99)
}

/// One of the units between.
pub(crate) fn part_of(shape: usize, part: u32) -> Id {
    units::numbered(SHAPES_FROM + u32::try_from(shape).unwrap_or(0) * 100 + part)
}

fn role(code: &str, reach: Reach, condition: &str) -> RoleSpec {
    RoleSpec {
        code: code.to_owned(),
        name: RoleName {
            vi: code.to_owned(),
            en: code.to_owned(),
        },
        grants: vec![RoleGrant {
            kinds: vec![records::TABLE.to_owned()],
            verbs: vec![Act::Read],
            reach,
            states: Vec::new(),
            condition: (!condition.is_empty()).then(|| condition.to_owned()),
            masks: Vec::new(),
            four_eyes: false,
        }],
        valid_from: None,
        valid_to: None,
    }
}

/// A role by its code.
pub(crate) fn coded(code: &str) -> Result<Role, Failure> {
    Role::coded(code).ok_or_else(|| format!("{code} is no role").into())
}

/// The account of a number.
pub(crate) fn account(number: u32) -> Id {
    units::numbered(u32::MAX - number)
}

/// Somebody who holds these grants.
pub(crate) fn holder(account: Id, grants: Vec<Grant>) -> Principal {
    Principal {
        account: Some(account),
        grants: grants.into(),
        ..Principal::public()
    }
}
