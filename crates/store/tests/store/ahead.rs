//! Records read along with epochs, before it is known who asks.

use futures_util::future::join_all;
use store::{Expect, Op, Scope, Write};

use crate::fixture::{id, places, put, thing};

#[tokio::test(flavor = "multi_thread")]
async fn a_record_read_ahead_comes_out_within_a_scope_alone() {
    for place in places(71).await {
        let store = &place.store;
        let write = put(thing(10, 5, "đường", Expect::New));
        store.commit(write).await.unwrap();
        let read = |number| store.epochs_and_record(["plan"], "thing", id(number));
        let all = Scope::bypass("a test");

        let (epochs, ahead) = read(10).await.unwrap();
        assert_eq!(epochs, [0], "{}: none was moved on", place.name);
        assert!(ahead.is("thing", id(10)) && !ahead.is("thing", id(11)));
        let stored = store.fetch("thing", &all, id(10)).await.unwrap();
        assert!(stored.is_some());
        assert_eq!(ahead.clone().within(&all).unwrap(), stored);
        let theirs = Scope::units([id(5)]);
        assert_eq!(ahead.clone().within(&theirs).unwrap(), stored);
        for narrow in [Scope::units([id(6)]), Scope::nothing()] {
            assert_eq!(ahead.clone().within(&narrow).unwrap(), None);
        }
        let (_, missing) = read(11).await.unwrap();
        assert_eq!(missing.within(&all).unwrap(), None, "{}", place.name);
        let unknown = store.epochs_and_record(["plan"], "nothing", id(10)).await;
        assert!(unknown.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_hears_what_was_moved_on_before_by_whatever_process() {
    for place in places(72).await {
        let elsewhere = place.another(7_200).await;
        for round in 1..=20_i64 {
            let mut write = put(thing(
                10,
                5,
                &format!("lần {round}"),
                match round {
                    1 => Expect::New,
                    later => Expect::Version(later - 1),
                },
            ));
            write = write.op(Op::Bump("session".to_owned()));
            elsewhere.commit(write).await.unwrap();
            // Many at once, one of each kind among them, all of which came after it.
            let asked = (0..40_u64).map(|number| {
                let store = place.store.clone();
                async move {
                    if number % 5 == 0 {
                        let [plan, session] = store.epochs(["plan", "session"]).await.unwrap();
                        return (plan, session, None);
                    }
                    let wanted = id(if number % 5 == 1 { 11 } else { 10 });
                    let read = store.epochs_and_record(["session", "plan"], "thing", wanted);
                    let ([session, plan], ahead) = read.await.unwrap();
                    assert!(ahead.is("thing", wanted));
                    let found = ahead.within(&Scope::bypass("a test")).unwrap();
                    (plan, session, Some((number % 5 == 1, found)))
                }
            });
            for (plan, session, found) in join_all(asked).await {
                assert_eq!((plan, session), (0, round), "{}", place.name);
                match found {
                    None => {}
                    Some((true, found)) => assert_eq!(found, None),
                    Some((false, found)) => assert_eq!(found.unwrap().head.version, round),
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_for_whoever_went_away() {
    for place in places(73).await {
        let write: Write = put(thing(10, 5, "đường", Expect::New));
        place.store.commit(write).await.unwrap();
        for turn in 0..50_u64 {
            let store = place.store.clone();
            let asked = tokio::spawn(async move { store.epochs(["plan"]).await.map(drop) });
            if turn % 2 == 0 {
                tokio::task::yield_now().await;
            }
            asked.abort();
        }
        let read = place.store.epochs_and_record(["plan"], "thing", id(10));
        let read = tokio::time::timeout(std::time::Duration::from_secs(10), read);
        let (_, ahead) = read.await.unwrap().unwrap();
        assert!(ahead.within(&Scope::bypass("a test")).unwrap().is_some());
    }
}
