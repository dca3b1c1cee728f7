//! What importing a document would change of what is kept: a pure comparison, field by field,
//! of the records kept with those that the document makes.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;
use serde_json::{Map, Value};
use vocab::{Id, Vnd};

use super::kept::{Kept, Read};
use crate::declarations::{DUTY, INDICATOR, PLAN, PROJECT, TARGET};
use crate::error::PlanError;
use crate::records::{
    Budget, Due, DutyBody, Finding, IndicatorBody, Party, PlanBody, ProjectBody, TargetBody,
};

/// What an import changes of what is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Difference {
    /// Whether a plan of this symbol is kept: else all is new.
    pub kept: bool,
    /// The version of its record; 0 if none is kept. A confirmation names the one that it saw.
    pub version: i64,
    /// What the plan says of itself.
    pub plan: Vec<FieldChange>,
    /// Targets, in the order of the document, those that it does without last.
    pub targets: Vec<ItemChange>,
    /// Projects, in that order.
    pub projects: Vec<ItemChange>,
    /// Duties, in that order.
    pub duties: Vec<ItemChange>,
    /// Measures of targets.
    pub indicators: Counts,
    /// Findings that appear.
    pub findings_new: Vec<Finding>,
    /// Findings that vanish.
    pub findings_gone: Vec<Finding>,
    /// How many rows only stand at another line.
    pub moved: usize,
}

/// Something that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemChange {
    /// How.
    pub what: Change,
    /// Its number: `12`, `2/9.1`; a duty's place.
    pub number: String,
    /// What it says.
    pub name: String,
    /// Its line in the document; in the text that is kept where the document does without it.
    pub line: u32,
    /// What differs, where it is there before and after.
    pub fields: Vec<FieldChange>,
}

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It is new.
    Added,
    /// It says something else.
    Changed,
    /// The document does without it.
    Dropped,
    /// An earlier document did without it, and this one has it again.
    Returned,
    /// It was not found, and some rows could not be read: it stays as it is.
    Unread,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Its name; amounts are named `…_vnd` and are in đồng.
    pub field: &'static str,
    /// What it said; empty for nothing.
    pub before: String,
    /// What it says.
    pub after: String,
}

/// How many differ, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// New ones.
    pub added: usize,
    /// Changed ones.
    pub changed: usize,
    /// Those that are used no longer.
    pub dropped: usize,
}

impl Difference {
    /// Whether nothing that anybody would read differs.
    pub fn is_empty(&self) -> bool {
        let lists = [&self.targets, &self.projects, &self.duties];
        self.kept
            && self.plan.is_empty()
            && lists.iter().all(|list| list.is_empty())
            && self.indicators == Counts::default()
            && self.findings_new.is_empty()
            && self.findings_gone.is_empty()
    }

    /// How many of a list differ so.
    pub fn count(list: &[ItemChange], what: Change) -> usize {
        list.iter().filter(|change| change.what == what).count()
    }
}

/// What tells a record from others of its kind, and where it stands.
struct Row<'b> {
    number: String,
    name: &'b str,
    line: u32,
    retired: bool,
}

/// What is read of a record, whatever its kind, in words that can be held against each other.
trait Said: serde::de::DeserializeOwned {
    fn row(&self) -> Row<'_>;
    fn fields(&self) -> Vec<(&'static str, String)>;
}

impl Said for TargetBody {
    fn row(&self) -> Row<'_> {
        Row {
            number: self.number.to_string(),
            name: &self.name,
            line: self.line,
            retired: self.retired.is_some(),
        }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("number", self.row().number),
            ("group", self.group.clone()),
            ("name", self.name.clone()),
            ("goal", self.goal.clone()),
            ("leads", parties(&self.leads)),
            ("partners", parties(&self.partners)),
            ("legal_bases", self.legal_bases.join("; ")),
            ("due", self.due.iter().map(due).collect()),
        ]
    }
}

impl Said for ProjectBody {
    fn row(&self) -> Row<'_> {
        Row {
            number: format!("{}/{}", self.annex, self.code),
            name: &self.name,
            line: self.line,
            retired: self.retired.is_some(),
        }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![
            ("number", self.row().number),
            ("name", self.name.clone()),
            ("leads", parties(&self.leads)),
        ];
        fields.extend(money(&self.budget));
        fields.push(("note", self.note.clone()));
        fields
    }
}

impl Said for DutyBody {
    fn row(&self) -> Row<'_> {
        Row {
            number: self.place.to_string(),
            name: &self.text,
            line: self.line,
            retired: self.retired.is_some(),
        }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let dues: Vec<String> = self.due.iter().map(due).collect();
        vec![
            ("text", self.text.clone()),
            ("under", self.under.join(" / ")),
            ("bodies", parties(&self.bodies)),
            ("due", dues.join("; ")),
        ]
    }
}

fn parties(parties: &[Party]) -> String {
    let named = parties.iter().map(|party| match &party.name {
        Some(name) if *name != party.written => format!("{} ({name})", party.written),
        _ => party.written.clone(),
    });
    named.collect::<Vec<_>>().join("; ")
}

fn due(due: &Due) -> String {
    match (&due.from, &due.by) {
        (None, None) => due.written.clone(),
        (from, by) => {
            let days: Vec<&str> = [from, by]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            format!("{} ({})", due.written, days.join(" – "))
        }
    }
}

fn money(budget: &Budget) -> [(&'static str, String); 3] {
    let amount = |vnd: Option<Vnd>| vnd.map_or(String::new(), |vnd| vnd.dong().to_string());
    [
        ("total_vnd", amount(budget.total)),
        ("recurrent_vnd", amount(budget.recurrent)),
        ("capital_vnd", amount(budget.capital)),
    ]
}

fn of_plan(plan: &PlanBody) -> Vec<(&'static str, String)> {
    let facts = &plan.facts;
    let mut fields = vec![
        ("title", plan.title.clone().unwrap_or_default()),
        (
            "year",
            plan.year.map_or(String::new(), |year| year.to_string()),
        ),
        ("date", facts.date.clone().unwrap_or_default()),
        ("issuer", facts.issuer.clone().unwrap_or_default()),
        (
            "coordinator",
            facts
                .coordinator
                .as_ref()
                .map_or(String::new(), |party| parties(std::slice::from_ref(party))),
        ),
    ];
    fields.extend(money(&facts.budget.unwrap_or_default()));
    fields
}

fn changed(
    before: Vec<(&'static str, String)>,
    after: Vec<(&'static str, String)>,
) -> Vec<FieldChange> {
    let pairs = before.into_iter().zip(after);
    let differ = pairs.filter(|(before, after)| before.1 != after.1);
    differ
        .map(|((field, before), (_, after))| FieldChange {
            field,
            before,
            after,
        })
        .collect()
}

/// What differs between what is kept and the records that a document makes. `unread` says that
/// some of its rows could not be read: then nothing is taken away for not being found.
pub(super) fn difference(
    kept: &Kept,
    records: &[(&'static str, Id, Map<String, Value>)],
    unread: bool,
) -> Result<Difference, PlanError> {
    let mut found = Difference::default();
    if let Some((record, _)) = &kept.plan {
        found.kept = true;
        found.version = record.version;
    }
    let moved = &mut found.moved;
    found.targets = items(&kept.targets, records, TARGET, unread, moved)?;
    found.projects = items(&kept.projects, records, PROJECT, unread, moved)?;
    found.duties = items(&kept.duties, records, DUTY, false, moved)?;
    found.indicators = indicators(kept, records)?;
    let plan = records.iter().find(|(kind, ..)| *kind == PLAN);
    if let Some((_, _, body)) = plan {
        let after: PlanBody = read(body)?;
        let nothing = Vec::new();
        let before = kept.plan.as_ref().map(|(_, body)| body);
        if let Some(before) = before {
            found.plan = changed(of_plan(before), of_plan(&after));
        }
        let known = before.map_or(&nothing, |body| &body.findings);
        found.findings_new = without(&after.findings, known);
        found.findings_gone = without(known, &after.findings);
    }
    Ok(found)
}

fn items<T: Said>(
    kept: &[Read<T>],
    records: &[(&'static str, Id, Map<String, Value>)],
    kind: &str,
    unread: bool,
    moved: &mut usize,
) -> Result<Vec<ItemChange>, PlanError> {
    let known: HashMap<Id, &T> = kept
        .iter()
        .map(|(record, body)| (record.id, body))
        .collect();
    let mut seen = HashSet::new();
    let mut changes = Vec::new();
    let item = |what, row: Row<'_>, fields| ItemChange {
        what,
        number: row.number,
        name: row.name.to_owned(),
        line: row.line,
        fields,
    };
    for (_, id, body) in records.iter().filter(|(own, ..)| *own == kind) {
        seen.insert(*id);
        let after: T = read(body)?;
        let Some(before) = known.get(id) else {
            changes.push(item(Change::Added, after.row(), Vec::new()));
            continue;
        };
        let fields = changed(before.fields(), after.fields());
        let (was, row) = (before.row(), after.row());
        if was.retired {
            changes.push(item(Change::Returned, row, fields));
        } else if !fields.is_empty() {
            changes.push(item(Change::Changed, row, fields));
        } else if was.line != row.line {
            *moved += 1;
        }
    }
    for (record, body) in kept {
        let row = body.row();
        if !seen.contains(&record.id) && !row.retired {
            let what = if unread {
                Change::Unread
            } else {
                Change::Dropped
            };
            changes.push(item(what, row, Vec::new()));
        }
    }
    Ok(changes)
}

/// Measures that a person confirmed stand whatever the document proposes, unless its goal is
/// another one.
fn indicators(
    kept: &Kept,
    records: &[(&'static str, Id, Map<String, Value>)],
) -> Result<Counts, PlanError> {
    let known = kept.indicators.iter();
    let known: HashMap<Id, &IndicatorBody> =
        known.map(|(record, body)| (record.id, body)).collect();
    let mut counts = Counts::default();
    let mut seen = HashSet::new();
    for (_, id, body) in records.iter().filter(|(own, ..)| *own == INDICATOR) {
        seen.insert(*id);
        let after: IndicatorBody = read(body)?;
        match known.get(id) {
            None => counts.added += 1,
            Some(before) => {
                let confirmed = before.origin == crate::Origin::Confirmed;
                let goal = before.goal != after.goal;
                let measure = before.measure != after.measure || before.name != after.name;
                let same = !before.retired && !goal && (confirmed || !measure);
                counts.changed += usize::from(!same);
            }
        }
    }
    // Those of a target that has left the plan before were dropped with it.
    let gone = kept
        .targets
        .iter()
        .filter(|(_, body)| body.retired.is_some());
    let gone: HashSet<Id> = gone.map(|(record, _)| record.id).collect();
    let dropped = kept.indicators.iter().filter(|(record, body)| {
        !body.retired && !seen.contains(&record.id) && !gone.contains(&body.target)
    });
    counts.dropped = dropped.count();
    Ok(counts)
}

/// The findings of one list that another has not, wherever they stand.
fn without(these: &[Finding], others: &[Finding]) -> Vec<Finding> {
    let key = |finding: &Finding| format!("{} {:?}", finding.code, finding.args);
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for finding in others {
        *left.entry(key(finding)).or_default() += 1;
    }
    let new = these
        .iter()
        .filter(|finding| match left.get_mut(&key(finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
    new.cloned().collect()
}

fn read<T: serde::de::DeserializeOwned>(body: &Map<String, Value>) -> Result<T, PlanError> {
    T::deserialize(body).map_err(|error| PlanError::Shape(format!("a record: {error}")))
}
