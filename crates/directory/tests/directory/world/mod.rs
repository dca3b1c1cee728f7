//! Random units, events, people, delegations, roles and records: whatever way one asks, the
//! answer is that of an evaluator that knows nothing but what was done (`naive.rs`).

mod draw;
mod naive;
mod slow;
mod ways;

use std::sync::Arc;

use directory::permission::{Reach, RoleGrant, RoleName, RoleSpec};
use directory::{
    Act, DelegationDraft, Directory, DirectoryError, Grant, Hierarchy, PersonDraft, PositionDraft,
    PositionKind, Principal, Role, UnitEvent, province,
};
use jiff::Span;
use jiff::civil::{Date, date};
use store::{ColumnKind, Expect, Op, RecordPut, Store, TableSpec, Value, Write};
use tempfile::TempDir;
use vocab::context::fixed::{SeededEntropy, SteppingClock};
use vocab::{Context, Id, Instant, fold};

use self::draw::Draw;
use self::naive::{Facts, Paper, Rule};
use crate::fixture::{PASSWORD, actor, cheap, id, new_account, phone};

/// The kind of records that everything is asked about.
const KIND: &str = "paper";
/// The day on which it is asked.
const DAY: Date = date(2026, 3, 2);
/// Nine in the morning of that day.
const NOW: Instant = Instant::from_micros(1_772_416_800_000_000);
/// The first day of the first event.
const FIRST: Date = date(2024, 1, 10);

const UNITS: u8 = 14;
const PEOPLE: u8 = 7;
const ROLES: usize = 7;
const PAPERS: usize = 48;
const EVENTS: i64 = 34;

const MARKERS: [&str; 3] = ["một", "hai", "ba"];
const STATES: [&str; 3] = ["draft", "submitted", "approved"];
const WORDS: [&str; 4] = ["nước sạch", "cầu đường", "nước thải", "trường học"];

/// A world on one engine, and what was done in it.
struct World {
    name: &'static str,
    directory: Directory,
    facts: Facts,
    accounts: Vec<Id>,
    sessions: Vec<String>,
    _folder: TempDir,
}

/// Draws a world; the same seed gives the same on each engine.
async fn world(name: &'static str, database_url: Option<String>, seed: u64) -> World {
    let folder = TempDir::new().unwrap();
    let config = store::Config {
        data: folder.path().to_owned(),
        database_url,
        max_page_count: None,
    };
    let clock = SteppingClock::new(NOW, 1);
    let context = Context::new(Arc::clone(&clock) as _, SeededEntropy::new(seed));
    let mut tables = directory::tables();
    tables.push(
        TableSpec::new(KIND)
            .column("marker", ColumnKind::Text)
            .column("amount", ColumnKind::Int)
            .filter("marker")
            .searchable(),
    );
    let store = Store::open(&config, tables, context).await.unwrap();
    let directory = Directory::open_with(store, cheap()).await.unwrap();
    directory.load_shipped(&actor()).await.unwrap();
    let shipped = directory.units_on(FIRST).await.unwrap();
    let mut world = World {
        name,
        facts: Facts::new(shipped.iter().map(|unit| (unit.id, unit.parent))),
        directory,
        accounts: Vec::new(),
        sessions: Vec::new(),
        _folder: folder,
    };
    let mut draw = Draw::new(seed);
    world.roles(&mut draw).await;
    world.events(&mut draw).await;
    world.people(&mut draw).await;
    world.papers(&mut draw).await;
    world
}

/// The units that the draw speaks of: those that events make, and two that ship.
fn any_unit(draw: &mut Draw) -> Id {
    match draw.below(UNITS as usize + 1) {
        0 => province(),
        number => id(u8::try_from(number).unwrap()),
    }
}

fn coded(number: usize) -> Role {
    Role::coded(&format!("vai_tro_{number}")).unwrap()
}

impl World {
    /// Each role grants one or two things.
    async fn roles(&mut self, draw: &mut Draw) {
        let reaches = [
            Reach::Unit,
            Reach::Unit,
            Reach::Subtree,
            Reach::Subtree,
            Reach::Line,
            Reach::Line,
            Reach::Line,
            Reach::Own,
            Reach::All,
        ];
        for number in 0..ROLES {
            let rules: Vec<Rule> = (0..=draw.below(2))
                .map(|_| Rule {
                    reach: reaches[draw.below(reaches.len())],
                    condition: draw.below(naive::CONDITIONS.len()),
                    states: STATES.into_iter().filter(|_| draw.below(3) == 0).collect(),
                })
                .collect();
            let grant = |rule: &Rule| {
                let (text, _) = naive::CONDITIONS[rule.condition];
                RoleGrant {
                    kinds: vec![KIND.to_owned()],
                    verbs: vec![Act::Read],
                    reach: rule.reach,
                    states: rule.states.iter().map(ToString::to_string).collect(),
                    condition: (!text.is_empty()).then(|| text.to_owned()),
                    masks: Vec::new(),
                    four_eyes: false,
                }
            };
            let role = coded(number);
            let spec = RoleSpec {
                code: role.value().to_owned(),
                name: RoleName {
                    vi: format!("Vai trò {number}"),
                    en: format!("Role {number}"),
                },
                grants: rules.iter().map(grant).collect(),
                valid_from: None,
                valid_to: None,
            };
            let by = Principal::system();
            self.directory.put_role(&by, &actor(), &spec).await.unwrap();
            self.facts.rules.insert(role, rules);
        }
    }

    /// Events that are accepted are facts, so are undoings of them; the others are tried in
    /// vain.
    async fn events(&mut self, draw: &mut Draw) {
        let mut made = 0;
        for number in 0..EVENTS {
            let day = FIRST + Span::new().days(number * 25);
            if made < UNITS && (number < 6 || draw.below(3) == 0) {
                made += 1;
                let (unit, hierarchy) = (id(made), draw.hierarchy());
                let mut above: Vec<Option<Id>> = (1..made)
                    .map(id)
                    .filter(|known| self.facts.place(*known).0 == hierarchy)
                    .map(Some)
                    .collect();
                let top = match hierarchy {
                    Hierarchy::Administration => Some(province()),
                    Hierarchy::Sector | Hierarchy::Neighbours => None,
                };
                if above.is_empty() || hierarchy == Hierarchy::Administration {
                    above.push(top);
                }
                let (parent, name) = (above[draw.below(above.len())], format!("Phòng {made}"));
                let before = self.facts.events.len();
                self.order(Draw::create(day, unit, &name, hierarchy, parent))
                    .await;
                if self.facts.events.len() == before {
                    // What it was to stand under stands no longer.
                    self.order(Draw::create(day, unit, &name, hierarchy, top))
                        .await;
                }
                continue;
            }
            if draw.below(6) == 0 {
                self.undo(draw).await;
            }
            let units =
                (0..4).map(|_| id(u8::try_from(1 + draw.below(usize::from(made))).unwrap()));
            let units: Vec<Id> = units.collect();
            let event = draw.change(day, &units, number);
            self.order(event).await;
        }
    }

    async fn order(&mut self, event: UnitEvent) {
        match self
            .directory
            .rearrange(&actor(), std::slice::from_ref(&event))
            .await
        {
            Ok(done) => self.facts.events.push((done.id, event)),
            Err(DirectoryError::Refused(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }

    async fn undo(&mut self, draw: &mut Draw) {
        let at = draw.below(self.facts.events.len());
        let rearrangement = self.facts.events[at].0;
        match self
            .directory
            .undo_rearrangement(&actor(), rearrangement)
            .await
        {
            Ok(_) => {
                self.facts.events.remove(at);
            }
            Err(DirectoryError::Refused(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }

    /// Accounts with grants of their own, people with positions, and who acts for whom.
    async fn people(&mut self, draw: &mut Draw) {
        for number in 0..PEOPLE {
            let mut grants = Vec::new();
            for _ in 0..draw.below(3) {
                grants.push(Grant {
                    valid_from: (draw.below(4) == 0).then(|| draw.day()),
                    valid_to: (draw.below(4) == 0).then(|| draw.day()),
                    ..Grant::new(coded(draw.below(ROLES)), any_unit(draw))
                });
            }
            let mut new = new_account(&format!("nguoi.{number}"), &[]);
            new.grants = grants.clone();
            let account = self
                .directory
                .create_account(&actor(), new)
                .await
                .unwrap()
                .id;
            self.accounts.push(account);
            self.facts.granted.insert(account, grants);
            let draft = PersonDraft {
                name: format!("Nguyễn Văn {number}"),
                account: Some(account),
                ..PersonDraft::default()
            };
            let person = id(100 + number);
            self.directory
                .create_person(&actor(), person, draft)
                .await
                .unwrap();
            self.facts.people.insert(account, person);
            for place in 0..draw.below(3) {
                let position = PositionDraft {
                    unit: any_unit(draw),
                    title: format!("Chức danh {place}"),
                    roles: draw.roles(),
                    kind: PositionKind::Regular,
                    primary: false,
                    valid_from: draw.day(),
                    valid_to: (draw.below(4) == 0).then(|| draw.day()),
                };
                let at = id(140 + number * 4 + u8::try_from(place).unwrap());
                let added = self
                    .directory
                    .add_position(&actor(), at, person, position)
                    .await;
                if let Ok(position) = added {
                    self.facts.positions.push(position);
                }
            }
        }
        for number in 0..24 {
            let giver = id(100 + u8::try_from(draw.below(PEOPLE.into())).unwrap());
            let own = self
                .facts
                .positions
                .iter()
                .find(|known| known.person == giver);
            let draft = DelegationDraft {
                giver,
                receiver: id(100 + u8::try_from(draw.below(PEOPLE.into())).unwrap()),
                position: own.filter(|_| draw.below(4) == 0).map(|own| own.id),
                roles: own.map_or_else(|| draw.roles(), |own| own.draft.roles.clone()),
                valid_from: DAY - Span::new().days(i64::try_from(draw.below(20)).unwrap()),
                valid_to: DAY + Span::new().days(i64::try_from(draw.below(20)).unwrap()),
                may_pass_on: draw.below(2) == 0,
                reason: "Đi công tác".to_owned(),
                document: "12/QĐ".to_owned(),
            };
            let at = id(200 + number);
            if let Ok(given) = self.directory.delegate(&actor(), at, draft).await {
                self.facts.delegations.push(given);
            }
        }
        for number in 0..PEOPLE {
            let login = format!("nguoi.{number}");
            let new = self
                .directory
                .sign_in(&login, PASSWORD, &phone())
                .await
                .unwrap();
            self.sessions.push(new.token);
        }
    }

    /// Papers, some of which change hands and content afterwards.
    async fn papers(&mut self, draw: &mut Draw) {
        for number in 0..PAPERS {
            let mut record = *id(u8::try_from(number).unwrap()).as_bytes();
            record[0] = 9;
            let record = Id::from_bytes(record);
            let digest = self.file(number).await;
            let moves = draw.below(3);
            for version in 0..=moves {
                let unit = match draw.below(8) {
                    0 => self.accounts[draw.below(self.accounts.len())],
                    _ => any_unit(draw),
                };
                let paper = Paper {
                    id: record,
                    unit,
                    state: STATES[draw.below(STATES.len())],
                    marker: MARKERS.get(draw.below(4)).copied(),
                    amount: [None, Some(500), Some(501)][draw.below(3)],
                    words: WORDS[draw.below(WORDS.len())],
                    file: digest,
                    versions: version + 1,
                };
                let put = put(&paper, i64::try_from(version).unwrap());
                let write = Write::by(actor()).op(Op::Put(put));
                self.directory.store().commit(write).await.unwrap();
                self.facts.papers.insert(record, paper);
            }
        }
    }

    async fn file(&self, number: usize) -> [u8; 32] {
        let mut upload = self.directory.store().upload(100).await.unwrap();
        upload
            .write(format!("tệp {number}").as_bytes())
            .await
            .unwrap();
        upload.finish().await.unwrap().digest
    }
}

fn put(paper: &Paper, version: i64) -> RecordPut {
    RecordPut {
        table: KIND.to_owned(),
        id: paper.id,
        expect: match version {
            0 => Expect::New,
            version => Expect::Version(version),
        },
        action: if version == 0 { "create" } else { "move" }.to_owned(),
        unit: paper.unit,
        state: paper.state.to_owned(),
        sort_key: paper.words.as_bytes().to_vec(),
        columns: vec![
            Value::from(paper.marker.map(str::to_owned)),
            paper.amount.map_or(Value::Null, Value::Int),
        ],
        body: "{}".to_owned(),
        schema: String::new(),
        tokens: fold::tokens(paper.words),
        files: vec![paper.file],
    }
}
