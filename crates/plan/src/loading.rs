//! Keeping a decision that was read: what differs from what is kept, and one transaction for
//! all of it.

mod difference;
mod documents;
mod doubts;
mod kept;
mod matching;
mod said;
mod sources;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use directory::UnitTree;
use registry::{Batch, Caller, Done, Draft, Evidence, Record, RegistryError};
use serde::Serialize;
use serde_json::{Map, Value};
use vocab::{Id, Problem};

pub use difference::{Change, Counts, Difference, FieldChange, ItemChange};

use crate::declarations::{DUTY, INDICATOR, PROJECT, TARGET};
use crate::error::PlanError;
use crate::import::{self, FindingCode, ParsedPlan, ReadDecision};
use crate::measures::Review;
use crate::names::{Meaning, Understood, aliases};
use crate::plans::{EPOCH, Plans};
use crate::records::{IndicatorBody, NameInDoubt, Retired, TargetBody, to_map};
use documents::{Documents, Reading};
use kept::Kept;
use said::with_what_people_said;

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// Such as `833/QĐ-UBND`.
    pub symbol: String,
    /// How many targets the document has.
    pub targets: usize,
    /// How many projects.
    pub projects: usize,
    /// How many indicators measure the targets.
    pub indicators: usize,
    /// In how many places it does not add up.
    pub findings: usize,
    /// How many records were made.
    pub created: usize,
    /// How many were changed.
    pub changed: usize,
    /// Whether the very same text was imported before: then nothing was done.
    pub known: bool,
}

/// A document held against what is kept; nothing is written.
pub struct Comparison {
    /// What the document says.
    pub read: ReadDecision,
    /// What importing it would change.
    pub difference: Difference,
    /// The names of bodies that would wait for a person.
    pub names: Vec<NameInDoubt>,
    /// The units as they stood on the day of the decision.
    pub units: Arc<UnitTree>,
}

/// A document read and ready to be kept.
struct Prepared {
    read: ReadDecision,
    units: Arc<UnitTree>,
    documents: Documents,
    kept: Kept,
    difference: Difference,
}

impl Plans {
    /// Reads a decision from a file of any kind and says what importing it would change.
    pub async fn compare(&self, file: impl AsRef<[u8]>) -> Result<Comparison, PlanError> {
        let meanings = self.meanings().await?;
        let prepared = self.prepare(file.as_ref(), &meanings).await?;
        Ok(Comparison {
            names: prepared.documents.names,
            read: prepared.read,
            difference: prepared.difference,
            units: prepared.units,
        })
    }

    /// Reads a decision from a file of any kind and keeps it with its source. The same file
    /// again changes nothing; another one of the same decision changes what differs, each change
    /// a version. What the text does without is retired, not removed.
    pub async fn import(
        &self,
        by: &Caller,
        name: &str,
        file: impl AsRef<[u8]>,
    ) -> Result<ImportReport, PlanError> {
        self.import_as_seen(by, name, file, None).await
    }

    /// The same, for somebody who saw the difference from that version of the plan
    /// ([`Difference::version`]): refused with `plan-changed` where it is another one by now.
    pub async fn import_as_seen(
        &self,
        by: &Caller,
        name: &str,
        file: impl AsRef<[u8]>,
        seen: Option<i64>,
    ) -> Result<ImportReport, PlanError> {
        let file = file.as_ref();
        let meanings = self.meanings().await?;
        let mut prepared = self.prepare(file, &meanings).await?;
        if seen.is_some_and(|seen| seen != prepared.difference.version) {
            let problem = Problem::new(409, "plan-changed", "confirming an import");
            return Err(RegistryError::Refused(problem).into());
        }
        let mut sources = vec![self.keep_source(by, name, file).await?];
        // Lines are those of the text that was read, which is kept beside any other file.
        let text = &prepared.read.source.text;
        if file != text.as_bytes() {
            let name = format!("{name}.txt");
            sources.push(self.keep_source(by, &name, text.as_bytes()).await?);
        }
        prepared.name_sources(&sources)?;
        if prepared.is_known() {
            return Ok(ImportReport {
                known: true,
                ..prepared.report()
            });
        }
        self.apply(self.registry().batch(by), prepared, name).await
    }

    /// Reads the latest plan's source again with these meanings of names, and commits what that
    /// changes with what the batch holds already. Gives nothing where there is no plan.
    pub(crate) async fn read_again(
        &self,
        batch: Batch<'_>,
        meanings: &BTreeMap<String, Meaning>,
    ) -> Result<Option<ImportReport>, PlanError> {
        let view = self.view().await?;
        let Some(source) = view.as_ref().and_then(|view| view.body.source.first()) else {
            batch.commit(String::new()).await?;
            return Ok(None);
        };
        let bytes = self.source(source).await?;
        let mut prepared = self.prepare(&bytes, meanings).await?;
        let sources = prepared.kept.plan.as_ref();
        let sources = sources.map(|(_, body)| body.source.clone());
        prepared.name_sources(&sources.unwrap_or_default())?;
        let report = self.apply(batch, prepared, &source.name).await?;
        Ok(Some(report))
    }

    /// The units of the latest plan's day, if there is a plan.
    pub(crate) async fn plan_units(&self) -> Result<Option<Arc<UnitTree>>, PlanError> {
        Ok(self.view().await?.map(|view| view.units.clone()))
    }

    async fn prepare(
        &self,
        file: &[u8],
        meanings: &BTreeMap<String, Meaning>,
    ) -> Result<Prepared, PlanError> {
        let directory = self.registry().directory();
        let now = directory.units().await?;
        let bytes = file.to_vec();
        let table = aliases(meanings, &now);
        // Unpacking and parsing take their time: not in the threads that answer requests.
        let read = tokio::task::spawn_blocking(move || import::read_file_with(&bytes, &table));
        let read = read
            .await
            .map_err(|error| PlanError::Shape(format!("reading a decision: {error}")))??;
        // Names mean the units that stood on the day of the decision.
        let units = match read.plan.facts.date {
            Some(date) => directory.units_on(date).await?,
            None => now,
        };
        let kept = Kept::read(self.registry(), documents::plan_id(&read.plan)).await?;
        let review = Review::shipped(&read.plan.facts.symbol.to_string())?;
        let names = Understood {
            units: &units,
            decided: meanings,
        };
        let reading = Reading {
            parsed: &read.plan,
            names: &names,
            review: review.as_ref(),
            kept: &kept,
        };
        let documents = reading.documents()?;
        let unread = rows_unread(&read.plan);
        let difference = difference::difference(&kept, &documents.records, unread)?;
        Ok(Prepared {
            read,
            units,
            documents,
            kept,
            difference,
        })
    }

    async fn apply(
        &self,
        mut batch: Batch<'_>,
        prepared: Prepared,
        document: &str,
    ) -> Result<ImportReport, PlanError> {
        let mut report = prepared.report();
        let now = self.registry().store().context().now();
        let retired = Retired {
            on: now.in_vietnam().date().to_string(),
            document: document.to_owned(),
        };
        for (kind, record, body) in prepared.taken_away(&retired)? {
            batch.edit(kind, record, body).await?;
            report.changed += 1;
        }
        let known = prepared.kept.records();
        for (kind, id, body) in prepared.documents.records {
            let Some(current) = known.get(&id) else {
                let draft = Draft {
                    kind,
                    id: Some(id),
                    unit: directory::province(),
                    body,
                };
                batch.create(draft).await?;
                report.created += 1;
                continue;
            };
            let body = with_what_people_said(kind, current, body)?;
            if current.body != without_nulls(&body) {
                batch.edit(kind, current, body).await?;
                report.changed += 1;
            }
        }
        batch.bump(EPOCH);
        let answer = serde_json::to_string(&report).unwrap_or_default();
        if let Done::Before(_) = batch.commit(answer).await? {
            report.known = true;
        }
        self.stale();
        Ok(report)
    }
}

/// Records that are edited, each with its new body.
type Edits<'p> = Vec<(&'static str, &'p Record, Map<String, Value>)>;

impl Prepared {
    fn report(&self) -> ImportReport {
        let parsed = &self.read.plan;
        ImportReport {
            symbol: parsed.facts.symbol.to_string(),
            targets: parsed.targets.len(),
            projects: parsed.projects().count(),
            indicators: self.documents.indicators,
            findings: parsed.findings.len(),
            created: 0,
            changed: 0,
            known: false,
        }
    }

    fn name_sources(&mut self, sources: &[Evidence]) -> Result<(), PlanError> {
        if let Some((_, _, body)) = self.documents.records.first_mut() {
            let sources = serde_json::to_value(sources)
                .map_err(|error| PlanError::Shape(format!("the sources of a plan: {error}")))?;
            body.insert("source".to_owned(), sources);
        }
        Ok(())
    }

    /// Whether the document was imported before, and is understood as it was then.
    fn is_known(&self) -> bool {
        let new = self.documents.records.first().map(|(_, _, body)| body);
        let known = self.kept.plan.as_ref().map(|(record, _)| &record.body);
        new.zip(known)
            .is_some_and(|(new, known)| without_nulls(new) == *known)
            && self.difference.is_empty()
    }

    /// What the document does without, with the body that says so.
    fn taken_away(&self, retired: &Retired) -> Result<Edits<'_>, PlanError> {
        let read: HashSet<Id> = self
            .documents
            .records
            .iter()
            .map(|(_, id, _)| *id)
            .collect();
        let goes = |id: Id| !read.contains(&id);
        let mut edits: Edits<'_> = Vec::new();
        let unread = rows_unread(&self.read.plan);
        let flag = serde_json::to_value(retired)
            .map_err(|error| PlanError::Shape(format!("the end of a row: {error}")))?;
        let mut end = |kind, record| {
            let record: &Record = record;
            if goes(record.id) && !record.body.contains_key("retired") {
                let mut body = record.body.clone();
                body.insert("retired".to_owned(), flag.clone());
                edits.push((kind, record, body));
            }
        };
        // A row that could not be read takes nothing away: findings tell of it.
        if !unread {
            self.kept
                .targets
                .iter()
                .for_each(|(own, _)| end(TARGET, own));
            self.kept
                .projects
                .iter()
                .for_each(|(own, _)| end(PROJECT, own));
        }
        self.kept.duties.iter().for_each(|(own, _)| end(DUTY, own));
        for (record, body) in &self.kept.indicators {
            if !goes(record.id) || body.retired {
                continue;
            }
            let body = if read.contains(&body.target) {
                // Its target needs it no more.
                IndicatorBody {
                    retired: true,
                    ..body.clone()
                }
            } else if !unread && !body.also.is_empty() {
                // Its target is retired with it; those that shared it are measured otherwise.
                IndicatorBody {
                    also: Vec::new(),
                    ..body.clone()
                }
            } else {
                continue;
            };
            edits.push((INDICATOR, record, to_map("an indicator", &body)?));
        }
        Ok(edits)
    }
}

/// Whether some rows could not be read.
fn rows_unread(plan: &ParsedPlan) -> bool {
    let mut findings = plan.findings.iter();
    findings.any(|finding| finding.code == FindingCode::RowUnreadable)
}

fn without_nulls(body: &Map<String, Value>) -> Map<String, Value> {
    let kept = body.iter().filter(|(_, value)| !value.is_null());
    kept.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The rows of a text as the targets that they are.
pub(crate) struct RowsFound {
    /// Each row's target, in the order of the text: one that is known, or a new one.
    pub rows: Vec<(Id, TargetBody)>,
    /// Whether some rows could not be read.
    pub unread: bool,
}

/// Finds the rows of a text among the targets of a plan as they read on a day.
pub(crate) fn rows_found(
    parsed: &ParsedPlan,
    names: &Understood<'_>,
    known: &[(Id, TargetBody)],
) -> RowsFound {
    let kept = Kept::default();
    let reading = Reading {
        parsed,
        names,
        review: None,
        kept: &kept,
    };
    RowsFound {
        rows: reading.targets_among(&kept::known_targets(known)),
        unread: rows_unread(parsed),
    }
}
