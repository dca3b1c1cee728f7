//! `/he-thong/{pack}/{record}/{id}`: a record, what it says, what can be done with it.

use directory::Act;
use pack::shape::is_set;
use registry::Record;
use registry::system::{Flow, Hindrance, OpenStep};
use vocab::{Instant, Problem};

use super::super::{Failure, Page};
use super::desk::Desk;
use super::typed::Typed;
use super::words::Labels;
use crate::pages::inbox::Due;
use crate::pages::parts::{FormErrors, Link};
use crate::pages::system_record::{
    Fact, FactSection, RecordClock, RecordComment, RecordStep, RecordTask, RecordUndo, SystemRecord,
};

pub(super) async fn show(desk: Desk) -> Result<Page<SystemRecord>, Failure> {
    let record = desk.record().await?;
    Ok(Page(
        desk.record_page(&record, &Said::default(), None).await?,
    ))
}

/// What was typed into one of the page's forms.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// The step whose form it was.
    pub step: String,
    pub reason: String,
    pub comment: String,
    pub hold: String,
    pub typed: Typed,
}

impl Desk {
    /// What a record says, by section.
    pub(super) fn facts(&self, record: &Record, labels: &Labels) -> Vec<FactSection> {
        let declared = self.declared();
        let mut sections: Vec<FactSection> = vec![FactSection::default()];
        sections.extend(declared.sections.iter().map(|section| FactSection {
            title: self.say(&section.title),
            facts: Vec::new(),
        }));
        for field in &declared.fields {
            let place = field.section.as_ref().and_then(|name| {
                declared
                    .sections
                    .iter()
                    .position(|section| section.id.text == name.text)
            });
            sections[place.map_or(0, |place| place + 1)]
                .facts
                .push(Fact {
                    title: self.say(&field.title),
                    shown: self.shown(field, record, labels),
                });
        }
        sections.retain(|section| !section.facts.is_empty());
        sections
    }

    pub(super) async fn record_page(
        &self,
        record: &Record,
        said: &Said,
        problem: Option<&Problem>,
    ) -> Result<SystemRecord, Failure> {
        let registry = self.registry();
        let principal = &self.visitor.principal;
        self.saw(record);
        let labels = self.labels(std::slice::from_ref(record)).await?;
        let declared = self.declared();
        let whole = registry.find(self.kind().name, record.id).await?;
        let flow = whole
            .as_ref()
            .map_or_else(Flow::default, |whole| Flow::of(&whole.body));
        let mut warnings: Vec<String> = Vec::new();
        if self.kind().is_editable(&record.state)
            && let Some(whole) = &whole
        {
            let mut found = registry.warnings(principal, self.kind(), whole).await?;
            found.extend(
                registry
                    .like_this(self.kind(), whole)
                    .await?
                    .into_iter()
                    .map(|(problem, _)| problem),
            );
            let said = Problem {
                fields: found,
                ..Problem::new(422, "invalid-fields", "warnings")
            };
            if !said.fields.is_empty() {
                warnings = self
                    .errors(&said)
                    .0
                    .into_iter()
                    .map(|error| error.message)
                    .collect();
            }
        }
        let mut steps = Vec::new();
        for open in registry.steps_open(principal, self.kind(), record).await? {
            steps.push(self.step(record, &open, said).await?);
        }
        let code = record
            .body
            .get("code")
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default();
        let comments = registry
            .comments(record.id)
            .await?
            .into_iter()
            .filter(|comment| comment.step.is_empty());
        Ok(SystemRecord {
            title: self.label(record),
            kind: Link::new(self.link(""), self.say(&declared.record.title)),
            system: Link::new(
                crate::pages::links::SYSTEMS,
                self.say(&self.systems.pack(self.kind()).declared.pack.title),
            ),
            state: if declared.lifecycle.is_some() {
                self.state(&record.state)
            } else {
                String::new()
            },
            code: code.to_owned(),
            unit: self.unit_name(record.unit),
            edit: if self.may_edit(record) {
                self.link_to(record.id, "sua")
            } else {
                String::new()
            },
            history: self.link_to(record.id, "lich-su"),
            follow: self.link_to(record.id, "theo-doi"),
            follows: registry.follows(principal, record.id).await?,
            prints: self.prints(record),
            discard: if record.state == self.kind().initial() && self.may(Act::Delete, record) {
                self.link_to(record.id, "xoa")
            } else {
                String::new()
            },
            version: record.version,
            warnings,
            sections: self.facts(record, &labels),
            steps,
            undo: self.undo(record).await?,
            clocks: self.clocks(&flow),
            tasks: self.tasks(record).await?,
            kept: self.kept(record, whole.as_ref(), said).await?,
            comment_to: if self.may(Act::Comment, record) && !self.kind().is_archived(&record.body)
            {
                self.link_to(record.id, "gop-y")
            } else {
                String::new()
            },
            comment: said.comment.clone(),
            comments: comments
                .map(|comment| RecordComment {
                    by: comment.by,
                    at: comment.at.in_vietnam().datetime(),
                    text: comment.text,
                })
                .collect(),
            errors: problem.map_or_else(FormErrors::default, |problem| {
                let begin = if said.step.is_empty() {
                    String::new()
                } else {
                    format!("{}-", said.step)
                };
                self.errors_in(problem, &begin)
            }),
            shell: self.shell(),
        })
    }

    /// The step that the visitor may take back.
    async fn undo(&self, record: &Record) -> Result<Option<RecordUndo>, Failure> {
        let registry = self.registry();
        let undoable = registry
            .undoable(&self.visitor.principal, self.kind(), record)
            .await?;
        Ok(undoable.map(|undoable| RecordUndo {
            title: task_words(self.words().lang, self.declared(), &undoable.step),
            action: self.link_to(record.id, "rut-lai"),
            // The end of a day is the last minute of it.
            until: undoable.until.plus_micros(-1).in_vietnam().datetime(),
        }))
    }

    async fn step(
        &self,
        record: &Record,
        open: &OpenStep<'_>,
        said: &Said,
    ) -> Result<RecordStep, Failure> {
        let words = self.words();
        let step = open.step;
        let is_said = said.step == step.id.text;
        let fields = &self.declared().fields;
        let stands = Typed::of(fields, &record.body, words.lang);
        let typed = if is_said { &said.typed } else { &stands };
        let mut items = Vec::new();
        for needed in &step.needs {
            if let Some(field) = fields.iter().find(|field| field.id.text == needed.text) {
                let mut item = self.item(field, "", typed, fields).await?;
                item.id = format!("{}-{}", &*step.id, item.name);
                items.push(item);
            }
        }
        let hindered = self.hindrance(open);
        let approvals: Vec<String> = open.approvals.iter().map(|one| one.name.clone()).collect();
        Ok(RecordStep {
            id: step.id.text.clone(),
            title: self.say(&step.title),
            action: self.link_to(record.id, &format!("buoc/{}", &*step.id)),
            to: self.state(&step.to),
            hindered,
            // A guard may come to hold by what the step's own fields say.
            closed: !matches!(open.hindered, None | Some(Hindrance::Guard))
                || (open.hindered.is_some() && items.is_empty()),
            approvals: approvals.join(", "),
            items,
            needs_reason: is_set(step.reason.as_ref()),
            reason: if is_said {
                said.reason.clone()
            } else {
                String::new()
            },
        })
    }

    /// Why a step cannot be taken now; empty if it can.
    pub(super) fn hindrance(&self, open: &OpenStep<'_>) -> String {
        let words = self.words();
        match open.hindered {
            None => String::new(),
            Some(Hindrance::Other) => words.t("system-step-other"),
            Some(Hindrance::Approved) => words.t("system-step-approved"),
            Some(Hindrance::Tasks) => words.t("system-step-tasks"),
            Some(Hindrance::Delegated) => words.t("problem-step-not-delegable"),
            Some(Hindrance::Guard) => {
                let refusal = open.step.refusal.as_ref();
                refusal.map_or_else(|| words.t("system-step-guard"), |refusal| self.say(refusal))
            }
        }
    }

    fn clocks(&self, flow: &Flow) -> Vec<RecordClock> {
        let declared = self.declared();
        let clocks = flow.clocks(declared, self.registry().calendar());
        let titled = clocks.into_iter().filter_map(|clock| {
            let mut deadlines = declared.lifecycle.iter().flat_map(|life| &life.deadlines);
            let deadline = deadlines.find(|deadline| deadline.id.text == clock.id)?;
            Some(RecordClock {
                title: self.say(&deadline.title),
                due: clock.due.map(|due| self.due(due)),
                paused: clock.paused.map(|since| since.in_vietnam().datetime()),
            })
        });
        titled.collect()
    }

    fn due(&self, due: Instant) -> Due {
        Due::seen(due, self.app.store().context().now().in_vietnam().date())
    }

    async fn tasks(&self, record: &Record) -> Result<Vec<RecordTask>, Failure> {
        let waiting = self
            .registry()
            .waiting(&self.visitor.principal, record.id)
            .await?;
        let book = self.app.directory.roles().await?;
        let tasks = waiting.into_iter().map(|task| {
            let role = directory::Role::coded(&task.role);
            RecordTask {
                what: task_title(self, &task.name),
                who: format!(
                    "{} · {}",
                    role.map_or_else(|| task.role.clone(), |role| self.words().role(&book, role)),
                    self.unit_name(task.unit)
                ),
                due: self.due(task.due),
                done: if task.mine {
                    self.link_to(record.id, &format!("viec/{}", task.id))
                } else {
                    String::new()
                },
            }
        });
        Ok(tasks.collect())
    }
}

fn task_title(desk: &Desk, name: &str) -> String {
    task_words(desk.words().lang, desk.declared(), name)
}

/// What a task of a lifecycle is called.
pub(super) fn task_words(
    lang: vocab::Lang,
    declared: &pack::declaration::RecordFile,
    name: &str,
) -> String {
    let (step, task) = name.split_once('.').unwrap_or((name, ""));
    let mut steps = declared
        .lifecycle
        .iter()
        .flat_map(|life| &life.steps)
        .filter(|known| *known.id.text == *step);
    let found = steps.find_map(|known| {
        let named = known.tasks.iter().find(|known| *known.id.text == *task);
        match named {
            Some(named) => Some(crate::i18n::said(lang, &named.title)),
            None if task.is_empty() => Some(crate::i18n::said(lang, &known.title)),
            None => None,
        }
    });
    found.unwrap_or_else(|| name.to_owned())
}
