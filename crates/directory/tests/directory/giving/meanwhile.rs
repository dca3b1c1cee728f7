//! What another process took away a moment ago is given no more.

use directory::permission::{Reach, RoleGrant, RoleName, RoleSpec};
use directory::{Act, Principal, Role};
use store::Actor;

use crate::fixture::{actor, new_account};
use crate::people::{code, loaded};

fn on_tasks(code: &str, verbs: &[Act]) -> RoleSpec {
    RoleSpec {
        code: code.to_owned(),
        name: RoleName {
            vi: "Thư ký".to_owned(),
            en: "Secretary".to_owned(),
        },
        grants: vec![RoleGrant {
            kinds: vec!["task".to_owned()],
            verbs: verbs.to_vec(),
            reach: Reach::All,
            states: Vec::new(),
            condition: None,
            masks: Vec::new(),
            four_eyes: false,
        }],
        valid_from: None,
        valid_to: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_took_away_is_given_no_more() {
    for (place, unit, _) in loaded(924).await {
        let (here, system) = (&place.directory, Principal::system());
        let elsewhere = place.another_process().await;
        let both = on_tasks("thu_ky", &[Act::Read, Act::Comment]);
        let gift = on_tasks("gop_y", &[Act::Comment]);
        for role in [&both, &gift] {
            here.put_role(&system, &actor(), role).await.unwrap();
        }
        let (held, passed_on) = (Role::coded("thu_ky"), Role::coded("gop_y").unwrap());
        let giver = place.account("thu.ky", &[(held.unwrap(), unit)]).await;
        let by = Actor {
            account: giver.id,
            ..actor()
        };
        let new = |login| new_account(login, &[(passed_on, unit)]);
        here.create_account(&by, new("gop.y.1")).await.unwrap();
        // Within the second for which this process asks nobody.
        let less = on_tasks("thu_ky", &[Act::Read]);
        elsewhere.put_role(&system, &actor(), &less).await.unwrap();
        let refused = here.create_account(&by, new("gop.y.2")).await;
        assert_eq!(code(refused), "gives-more-than-held", "{}", place.name);
    }
}
