//! What an administrator of a unit reaches is what a plain reading of everybody's positions says:
//! in lists, searches and single reads, and whatever they change.

use std::collections::BTreeSet;

use directory::permission::reach;
use directory::{
    Act, DirectoryError, Person, PersonDraft, PositionDraft, Principal, Role, UnitTree,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use store::{Actor, Scope};
use vocab::Id;

use super::administrator;
use crate::fixture::{Place, actor, id};
use crate::people::{TODAY, code, draft, loaded, position};

const PEOPLE: u8 = 40;

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

    /// A day from two years before today to two years after it.
    fn day(&mut self) -> Date {
        let days = i64::try_from(self.below(1_460)).unwrap() - 730;
        TODAY.checked_add(days.days()).unwrap()
    }

    fn roles(&mut self) -> Vec<Role> {
        match self.below(6) {
            0 => vec![Role::Head],
            1 => vec![Role::Viewer],
            2 => Vec::new(),
            _ => vec![Role::Officer],
        }
    }

    fn position(&mut self, units: &[Id], number: usize) -> PositionDraft {
        let from = self.day();
        let days = i64::try_from(self.below(600)).unwrap() + 1;
        PositionDraft {
            valid_from: from,
            valid_to: (self.below(2) == 0).then(|| from.checked_add(days.days()).unwrap()),
            primary: self.below(3) == 0,
            ..position(
                self.of(units),
                &format!("Chức danh {number}"),
                &self.roles(),
            )
        }
    }
}

/// Somebody with all their positions, as they were accepted.
struct One {
    person: Person,
    positions: Vec<PositionDraft>,
}

impl One {
    fn lasting(&self) -> Vec<&PositionDraft> {
        let all = self.positions.iter();
        all.filter(|one| one.valid_to.is_none_or(|end| end > TODAY))
            .collect()
    }

    /// Those that say where they belong today.
    fn telling(&self) -> Vec<&PositionDraft> {
        let lasting = self.lasting();
        if !lasting.is_empty() {
            return lasting;
        }
        let latest = self.positions.iter().map(|one| one.valid_to.unwrap()).max();
        let all = self.positions.iter();
        all.filter(|one| one.valid_to == latest).collect()
    }

    fn seen_by(&self, under: &dyn Fn(Id) -> bool) -> bool {
        self.telling().iter().any(|one| under(one.unit))
    }

    fn kept_by(&self, under: &dyn Fn(Id) -> bool) -> bool {
        let telling = self.telling();
        let lasting = self.lasting();
        let main: Vec<_> = lasting.into_iter().filter(|one| one.primary).collect();
        let now = main.iter().find(|one| one.valid_from <= TODAY);
        let next = || main.iter().min_by_key(|one| one.valid_from);
        match now.or_else(next) {
            Some(main) => under(main.unit),
            None => !telling.is_empty() && telling.iter().all(|one| under(one.unit)),
        }
    }

    /// Whether all that they hold could be given them there.
    fn is_givable(&self, under: &dyn Fn(Id) -> bool) -> bool {
        self.lasting().iter().all(|one| {
            let plain = |role: &Role| matches!(role, Role::Officer | Role::Head);
            one.roles.iter().all(|role| plain(role) && under(one.unit))
        })
    }
}

/// Whether a unit is another or stands under it.
fn is_under(tree: &UnitTree, mut unit: Id, top: Id) -> bool {
    loop {
        if unit == top {
            return true;
        }
        match tree.get(unit).and_then(|unit| unit.parent) {
            Some(parent) => unit = parent,
            None => return false,
        }
    }
}

/// Some departments, and districts with some of their communes.
fn some_units(tree: &UnitTree, one: Id, other: Id) -> Vec<Id> {
    let mut units = vec![directory::province(), one, other];
    let parents: BTreeSet<Id> = tree
        .iter()
        .filter_map(|unit| unit.parent)
        .filter(|parent| *parent != directory::province())
        .collect();
    for parent in parents.into_iter().take(2) {
        units.push(parent);
        let under = tree.iter().filter(|unit| unit.parent == Some(parent));
        units.extend(under.take(2).map(|unit| unit.id));
    }
    assert!(units.len() > 6, "the shipped units have a third level");
    units
}

async fn fill(place: &Place, units: &[Id], draw: &mut Draw) -> Vec<One> {
    let directory = &place.directory;
    let mut all = Vec::new();
    for number in 0..PEOPLE {
        let login = format!("nguoi.{number}");
        let account = match draw.below(2) {
            0 => None,
            _ => Some(place.account(&login, &[]).await.id),
        };
        let entered = PersonDraft {
            account,
            ..draft(&format!("Nguyễn Văn {number}"))
        };
        let person = directory
            .create_person(&actor(), id(number + 1), entered)
            .await
            .unwrap();
        let mut positions = Vec::new();
        for place in 0..draw.below(4) {
            let wanted = draw.position(units, place);
            let own = directory.store().context().new_id();
            // Two main positions at a time are refused.
            let made = directory
                .add_position(&actor(), own, person.id, wanted)
                .await;
            positions.extend(made.ok().map(|made| made.draft));
        }
        all.push(One { person, positions });
    }
    all
}

async fn listed(place: &Place, scope: &Scope) -> BTreeSet<Id> {
    let mut found = BTreeSet::new();
    let mut after = None;
    loop {
        let page = place.directory.people(scope.clone(), after, 7).await;
        let page = page.unwrap();
        found.extend(page.items.iter().map(|person| person.id));
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

async fn agrees(
    place: &Place,
    by: &(Actor, Principal),
    all: &mut [One],
    units: &[Id],
    under: &dyn Fn(Id) -> bool,
    draw: &mut Draw,
) {
    let (directory, name) = (&place.directory, place.name);
    let (actor, reader) = by;
    let those = |fits: &dyn Fn(&One) -> bool| -> BTreeSet<Id> {
        let fitting = all.iter().filter(|one| fits(one));
        fitting.map(|one| one.person.id).collect()
    };
    let seen = those(&|one| one.seen_by(under));
    let kept = those(&|one| one.kept_by(under));
    assert!(kept.is_subset(&seen), "{name}");
    let reads = reach(reader, Act::Read, "person");
    let changes = reach(reader, Act::Configure, "person");
    assert_eq!(listed(place, &reads).await, seen, "{name}");
    assert_eq!(listed(place, &changes).await, kept, "{name}");
    let found = directory.find_people(reads, "nguyen van", 200).await;
    let found: BTreeSet<Id> = found.unwrap().iter().map(|person| person.id).collect();
    assert_eq!(found, seen, "{name}");
    let accounts = reach(reader, Act::Configure, "account");
    let accounts = directory.accounts(accounts, None, 500).await.unwrap();
    let accounts: BTreeSet<Id> = accounts.items.iter().map(|account| account.id).collect();
    let theirs = all.iter().filter(|one| kept.contains(&one.person.id));
    let theirs: BTreeSet<Id> = theirs.filter_map(|one| one.person.draft.account).collect();
    assert_eq!(accounts, theirs, "{name}");
    for one in all.iter_mut() {
        let (id, is_kept) = (one.person.id, kept.contains(&one.person.id));
        for (act, expected) in [(Act::Read, seen.contains(&id)), (Act::Configure, is_kept)] {
            let single = directory.person_for(reader, act, id).await.unwrap();
            assert_eq!(single.is_some(), expected, "{name}: {act:?}");
        }
        let known = directory.person(id).await.unwrap().unwrap();
        let edited = directory.change_person(actor, id, known.version, known.draft.clone());
        assert_eq!(edited.await.is_ok(), is_kept, "{name}");
        let invited = directory.invite_person(actor, id).await;
        let fits = is_kept && known.draft.account.is_none() && one.is_givable(under);
        assert_eq!(invited.is_ok(), fits, "{name}: {invited:?}");
        if let Some(account) = known.draft.account {
            let link = directory.issue_password_reset(actor, account).await;
            assert_eq!(link.is_ok(), is_kept && one.is_givable(under), "{name}");
        }
        let unit = draw.of(units);
        let own = directory.store().context().new_id();
        let wanted = PositionDraft {
            valid_from: date(2023, 6, 1),
            primary: false,
            ..position(unit, &format!("Thử việc {own}"), &draw.roles())
        };
        let plain = |role: &Role| matches!(role, Role::Officer | Role::Head);
        let fits = is_kept && under(unit) && wanted.roles.iter().all(plain);
        let made: Result<_, DirectoryError> = directory.add_position(actor, own, id, wanted).await;
        assert_eq!(made.is_ok(), fits, "{name}: {made:?}");
        if made.is_err() && is_kept {
            let told = code(made);
            assert!(
                ["unit-outside", "gives-more-than-held"].contains(&&*told),
                "{told}"
            );
        } else if let Ok(made) = made {
            one.positions.push(made.draft);
        }
    }
}

mod slow {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_reached_is_what_positions_say() {
        for seed in 0..2 {
            for (place, one, other) in loaded(1_500 + seed).await {
                let mut draw = Draw(seed);
                let tree = place.directory.units_on(TODAY).await.unwrap();
                let units = some_units(&tree, one, other);
                let mut all = fill(&place, &units, &mut draw).await;
                for (number, top) in units.iter().enumerate() {
                    let login = format!("quantri.{number}");
                    let by = administrator(&place, &login, *top).await;
                    let under = |unit| is_under(&tree, unit, *top);
                    agrees(&place, &by, &mut all, &units, &under, &mut draw).await;
                }
            }
        }
    }
}
