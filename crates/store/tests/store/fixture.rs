//! A store of its own for each test, on each engine that is there.

use store::{Actor, ColumnKind, Config, Expect, Op, RecordPut, Store, TableSpec, Value, Write};
use tempfile::TempDir;
use tokio_postgres::NoTls;
use vocab::context::fixed;
use vocab::{Context, Id};

/// A store and what it lives in.
pub(crate) struct Place {
    pub(crate) name: &'static str,
    pub(crate) store: Store,
    pub(crate) config: Config,
    pub(crate) folder: TempDir,
}

/// The records that tests keep.
pub(crate) fn tables() -> Vec<TableSpec> {
    vec![
        TableSpec::new("thing")
            .column("title", ColumnKind::Text)
            .column("amount", ColumnKind::Int)
            .unique("code", ColumnKind::Text)
            .filter("title")
            .filter("state")
            .ranged("amount")
            .searchable(),
    ]
}

/// An empty store on SQLite and, where `./dev test` started one, on PostgreSQL.
pub(crate) async fn places(seed: u64) -> Vec<Place> {
    let mut places = vec![open("sqlite", None, fixed::context(seed)).await];
    if let Some(url) = scratch::database().await {
        places.push(open("postgres", Some(url), fixed::context(seed)).await);
    }
    places
}

/// A place on each engine in which there is no store yet.
pub(crate) async fn empty_places() -> Vec<(&'static str, Config, TempDir)> {
    let folder = TempDir::new().unwrap();
    let mut places = vec![(
        "sqlite",
        Config::embedded(folder.path().join("data")),
        folder,
    )];
    if let Some(url) = scratch::database().await {
        let folder = TempDir::new().unwrap();
        places.push((
            "postgres",
            Config::postgres(folder.path().join("data"), url),
            folder,
        ));
    }
    places
}

async fn open(name: &'static str, url: Option<String>, context: Context) -> Place {
    let folder = TempDir::new().unwrap();
    let config = Config {
        data: folder.path().to_owned(),
        database_url: url,
        max_page_count: None,
    };
    let store = Store::open(&config, tables(), context).await.unwrap();
    Place {
        name,
        store,
        config,
        folder,
    }
}

impl Place {
    /// The same store, as another process has it open.
    pub(crate) async fn another(&self, seed: u64) -> Store {
        Store::open(&self.config, tables(), fixed::context(seed))
            .await
            .unwrap()
    }

    /// Changes rows behind the store's back, as somebody who tampers would.
    pub(crate) async fn tamper(&self, sql: &str) {
        assert!(self.run(sql).await > 0, "{sql} changed nothing");
    }

    /// Runs SQL behind the store's back and gives how many rows it changed.
    pub(crate) async fn run(&self, sql: &str) -> u64 {
        let Some(url) = &self.config.database_url else {
            let connection =
                rusqlite::Connection::open(self.folder.path().join("phusa.db")).unwrap();
            let sql = sql.replace("'::bytea", "'").replace("'\\x", "x'");
            return u64::try_from(connection.execute(&sql, []).unwrap()).unwrap();
        };
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client.execute(sql, &[]).await.unwrap()
    }
}

/// The files in a folder and those below it.
pub(crate) fn files_in(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_in(&path));
        } else {
            files.push(path);
        }
    }
    files
}

/// Somebody who may write.
pub(crate) fn actor() -> Actor {
    Actor {
        account: id(1),
        on_behalf: None,
        via: "api".to_owned(),
        request: id(2),
    }
}

/// A small id that sorts by its number.
pub(crate) fn id(number: u64) -> Id {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    Id::from_bytes(bytes)
}

/// A record with a title, owned by a unit.
pub(crate) fn thing(number: u64, unit: u64, title: &str, expect: Expect) -> RecordPut {
    RecordPut {
        table: "thing".to_owned(),
        id: id(number),
        expect,
        action: if expect == Expect::New {
            "create"
        } else {
            "edit"
        }
        .to_owned(),
        unit: id(unit),
        state: "draft".to_owned(),
        sort_key: title.as_bytes().to_vec(),
        columns: vec![title.into(), Value::Int(1), Value::Null],
        body: vocab::canonical::to_text(&serde_json::json!({ "title": title })).unwrap(),
        schema: String::new(),
        tokens: vocab::fold::tokens(title),
        files: Vec::new(),
    }
}

/// A write of one record.
pub(crate) fn put(record: RecordPut) -> Write {
    Write::by(actor()).op(Op::Put(record))
}

/// Seals until so many leaves are sealed: transactions of other tests on the same server
/// hold sealing up for a moment.
pub(crate) async fn seal_all(store: &Store, leaves: i64) -> store::audit::AuditHead {
    for _ in 0..200 {
        let head = store.seal().await.unwrap();
        if head.leaves >= leaves {
            return head;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{leaves} leaves were not sealed within ten seconds");
}
