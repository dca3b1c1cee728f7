//! Pages of fifty out of a million, for the shapes of scope that hurt.

use store::{Config, Cursor, ListQuery, Scope, Store, Value};
use vocab::Id;

use crate::bare::Peer;
use crate::figure::Figure;
use crate::options::Options;
use crate::place::Engine;
use crate::{Failure, dataset, records, turns};

/// What a page shows of each record.
const COLUMNS: &str =
    "id, version, unit, state, sort_key, created_at, updated_at, title, marker, amount, code";

/// A list as somebody may see it.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// None: every unit.
    pub(crate) units: Option<Vec<Id>>,
    marker: Option<&'static str>,
}

/// The shapes that hurt.
pub(crate) fn shapes() -> Vec<Shape> {
    let within = |name, units| Shape {
        name,
        units: Some(units),
        marker: None,
    };
    vec![
        within(
            "the 3 % that one may see as one district of 14 units",
            records::district(),
        ),
        within(
            "the 3 % that one may see as 40 scattered units",
            records::scattered(),
        ),
        within(
            "the 3 % that one may see as the last in sort order",
            records::last(),
        ),
        Shape {
            name: "a filter that leaves seven rows",
            units: None,
            marker: Some(records::RARE_MARKER),
        },
        Shape {
            name: "every record",
            units: None,
            marker: None,
        },
    ]
}

/// Each shape at any depth, against the best query by hand; refuses plans that scan or sort.
pub(crate) async fn measure(
    engine: &Engine,
    options: &Options,
    config: &Config,
    store: &Store,
) -> Result<Vec<Figure>, Failure> {
    let peer = Peer::connect(config).await?;
    let depths = options.scaled(300, 60);
    let mut figures = Vec::new();
    for shape in shapes() {
        let cursors = shape.cursors(&peer, depths).await?;
        let at = |turn: usize| cursors[turn % cursors.len()].clone();
        shape.check(&peer, store, at(1)).await?;
        let turns = turns::take(
            depths,
            async |turn| {
                store.list(&shape.query(shape.scope(), at(turn))).await?;
                Ok(())
            },
            async |turn| {
                let (sql, params) = shape.by_hand(&peer, at(turn));
                peer.query(&sql, &params).await?;
                Ok(())
            },
        )
        .await?;
        figures.push(turns.figure(
            engine,
            format!(
                "50-row page of {}, any depth: {}",
                dataset::size_text(options),
                shape.name
            ),
            "the best query by hand",
            Some(2.0),
            15.0,
        ));
    }
    Ok(figures)
}

impl Shape {
    fn scope(&self) -> Scope {
        let units = self.units.as_ref();
        units.map_or(Scope::bypass("measurements"), |units| {
            Scope::units(units.iter().copied())
        })
    }

    /// A page as a scope reaches it.
    pub(crate) fn query(&self, scope: Scope, after: Option<Cursor>) -> ListQuery {
        let query = ListQuery::new(records::TABLE, scope).after(after);
        match self.marker {
            Some(marker) => query.filter("marker", marker),
            None => query,
        }
    }

    /// The same page as one statement: a part for each unit along its index, merged.
    fn by_hand(&self, peer: &Peer, after: Option<Cursor>) -> (String, Vec<Value>) {
        let mut params = Vec::new();
        let mut common = Vec::new();
        if let Some(marker) = self.marker {
            params.push(marker.into());
            common.push(format!("marker = ?{}", params.len()));
        }
        if let Some(cursor) = after {
            params.push(cursor.sort_key.into());
            params.push(cursor.id.into());
            common.push(format!(
                "(sort_key, id) > (?{}, ?{})",
                params.len() - 1,
                params.len()
            ));
        }
        let part = |conditions: &[String]| {
            let place = if conditions.is_empty() {
                String::new()
            } else {
                format!(" WHERE {}", conditions.join(" AND "))
            };
            format!("SELECT {COLUMNS} FROM head_dossier{place}")
        };
        let parts = match &self.units {
            None => vec![part(&common)],
            Some(units) => units
                .iter()
                .map(|unit| {
                    params.push((*unit).into());
                    let mut conditions = vec![format!("unit = ?{}", params.len())];
                    conditions.extend(common.iter().cloned());
                    match peer {
                        // Only parts that are in order by their own words are merged.
                        Peer::Postgres(..) if units.len() > 1 => {
                            format!("({} ORDER BY sort_key, id LIMIT 51)", part(&conditions))
                        }
                        Peer::Postgres(..) | Peer::Sqlite(_) => part(&conditions),
                    }
                })
                .collect(),
        };
        let sql = format!(
            "{} ORDER BY sort_key, id LIMIT 51",
            parts.join(" UNION ALL ")
        );
        (sql, params)
    }

    /// Places to start a page from: the beginning, and others from all over the list.
    pub(crate) async fn cursors(
        &self,
        peer: &Peer,
        wanted: usize,
    ) -> Result<Vec<Option<Cursor>>, Failure> {
        let marks: Vec<String> = (1..=self.units.as_ref().map_or(0, Vec::len))
            .map(|number| format!("?{number}"))
            .collect();
        let place = match (&self.units, self.marker) {
            (Some(_), _) => format!("WHERE unit IN ({})", marks.join(", ")),
            (None, Some(marker)) => format!("WHERE marker = '{marker}'"),
            // A fraction of a million is enough to start from.
            (None, None) => "WHERE amount < 10000000".to_owned(),
        };
        let units = self.units.iter().flatten();
        let params: Vec<Value> = units.map(|unit| Value::from(*unit)).collect();
        let sql = format!("SELECT sort_key, id FROM head_dossier {place} ORDER BY sort_key, id");
        let rows = peer.query(&sql, &params).await?;
        let mut cursors = vec![None];
        for turn in 1..wanted {
            // A step that shares no factor with the length visits the places in a wild order.
            let row = &rows[(turn * 7_919) % rows.len()];
            let (Some(sort_key), Some(id)) = (row[0].as_bytes(), row[1].as_id()) else {
                return Err("a head has a sort key and an id".into());
            };
            cursors.push(Some(Cursor {
                sort_key: sort_key.to_vec(),
                id,
            }));
        }
        Ok(cursors)
    }

    /// Both ways give the same page, and the store's plan neither scans nor sorts.
    async fn check(
        &self,
        peer: &Peer,
        store: &Store,
        after: Option<Cursor>,
    ) -> Result<(), Failure> {
        let query = self.query(self.scope(), after.clone());
        let page = store.list(&query).await?;
        let (sql, params) = self.by_hand(peer, after);
        let mut rows = peer.query(&sql, &params).await?;
        rows.truncate(50);
        let theirs: Vec<Option<Id>> = rows.iter().map(|row| row[0].as_id()).collect();
        let ours: Vec<Option<Id>> = page.items.iter().map(|head| Some(head.id)).collect();
        if ours != theirs {
            return Err(format!("{}: the two ways give different pages", self.name).into());
        }
        let plan = store.explain_list(&query).await?;
        match plan.iter().find(|line| scans_or_sorts(line)) {
            Some(line) => Err(format!("{}: the plan has «{}»", self.name, line.trim()).into()),
            None => Ok(()),
        }
    }
}

/// Whether a step of a plan reads a whole table or sorts. Walking an index from its start
/// is neither: the limit ends it.
fn scans_or_sorts(step: &str) -> bool {
    let scan = step.contains("Seq Scan")
        || step.contains("Bitmap")
        || (step.contains("SCAN") && !step.contains("INDEX"));
    scan || step.contains("TEMP B-TREE") || step.contains("Sort  (") || step.contains("Sort (")
}
