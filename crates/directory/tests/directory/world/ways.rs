//! Every way to ask the store what somebody may read.

use std::collections::BTreeSet;

use directory::permission::{may_head, reach};
use directory::{Act, Directory, Subject};
use store::audit::AuditQuery;
use store::{ListQuery, Scope, SearchQuery};
use vocab::{Id, fold};

use super::naive::Paper;
use super::{DAY, KIND, MARKERS, NOW, STATES, WORDS, World};

/// Compares every way with what is readable; says how many answers were compared.
pub(super) async fn agree(world: &World, person: usize) -> (usize, usize) {
    let (directory, account) = (&world.directory, world.accounts[person]);
    let store = directory.store();
    let readable = world.facts.readable(account);
    let papers: Vec<&Paper> = world.facts.papers.values().collect();
    let about = |way: &str| format!("{way}, {}, person {person}", world.name);
    let session = directory.session(&world.sessions[person]).await.unwrap();
    let who = directory
        .permitted_on(session.unwrap().principal, DAY)
        .await
        .unwrap();
    let scope = reach(&who, Act::Read, KIND);
    let holder = directory.account(account).await.unwrap().unwrap();
    let mut compared = 0;

    for paper in &papers {
        let (id, expected) = (paper.id, readable.contains(&paper.id));
        let all = Scope::bypass("a test");
        let record = store.fetch(KIND, &all, id).await.unwrap().unwrap();
        let subject = Subject {
            kind: KIND,
            unit: paper.unit,
            state: paper.state,
            author: None,
        };
        let point = may_head(&who, Act::Read, &subject, Some(&record.head)).is_allowed();
        let asked = directory.access_record(id).await.unwrap().unwrap();
        let explained = directory.explain_access(&holder, Act::Read, &asked, DAY);
        let explained = explained.await.unwrap();
        let history = store.history(KIND, &scope, id, 10).await.unwrap();
        let first = store.fetch_version(KIND, &scope, id, 1).await.unwrap();
        let files = store.files_of(KIND, &scope);
        let audit = store.audit_of(KIND, &scope, id, 10).await.unwrap();
        let answers = [
            ("point", point),
            ("explained", explained.allowed),
            ("scope", scope.reaches(&record.head)),
            (
                "fetch",
                store.fetch(KIND, &scope, id).await.unwrap().is_some(),
            ),
            ("history", history.len() == paper.versions),
            ("no history", !history.is_empty()),
            ("first version", first.is_some()),
            (
                "as of",
                store
                    .as_of(KIND, &scope, id, NOW.plus_seconds(9_999))
                    .await
                    .unwrap()
                    .is_some(),
            ),
            ("audit", audit.len() == paper.versions),
            ("no audit", !audit.is_empty()),
            ("file", files.file(&paper.file).await.unwrap().is_some()),
            (
                "file content",
                files.open(&paper.file).await.unwrap().is_some(),
            ),
            (
                "file users",
                store.file_users(KIND, &scope, &paper.file).await.unwrap() == [id],
            ),
        ];
        for (way, answer) in answers {
            assert_eq!(
                answer,
                expected,
                "{}: {paper:?}\nheld: {:?}\nproduct: {:?}\nfrom: {:?}",
                about(way),
                world.facts.held(account),
                who.grants,
                world.facts.about(account)
            );
            compared += 1;
        }
    }

    let ids = |chosen: &dyn Fn(&Paper) -> bool| -> BTreeSet<Id> {
        let chosen = papers.iter().filter(|paper| chosen(paper));
        chosen
            .map(|paper| paper.id)
            .filter(|id| readable.contains(id))
            .collect()
    };
    let these = store.fetch_these(KIND, &scope, papers.iter().map(|paper| paper.id));
    let these = these
        .await
        .unwrap()
        .into_iter()
        .map(|record| record.head.id);
    assert_eq!(
        these.collect::<BTreeSet<_>>(),
        readable,
        "{}",
        about("several")
    );
    let whole = store.columns(KIND, &scope, &["id"]).await.unwrap();
    let whole = whole.iter().map(|row| row[0].as_id().unwrap());
    assert_eq!(
        whole.collect::<BTreeSet<_>>(),
        readable,
        "{}",
        about("export")
    );
    let listed = listed(directory, ListQuery::new(KIND, scope.clone())).await;
    assert_eq!(listed, readable, "{}", about("list"));
    let backwards = ListQuery::new(KIND, scope.clone()).descending();
    assert_eq!(
        self::listed(directory, backwards).await,
        readable,
        "{}",
        about("list backwards")
    );
    let count = store
        .count_up_to(&ListQuery::new(KIND, scope.clone()), 1_000)
        .await
        .unwrap();
    assert_eq!(count, readable.len(), "{}", about("count"));
    compared += 5;
    for marker in MARKERS {
        let query = ListQuery::new(KIND, scope.clone()).filter("marker", marker.to_owned());
        let expected = ids(&|paper| paper.marker == Some(marker));
        assert_eq!(
            store.count_up_to(&query, 1_000).await.unwrap(),
            expected.len()
        );
        assert_eq!(
            self::listed(directory, query).await,
            expected,
            "{}",
            about(marker)
        );
        compared += 2;
    }
    for state in STATES {
        let query = ListQuery::new(KIND, scope.clone()).filter("state", state.to_owned());
        let expected = ids(&|paper| paper.state == state);
        assert_eq!(
            self::listed(directory, query).await,
            expected,
            "{}",
            about(state)
        );
        compared += 1;
    }
    // Whole words as one searches, and beginnings as suggestions are asked for.
    for text in WORDS
        .into_iter()
        .chain(["nước", "nu", "nuoc th", "tr", "không có"])
    {
        let query = SearchQuery {
            table: KIND.to_owned(),
            scope: scope.clone(),
            text: text.to_owned(),
            limit: 200,
        };
        let found = store
            .search(&query)
            .await
            .unwrap()
            .into_iter()
            .map(|head| head.id);
        let expected = ids(&|paper| matches(text, paper.words));
        assert_eq!(found.collect::<BTreeSet<_>>(), expected, "{}", about(text));
        compared += 1;
    }
    let audit = AuditQuery {
        table: Some(KIND.to_owned()),
        limit: 500,
        ..AuditQuery::default()
    };
    let entries = store.audit_entries(&scope, &audit).await.unwrap();
    let entries = entries.into_iter().map(|entry| entry.record);
    assert_eq!(
        entries.collect::<BTreeSet<_>>(),
        readable,
        "{}",
        about("audit")
    );
    (compared + 1, readable.len())
}

/// Whether every word typed stands among the words, the last one perhaps only begun.
fn matches(typed: &str, words: &str) -> bool {
    let words = fold::tokens(words);
    let typed = fold::tokens(typed);
    let Some((last, whole)) = typed.split_last() else {
        return false;
    };
    whole.iter().all(|word| words.contains(word))
        && words.iter().any(|word| word.starts_with(last.as_str()))
}

async fn listed(directory: &Directory, query: ListQuery) -> BTreeSet<Id> {
    let mut query = query.limit(7);
    let mut ids = BTreeSet::new();
    loop {
        let page = directory.store().list(&query).await.unwrap();
        for head in page.items {
            assert!(ids.insert(head.id), "a page shows what another one showed");
        }
        match page.next {
            Some(next) => query = query.after(Some(next)),
            None => return ids,
        }
    }
}
