//! The records that a document makes.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map, Value};
use vocab::Id;

use super::doubts;
use super::kept::Kept;
use super::matching::{Known, Row, SameNumber, identities};
use crate::declarations::{DUTY, INDICATOR, PLAN, PROJECT, TARGET};
use crate::error::PlanError;
use crate::import::{self, Amounts, BodyList, IndicatorKind, ParsedPlan, Project, ProjectGroup};
use crate::measures::{self, Review};
use crate::names::Understood;
use crate::plans::identity;
use crate::records::{
    Annex, AnnexGroup, Baseline, Budget, Due, DutyBody, Facts, Finding, Heading, IndicatorBody,
    NameInDoubt, Party, PlanBody, ProjectBody, TargetBody, to_map,
};

/// The records of one document, by kind, identity and body; the plan's own is the first, and
/// names no source yet.
pub(super) struct Documents {
    pub records: Vec<(&'static str, Id, Map<String, Value>)>,
    pub indicators: usize,
    /// The names that wait for a person, as the plan keeps them.
    pub names: Vec<NameInDoubt>,
}

/// What a document is read into: the records that are kept of it give it their identities.
pub(super) struct Reading<'r> {
    pub parsed: &'r ParsedPlan,
    pub names: &'r Understood<'r>,
    pub review: Option<&'r Review>,
    pub kept: &'r Kept,
}

/// The identity of the plan that a document of this symbol issues.
pub(super) fn plan_id(parsed: &ParsedPlan) -> Id {
    identity(&parsed.facts.symbol.to_string())
}

impl Reading<'_> {
    pub(super) fn documents(&self) -> Result<Documents, PlanError> {
        let plan = plan_id(self.parsed);
        let targets = self.targets();
        let mut indicators = self.indicators(&targets);
        let baselines = self.baselines(&targets, &mut indicators);
        let body = PlanBody {
            baselines,
            names: doubts::doubts(self.parsed, self.names),
            ..self.plan()
        };
        let mut records = vec![(PLAN, plan, to_map("the plan", &body)?)];
        for (id, body) in &targets {
            records.push((TARGET, *id, to_map(&body.key, body)?));
        }
        for (id, body) in &indicators {
            records.push((INDICATOR, *id, to_map(&body.key, body)?));
        }
        for (id, body) in self.projects() {
            records.push((PROJECT, id, to_map(&body.key, &body)?));
        }
        for (id, body) in self.duties() {
            records.push((DUTY, id, to_map(&body.key, &body)?));
        }
        Ok(Documents {
            records,
            indicators: indicators.len(),
            names: body.names,
        })
    }

    fn symbol(&self) -> String {
        self.parsed.facts.symbol.to_string()
    }

    fn targets(&self) -> Vec<(Id, TargetBody)> {
        self.targets_among(&self.kept.targets())
    }

    /// The rows of targets, each as the known one that it is.
    pub(super) fn targets_among(&self, known: &[Known]) -> Vec<(Id, TargetBody)> {
        let numbers = self.parsed.targets.iter();
        let numbers: Vec<String> = numbers.map(|target| target.number.to_string()).collect();
        let targets = self.parsed.targets.iter();
        let rows = targets.clone().zip(&numbers).map(|(target, number)| Row {
            number,
            text: &target.name,
        });
        let rows: Vec<Row<'_>> = rows.collect();
        let symbol = self.symbol();
        let found = identities(("target", &symbol), known, &rows, SameNumber::IsTheSame);
        let bodies = targets.zip(found).map(|(target, (id, key))| {
            let body = TargetBody {
                plan: plan_id(self.parsed),
                key,
                number: u16::try_from(target.number).unwrap_or(u16::MAX),
                group: target.group.clone(),
                line: target.line,
                name: target.name.clone(),
                goal: target.goal_text.clone(),
                leads: self.parties(&target.leads, None),
                partners: self.parties(&target.partners, None),
                legal_bases: target
                    .legal_bases
                    .iter()
                    .map(|basis| basis.text.clone())
                    .collect(),
                published: None,
                due: target.due.as_ref().map(due),
                retired: None,
                ordered_by: None,
            };
            (id, body)
        });
        bodies.collect()
    }

    fn indicators(&self, targets: &[(Id, TargetBody)]) -> Vec<(Id, IndicatorBody)> {
        let plan = plan_id(self.parsed);
        let mut indicators: Vec<(Id, IndicatorBody)> = Vec::new();
        let mut shared: HashMap<String, usize> = HashMap::new();
        for (target, (id, kept)) in self.parsed.targets.iter().zip(targets) {
            // What was reviewed is the row of that number when it was reviewed.
            let reviewed = kept.key.rsplit('#').next().and_then(|own| own.parse().ok());
            let measured = measures::of_target(plan, *id, target, reviewed, self.review);
            for (nth, (body, name)) in measured.into_iter().enumerate() {
                if let Some(known) = name.as_ref().and_then(|name| shared.get(name)) {
                    indicators[*known].1.also.push(*id);
                    continue;
                }
                let key = format!("{}.{}", kept.key, nth + 1);
                if let Some(name) = name {
                    shared.insert(name, indicators.len());
                }
                let id = identity(&format!("indicator/{key}"));
                let place = u32::try_from(indicators.len()).unwrap_or(u32::MAX);
                indicators.push((id, IndicatorBody { key, place, ..body }));
            }
        }
        indicators
    }

    /// The figures of the time before, each with the indicator that it fits; an indicator takes
    /// the one that fits it best.
    fn baselines(
        &self,
        targets: &[(Id, TargetBody)],
        indicators: &mut [(Id, IndicatorBody)],
    ) -> Vec<Baseline> {
        let mut best: HashMap<usize, f64> = HashMap::new();
        let numbers = self.parsed.targets.iter().map(|target| target.number);
        let by_number: HashMap<u32, Id> = numbers.zip(targets.iter().map(|(id, _)| *id)).collect();
        let mut baselines = Vec::new();
        for read in &self.parsed.baselines {
            let target = read.target.and_then(|number| by_number.get(&number));
            let fits = |body: &IndicatorBody| {
                let of_target =
                    target.is_some_and(|target| body.targets().any(|own| own == *target));
                let unit = body.measure_unit.as_deref().unwrap_or("");
                of_target
                    && match body.measure.kind {
                        IndicatorKind::Ratio => read.unit == "%",
                        IndicatorKind::Count => read.unit != "%" && same_thing(&read.unit, unit),
                        IndicatorKind::Milestone | IndicatorKind::Standing => false,
                    }
            };
            let place = indicators.iter().position(|(_, body)| fits(body));
            let baseline = Baseline {
                line: read.line,
                text: read.text.clone(),
                value: read.value,
                unit: read.unit.clone(),
                year: read.year,
                indicator: place.map(|place| indicators[place].0),
            };
            if let Some(place) = place
                && best.get(&place).is_none_or(|known| read.fit > *known)
            {
                best.insert(place, read.fit);
                indicators[place].1.started = Some(baseline.clone());
            }
            baselines.push(baseline);
        }
        baselines
    }

    fn projects(&self) -> Vec<(Id, ProjectBody)> {
        let annexes = self.parsed.project_annexes.iter();
        let all: Vec<(u32, &ProjectGroup, &Project)> = annexes
            .flat_map(|annex| annex.groups.iter().map(move |group| (annex.number, group)))
            .flat_map(|(annex, group)| {
                let projects = group.projects.iter();
                projects.map(move |project| (annex, group, project))
            })
            .collect();
        let numbers = all.iter();
        let numbers: Vec<String> = numbers
            .map(|(annex, _, project)| format!("{annex}/{}", project.code))
            .collect();
        let rows = all
            .iter()
            .zip(&numbers)
            .map(|((_, _, project), number)| Row {
                number,
                text: &project.name,
            });
        let rows: Vec<Row<'_>> = rows.collect();
        let (known, symbol) = (self.kept.projects(), self.symbol());
        let found = identities(("project", &symbol), &known, &rows, SameNumber::IsTheSame);
        let bodies = all.iter().zip(found).zip(0..);
        let bodies = bodies.map(|(((annex, group, project), (id, key)), place)| {
            let within = group.body.as_ref();
            let within = within.and_then(|body| self.names.unit(&body.name));
            let body = ProjectBody {
                plan: plan_id(self.parsed),
                key,
                place,
                annex: *annex,
                group: group.code.clone(),
                code: project.code.clone(),
                line: project.line,
                name: project.name.clone(),
                leads: self.parties(&project.leads, within),
                budget: budget(&project.amounts),
                note: group.note_on(project).text.clone(),
                retired: None,
            };
            (id, body)
        });
        bodies.collect()
    }

    fn duties(&self) -> Vec<(Id, DutyBody)> {
        let duties = self.parsed.duties.iter();
        let numbers: Vec<String> = (1..=duties.len())
            .map(|place| format!("nv{place}"))
            .collect();
        // Two bodies may be told the same in the same words: the heading tells them apart.
        let texts: Vec<String> = duties
            .clone()
            .map(|duty| words_of(&duty.under, &duty.text))
            .collect();
        let rows = numbers.iter().zip(&texts);
        let rows: Vec<Row<'_>> = rows.map(|(number, text)| Row { number, text }).collect();
        let (known, symbol) = (self.kept.duties(), self.symbol());
        let found = identities(("duty", &symbol), &known, &rows, SameNumber::IfAlike);
        let bodies = duties.zip(found).zip(1..);
        let bodies = bodies.map(|((duty, (id, key)), place)| {
            let bodies = duty.bodies.iter();
            let body = DutyBody {
                plan: plan_id(self.parsed),
                key,
                place,
                line: duty.line,
                kind: duty.kind,
                under: duty.under.clone(),
                text: duty.text.clone(),
                bodies: bodies.map(|named| self.names.party(named, None)).collect(),
                due: duty.due.iter().map(due).collect(),
                standing: duty.standing,
                reported: None,
                retired: None,
            };
            (id, body)
        });
        bodies.collect()
    }

    fn plan(&self) -> PlanBody {
        let parsed = self.parsed;
        let facts = &parsed.facts;
        let coordinator = facts.coordinator.as_ref();
        PlanBody {
            symbol: facts.symbol.to_string(),
            title: facts.title.clone(),
            year: facts.year,
            source: Vec::new(),
            facts: Facts {
                date: facts.date.map(|date| date.to_string()),
                line: facts.line,
                issuer: facts.issuer.clone(),
                coordinator: coordinator.map(|named| self.names.party(named, None)),
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
                .map(|annex| self.annex(annex))
                .collect(),
            findings: parsed.findings.iter().map(Finding::from).collect(),
            review: self.review.map(|review| review.digest.clone()),
            names: Vec::new(),
            baselines: Vec::new(),
        }
    }

    fn annex(&self, annex: &import::ProjectAnnex) -> Annex {
        let groups = annex.groups.iter().map(|group| AnnexGroup {
            code: group.code.clone(),
            name: group.name.clone(),
            unit: group
                .body
                .as_ref()
                .and_then(|body| self.names.unit(&body.name)),
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

    fn parties(&self, list: &BodyList, within: Option<Id>) -> Vec<Party> {
        let names = list.names.iter();
        names.map(|named| self.names.party(named, within)).collect()
    }
}

/// What tells a duty from others: its nearest heading and what it says.
pub(super) fn words_of(under: &[String], text: &str) -> String {
    match under.last() {
        Some(heading) => format!("{heading} | {text}"),
        None => text.to_owned(),
    }
}

/// Whether a figure counts the thing that a target counts: `hộ gia đình` and `hộ`.
fn same_thing(told: &str, asked: &str) -> bool {
    let (told, asked) = (vocab::fold::fold(told), vocab::fold::fold(asked));
    !asked.is_empty() && (told.starts_with(&asked) || asked.starts_with(&told))
}

fn due(read: &import::Due) -> Due {
    Due {
        written: read.written.clone(),
        from: read.from.map(|day| day.to_string()),
        by: read.by.map(|day| day.to_string()),
    }
}

fn budget(amounts: &Amounts) -> Budget {
    Budget {
        total: amounts.total.vnd,
        recurrent: amounts.recurrent.vnd,
        capital: amounts.capital.vnd,
    }
}

/// A finding of the document as it is kept with the plan.
impl From<&import::Finding> for Finding {
    fn from(finding: &import::Finding) -> Self {
        let args = finding.args.iter().map(|(name, arg)| {
            let value = match arg {
                import::Arg::Text(words) => Value::from(words.as_str()),
                import::Arg::Number(number) => Value::from(*number),
            };
            ((*name).to_owned(), value)
        });
        Self {
            code: plain_name(&finding.code),
            severity: plain_name(&finding.severity),
            lines: finding.lines.clone(),
            args: args.collect(),
        }
    }
}

/// The name by which a plain enumeration is written.
fn plain_name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}
