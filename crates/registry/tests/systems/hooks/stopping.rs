//! Workers that die, receivers that are away, hooks that are paused, secrets that change.

use registry::RegistryError;
use registry::hooks::DeliveryState;

use super::receiver::{Came, Receiver, Reply};
use super::{World, id, key, program, thing};
use crate::fixture::places;

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_after_sending_has_it_sent_again_under_the_same_name() {
    for place in places(221).await {
        let (world, receiver) = (World::of(&place).await, Receiver::open().await);
        let account = world.account("lgsp", "samples.keeper").await;
        world.declare(&world.new_hook(&receiver, account.id)).await;
        let record = world.make(thing("một")).await;
        world.revise(&record, thing("hai")).await;
        receiver.reply([Reply::Silence]);
        let job = world.lease(1).await.remove(0);
        // It is cut off once the message has arrived, before anything is kept of it.
        let run = place.registry.run_hook(&world.outlet, &job, id(1));
        tokio::select! {
            _ = run => panic!("it waits for an answer"),
            () = receiver.arrival() => {}
        }
        let first = receiver.came().remove(0);
        assert!(
            world.lease(2).await.is_empty(),
            "{}: it still has its lease",
            place.name
        );
        world.wait(super::LEASE + 1);
        let taken_over = world.lease(2).await;
        assert_eq!((taken_over.len(), taken_over[0].id), (1, job.id));
        let run = place
            .registry
            .run_hook(&world.outlet, &taken_over[0], id(2))
            .await;
        run.unwrap();
        let came = receiver.came();
        assert_eq!(came.iter().map(Came::version).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(came[0].id, first.id, "{}", place.name);
        // The first one comes back to life: it tells nothing twice, and moves nothing back.
        place
            .registry
            .run_hook(&world.outlet, &job, id(1))
            .await
            .unwrap();
        world.turn().await;
        assert_eq!(receiver.came().len(), 0, "{}", place.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_tell_each_change_once() {
    for place in places(222).await {
        if place.name == "sqlite" {
            continue;
        }
        let (world, receiver) = (World::of(&place).await, Receiver::open().await);
        let account = world.account("lgsp", "samples.keeper").await;
        world.declare(&world.new_hook(&receiver, account.id)).await;
        let other = place.other(223).await;
        for number in 0..20 {
            world.make(thing(&format!("vật {number}"))).await;
        }
        place.registry.store().seal().await.unwrap();
        let run = |registry: registry::Registry, worker: u8| {
            let outlet = world.outlet.clone();
            async move {
                for _ in 0..40 {
                    registry.wake_hooks().await.unwrap();
                    let kinds = store::jobs::Kinds::Only(registry::hooks::WEBHOOK);
                    let jobs = registry.store().lease_jobs_of(kinds, id(worker), 4, 180);
                    for job in jobs.await.unwrap() {
                        registry.run_hook(&outlet, &job, id(worker)).await.unwrap();
                    }
                }
            }
        };
        tokio::join!(run(place.registry.clone(), 1), run(other, 2));
        world.turn().await;
        let came = receiver.came();
        let names: std::collections::BTreeSet<_> = came.iter().map(|one| &one.id).collect();
        assert_eq!((came.len(), names.len()), (20, 20));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_receiver_is_away_everything_waits_for_it() {
    for place in places(224).await {
        let (world, receiver) = (World::of(&place).await, Receiver::open().await);
        let account = world.account("lgsp", "samples.keeper").await;
        let (hook, _) = world.declare(&world.new_hook(&receiver, account.id)).await;
        for reply in [Reply::Status(503), Reply::Status(302), Reply::Silence] {
            receiver.usually(reply);
            world.make(thing("một")).await;
            assert_eq!(world.turn().await, []);
            assert!(!receiver.came().is_empty(), "{}: {reply:?}", place.name);
            let kept = place.registry.deliveries(hook.id()).await.unwrap();
            let mut states = kept.iter().map(|one| one.state);
            assert!(states.all(|state| state == DeliveryState::Failed));
            world.wait(121);
        }
        // However long it took, they come.
        receiver.usually(Reply::Status(204));
        world.turn().await;
        assert_eq!(receiver.came().len(), 3, "{}", place.name);
        let kept = place.registry.deliveries(hook.id()).await.unwrap();
        assert!(kept.iter().all(|one| one.state == DeliveryState::Taken));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_takes_nothing_for_days_is_given_up_and_goes_on_where_it_was() {
    for place in places(225).await {
        let (world, receiver) = (World::of(&place).await, Receiver::open().await);
        let account = world.account("lgsp", "samples.keeper").await;
        let (hook, _) = world.declare(&world.new_hook(&receiver, account.id)).await;
        world.make(thing("một")).await;
        receiver.usually(Reply::Status(502));
        let mut given_up = Vec::new();
        let mut hours = 0;
        while given_up.is_empty() && hours < 200 {
            given_up = world.turn().await;
            world.wait(4 * 3_600);
            hours += 4;
        }
        assert_eq!(given_up[0].why, "dead", "{}", place.name);
        assert!(
            (72..=84).contains(&hours),
            "{}: after {hours} hours",
            place.name
        );
        let program = program();
        receiver.came();
        receiver.usually(Reply::Status(200));
        world.make(thing("hai")).await;
        world.wait(86_400);
        world.turn().await;
        assert_eq!(receiver.came().len(), 0, "{}: it is paused", place.name);
        let paused = place.registry.hook_there(hook.id()).await.unwrap();
        assert_eq!(
            (paused.is_active(), paused.why.as_deref()),
            (false, Some("dead"))
        );
        place
            .registry
            .resume_hook(&program, hook.id(), false)
            .await
            .unwrap();
        world.turn().await;
        assert_eq!(receiver.came().len(), 2, "{}: nothing is lost", place.name);
        assert_eq!(
            place.registry.hook_there(hook.id()).await.unwrap().why,
            None
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_gone_and_an_account_that_is_closed_stop_it_at_once() {
    for place in places(226).await {
        let (world, receiver) = (World::of(&place).await, Receiver::open().await);
        let account = world.account("lgsp", "samples.keeper").await;
        world.declare(&world.new_hook(&receiver, account.id)).await;
        world.make(thing("một")).await;
        receiver.reply([Reply::Status(410)]);
        let given_up = world.turn().await;
        assert_eq!(given_up[0].why, "gone", "{}", place.name);
        place
            .registry
            .remove_hook(&program(), given_up[0].hook.id())
            .await
            .unwrap();
        world.turn().await;
        let store = place.registry.store();
        let left = store.jobs_of_kind(registry::hooks::WEBHOOK).await.unwrap();
        assert_eq!(left, [], "{}: its lane is gone too", place.name);

        world.declare(&world.new_hook(&receiver, account.id)).await;
        let actor = directory::Principal::system().actor("cli", vocab::Id::NIL);
        let directory = place.registry.directory();
        let version = directory
            .account(account.id)
            .await
            .unwrap()
            .unwrap()
            .version;
        let closed = directory::AccountChange {
            disabled: Some(true),
            ..directory::AccountChange::default()
        };
        let changed = directory.change_account(&actor, account.id, version, closed);
        changed.await.unwrap();
        receiver.came();
        world.make(thing("hai")).await;
        assert_eq!(world.turn().await[0].why, "account");
        assert_eq!(receiver.came().len(), 0, "{}", place.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn paused_it_keeps_what_happens_or_leaves_it_out_as_asked() {
    for place in places(227).await {
        let (world, receiver) = (World::of(&place).await, Receiver::open().await);
        let account = world.account("lgsp", "samples.keeper").await;
        let (hook, _) = world.declare(&world.new_hook(&receiver, account.id)).await;
        let registry = &place.registry;
        registry.pause_hook(&program(), hook.id()).await.unwrap();
        let twice = registry.pause_hook(&program(), hook.id()).await;
        assert!(matches!(twice, Err(RegistryError::Refused(problem)) if problem.status == 409));
        world.make(thing("một")).await;
        world.turn().await;
        registry
            .resume_hook(&program(), hook.id(), false)
            .await
            .unwrap();
        world.turn().await;
        assert_eq!(receiver.came().len(), 1, "{}", place.name);
        registry.pause_hook(&program(), hook.id()).await.unwrap();
        world.make(thing("hai")).await;
        world.turn().await;
        registry.store().seal().await.unwrap();
        registry
            .resume_hook(&program(), hook.id(), true)
            .await
            .unwrap();
        let third = world.make(thing("ba")).await;
        world.turn().await;
        let came = receiver.came();
        assert_eq!(came.len(), 1, "{}: only from then on", place.name);
        assert_eq!(came[0].record(), third.id.to_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_secrets_sign_for_a_while_and_then_the_new_one_alone() {
    for place in places(228).await {
        let (mut world, receiver) = (World::of(&place).await, Receiver::open().await);
        let account = world.account("lgsp", "samples.keeper").await;
        let (hook, old) = world.declare(&world.new_hook(&receiver, account.id)).await;
        let rotated = place
            .registry
            .rotate_hook(&program(), &key(), hook.id(), 3_600)
            .await;
        let new = rotated.unwrap().1.handed_over();
        assert_ne!(old, new);
        world.make(thing("một")).await;
        world.turn().await;
        let came = receiver.came().remove(0);
        assert!(came.is_by(&old) && came.is_by(&new), "{}", place.name);
        world.wait(3_601);
        world.make(thing("hai")).await;
        world.turn().await;
        let came = receiver.came().remove(0);
        assert!(!came.is_by(&old) && came.is_by(&new), "{}", place.name);
        // No secret is kept anywhere: not in the hook, not in what is told of it.
        let stored = place
            .registry
            .find("webhook", hook.id())
            .await
            .unwrap()
            .unwrap();
        let text = serde_json::to_string(&stored.body).unwrap();
        for secret in [&old, &new] {
            assert!(!text.contains(&secret["whsec_".len()..]), "{text}");
        }
        // By another installation's key nothing is signed, and so nothing goes out.
        world.outlet.key = webhook::Key::new([1; 32]);
        world.make(thing("ba")).await;
        world.turn().await;
        assert_eq!(receiver.came().len(), 0, "{}", place.name);
        let kept = place.registry.deliveries(hook.id()).await.unwrap();
        let last = kept[0].last.as_ref().unwrap();
        assert_eq!(last.error.as_deref(), Some("key"));
    }
}
