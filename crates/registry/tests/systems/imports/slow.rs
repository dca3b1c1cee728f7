//! From the file to the records and back, whatever dies between.

use std::collections::BTreeSet;

use registry::RegistryError;
use serde_json::json;

use super::{Id, ImportState, ImportStep, Which, lease, table, work, yards};

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_tried_without_effect_then_taken_in_and_taken_out_again() {
    for yard in yards(301).await {
        let import = yard.tried(table(2_500, 100).as_bytes()).await;
        let trial = import.pass(Which::Trial).unwrap();
        assert_eq!((trial.rows, trial.good, trial.refused), (2_500, 2_475, 25));
        assert!(yard.boxes().await.is_empty(), "trying keeps nothing");
        let refused = yard.refused(import.id(), Which::Trial).await;
        assert_eq!((refused[0].place, refused[0].line), (100, 101));
        assert_eq!(refused[0].problem.fields[0].field, "weight");

        yard.step(import.id(), ImportStep::Start).await;
        work(yard.registry()).await;
        let done = yard.now(import.id()).await;
        assert_eq!(done.state, ImportState::Done);
        let run = done.pass(Which::Run).unwrap();
        assert_eq!((run.rows, run.good, run.refused), (2_500, 2_475, 25));
        let boxes = yard.boxes().await;
        let codes: BTreeSet<&str> = boxes
            .iter()
            .map(|one| one.body["code"].as_str().unwrap())
            .collect();
        assert_eq!((boxes.len(), codes.len()), (2_475, 2_475));
        assert!(codes.contains("H-0001") && codes.contains("H-2475"));
        assert!(boxes.iter().all(|one| one.author == Some(yard.keeper.id)));

        yard.step(import.id(), ImportStep::Undo).await;
        work(yard.registry()).await;
        let undone = yard.now(import.id()).await;
        assert_eq!(undone.state, ImportState::Undone);
        let undo = undone.pass(Which::Undo).unwrap();
        assert_eq!((undo.good, undo.refused), (2_475, 0));
        assert!(yard.boxes().await.is_empty());
    }
}

/// A worker dies between batches, and in a batch before it was written; another process goes on.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_dies_no_row_is_taken_in_twice_and_none_is_left_out() {
    for yard in yards(302).await {
        let import = yard.tried(table(3_300, 0).as_bytes()).await;
        yard.step(import.id(), ImportStep::Start).await;
        let (first, second) = (Id::from_digest([1; 16]), Id::from_digest([2; 16]));
        let job = lease(yard.registry(), first, 60).await.unwrap();
        yard.registry().work_on_import(&job, first).await.unwrap();
        let halfway = yard.now(import.id()).await.pass(Which::Run).unwrap();
        assert!(halfway.rows > 0 && halfway.rows < 3_300);

        // Dies in a batch: dropped before it ends. Its lease runs out.
        let job = lease(yard.registry(), first, 1).await.unwrap();
        let dying = yard.registry().clone();
        let lost = job.clone();
        let working = tokio::spawn(async move { dying.work_on_import(&lost, first).await });
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        working.abort();
        let _ = working.await;
        yard.later(10);

        let other = yard.place.other(77).await;
        let again = lease(yard.registry(), second, 60).await;
        if let Some(again) = again {
            other.work_on_import(&again, second).await.unwrap();
        }
        // Whoever was thought dead comes back, and does nothing twice.
        yard.registry().work_on_import(&job, first).await.unwrap();
        work(yard.registry()).await;
        let done = yard.now(import.id()).await;
        assert_eq!(done.state, ImportState::Done, "{}", yard.place.name);
        let run = done.pass(Which::Run).unwrap();
        assert_eq!((run.rows, run.good, run.refused), (3_300, 3_300, 0));
        assert_eq!(yard.boxes().await.len(), 3_300);
    }
}

/// The same job in the hands of two at once, as when a lease ran out while its holder still lives.
#[tokio::test(flavor = "multi_thread")]
async fn two_workers_at_once_do_each_batch_once() {
    for yard in yards(303).await {
        let import = yard.tried(table(2_200, 7).as_bytes()).await;
        yard.step(import.id(), ImportStep::Start).await;
        let other = yard.place.other(78).await;
        let (first, second) = (Id::from_digest([1; 16]), Id::from_digest([2; 16]));
        while let Some(job) = lease(yard.registry(), first, 1).await {
            yard.later(5);
            let stolen = lease(yard.registry(), second, 60).await;
            let stolen = stolen.unwrap_or_else(|| job.clone());
            let (one, two) = tokio::join!(
                yard.registry().work_on_import(&job, first),
                other.work_on_import(&stolen, second)
            );
            one.unwrap();
            two.unwrap();
        }
        let done = yard.now(import.id()).await;
        let run = done.pass(Which::Run).unwrap();
        assert_eq!((done.state, run.rows), (ImportState::Done, 2_200));
        assert_eq!(run.good, i64::try_from(yard.boxes().await.len()).unwrap());
        assert_eq!((run.good, run.refused), (2_200 - 314, 314));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_stays_when_it_is_cancelled() {
    for yard in yards(304).await {
        let import = yard.tried(table(2_500, 0).as_bytes()).await;
        yard.step(import.id(), ImportStep::Start).await;
        let worker = Id::from_digest([1; 16]);
        let job = lease(yard.registry(), worker, 60).await.unwrap();
        yard.registry().work_on_import(&job, worker).await.unwrap();
        yard.step(import.id(), ImportStep::Cancel).await;
        work(yard.registry()).await;
        let cancelled = yard.now(import.id()).await;
        assert_eq!(cancelled.state, ImportState::Cancelled);
        let run = cancelled.pass(Which::Run).unwrap();
        assert!(run.good > 0 && run.rows < 2_500);
        let count = i64::try_from(yard.boxes().await.len()).unwrap();
        assert_eq!(count, run.good);
        // It is not begun again, but can be undone.
        let caller = yard.caller(&yard.keeper).await;
        let again = yard.registry();
        let again = again.step_import(&caller, import.id(), ImportStep::Start);
        let refusal = again.await.unwrap_err();
        assert!(
            matches!(&refusal, RegistryError::Refused(problem) if problem.code == "step-not-open")
        );
        yard.step(import.id(), ImportStep::Undo).await;
        work(yard.registry()).await;
        assert!(yard.boxes().await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_since_or_is_named_stays_and_it_is_said_which() {
    for yard in yards(305).await {
        let import = yard.tried(table(6, 0).as_bytes()).await;
        yard.step(import.id(), ImportStep::Start).await;
        work(yard.registry()).await;
        let caller = yard.caller(&yard.keeper).await;
        let kind = yard.place.systems.find("samples", "box").unwrap();
        let of_row = |row| registry::system::imports::id_of_row(import.id(), row);
        let changed = yard.registry().find(kind.name, of_row(2)).await.unwrap();
        let changed = changed.unwrap();
        let fields = serde_json::from_value(json!({ "name": "Khác (giả lập)" })).unwrap();
        let revised = yard.registry();
        let revised = revised.revise(&caller, kind, changed.id, 1, fields).await;
        revised.unwrap();
        let naming = registry::system::NewRecord {
            fields: serde_json::from_value(
                json!({ "name": "Trong (giả lập)", "inside": of_row(3).to_string() }),
            )
            .unwrap(),
            ..Default::default()
        };
        let naming = yard.registry().make(&caller, kind, naming).await.unwrap();
        let named = yard.registry().find(kind.name, of_row(4)).await.unwrap();
        let named = named.unwrap();
        let mut batch = yard.registry().batch(&caller);
        let said = batch.comment(kind.name, &named, "Xem lại");
        said.await.unwrap();
        batch.commit(String::new()).await.unwrap();

        yard.step(import.id(), ImportStep::Undo).await;
        work(yard.registry()).await;
        let undone = yard.now(import.id()).await;
        let undo = undone.pass(Which::Undo).unwrap();
        assert_eq!((undo.good, undo.refused), (3, 3));
        let stayed: Vec<(i64, String)> = yard
            .refused(import.id(), Which::Undo)
            .await
            .into_iter()
            .map(|one| {
                assert_eq!(one.problem.args["record"], of_row(one.place).to_string());
                (one.place, one.problem.code)
            })
            .collect();
        let expected = [
            (4, "import-undo-commented"),
            (3, "import-undo-named"),
            (2, "import-undo-changed"),
        ];
        assert_eq!(stayed, expected.map(|(row, code)| (row, code.to_owned())));
        assert_eq!(yard.boxes().await.len(), 4);

        // Once nothing names it any more, it goes the next time.
        let other = naming.record;
        let fields = serde_json::from_value(json!({ "name": "Ra (giả lập)" })).unwrap();
        let revised = yard.registry();
        let revised = revised.revise(&caller, kind, other.id, 1, fields).await;
        revised.unwrap();
        yard.step(import.id(), ImportStep::Undo).await;
        work(yard.registry()).await;
        let undo = yard.now(import.id()).await.pass(Which::Undo).unwrap();
        assert_eq!((undo.good, undo.refused), (1, 2));
    }
}
