//! Random roles, units, sector lines, positions and delegations: list, fetch and page answer
//! over HTTP as an evaluator does that knows nothing but what was done.

mod ask;

use std::collections::{BTreeMap, BTreeSet};

use directory::permission::{Reach, RoleGrant, RoleName, RoleSpec};
use directory::{
    Act, DelegationDraft, Directory, Grant, Hierarchy, Level, NewAccount, PersonDraft,
    PositionDraft, PositionKind, Principal, Resolution, Role, UnitChange, UnitDetails, UnitEvent,
    UnitKind,
};
use jiff::civil::{Date, date};
use plan::OBSERVATION;
use serde_json::{Value, json};
use store::{Actor, Expect, Op, Record, RecordPut, Scope, Write};
use vocab::Id;

use crate::fixture::{Office, PASSWORD, run_apart};

const FIRST: Date = date(2023, 1, 1);
const STATES: [&str; 5] = [
    "draft",
    "submitted",
    "approved",
    "sent_back",
    "consolidated",
];
const PERIODS: [&str; 3] = ["2023Q1", "2023Q2", "2023Q3"];
const NOTE: &str = "ghi chú";
const ROLES: usize = 6;
const PEOPLE: u8 = 6;
const REPORTS: u8 = 40;
const SECTOR: u8 = 4;

/// Conditions, and what they mean.
type Meaning = fn(&Report, &BTreeSet<Id>) -> bool;
const CONDITIONS: [(&str, Meaning); 5] = [
    ("", |_, _| true),
    ("", |_, _| true),
    ("numerator > 50", |report, _| report.numerator > 50),
    ("period in ['2023Q2', '2023Q3']", |report, _| {
        report.period != "2023Q1"
    }),
    ("unit in actor.units || numerator == 50", |report, units| {
        units.contains(&report.unit) || report.numerator == 50
    }),
];

/// Numbers that look random (`SplitMix64`).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

struct Rule {
    reach: Reach,
    states: Vec<&'static str>,
    condition: usize,
    masked: bool,
}

#[derive(Debug)]
struct Report {
    id: Id,
    unit: Id,
    state: &'static str,
    period: &'static str,
    numerator: i64,
}

struct World<'a> {
    office: &'a Office,
    units: Vec<Id>,
    /// Above each unit, and whether that is in the sector line.
    parents: BTreeMap<Id, (bool, Option<Id>)>,
    rules: Vec<Vec<Rule>>,
    accounts: Vec<Id>,
    held: Vec<BTreeSet<(usize, Id)>>,
    reports: Vec<Report>,
}

fn id(kind: u8, number: u8) -> Id {
    let mut bytes = [0; 16];
    (bytes[0], bytes[15]) = (kind, number);
    Id::from_bytes(bytes)
}

fn coded(number: usize) -> Role {
    Role::coded(&format!("vai_tro_{number}")).unwrap()
}

fn actor() -> Actor {
    Principal::system().actor("test", Id::NIL)
}

impl World<'_> {
    fn directory(&self) -> &Directory {
        &self.office.app.directory
    }

    /// Departments and communes that ship, and a line of a sector beside them.
    async fn units(&mut self, draw: &mut Draw) {
        let tree = self.directory().units().await.unwrap();
        for unit in tree.iter() {
            self.parents.insert(unit.id, (false, unit.parent));
        }
        let shipped: Vec<Id> = tree.iter().map(|unit| unit.id).collect();
        self.units = (0..7).map(|_| draw.of(&shipped)).collect();
        self.units.push(directory::province());
        for number in 1..=SECTOR {
            let parent = (number > 1).then(|| {
                let above = 1 + draw.below(usize::from(number) - 1);
                id(1, u8::try_from(above).unwrap())
            });
            let name = format!("Trạm ngành {number}");
            let details = UnitDetails {
                hierarchy: Hierarchy::Sector,
                parent,
                name: name.clone(),
                short_name: name,
                aliases: Vec::new(),
                kind: UnitKind::Office,
                level: Level::Province,
                code: None,
                area_code: None,
            };
            let event = UnitEvent {
                date: FIRST,
                change: UnitChange::Create {
                    unit: id(1, number),
                    details,
                },
                ordered_by: Resolution::default(),
            };
            let done = self.directory().rearrange(&actor(), &[event]).await;
            done.unwrap();
            self.parents.insert(id(1, number), (true, parent));
            self.units.push(id(1, number));
        }
    }

    async fn roles(&mut self, draw: &mut Draw) {
        let reaches = [
            Reach::Unit,
            Reach::Subtree,
            Reach::Line,
            Reach::Own,
            Reach::All,
        ];
        for number in 0..ROLES {
            let rules: Vec<Rule> = (0..=draw.below(2))
                .map(|_| Rule {
                    reach: draw.of(&reaches),
                    states: STATES.into_iter().filter(|_| draw.below(2) == 0).collect(),
                    condition: draw.below(CONDITIONS.len()),
                    masked: draw.below(2) == 0,
                })
                .collect();
            let grant = |rule: &Rule| RoleGrant {
                kinds: vec![OBSERVATION.to_owned()],
                verbs: vec![Act::Read],
                reach: rule.reach,
                states: rule.states.iter().map(ToString::to_string).collect(),
                condition: Some(CONDITIONS[rule.condition].0.to_owned())
                    .filter(|text| !text.is_empty()),
                masks: rule.masked.then(|| "note".to_owned()).into_iter().collect(),
                four_eyes: false,
            };
            let spec = RoleSpec {
                code: coded(number).value().to_owned(),
                name: RoleName {
                    vi: format!("Vai trò {number}"),
                    en: format!("Role {number}"),
                },
                grants: rules.iter().map(grant).collect(),
                valid_from: None,
                valid_to: None,
            };
            self.directory()
                .put_role(&Principal::system(), &actor(), &spec)
                .await
                .unwrap();
            self.rules.push(rules);
        }
    }

    /// Accounts with grants, some of which have ended; positions; who acts for whom.
    async fn people(&mut self, draw: &mut Draw) {
        let ended = date(2023, 2, 1);
        let mut positions = Vec::new();
        for number in 0..PEOPLE {
            let mut held = BTreeSet::new();
            let mut grants = Vec::new();
            for _ in 0..draw.below(3) {
                let (role, unit) = (draw.below(ROLES), draw.of(&self.units));
                let over = draw.below(3) == 0;
                grants.push(Grant {
                    valid_to: over.then_some(ended),
                    ..Grant::new(coded(role), unit)
                });
                if !over {
                    held.insert((role, unit));
                }
            }
            let new = NewAccount {
                login: format!("nguoi.{number}"),
                name: format!("Người {number} (giả lập)"),
                password: PASSWORD.to_owned(),
                grants,
                demo: false,
            };
            let account = self
                .directory()
                .create_account(&actor(), new)
                .await
                .unwrap();
            let draft = PersonDraft {
                name: account.name.clone(),
                account: Some(account.id),
                ..PersonDraft::default()
            };
            let person = id(2, number);
            self.directory()
                .create_person(&actor(), person, draft)
                .await
                .unwrap();
            let (role, unit) = (draw.below(ROLES), draw.of(&self.units));
            let office = PositionDraft {
                unit,
                title: "Chuyên viên".to_owned(),
                roles: vec![coded(role)],
                kind: PositionKind::Regular,
                primary: true,
                valid_from: FIRST,
                valid_to: (draw.below(4) == 0).then_some(ended),
            };
            let holds = office.valid_to.is_none();
            let holds = self
                .directory()
                .add_position(&actor(), id(3, number), person, office)
                .await
                .is_ok()
                && holds;
            if holds {
                held.insert((role, unit));
            }
            positions.push(holds.then_some((role, unit)));
            self.accounts.push(account.id);
            self.held.push(held);
        }
        for number in 0..4 {
            let giver = draw.below(usize::from(PEOPLE));
            let receiver = draw.below(usize::from(PEOPLE));
            let Some((role, unit)) = positions[giver] else {
                continue;
            };
            let draft = DelegationDraft {
                giver: id(2, u8::try_from(giver).unwrap()),
                position: None,
                receiver: id(2, u8::try_from(receiver).unwrap()),
                roles: vec![coded(role)],
                valid_from: FIRST,
                valid_to: date(2030, 1, 1),
                may_pass_on: false,
                reason: "Đi công tác".to_owned(),
                document: "12/QĐ".to_owned(),
            };
            if self
                .directory()
                .delegate(&actor(), id(4, number), draft)
                .await
                .is_ok()
            {
                self.held[receiver].insert((role, unit));
            }
        }
    }

    /// Reports of any unit in any state, after the pattern of one that the API took.
    async fn reports(&mut self, draw: &mut Draw) {
        let (_, begun) = self.office.draft().await;
        let store = self.office.app.store();
        let pattern: Id = begun.id().parse().unwrap();
        let all = Scope::bypass("a test");
        let pattern = store
            .fetch(OBSERVATION, &all, pattern)
            .await
            .unwrap()
            .unwrap();
        for number in 0..REPORTS {
            let report = Report {
                id: id(9, number),
                unit: match draw.below(6) {
                    0 => draw.of(&self.accounts),
                    _ => draw.of(&self.units),
                },
                state: draw.of(&STATES),
                period: draw.of(&PERIODS),
                numerator: draw.of(&[40, 50, 60]),
            };
            let put = put(&self.office.app.store().tables(), &pattern, &report);
            let write = Write::by(actor()).op(Op::Put(put));
            store.commit(write).await.unwrap();
            self.reports.push(report);
        }
    }
}

/// A report in the columns and the body of another one.
fn put(
    tables: &[std::sync::Arc<store::TableSpec>],
    pattern: &Record,
    report: &Report,
) -> RecordPut {
    let spec = tables.iter().find(|spec| spec.name == OBSERVATION).unwrap();
    let key = format!("mẫu {}", report.id);
    let mut columns = pattern.head.columns.clone();
    let mut body: Value = serde_json::from_str(&pattern.body).unwrap();
    for (field, said) in [
        ("key", json!(key)),
        ("period", json!(report.period)),
        ("numerator", json!(report.numerator)),
    ] {
        let column = spec.position(field).unwrap();
        columns[column] = match &said {
            Value::String(text) => text.as_str().into(),
            _ => report.numerator.into(),
        };
        body[field] = said;
    }
    body["note"] = json!(NOTE);
    RecordPut {
        table: OBSERVATION.to_owned(),
        id: report.id,
        expect: Expect::New,
        action: "create".to_owned(),
        unit: report.unit,
        state: report.state.to_owned(),
        sort_key: report.period.as_bytes().to_vec(),
        columns,
        body: vocab::canonical::to_text(&body).unwrap(),
        schema: String::new(),
        tokens: Vec::new(),
        files: Vec::new(),
    }
}

mod slow {
    use super::*;

    #[test]
    fn list_fetch_and_page_agree_with_what_was_done() {
        for seed in 1..=2 {
            run_apart(async |office: &Office| {
                let mut draw = Draw(seed);
                let mut world = World {
                    office,
                    units: Vec::new(),
                    parents: BTreeMap::new(),
                    rules: Vec::new(),
                    accounts: Vec::new(),
                    held: Vec::new(),
                    reports: Vec::new(),
                };
                world.units(&mut draw).await;
                world.roles(&mut draw).await;
                world.people(&mut draw).await;
                world.reports(&mut draw).await;
                let (mut compared, mut partly) = (0, 0);
                for who in 0..usize::from(PEOPLE) {
                    let (answers, readable) = world.agree(who).await;
                    compared += answers;
                    partly += usize::from(readable > 9 && readable < world.reports.len());
                }
                // Agreeing means something: most saw more than what is public, and not all.
                assert!(compared > 500, "{compared} answers");
                assert!(partly >= 2, "{partly} saw a part");
            });
        }
    }
}
