//! A change of a grant or of a unit in one process, and the next request in another.

use std::time::Instant as Stopwatch;

use directory::{
    AccountChange, Act, Device, Directory, Grant, NewAccount, Principal, Subject, UnitEvent, may,
};
use jiff::civil::date;
use vocab::Id;

use super::world::{self, PLACE, coded};
use crate::figure::{Figure, median, millis};
use crate::options::Options;
use crate::place::Engine;
use crate::{Failure, records, units};

const PASSWORD: &str = "tám con cò trắng đậu bờ";

/// Every other change moves a grant, every other makes a unit below one that is seen.
pub(crate) async fn measure(
    engine: &Engine,
    options: &Options,
    directory: &Directory,
) -> Result<Figure, Failure> {
    let elsewhere = world::elsewhere(&engine.config(PLACE)).await?;
    let actor = Principal::system().actor("cli", Id::NIL);
    let new = NewAccount {
        login: "can.bo".to_owned(),
        name: "Cán bộ".to_owned(),
        password: PASSWORD.to_owned(),
        grants: Vec::new(),
        demo: false,
    };
    let mut account = directory.create_account(&actor, new).await?;
    let phone = Device {
        agent: "bench".to_owned(),
        address: "10.86.0.7".to_owned(),
        known: String::new(),
    };
    let token = elsewhere.sign_in("can.bo", PASSWORD, &phone).await?.token;
    let sees_tree = coded("sees_tree")?;
    let (mut times, mut effective) = (Vec::new(), 0);
    let rounds = options.scaled(20, 4);
    for round in 0..rounds {
        let upper = units::numbered(round);
        let grants = Some(vec![Grant::new(sees_tree, upper)]);
        let change = AccountChange {
            grants,
            ..AccountChange::default()
        };
        account = directory
            .change_account(&actor, account.id, account.version, change)
            .await?;
        effective += sees(&elsewhere, &token, upper, &mut times).await?;
        let below = units::numbered(2_000_000 + round);
        let event = UnitEvent {
            date: date(2024, 1, 2),
            ..units::creation(below, upper, "Tổ mới")
        };
        directory.rearrange(&actor, &[event]).await?;
        effective += sees(&elsewhere, &token, below, &mut times).await?;
    }
    Ok(Figure {
        engine: engine.name(),
        what: "changes of grants and units that another process acts by at its next request"
            .to_owned(),
        peer: String::new(),
        theirs: String::new(),
        ours: format!(
            "{effective} of {}, after {:.0} ms",
            rounds * 2,
            median(&times)
        ),
        ratio: None,
        needed: "all".to_owned(),
        met: effective == rounds * 2,
    })
}

/// 1 if the next request is allowed to read what this unit has.
async fn sees(
    process: &Directory,
    token: &str,
    unit: Id,
    times: &mut Vec<f64>,
) -> Result<u32, Failure> {
    let began = Stopwatch::now();
    let session = process
        .session(token)
        .await?
        .ok_or("the session has ended")?;
    times.push(millis(began.elapsed()));
    let subject = Subject {
        kind: records::TABLE,
        unit,
        state: "draft",
        author: None,
    };
    Ok(u32::from(
        may(&session.principal, Act::Read, &subject).is_allowed(),
    ))
}
