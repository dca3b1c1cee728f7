//! What is told, to whom, in which order.

use registry::hooks::{DeliveryState, Happening, NewHook};
use serde_json::json;

use super::receiver::{Came, Receiver, Reply};
use super::{World, allow, key, program, thing};
use crate::fixture::{COLOURS, PACK, RECORD, declared, page, places, places_of};

#[tokio::test(flavor = "multi_thread")]
async fn each_change_is_told_once_signed_and_in_its_order() {
    let record = RECORD.replace(
        r#"may = ["create", "read", "edit", "step"]"#,
        r#"may = ["create", "read", "edit", "step", "delete"]"#,
    );
    let systems = declared([
        ("pack.toml", PACK),
        ("thing.toml", &record),
        ("lists/colours.csv", COLOURS),
    ]);
    for place in places_of(systems, 211).await {
        let (world, receiver) = (World::of(&place).await, Receiver::open().await);
        world.make(thing("trước khi khai báo")).await;
        let account = world.account("lgsp", "samples.keeper").await;
        let (hook, secret) = world.declare(&world.new_hook(&receiver, account.id)).await;
        let record = world.make(thing("một")).await;
        let record = world.revise(&record, thing("hai")).await;
        world.issue(&record).await;
        let gone = world.make(thing("bỏ")).await;
        world.turn().await;
        let came = receiver.came();
        let told: Vec<_> = came
            .iter()
            .filter(|one| one.record() == record.id.to_string())
            .collect();
        let names: Vec<_> = told.iter().map(|one| (one.name(), one.version())).collect();
        let wanted = [
            ("record.created", 1),
            ("record.edited", 2),
            ("record.step", 3),
        ];
        assert_eq!(names, wanted, "{}", place.name);
        assert_eq!(
            came.len(),
            4,
            "{}: nothing of before, and nothing twice",
            place.name
        );
        assert!(came.iter().all(|one| one.is_by(&secret)));
        let step = &told[2].body;
        assert_eq!(step["id"], told[2].id.as_str());
        assert_eq!(
            step["data"],
            json!({
                "kind": "samples/thing", "record": record.id.to_string(), "version": 3,
                "state": "issued", "step": "issue",
                "link": format!("https://phusa.test/samples/thing/{}", record.id),
            })
        );
        assert!(step["timestamp"].as_str().unwrap().ends_with("+07:00"));

        // A removal is told as the record last stood.
        let kind = place.systems.find("samples", "thing").unwrap();
        let by = page(&world.keeper);
        let discarded = place.registry.discard(&by, kind, gone.id, 1).await;
        discarded.unwrap();
        world.turn().await;
        let removed = receiver.came().remove(0);
        assert_eq!((removed.name(), removed.version()), ("record.removed", 2));
        assert_eq!(removed.body["data"]["state"], "draft");
        let kept = place.registry.deliveries(hook.id()).await.unwrap();
        assert_eq!(kept.len(), 5);
        assert!(
            kept.iter()
                .all(|one| one.state == DeliveryState::Taken && one.attempts == 1)
        );
        assert_eq!(
            kept.last().unwrap().last.as_ref().unwrap().status,
            Some(204)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_more_than_their_account_may_read() {
    for place in places(212).await {
        let (world, receiver) = (World::of(&place).await, Receiver::open().await);
        // Readers see what was issued, and drafts with few pieces, those unmasked.
        let reader = world.account("doc", "samples.reader").await;
        let whole = NewHook {
            whole: true,
            ..world.new_hook(&receiver, reader.id)
        };
        world.declare(&whole).await;
        let hidden = world.make(thing("kín")).await;
        world.turn().await;
        assert_eq!(receiver.came().len(), 0, "{}", place.name);
        world.issue(&hidden).await;
        world.turn().await;
        let came = receiver.came();
        assert_eq!(came.len(), 1, "{}: not what it was before", place.name);
        let fields = &came[0].body["data"]["fields"];
        assert_eq!(
            (&fields["name"], &fields["size"]),
            (&json!("kín"), &json!("1.5"))
        );
        assert!(
            fields.get("owner_id").is_none() && fields.get("phone").is_none(),
            "{fields}"
        );
        assert!(!came[0].text.contains("086089001234") && !came[0].text.contains("_flow"));

        // Unmasked by another grant; and that is noted.
        let mut open = thing("mở");
        open["colour"] = json!("red");
        open["count"] = json!(2);
        let open = world.make(open).await;
        world.turn().await;
        let came = receiver.came();
        assert_eq!(came[0].body["data"]["fields"]["owner_id"], "086089001234");
        let store = place.registry.store();
        store.write_readings().await.unwrap();
        let query = store::reads::ReadingQuery {
            reader: Some(reader.id),
            limit: 10,
            ..store::reads::ReadingQuery::default()
        };
        let readings = store.readings(&query).await.unwrap();
        assert_eq!(readings.len(), 1);
        assert_eq!(
            (readings[0].record, readings[0].via.as_str()),
            (open.id, "webhook")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_was_asked_for_is_told() {
    for place in places(213).await {
        let (world, receiver) = (World::of(&place).await, Receiver::open().await);
        let account = world.account("lgsp", "samples.keeper").await;
        let steps = NewHook {
            happenings: [Happening::Step].into(),
            ..world.new_hook(&receiver, account.id)
        };
        world.declare(&steps).await;
        let record = world.make(thing("một")).await;
        world.issue(&record).await;
        world.turn().await;
        let came = receiver.came();
        assert_eq!(
            came.iter().map(Came::name).collect::<Vec<_>>(),
            ["record.step"]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_waits_for_its_earlier_change_and_others_go_on() {
    for place in places(214).await {
        let (world, receiver) = (World::of(&place).await, Receiver::open().await);
        let account = world.account("lgsp", "samples.keeper").await;
        let (hook, _) = world.declare(&world.new_hook(&receiver, account.id)).await;
        let one = world.make(thing("một")).await;
        let one = world.revise(&one, thing("hai")).await;
        // What refuses a message takes others.
        receiver.reply([Reply::Status(422)]);
        world.turn().await;
        let came = receiver.came();
        assert_eq!(came.len(), 1, "{}: the second version waits", place.name);
        let first = came[0].id.clone();
        let standing = place
            .registry
            .hook_standing(hook.id())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(standing.failing.map(|(_, tries, _)| tries), Some(1));
        // Not before its time.
        let other = world.make(thing("khác")).await;
        world.turn().await;
        assert_eq!(receiver.came().len(), 0, "{}", place.name);
        // Of the two that go out side by side one has to wait once more.
        receiver.reply([Reply::Status(500)]);
        world.wait(6);
        world.turn().await;
        let mut came = receiver.came();
        world.wait(31);
        world.turn().await;
        came.extend(receiver.came());
        came.retain(|came| came.record() == one.id.to_string());
        assert!(
            came.iter()
                .all(|came| came.version() == 2 || came.id == first),
            "{}: the same name each time",
            place.name
        );
        came.dedup_by_key(|came| came.version());
        let versions: Vec<_> = came.iter().map(Came::version).collect();
        assert_eq!(versions, [1, 2], "{}", place.name);
        let kept = place.registry.deliveries(hook.id()).await.unwrap();
        assert!(
            kept.iter().all(|one| one.state == DeliveryState::Taken),
            "{kept:?}"
        );
        assert_eq!(kept.len(), 3);
        let standing = place
            .registry
            .hook_standing(hook.id())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (standing.failing, standing.behind),
            (None, 0),
            "{}",
            other.id
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_receiver_refuses_each_time_is_set_aside_and_can_be_sent_again() {
    for place in places(215).await {
        let (world, receiver) = (World::of(&place).await, Receiver::open().await);
        let account = world.account("lgsp", "samples.keeper").await;
        let (hook, _) = world.declare(&world.new_hook(&receiver, account.id)).await;
        let record = world.make(thing("một")).await;
        world.revise(&record, thing("hai")).await;
        receiver.reply(std::iter::repeat_n(Reply::Status(400), 5));
        for _ in 0..5 {
            world.turn().await;
            world.wait(3_600);
        }
        let came = receiver.came();
        let versions: Vec<_> = came.iter().map(Came::version).collect();
        assert_eq!(versions, [1, 1, 1, 1, 1, 2], "{}", place.name);
        let kept = place.registry.deliveries(hook.id()).await.unwrap();
        let refused: Vec<_> = kept
            .iter()
            .filter(|one| one.state == DeliveryState::Refused)
            .collect();
        assert_eq!((refused.len(), refused[0].attempts), (1, 5));
        // By hand, under its old name.
        let again = place
            .registry
            .send_again(&program(), hook.id(), &refused[0].key())
            .await;
        assert_eq!(again.unwrap().state, DeliveryState::Waiting);
        world.turn().await;
        let sent = receiver.came();
        assert_eq!((sent.len(), &sent[0].id), (1, &came[0].id));
        let kept = place.registry.deliveries(hook.id()).await.unwrap();
        assert!(kept.iter().all(|one| one.state == DeliveryState::Taken));
        // A test is about nothing, and its name is new.
        place
            .registry
            .test_hook(&program(), hook.id())
            .await
            .unwrap();
        world.turn().await;
        let sent = receiver.came();
        assert_eq!(
            (sent[0].name(), &sent[0].body["data"]),
            ("webhook.test", &json!({}))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_declared_is_said_at_its_field() {
    for place in places(216).await {
        let (world, receiver) = (World::of(&place).await, Receiver::open().await);
        let new = NewHook {
            name: String::new(),
            address: "https://169.254.169.254/latest".to_owned(),
            account: None,
            kinds: ["account".to_owned()].into(),
            happenings: [].into(),
            whole: false,
        };
        let refused = place
            .registry
            .declare_hook(&program(), &key(), &allow(), &[], &new)
            .await;
        let Err(registry::RegistryError::Refused(problem)) = refused else {
            panic!("{refused:?}");
        };
        let said: Vec<_> = problem
            .fields
            .iter()
            .map(|one| (&*one.field, &*one.code))
            .collect();
        assert_eq!(
            said,
            [
                ("name", "webhook-name"),
                ("address", "webhook-address-inner"),
                ("account", "webhook-account"),
                ("kinds", "webhook-kinds"),
                ("happenings", "webhook-happenings"),
            ]
        );
        // Nobody reads by rights that they do not hold, and nobody without the right declares.
        let above = world.account("tren", "administrator").await;
        let clerk = place.somebody(7, &[("samples.clerk", world.unit)]).await;
        let new = world.new_hook(&receiver, above.id);
        let refused = place
            .registry
            .declare_hook(&page(&clerk), &key(), &allow(), &[], &new)
            .await;
        assert!(refused.is_err());
        assert!(place.registry.hooks().await.unwrap().is_empty());
    }
}
