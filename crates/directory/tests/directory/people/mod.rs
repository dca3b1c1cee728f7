//! People, positions, delegations and leaving.

mod delegations;
mod entered;
mod leaving;
mod positions;

use directory::{DelegationDraft, PersonDraft, PositionDraft, PositionKind, Role, UnitTree};
use jiff::civil::{Date, date};
use vocab::Id;

use crate::fixture::{Place, actor, id, places};

/// Before every day of these tests.
pub(crate) const FIRST: Date = date(2023, 1, 1);
/// The day that the tests' clock shows.
pub(crate) const TODAY: Date = date(2023, 4, 14);

pub(crate) fn draft(name: &str) -> PersonDraft {
    PersonDraft {
        name: name.to_owned(),
        ..PersonDraft::default()
    }
}

pub(crate) fn position(unit: Id, title: &str, roles: &[Role]) -> PositionDraft {
    PositionDraft {
        unit,
        title: title.to_owned(),
        roles: roles.to_vec(),
        kind: PositionKind::Regular,
        primary: false,
        valid_from: FIRST,
        valid_to: None,
    }
}

pub(crate) fn given(giver: Id, receiver: Id, from: Date, to: Date) -> DelegationDraft {
    DelegationDraft {
        giver,
        position: None,
        receiver,
        roles: vec![Role::Head],
        valid_from: from,
        valid_to: to,
        may_pass_on: false,
        reason: "Đi công tác".to_owned(),
        document: "12/QĐ-STTTT".to_owned(),
    }
}

/// Two departments.
pub(crate) fn two_units(tree: &UnitTree) -> (Id, Id) {
    let unit = |name: &str| tree.iter().find(|unit| unit.short_name == name).unwrap().id;
    (unit("Sở TT&TT"), unit("Sở Nội vụ"))
}

pub(crate) async fn loaded(seed: u64) -> Vec<(Place, Id, Id)> {
    let mut loaded = Vec::new();
    for place in places(seed).await {
        place.directory.load_shipped(&actor()).await.unwrap();
        let tree = place.directory.units_on(TODAY).await.unwrap();
        let (one, other) = two_units(&tree);
        loaded.push((place, one, other));
    }
    loaded
}

/// A person of this number with an account of their own.
pub(crate) async fn person(place: &Place, number: u8) -> (Id, Id) {
    let account = place.account(&format!("nguoi.{number}"), &[]).await;
    let draft = PersonDraft {
        account: Some(account.id),
        ..draft(&format!("Nguyễn Văn {number}"))
    };
    let made = place
        .directory
        .create_person(&actor(), id(number), draft)
        .await;
    (made.unwrap().id, account.id)
}

pub(crate) fn code<T: std::fmt::Debug>(result: Result<T, directory::DirectoryError>) -> String {
    result.unwrap_err().code().unwrap_or("store").to_owned()
}
