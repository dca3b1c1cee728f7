//! Keeping a decision that was read: one transaction for all of it.

use std::collections::{BTreeMap, HashMap, HashSet};

use directory::UnitTree;
use registry::{Batch, Caller, Done, Draft, Evidence, Record};
use serde::Serialize;
use serde_json::{Map, Value};
use store::{ListQuery, Scope};
use vocab::Id;

use crate::declarations::{INDICATOR, PLAN, PROJECT, TARGET};
use crate::error::PlanError;
use crate::import::{self, Amounts, BodyList, NamedBody, ParsedPlan, ReadDecision};
use crate::measures::{self, Origin, Review};
use crate::plans::{EPOCH, Plans, identity};
use crate::records::{
    Annex, AnnexGroup, Budget, Facts, Finding, Heading, IndicatorBody, Party, PlanBody,
    ProjectBody, TargetBody, to_map,
};

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

/// The records of one document, by kind, identity and body.
struct Documents {
    plan: Id,
    records: Vec<(&'static str, Id, Map<String, Value>)>,
    indicators: usize,
}

impl Plans {
    /// Reads a decision from a file of any kind and keeps it with its source. The same file
    /// again changes nothing; another one of the same decision changes what differs, each change
    /// a version.
    pub async fn import(
        &self,
        by: &Caller,
        name: &str,
        file: impl AsRef<[u8]>,
    ) -> Result<ImportReport, PlanError> {
        let file = file.as_ref();
        let ReadDecision {
            plan: parsed,
            source: reading,
        } = import::read_file(file)?;
        let directory = self.registry().directory();
        // Names mean the units that stood on the day of the decision.
        let units = match parsed.facts.date {
            Some(date) => directory.units_on(date).await?,
            None => directory.units().await?,
        };
        let mut sources = vec![self.keep_source(by, name, file).await?];
        // Lines are those of the text that was read, which is kept beside any other file.
        if file != reading.text.as_bytes() {
            let text = format!("{name}.txt");
            sources.push(self.keep_source(by, &text, reading.text.as_bytes()).await?);
        }
        let digest = sources.first().map(|file| file.sha256.clone());
        let review = Review::shipped(&parsed.facts.symbol.to_string())?;
        let documents = documents(&parsed, &units, sources, review.as_ref())?;
        let mut report = ImportReport {
            symbol: parsed.facts.symbol.to_string(),
            targets: parsed.targets.len(),
            projects: parsed.projects().count(),
            indicators: documents.indicators,
            findings: parsed.findings.len(),
            created: 0,
            changed: 0,
            known: false,
        };
        if let Some(known) = self.registry().find(PLAN, documents.plan).await? {
            let known: PlanBody = known.read()?;
            let same = known.source.first().map(|file| &file.sha256) == digest.as_ref();
            if same && known.review == review.map(|review| review.digest) {
                report.known = true;
                return Ok(report);
            }
        }
        let mut batch = self.registry().batch(by);
        self.retire(&mut batch, &mut report, &documents).await?;
        for (kind, id, body) in documents.records {
            self.keep(&mut batch, &mut report, kind, id, body).await?;
        }
        batch.bump(EPOCH);
        let answer = serde_json::to_string(&report).unwrap_or_default();
        if let Done::Before(_) = batch.commit(answer).await? {
            report.known = true;
        }
        self.stale();
        Ok(report)
    }

    /// Indicators that a target of the document does not need any more are measured no longer.
    async fn retire(
        &self,
        batch: &mut Batch<'_>,
        report: &mut ImportReport,
        documents: &Documents,
    ) -> Result<(), PlanError> {
        let of_plan = ListQuery::new(
            INDICATOR,
            Scope::bypass("an import compares the document with all that was kept of it"),
        );
        let of_plan = of_plan.filter("plan", documents.plan);
        let read: HashSet<Id> = documents.records.iter().map(|(_, id, _)| *id).collect();
        let has = |id: Id| read.contains(&id);
        for known in self.registry().all(of_plan).await? {
            let body: IndicatorBody = known.read()?;
            // A row that could not be read takes nothing away: findings tell of it.
            if has(body.target) && !has(known.id) && !body.retired {
                let body = IndicatorBody {
                    retired: true,
                    ..body
                };
                batch
                    .edit(INDICATOR, &known, to_map("an indicator", &body)?)
                    .await?;
                report.changed += 1;
            }
        }
        Ok(())
    }

    async fn keep(
        &self,
        batch: &mut Batch<'_>,
        report: &mut ImportReport,
        kind: &'static str,
        id: Id,
        body: Map<String, Value>,
    ) -> Result<(), PlanError> {
        let Some(current) = self.registry().find(kind, id).await? else {
            let draft = Draft {
                kind,
                id: Some(id),
                unit: directory::province(),
                body,
            };
            batch.create(draft).await?;
            report.created += 1;
            return Ok(());
        };
        let body = match kind {
            INDICATOR => with_what_was_confirmed(&current, body)?,
            TARGET => with_what_was_chosen(&current, body),
            _ => body,
        };
        if current.body != without_nulls(&body) {
            batch.edit(kind, &current, body).await?;
            report.changed += 1;
        }
        Ok(())
    }

    async fn keep_source(
        &self,
        by: &Caller,
        name: &str,
        content: &[u8],
    ) -> Result<Evidence, PlanError> {
        let mut upload = self.registry().store().upload(content.len() as u64).await?;
        upload.write(content).await?;
        let stored = upload.finish().await?;
        // What a person brings in is theirs to name; the program itself needs no receipt.
        if by
            .principal
            .account
            .is_some_and(|account| !account.is_nil())
        {
            self.registry().receive(by, &stored.digest).await?;
        }
        Ok(Evidence::of(name, &stored))
    }
}

/// What a person says of a measure.
const CONFIRMED: [&str; 7] = [
    "measure",
    "measure_unit",
    "counts",
    "among",
    "origin",
    "due",
    "baseline",
];

/// The body of an indicator that is known: what a person said of a goal stands as long as the
/// goal does, and the rest is the document's.
fn with_what_was_confirmed(
    current: &Record,
    mut body: Map<String, Value>,
) -> Result<Map<String, Value>, PlanError> {
    let known: IndicatorBody = current.read()?;
    let goal = body.get("goal").and_then(Value::as_str);
    if known.origin == Origin::Confirmed && goal == Some(known.goal.as_str()) {
        for said in CONFIRMED {
            let value = current.body.get(said).cloned().unwrap_or_default();
            body.insert(said.to_owned(), value);
        }
    }
    Ok(body)
}

/// The body of a target that is known: whether it is public is the coordinator's to say.
fn with_what_was_chosen(current: &Record, mut body: Map<String, Value>) -> Map<String, Value> {
    if let Some(chosen) = current.body.get("published") {
        body.insert("published".to_owned(), chosen.clone());
    }
    body
}

fn documents(
    parsed: &ParsedPlan,
    units: &UnitTree,
    sources: Vec<Evidence>,
    review: Option<&Review>,
) -> Result<Documents, PlanError> {
    let symbol = parsed.facts.symbol.to_string();
    let plan = identity(&symbol);
    let mut records = vec![(
        PLAN,
        plan,
        to_map("the plan", &plan_body(parsed, units, sources, review))?,
    )];
    let mut indicators: Vec<(Id, IndicatorBody)> = Vec::new();
    let mut shared: HashMap<String, usize> = HashMap::new();
    for target in &parsed.targets {
        let key = format!("{symbol}#{}", target.number);
        let id = identity(&format!("target/{key}"));
        let body = TargetBody {
            plan,
            key: key.clone(),
            number: u16::try_from(target.number).unwrap_or(u16::MAX),
            group: target.group.clone(),
            line: target.line,
            name: target.name.clone(),
            goal: target.goal_text.clone(),
            leads: parties(&target.leads, units, None),
            partners: parties(&target.partners, units, None),
            legal_bases: target
                .legal_bases
                .iter()
                .map(|basis| basis.text.clone())
                .collect(),
            published: None,
        };
        records.push((TARGET, id, to_map(&key, &body)?));
        let mut measured = measures::of_target(plan, id, target, review);
        measures::start(&mut measured, target.number, &parsed.baselines);
        for (nth, (body, name)) in measured.into_iter().enumerate() {
            if let Some(known) = name.as_ref().and_then(|name| shared.get(name)) {
                indicators[*known].1.also.push(id);
                continue;
            }
            let key = format!("{key}.{}", nth + 1);
            if let Some(name) = name {
                shared.insert(name, indicators.len());
            }
            indicators.push((
                identity(&format!("indicator/{key}")),
                IndicatorBody {
                    key,
                    place: u32::try_from(indicators.len()).unwrap_or(u32::MAX),
                    ..body
                },
            ));
        }
    }
    for (id, body) in &indicators {
        records.push((INDICATOR, *id, to_map(&body.key, body)?));
    }
    let mut place = 0;
    for annex in &parsed.project_annexes {
        for group in &annex.groups {
            let within = group
                .body
                .as_ref()
                .and_then(|body| unit_of(units, &body.name, None));
            for project in &group.projects {
                let key = format!("{symbol}#{}/{}", annex.number, project.code);
                let body = ProjectBody {
                    plan,
                    key: key.clone(),
                    place,
                    annex: annex.number,
                    group: group.code.clone(),
                    code: project.code.clone(),
                    line: project.line,
                    name: project.name.clone(),
                    leads: parties(&project.leads, units, within),
                    budget: budget(&project.amounts),
                    note: group.note_on(project).text.clone(),
                };
                place += 1;
                records.push((
                    PROJECT,
                    identity(&format!("project/{key}")),
                    to_map(&key, &body)?,
                ));
            }
        }
    }
    Ok(Documents {
        plan,
        records,
        indicators: indicators.len(),
    })
}

fn plan_body(
    parsed: &ParsedPlan,
    units: &UnitTree,
    sources: Vec<Evidence>,
    review: Option<&Review>,
) -> PlanBody {
    let facts = &parsed.facts;
    PlanBody {
        symbol: facts.symbol.to_string(),
        title: facts.title.clone(),
        year: facts.year,
        source: sources,
        facts: Facts {
            date: facts.date.map(|date| date.to_string()),
            line: facts.line,
            issuer: facts.issuer.clone(),
            coordinator: facts
                .coordinator
                .as_ref()
                .map(|named| party(named, units, None)),
            budget: facts.budget.as_ref().map(|budget| Budget {
                total: Some(budget.total),
                recurrent: budget.recurrent,
                capital: budget.capital,
            }),
            budget_line: facts.budget.as_ref().map(|budget| budget.line),
        },
        groups: parsed
            .target_groups
            .iter()
            .map(|group| Heading {
                code: group.code.clone(),
                title: group.heading.clone(),
                line: group.line,
            })
            .collect(),
        annexes: parsed
            .project_annexes
            .iter()
            .map(|annex| annex_body(annex, units))
            .collect(),
        findings: parsed.findings.iter().map(finding).collect(),
        review: review.map(|review| review.digest.clone()),
    }
}

fn annex_body(annex: &import::ProjectAnnex, units: &UnitTree) -> Annex {
    let groups = annex.groups.iter().map(|group| AnnexGroup {
        code: group.code.clone(),
        name: group.name.clone(),
        unit: group
            .body
            .as_ref()
            .and_then(|body| unit_of(units, &body.name, None)),
        line: group.line,
        stated: budget(&group.stated),
        note: group.note.clone(),
    });
    Annex {
        number: annex.number,
        title: annex.title.clone(),
        stated: budget(&annex.stated),
        line: annex.line,
        groups: groups.collect(),
    }
}

fn budget(amounts: &Amounts) -> Budget {
    Budget {
        total: amounts.total.vnd,
        recurrent: amounts.recurrent.vnd,
        capital: amounts.capital.vnd,
    }
}

fn finding(finding: &import::Finding) -> Finding {
    let args: BTreeMap<String, Value> = finding
        .args
        .iter()
        .map(|(name, arg)| {
            let value = match arg {
                import::Arg::Text(words) => Value::from(words.as_str()),
                import::Arg::Number(number) => Value::from(*number),
            };
            ((*name).to_owned(), value)
        })
        .collect();
    Finding {
        code: plain_name(&finding.code),
        severity: plain_name(&finding.severity),
        lines: finding.lines.clone(),
        args,
    }
}

/// The name by which a plain enumeration is written.
fn plain_name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

fn parties(list: &BodyList, units: &UnitTree, within: Option<Id>) -> Vec<Party> {
    list.names
        .iter()
        .map(|named| party(named, units, within))
        .collect()
}

fn party(named: &NamedBody, units: &UnitTree, within: Option<Id>) -> Party {
    let name = named.body.as_ref().map(|body| body.name.clone());
    let reading = name.as_deref().and_then(|name| units.resolve(name, within));
    let (unit, group) = match reading {
        Some(directory::Reading::Unit(id)) => (Some(id), None),
        Some(directory::Reading::Group(group)) => (None, Some(group.key.clone())),
        None => (None, None),
    };
    Party {
        written: named.written.clone(),
        name,
        unit,
        group,
    }
}

fn unit_of(units: &UnitTree, name: &str, within: Option<Id>) -> Option<Id> {
    match units.resolve(name, within) {
        Some(directory::Reading::Unit(id)) => Some(id),
        _ => None,
    }
}

fn without_nulls(body: &Map<String, Value>) -> Map<String, Value> {
    let kept = body.iter().filter(|(_, value)| !value.is_null());
    kept.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
