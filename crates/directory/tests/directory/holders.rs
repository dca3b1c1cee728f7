//! Who holds a role, and who works where a unit ends: counted whole, however many there are.

use directory::{ImportOptions, Role};
use store::{Expect, Op, RecordPut, Write};
use vocab::{Id, collate};

use crate::fixture::{actor, id, places};
use crate::people::{TODAY, draft, loaded, position};
use crate::unit_events::{DAY, area, event, merge};

/// More than were once looked at.
const MANY: u16 = 2_100;

fn account(number: u16, unit: Id) -> Op {
    let name = format!("Cán bộ {number:04}");
    let mut bytes = [7; 16];
    bytes[14..].copy_from_slice(&number.to_be_bytes());
    let own = Id::from_bytes(bytes);
    let body = format!(
        r#"{{"demo":false,"founder":null,"grants":[{{"role":"officer","unit":"{unit}"}}],"login":"can.bo.{number}","name":"{name}"}}"#
    );
    Op::Put(RecordPut {
        table: "account".to_owned(),
        id: own,
        expect: Expect::New,
        action: "create".to_owned(),
        unit: own,
        state: "active".to_owned(),
        sort_key: collate::sort_key_cut(&name, 200),
        columns: vec![
            format!("can.bo.{number}").into(),
            name.into(),
            0.into(),
            None::<String>.into(),
        ],
        body,
        schema: String::new(),
        tokens: Vec::new(),
        files: Vec::new(),
    })
}

mod slow {
    use super::*;

    #[tokio::test]
    async fn all_who_hold_a_role_are_counted_and_shown_page_by_page() {
        for (place, unit, _) in loaded(940).await {
            let directory = &place.directory;
            let mut write = Write::by(actor());
            write.ops = (0..MANY).map(|number| account(number, unit)).collect();
            directory.store().commit(write).await.unwrap();
            // One more by a position, and one who holds another role.
            let last = place.account("zzz", &[]).await;
            let person = directory
                .create_person(
                    &actor(),
                    id(1),
                    directory::PersonDraft {
                        account: Some(last.id),
                        ..draft("Vũ Thị Yến")
                    },
                )
                .await
                .unwrap();
            let office = position(unit, "Chuyên viên", &[Role::Officer]);
            directory
                .add_position(&actor(), id(2), person.id, office)
                .await
                .unwrap();
            place.account("khac", &[(Role::Head, unit)]).await;
            let counts = directory.role_counts(TODAY).await.unwrap();
            let all = usize::from(MANY) + 1;
            assert_eq!(
                (counts["officer"], counts["head"]),
                (all, 1),
                "{}",
                place.name
            );

            let (mut logins, mut after) = (Vec::new(), None);
            loop {
                let page = directory
                    .role_holders(Role::Officer, TODAY, after.as_ref(), 500)
                    .await
                    .unwrap();
                assert_eq!(page.count, all);
                assert!(page.accounts.len() <= 500);
                logins.extend(page.accounts.into_iter().map(|account| account.login));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(logins.len(), all);
            assert_eq!(logins[0], "can.bo.0");
            assert_eq!(logins[2_099], "can.bo.2099");
            assert_eq!(logins[all - 1], "zzz");

            // Whoever tells those who hold it tells every one of them, the last by name too.
            let acting = directory.accounts_acting_on(TODAY).await.unwrap();
            let told = acting.iter().filter(|(_, grants)| {
                let mut grants = grants.iter();
                grants.any(|grant| grant.role == Role::Officer && grant.unit == unit)
            });
            let told: Vec<&str> = told.map(|(account, _)| &*account.login).collect();
            assert_eq!(told, logins, "{}", place.name);
        }
    }

    #[tokio::test]
    async fn of_many_in_a_unit_that_ends_the_first_by_name_are_named() {
        for place in places(941).await {
            let directory = &place.directory;
            directory.load_shipped(&actor()).await.unwrap();
            let (ends, into) = (
                area(directory, "29551").await,
                area(directory, "29545").await,
            );
            let mut list = "Họ và tên,Email,Đơn vị,Chức danh,Từ ngày\n".to_owned();
            for number in (0..230).rev() {
                let line =
                    format!("Nguyễn Văn {number:03},a{number}@x.vn,29551,Chuyên viên,1/1/2023\n");
                list.push_str(&line);
            }
            let table = office::csv::read(&list).unwrap();
            let report = directory
                .import_people(&actor(), &table, ImportOptions::default())
                .await
                .unwrap();
            assert_eq!(report.refused(), 0, "{:?}", report.rows[0]);
            let events = [event(DAY, merge(&[ends], into))];
            let preview = directory.preview_units(&events).await.unwrap();
            let names: Vec<&str> = preview.holders.iter().map(|holder| &*holder.name).collect();
            assert_eq!((preview.people, names.len()), (230, 200), "{}", place.name);
            assert_eq!((names[0], names[199]), ("Nguyễn Văn 000", "Nguyễn Văn 199"));
        }
    }
}
