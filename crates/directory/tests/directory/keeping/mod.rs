//! Units that keep their own people: what their administrators reach, give and take.

mod cases;
mod random;

use std::sync::Arc;

use directory::{Account, Grant, Principal, Role};
use store::Actor;
use vocab::Id;

use crate::fixture::{Place, actor};

/// The role that ships for it.
pub(crate) fn keeper() -> Role {
    Role::coded("unit_administrator").unwrap()
}

/// An administrator of a unit, as who acts and as who reads.
pub(crate) async fn administrator(place: &Place, login: &str, unit: Id) -> (Actor, Principal) {
    let account = place.account(login, &[(keeper(), unit)]).await;
    let reader = reader(place, &account).await;
    (acting(&account), reader)
}

pub(crate) fn acting(account: &Account) -> Actor {
    Actor {
        account: account.id,
        ..actor()
    }
}

/// What somebody may see now.
pub(crate) async fn reader(place: &Place, account: &Account) -> Principal {
    let mut grants = account.grants.clone();
    let today = crate::people::TODAY;
    for held in place.directory.holdings(account.id, today).await.unwrap() {
        grants.push(Grant::new(held.role, held.unit));
    }
    let principal = Principal {
        grants: Arc::from(grants),
        ..account.principal()
    };
    place.directory.permitted(principal).await.unwrap()
}
