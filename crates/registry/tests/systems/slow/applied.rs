//! Packs that change while records exist.

use std::collections::BTreeSet;

use registry::system::applied::known;
use registry::system::{NewRecord, StepAsked, TELL};
use serde_json::json;
use store::{ListQuery, Scope};

use super::base::{
    NO_CHECKED, bases, by_program, counts, keeper, make, refused, renamed, verified, version,
};
use crate::fixture::fields;

#[tokio::test(flavor = "multi_thread")]
async fn a_field_is_renamed_while_a_thousand_drafts_hold_it_and_goes_on_after_a_cut() {
    for base in bases().await {
        let (first, old, noted) = base.first(300).await;
        let mut ids = Vec::new();
        for number in 0..1_000 {
            ids.push(make(&old, number).await.unwrap());
        }
        let later = renamed();
        let concerned = counts(&old, &first, &later).await;
        assert_eq!(
            concerned
                .iter()
                .map(|(_, count)| *count)
                .collect::<Vec<_>>(),
            [1_000, 1_000]
        );
        let begun = old
            .begin_application(&by_program(), &noted, &later.declared)
            .await
            .unwrap();
        // A page that was open in the earlier process writes nothing any more.
        refused(&make(&old, 2_000).await.unwrap_err(), "packs-applied");

        let new = base.process(&later, Some(begun.epoch), 310).await;
        let mut batches = 0;
        let cut = std::panic::AssertUnwindSafe(async {
            let mut told = |_| {
                batches += 1;
                assert!(batches < 3, "cut off here");
            };
            new.migrate(&by_program(), &first.catalog, &mut told).await
        });
        let cut = futures_unwind(cut).await;
        assert!(cut, "it was to be cut off");
        drop(new);

        // Another process finds what was begun, and ends it.
        let new = base.process(&later, Some(begun.epoch), 320).await;
        let stands = known(new.store()).await.unwrap();
        let applied = stands.applied.clone().unwrap();
        assert_eq!(applied.pending.as_ref(), Some(&later.declared));
        assert_eq!(applied.declared, first.declared);
        let mut told = |_| {};
        let by = by_program();
        let done = new.migrate(&by, &first.catalog, &mut told).await.unwrap();
        assert!((1..1_000).contains(&done), "{}: {done}", base.name);
        let ended = new
            .finish_application(&by_program(), &stands, &BTreeSet::new())
            .await
            .unwrap();
        assert_eq!(ended.applied.unwrap().sequence, 2);

        let kind = new.systems().find("samples", "plot").unwrap().name;
        for id in [ids[0], ids[500], ids[999]] {
            let record = new.find(kind, id).await.unwrap().unwrap();
            assert_eq!(record.version, 2, "{}", base.name);
            assert_eq!(record.body["area_ha"], "1.5");
            assert!(!record.body.contains_key("acreage"));
        }
        let whole = Scope::bypass("a test");
        let listed = new.systems().find("samples", "plot").unwrap();
        let column = listed.column("area_ha").unwrap();
        let query = ListQuery::new(kind, whole.clone()).filter(column, 15_000_i64);
        let found = new.store().count_up_to(&query, 2_000).await.unwrap();
        assert_eq!(found, 1_000, "{}", base.name);
        let history = new.store().history(kind, &whole, ids[0], 5).await.unwrap();
        assert_eq!(history[0].action, "migrate");
        verified(&new, base.name).await;

        // What was unique still is, and rolling back without a word is refused.
        let last = known(new.store()).await.unwrap();
        let new = base.process(&later, Some(last.epoch), 330).await;
        assert!(
            make(&new, 7).await.is_err(),
            "{}: plate B7 is there",
            base.name
        );
        make(&new, 3_000).await.unwrap();
        let back = counts(&new, &later, &first).await;
        assert!(back.iter().any(|(change, count)| change.is_refused(*count)));
    }
}

/// Whether a future panicked on its way.
async fn futures_unwind<T: Send + 'static>(
    work: std::panic::AssertUnwindSafe<impl Future<Output = T>>,
) -> bool {
    let mut work = Box::pin(work.0);
    std::future::poll_fn(move |context| {
        let polled =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work.as_mut().poll(context)));
        match polled {
            Err(_) => std::task::Poll::Ready(true),
            Ok(std::task::Poll::Ready(_)) => std::task::Poll::Ready(false),
            Ok(std::task::Poll::Pending) => std::task::Poll::Pending,
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_administrators_who_apply_at_once_one_is_refused() {
    for base in bases().await {
        let (_, one, noted) = base.first(400).await;
        let other = base.process(&version(&[]), Some(noted.epoch), 410).await;
        let wider = version(&[(
            "id = \"fax\"\ntype = \"text\"",
            "id = \"fax\"\ntype = \"paragraph\"",
        )]);
        let first = by_program();
        let second = by_program();
        let renamed = renamed();
        let none = BTreeSet::new();
        let (left, right) = tokio::join!(
            one.record_application(&first, &noted, &wider.declared, &none),
            other.begin_application(&second, &noted, &renamed.declared),
        );
        let lost = match (left, right) {
            (Ok(_), Err(error)) | (Err(error), Ok(_)) => error,
            both => panic!("{}: {both:?}", base.name),
        };
        refused(&lost, "packs-applied-meanwhile");
        let stands = known(one.store()).await.unwrap();
        assert_eq!(stands.epoch, noted.epoch + 1);
        verified(&one, base.name).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_that_goes_while_records_stand_in_it_is_refused_then_mapped() {
    for base in bases().await {
        let (first, old, noted) = base.first(500).await;
        let kind = old.systems().find("samples", "plot").unwrap().clone();
        let id = make(&old, 1).await.unwrap();
        make(&old, 2).await.unwrap();
        let asked = StepAsked {
            step: "look".to_owned(),
            ..StepAsked::default()
        };
        let by = keeper(&old).await;
        old.take_step(&by, &kind, id, asked).await.unwrap();

        let without = version(&NO_CHECKED);
        let concerned = counts(&old, &first, &without).await;
        let state = concerned
            .iter()
            .find(|(change, _)| change.what == pack::change::What::StateRemoved);
        let (change, count) = state.unwrap();
        assert_eq!(*count, 1);
        assert!(change.is_refused(*count));

        let moved = (
            "",
            "\n[[migration.state]]\nfrom = \"checked\"\nto = \"draft\"\n",
        );
        let clock = (
            "",
            "\n[[lifecycle.deadline]]\nid = \"deciding\"\ntitle = { vi = \"Thời hạn\", en = \"Time\" }\n\
             runs_in = \"draft\"\nwithin = \"10 working days\"\n\
             [[notification]]\nid = \"soon\"\non = \"deciding\"\nto = { author = true }\n\
             text = { vi = \"Sắp hết hạn\", en = \"Due soon\" }\n",
        );
        let mapped = version(&[NO_CHECKED[0], NO_CHECKED[1], NO_CHECKED[2], moved, clock]);
        let concerned = counts(&old, &first, &mapped).await;
        assert!(
            concerned
                .iter()
                .all(|(change, count)| !change.is_refused(*count))
        );
        let begun = old
            .begin_application(&by_program(), &noted, &mapped.declared)
            .await
            .unwrap();
        let new = base.process(&mapped, Some(begun.epoch), 510).await;
        let done = new
            .migrate(&by_program(), &first.catalog, &mut |_| {})
            .await;
        assert_eq!(done.unwrap(), 1, "{}", base.name);
        let ended = new
            .finish_application(&by_program(), &begun, &BTreeSet::new())
            .await
            .unwrap();
        let record = new.find(kind.name, id).await.unwrap().unwrap();
        assert_eq!((record.state.as_str(), record.version), ("draft", 3));
        // The clock that it started is told of when its time comes.
        let jobs = new.store().job_counts().await.unwrap();
        let waiting = jobs.get(TELL).map(|counts| counts.waiting);
        assert_eq!(waiting, Some(1), "{}", base.name);
        // Whoever must act has the task of the new state, once.
        let new = base.process(&mapped, Some(ended.epoch), 520).await;
        let by = keeper(&new).await;
        let waiting = new.waiting(&by.principal, id).await.unwrap();
        let names: Vec<&str> = waiting.iter().map(|task| task.name.as_str()).collect();
        assert_eq!(names, ["issue"], "{}", base.name);
        let asked = StepAsked {
            step: "issue".to_owned(),
            ..StepAsked::default()
        };
        let kind = new.systems().find("samples", "plot").unwrap().clone();
        new.take_step(&by, &kind, id, asked).await.unwrap();
        verified(&new, base.name).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_and_filled_in() {
    for base in bases().await {
        let (first, old, noted) = base.first(600).await;
        let id = make(&old, 1).await.unwrap();
        let kind = old.systems().find("samples", "plot").unwrap().name;
        let later = version(&[
            (
                "id = \"fax\"\ntype = \"text\"\ntitle = { vi = \"Fax\", en = \"Fax\" }\n",
                "id = \"rank\"\ntype = \"text\"\nrequired = true\nfilter = true\ntitle = { vi = \"Hạng\", en = \"Rank\" }\n",
            ),
            // The column of a number where one of text was.
            (
                "id = \"plate\"\ntype = \"text\"\nunique = true",
                "id = \"seats\"\ntype = \"number\"\nfilter = true",
            ),
            (
                "",
                "\n[migration]\ndropped = [\"plate\", \"fax\"]\nfilled = { rank = \"'A' + name\" }\n",
            ),
        ]);
        let begun = old
            .begin_application(&by_program(), &noted, &later.declared)
            .await
            .unwrap();
        let new = base.process(&later, Some(begun.epoch), 610).await;
        new.migrate(&by_program(), &first.catalog, &mut |_| {})
            .await
            .unwrap();
        let ended = new
            .finish_application(&by_program(), &begun, &BTreeSet::new())
            .await
            .unwrap();
        let record = new.find(kind, id).await.unwrap().unwrap();
        assert_eq!(record.body["rank"], "AThửa 0001", "{}", base.name);
        assert!(!record.body.contains_key("plate"));
        verified(&new, base.name).await;

        // The name comes back for something else: its column had emptied.
        let again = version(&[
            (
                "id = \"plate\"\ntype = \"text\"\nunique = true",
                "id = \"plate\"\ntype = \"number\"\nfilter = true",
            ),
            (
                "id = \"fax\"\ntype = \"text\"",
                "id = \"rank\"\ntype = \"text\"",
            ),
        ]);
        let concerned = counts(&new, &later, &again).await;
        assert!(
            concerned
                .iter()
                .all(|(change, count)| !change.is_refused(*count)),
            "{concerned:?}"
        );
        let noted = new
            .record_application(&by_program(), &ended, &again.declared, &BTreeSet::new())
            .await
            .unwrap();
        let last = base.process(&again, Some(noted.epoch), 620).await;
        verified(&last, base.name).await;
        let kind = last.systems().find("samples", "plot").unwrap().clone();
        let by = keeper(&last).await;
        let new = NewRecord {
            fields: fields(json!({ "name": "Thửa 9", "plate": 9 })),
            ..NewRecord::default()
        };
        last.make(&by, &kind, new).await.unwrap();
        verified(&last, base.name).await;
    }
}
