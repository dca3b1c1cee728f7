//! Whose rights a batch has, who sees an import, and how long it holds its file.

use directory::AccountChange;
use registry::RegistryError;

use super::{
    Grant, Id, ImportState, ImportStep, Principal, Role, Which, account, lease, table, work, yards,
};

#[tokio::test(flavor = "multi_thread")]
async fn rights_taken_away_meanwhile_stop_it_and_given_back_it_goes_on() {
    for yard in yards(311).await {
        let import = yard.tried(table(2_500, 0).as_bytes()).await;
        yard.step(import.id(), ImportStep::Start).await;
        let worker = Id::from_digest([1; 16]);
        let job = lease(yard.registry(), worker, 60).await.unwrap();
        yard.registry().work_on_import(&job, worker).await.unwrap();
        let give = |role: &'static str, version| {
            let grant = Grant::new(Role::coded(role).unwrap(), yard.unit);
            let change = AccountChange {
                grants: Some(vec![grant]),
                ..AccountChange::default()
            };
            let actor = Principal::system().actor("cli", Id::NIL);
            let directory = yard.registry().directory().clone();
            let id = yard.keeper.id;
            async move {
                let changed = directory.change_account(&actor, id, version, change);
                changed.await.unwrap().version
            }
        };
        let version = give("samples.clerk", yard.keeper.version).await;
        yard.later(2);
        work(yard.registry()).await;
        let stopped = yard.now(import.id()).await;
        assert_eq!(stopped.state, ImportState::Stopped, "{}", yard.place.name);
        assert_eq!(stopped.why(), Some("system-import-why-rights"));
        let run = stopped.pass(Which::Run).unwrap();
        assert_eq!(yard.boxes().await.len(), 1_000);
        assert_eq!(run.rows, 1_000);
        // Without them it does not go on either.
        let caller = yard.caller(&yard.keeper).await;
        let resumed = yard.registry();
        let resumed = resumed.step_import(&caller, import.id(), ImportStep::Resume);
        let refusal = resumed.await.unwrap_err();
        assert!(matches!(&refusal, RegistryError::Refused(problem) if problem.status == 403));

        give("samples.keeper", version).await;
        yard.later(2);
        yard.step(import.id(), ImportStep::Resume).await;
        work(yard.registry()).await;
        let done = yard.now(import.id()).await;
        assert_eq!(done.state, ImportState::Done);
        assert_eq!(yard.boxes().await.len(), 2_500);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn others_see_nothing_of_it_and_administrators_end_it() {
    for yard in yards(312).await {
        let import = yard.tried(table(3, 0).as_bytes()).await;
        let clerk = account(yard.registry(), "clerk", "samples.clerk", yard.unit).await;
        let other = account(yard.registry(), "other", "samples.keeper", yard.unit).await;
        let kind = yard.place.systems.find("samples", "box").unwrap();
        for account in [&clerk, &other] {
            let caller = yard.caller(account).await;
            let seen = yard.registry().import(&caller.principal, import.id()).await;
            assert!(matches!(seen, Err(RegistryError::NotFound { .. })));
            let list = yard.registry();
            let list = list.imports(&caller.principal, kind, None, 10).await;
            assert!(list.unwrap().items.is_empty());
        }
        let province = directory::province();
        let admin = account(yard.registry(), "admin", "administrator", province).await;
        let admin = yard.caller(&admin).await;
        let list = yard.registry().imports(&admin.principal, kind, None, 10);
        assert_eq!(list.await.unwrap().items.len(), 1);
        let registry = yard.registry();
        let started = registry.step_import(&admin, import.id(), ImportStep::Start);
        assert!(
            started.await.is_err(),
            "rows go in by their starter's rights"
        );
        let ended = registry.step_import(&admin, import.id(), ImportStep::Cancel);
        assert_eq!(ended.await.unwrap().state, ImportState::Cancelled);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_import_lets_go_of_its_file_and_stays() {
    for yard in yards(313).await {
        let bytes = table(200, 2);
        let import = yard.tried(bytes.as_bytes()).await;
        let store = yard.registry().store();
        assert_eq!(yard.registry().let_go_of_old_imports().await.unwrap(), 0);
        yard.later(91 * 86_400);
        assert_eq!(yard.registry().let_go_of_old_imports().await.unwrap(), 1);
        let kept = yard.now(import.id()).await;
        assert!(!kept.holds_file());
        assert_eq!(kept.pass(Which::Trial).unwrap().refused, 100);
        assert!(yard.refused(import.id(), Which::Trial).await.is_empty());
        let rows = yard.registry().failed_rows(&kept, Which::Trial).await;
        assert!(rows.is_err());
        let now = store.context().now();
        let removed = store.remove_orphans(now.plus_seconds(1)).await.unwrap();
        assert_eq!(removed, 1, "{}", yard.place.name);
    }
}
