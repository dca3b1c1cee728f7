//! Jobs are delivered at least once, and their effects land once.

use std::sync::Arc;

use store::jobs::{Job, JobCounts, Kinds, Rest};
use store::{Expect, NewJob, Op, Store, StoreError, Write};
use vocab::context::fixed::{SeededEntropy, SteppingClock};
use vocab::{Context, Instant};

use crate::fixture::{Place, actor, id, places, put, tables, thing};

fn job(kind: &str, unique: Option<&str>) -> Op {
    let unique_key = unique.map(str::to_owned);
    Op::Enqueue(NewJob {
        kind: kind.to_owned(),
        payload: "{}".to_owned(),
        unique_key,
        run_at: None,
    })
}

/// The store of a place, under a clock that the test moves.
async fn clocked(place: &Place) -> (Store, Arc<SteppingClock>) {
    let clock = SteppingClock::new(Instant::from_micros(1_700_000_000_000_000), 1);
    let context = Context::new(clock.clone(), SeededEntropy::new(5));
    (
        Store::open(&place.config, tables(), context).await.unwrap(),
        clock,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_lease_goes_to_another_worker_and_the_effect_lands_once() {
    for place in places(31).await {
        let (store, clock) = clocked(&place).await;
        store
            .commit(
                Write::by(actor())
                    .op(job("notify", Some("a")))
                    .op(job("notify", Some("a"))),
            )
            .await
            .unwrap();
        let leased = store.lease_jobs(id(1), 10, 30).await.unwrap();
        assert_eq!(leased.len(), 1, "{}: a like job waits once", place.name);
        assert_eq!(store.lease_jobs(id(2), 10, 30).await.unwrap(), []);
        clock.set(Instant::from_micros(1_700_000_060_000_000));
        let taken_over = store.lease_jobs(id(2), 10, 30).await.unwrap();
        assert_eq!(
            (taken_over[0].id, taken_over[0].attempts),
            (leased[0].id, 2)
        );
        let effect = |worker| {
            put(thing(50, 5, "đã báo", Expect::New)).op(Op::CompleteJob {
                id: leased[0].id,
                worker: id(worker),
            })
        };
        assert!(matches!(
            store.commit(effect(1)).await,
            Err(StoreError::Conflict { .. })
        ));
        store.commit(effect(2)).await.unwrap();
        assert_eq!(store.lease_jobs(id(1), 10, 30).await.unwrap(), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_keeps_failing_dies_and_can_be_run_again() {
    for place in places(32).await {
        let (store, clock) = clocked(&place).await;
        store
            .commit(Write::by(actor()).op(job("mail", None)))
            .await
            .unwrap();
        let mut now = 1_700_000_000_000_000_i64;
        for attempt in 1..=store::jobs::ATTEMPTS {
            let jobs = store.lease_jobs(id(1), 10, 30).await.unwrap();
            assert_eq!(jobs.len(), 1, "{}: attempt {attempt}", place.name);
            store
                .fail_job(&jobs[0], id(1), "máy chủ thư không trả lời\0")
                .await
                .unwrap();
            assert_eq!(
                store.lease_jobs(id(1), 10, 30).await.unwrap(),
                [],
                "it waits before it is tried again"
            );
            now += 4_000_000_000;
            clock.set(Instant::from_micros(now));
        }
        assert_eq!(store.lease_jobs(id(1), 10, 30).await.unwrap(), []);
        let dead = store.dead_jobs(10).await.unwrap();
        assert_eq!(
            dead[0].last_error.as_deref(),
            Some("máy chủ thư không trả lời")
        );
        assert!(store.run_again(dead[0].id).await.unwrap());
        assert!(!store.run_again(dead[0].id).await.unwrap());
        assert_eq!(
            store.lease_jobs(id(1), 10, 30).await.unwrap()[0].attempts,
            1
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_share_the_work_without_doubling_it() {
    for place in places(33).await {
        let other = store::Store::open(&place.config, tables(), vocab::context::fixed::context(77))
            .await
            .unwrap();
        let write = (0..200).fold(Write::by(actor()), |write, _| write.op(job("count", None)));
        place.store.commit(write).await.unwrap();
        let work = |store: store::Store, worker: u64| async move {
            let mut done = Vec::new();
            loop {
                let jobs = store.lease_jobs(id(worker), 7, 600).await.unwrap();
                if jobs.is_empty() {
                    return done;
                }
                for job in jobs {
                    let end = Write::by(actor()).op(Op::CompleteJob {
                        id: job.id,
                        worker: id(worker),
                    });
                    store.commit(end).await.unwrap();
                    done.push(job.id);
                }
            }
        };
        let (one, two) = tokio::join!(
            tokio::spawn(work(place.store.clone(), 1)),
            tokio::spawn(work(other, 2))
        );
        let mut all = one.unwrap();
        all.extend(two.unwrap());
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 200, "{}", place.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_see_how_many_stand_where_and_page_through_the_dead() {
    for place in places(34).await {
        let (store, clock) = clocked(&place).await;
        let write = (0..5).fold(Write::by(actor()), |write, _| write.op(job("mail", None)));
        store.commit(write.op(job("notify", None))).await.unwrap();
        let mut now = 1_700_000_000_000_000_i64;
        for _ in 0..store::jobs::ATTEMPTS {
            now += 4_000_000_000;
            clock.set(Instant::from_micros(now));
            for held in store.lease_jobs(id(1), 10, 30).await.unwrap() {
                if held.kind == "mail" {
                    store
                        .fail_job(&held, id(1), "không gửi được")
                        .await
                        .unwrap();
                }
            }
        }
        store
            .commit(Write::by(actor()).op(job("mail", None)))
            .await
            .unwrap();
        let counts = store.job_counts().await.unwrap();
        let mail = &counts["mail"];
        assert_eq!(
            (mail.waiting, mail.leased, mail.dead),
            (1, 0, 5),
            "{}",
            place.name
        );
        assert!(mail.first_turn.unwrap() >= Instant::from_micros(now));
        let all = JobCounts::sum(counts.values());
        assert_eq!((all.waiting, all.leased, all.dead), (1, 1, 5));
        assert_eq!(all.first_turn, mail.first_turn);

        let oldest: Vec<_> = store.dead_jobs(10).await.unwrap();
        assert!(
            oldest
                .iter()
                .all(|dead| dead.run_at >= Instant::from_micros(now))
        );
        let mut paged = Vec::new();
        let mut before = None;
        loop {
            let page = store.latest_dead_jobs(before, 2).await.unwrap();
            let Some(last) = page.last() else { break };
            before = Some((last.run_at, last.id));
            paged.extend(page);
        }
        paged.reverse();
        assert_eq!(paged, oldest, "{}", place.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_ends_each_of_its_workers_dies_in_the_end() {
    for place in places(35).await {
        let (store, clock) = clocked(&place).await;
        store
            .commit(Write::by(actor()).op(job("mail", None)))
            .await
            .unwrap();
        for attempt in 1..=store::jobs::ATTEMPTS {
            clock.set(Instant::from_micros(
                1_700_000_000_000_000 + attempt * 60_000_000,
            ));
            let held = store.lease_jobs(id(1), 10, 30).await.unwrap();
            assert_eq!(held[0].attempts, attempt, "{}", place.name);
            assert_eq!(store.dead_jobs(10).await.unwrap(), []);
        }
        clock.set(Instant::from_micros(1_700_100_000_000_000));
        assert_eq!(store.lease_jobs(id(1), 10, 30).await.unwrap(), []);
        let dead = store.dead_jobs(10).await.unwrap();
        assert_eq!(
            dead[0].last_error.as_deref(),
            Some("its worker was lost each time")
        );
        assert!(store.run_again(dead[0].id).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_given_up_halfway_leaves_no_transaction_open() {
    for place in places(36).await {
        let (store, _) = clocked(&place).await;
        for round in 0..60_u64 {
            store
                .commit(Write::by(actor()).op(job("mail", None)))
                .await
                .unwrap();
            let patience = std::time::Duration::from_micros(50 * round);
            let _ = tokio::time::timeout(patience, store.lease_jobs(id(round), 1, 600)).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        if let Some(url) = &place.config.database_url {
            let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
                .await
                .unwrap();
            tokio::spawn(connection);
            let open = "SELECT count(*) FROM pg_stat_activity \
                        WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
            assert_eq!(
                client.query_one(open, &[]).await.unwrap().get::<_, i64>(0),
                0
            );
        }
        let counts = store.job_counts().await.unwrap();
        let leased = store.lease_jobs(id(99), 100, 600).await.unwrap().len();
        assert_eq!(
            i64::try_from(leased).unwrap(),
            counts["mail"].waiting,
            "{}",
            place.name
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_never_ends_is_laid_down_by_whoever_holds_it_and_woken() {
    for place in places(33).await {
        let (store, clock) = clocked(&place).await;
        store
            .commit(
                Write::by(actor())
                    .op(job("lane", Some("a")))
                    .op(job("mail", None)),
            )
            .await
            .unwrap();
        // Each worker takes its own kind.
        let others = store.lease_jobs_of(Kinds::But("lane"), id(2), 10, 30);
        assert_eq!(kinds(&others.await.unwrap()), ["mail"], "{}", place.name);
        let mine = store.lease_jobs_of(Kinds::Only("lane"), id(1), 10, 30);
        let mine = mine.await.unwrap().remove(0);
        let at = |seconds: i64| Instant::from_micros(1_700_000_000_000_000).plus_seconds(seconds);
        let rest = |payload, seconds, error| Rest {
            payload,
            run_at: at(seconds),
            error,
        };
        assert!(
            !store
                .rest_job(&mine, id(9), &rest("{}", 9, None))
                .await
                .unwrap()
        );
        let failed = rest(r#"{"at":1}"#, 100, Some("away"));
        assert!(store.rest_job(&mine, id(1), &failed).await.unwrap());
        let lane = || store.jobs_of_kind("lane");
        let lain = lane().await.unwrap().remove(0);
        assert_eq!(
            (lain.attempts, lain.last_error.as_deref()),
            (1, Some("away"))
        );
        assert_eq!((&*lain.payload, lain.run_at), (r#"{"at":1}"#, at(100)));
        let due = || store.lease_jobs_of(Kinds::Only("lane"), id(1), 10, 30);
        assert_eq!(due().await.unwrap(), []);
        store.wake_job(lain.id).await.unwrap();
        let woken = due().await.unwrap().remove(0);
        assert_eq!(woken.attempts, 2, "{}", place.name);
        // What it holds is not laid down by whoever lost it.
        clock.set(at(200));
        let taken_over = store.lease_jobs_of(Kinds::Only("lane"), id(3), 10, 30);
        let taken_over = taken_over.await.unwrap().remove(0);
        assert!(
            !store
                .rest_job(&woken, id(1), &rest("{}", 300, None))
                .await
                .unwrap()
        );
        // However often something goes wrong, it does not die of it.
        let mut held = taken_over;
        for _ in 0..3 * store::jobs::ATTEMPTS {
            assert!(
                store
                    .rest_job(&held, id(3), &rest("{}", 0, Some("away")))
                    .await
                    .unwrap()
            );
            let again = store.lease_jobs_of(Kinds::Only("lane"), id(3), 10, 30);
            held = again.await.unwrap().remove(0);
        }
        assert!(
            store
                .rest_job(&held, id(3), &rest("{}", 0, None))
                .await
                .unwrap()
        );
        let lain = lane().await.unwrap().remove(0);
        assert_eq!(
            (lain.attempts, lain.last_error),
            (0, None),
            "{}",
            place.name
        );
    }
}

fn kinds(jobs: &[Job]) -> Vec<&str> {
    jobs.iter().map(|job| &*job.kind).collect()
}
