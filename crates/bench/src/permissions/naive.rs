//! A million checks against an evaluator that walks upwards from each record's unit.

use std::collections::HashMap;

use directory::permission::{Reach, may_head, reach};
use directory::{Act, Directory, Grant, Hierarchy, Subject, Succession, UnitTree};
use store::{Head, Value};
use vocab::{Id, Instant};

use super::world::{CONDITIONS, DAY, REACHES, account, coded, holder};
use crate::figure::Figure;
use crate::options::Options;
use crate::place::Engine;
use crate::{Failure, records, units};

/// How many records are asked about of each account.
const HEADS: usize = 1_000;

/// Compares; the figure says how many checks there were.
pub(crate) async fn agree(
    engine: &Engine,
    options: &Options,
    directory: &Directory,
) -> Result<Figure, Failure> {
    let tree = directory.units_in(Hierarchy::Administration, DAY).await?;
    let line = directory.units_in(Hierarchy::Sector, DAY).await?;
    let succession = directory.succession().await?;
    let before = directory.units_on(jiff::civil::date(2024, 1, 1)).await?;
    // Units of that day, those that have ended since, and those of the sector line.
    let mut all: Vec<Id> = tree.iter().chain(line.iter()).map(|unit| unit.id).collect();
    all.extend(
        before
            .iter()
            .map(|unit| unit.id)
            .filter(|unit| tree.get(*unit).is_none()),
    );
    let real: Vec<Id> = all
        .iter()
        .copied()
        .filter(|unit| unit.as_bytes()[..12] != [7; 12])
        .collect();
    let mut drawn = Draw(0);
    let mut heirs: HashMap<Id, Vec<Id>> = HashMap::new();
    let (mut checks, mut allowed) = (0_u64, 0_u64);
    for number in 0..options.scaled(1_000, 20) {
        let account = account(20_000 + number);
        let mut grants = Vec::new();
        let mut granted = Vec::new();
        for _ in 0..drawn.below(6) {
            let (name, reach) = REACHES[drawn.below(REACHES.len())];
            let condition = drawn.below(CONDITIONS.len());
            let places = if drawn.below(2) == 0 { &real } else { &all };
            let unit = places[drawn.below(places.len())];
            grants.push(Grant::new(coded(&format!("{name}_{condition}"))?, unit));
            granted.push((reach, condition, unit));
        }
        let of: Vec<Id> = granted.iter().map(|(.., unit)| *unit).collect();
        let who = directory.permitted_on(holder(account, grants), DAY).await?;
        let scope = reach(&who, Act::Read, records::TABLE);
        for _ in 0..HEADS {
            let head = head(&mut drawn, &real, &all, account);
            let heirs = heirs
                .entry(head.unit)
                .or_insert_with(|| heirs_of(&succession, head.unit));
            let expected = granted.iter().any(|(reach, condition, unit)| {
                reaches(*reach, *unit, head.unit, account, heirs, &tree, &line)
                    && meets(*condition, &head, &of) == Some(true)
            });
            let subject = Subject {
                kind: records::TABLE,
                unit: head.unit,
                state: &head.state,
                author: None,
            };
            let answers = [
                may_head(&who, Act::Read, &subject, Some(&head)).is_allowed(),
                scope.reaches(&head),
            ];
            if answers != [expected; 2] {
                return Err(format!(
                    "{answers:?}, and naively {expected}: {head:?} of {granted:?}"
                )
                .into());
            }
            checks += 1;
            allowed += u64::from(expected);
        }
    }
    if allowed * 20 < checks {
        return Err(format!("only {allowed} of {checks} checks say yes").into());
    }
    Ok(Figure {
        engine: engine.name(),
        what: "checks that agree with a naive evaluator, random grants over real and made units"
            .to_owned(),
        peer: String::new(),
        theirs: String::new(),
        ours: format!("all of {checks}, {allowed} of them yes"),
        ratio: None,
        needed: "all of 1,000,000".to_owned(),
        met: true,
    })
}

/// A unit and all that came of it by the day.
fn heirs_of(succession: &Succession, unit: Id) -> Vec<Id> {
    let later = succession.descendants(unit).into_iter();
    let mut heirs: Vec<Id> = later
        .filter(|kin| kin.date <= DAY)
        .map(|kin| kin.unit)
        .collect();
    heirs.push(unit);
    heirs
}

fn reaches(
    reach: Reach,
    held: Id,
    unit: Id,
    account: Id,
    heirs: &[Id],
    tree: &UnitTree,
    line: &UnitTree,
) -> bool {
    let under = |tree: &UnitTree| {
        heirs.iter().any(|heir| {
            let mut at = Some(*heir);
            while let Some(above) = at {
                if above == held {
                    return true;
                }
                at = tree.get(above).and_then(|unit| unit.parent);
            }
            false
        })
    };
    match reach {
        Reach::All => true,
        Reach::Own => unit == account,
        Reach::Unit => heirs.contains(&held),
        Reach::Subtree => under(tree),
        Reach::Line => under(line),
    }
}

/// What `CONDITIONS` say, once more.
fn meets(condition: usize, head: &Head, of: &[Id]) -> Option<bool> {
    let marker = head.columns[1].as_text();
    let amount = head.columns[2].as_int();
    match condition {
        0 => Some(true),
        1 => {
            let listed = marker.map(|marker| ["một", "hai"].contains(&marker));
            let large = amount.map(|amount| amount > 500_000_000);
            match (listed, large) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            }
        }
        2 if head.state == "draft" => Some(false),
        2 => marker.map(|marker| marker != "ba"),
        _ => Some(marker.is_none() || of.contains(&head.unit)),
    }
}

fn head(drawn: &mut Draw, real: &[Id], all: &[Id], account: Id) -> Head {
    let places = if drawn.below(2) == 0 { real } else { all };
    let unit = match drawn.below(50) {
        0 => account,
        _ => places[drawn.below(places.len())],
    };
    let marker = match drawn.below(4) {
        0 => Value::Null,
        place => ["một", "hai", "ba"][place - 1].into(),
    };
    let amount = match drawn.below(3) {
        0 => Value::Null,
        large => Value::Int(if large == 1 { 500_000_000 } else { 500_000_001 }),
    };
    Head {
        id: units::numbered(0),
        version: 1,
        unit,
        state: ["draft", "submitted", "approved"][drawn.below(3)].to_owned(),
        sort_key: Vec::new(),
        created_at: Instant::from_micros(0),
        updated_at: Instant::from_micros(0),
        columns: vec!["Hồ sơ".into(), marker, amount, "HS".into()],
    }
}

/// Numbers that look random and are the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 += 1;
        usize::try_from(records::mix(self.0) % bound as u64).unwrap_or(0)
    }
}
