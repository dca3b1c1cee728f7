//! Where a record stands, and who does what within which term.

use pack::declaration::{RecordFile, Step};
use pack::shape::{Choice, is_set};
use pack::term::Term;
use registry::Kind;

use super::{Block, Writer};

impl Writer<'_> {
    /// States, steps and terms.
    pub(super) fn lifecycle(&mut self, kind: &Kind, record: &RecordFile) {
        let Some(life) = &record.lifecycle else {
            return;
        };
        let states = life.states.iter().map(|state| {
            let mut said = self.say(&state.title);
            if state.id.text == life.initial.text {
                said = format!("{said} – {}", self.words.t("manual-state-first"));
            }
            if is_set(state.editable.as_ref()) {
                said = format!("{said} – {}", self.words.t("manual-state-editable"));
            }
            if is_set(state.done.as_ref()) {
                said = format!("{said} – {}", self.words.t("manual-state-last"));
            }
            said
        });
        let states = states.collect();
        self.items("manual-states", states);
        // What the system does by itself is nobody's work.
        let steps = life
            .steps
            .iter()
            .filter(|step| !is_set(step.automatic.as_ref()));
        let rows: Vec<Vec<String>> = steps.map(|step| self.step(kind, record, step)).collect();
        if !rows.is_empty() {
            self.heading(3, self.words.t("manual-steps"));
            let heads = [
                "manual-step",
                "manual-step-way",
                "manual-step-who",
                "manual-step-term",
                "manual-step-needs",
            ];
            let heads = heads.iter().map(|head| self.words.t(head)).collect();
            self.blocks.push(Block::Table(heads, rows));
        }
        let automatic = life
            .steps
            .iter()
            .filter(|step| is_set(step.automatic.as_ref()));
        let automatic = automatic.map(|step| self.automatic(kind, record, step));
        let automatic = automatic.collect();
        self.items("manual-automatic", automatic);
        let deadlines = life.deadlines.iter().map(|deadline| {
            let runs = self.states(record, deadline.runs_in.iter().map(|state| &**state));
            let title = self.say(&deadline.title);
            let term = self.term(deadline.within);
            let mut said = self.words.t_args(
                "manual-deadline",
                &[("title", &title), ("term", &term), ("states", &runs)],
            );
            if !deadline.paused_in.is_empty() {
                let paused = self.states(record, deadline.paused_in.iter().map(|state| &**state));
                let paused = self.words.t1("manual-paused", "states", paused);
                said = format!("{said} {paused}");
            }
            said
        });
        let deadlines = deadlines.collect();
        self.items("manual-deadlines", deadlines);
    }

    fn step(&self, kind: &Kind, record: &RecordFile, step: &Step) -> Vec<String> {
        let words = self.words;
        let from = self.states(record, step.from.iter().map(|state| &**state));
        let way = format!("{from} → {}", self.state(record, &step.to));
        let who = match &step.approval {
            None => self.roles(step.by.iter().map(|role| &**role)),
            Some(approval) => {
                let roles = self.roles(approval.of.iter().map(|role| &**role));
                match approval.need.number {
                    Some(need) => words.t_args(
                        "manual-approve-some",
                        &[("count", &need), ("roles", &roles)],
                    ),
                    None => words.t1("manual-approve-all", "roles", roles),
                }
            }
        };
        let mut needs = Vec::new();
        if !step.needs.is_empty() {
            let fields: Vec<String> = step
                .needs
                .iter()
                .map(|field| self.field(record, field))
                .collect();
            needs.push(words.t1("manual-needs", "fields", fields.join(", ")));
        }
        if is_set(step.reason.as_ref()) {
            needs.push(words.t("manual-reason"));
        }
        if let Some(when) = &step.when {
            let when = match &step.refusal {
                Some(refusal) => self.say(refusal),
                None => self.condition(kind, when),
            };
            needs.push(words.t1("manual-only-when", "condition", when));
        }
        for task in &step.tasks {
            let title = self.say(&task.title);
            let role = self.role(&task.role);
            let term = task
                .within
                .map_or_else(String::new, |term| format!(" ({})", self.term(term)));
            needs.push(words.t_args(
                "manual-waits",
                &[("task", &format!("{title}{term}")), ("role", &role)],
            ));
        }
        if !step.other_than.is_empty() {
            let titles = step.other_than.iter().map(|other| {
                let mut steps = record.lifecycle.iter().flat_map(|life| &life.steps);
                let named = steps.find(|known| *known.id.text == *other.text);
                named.map_or_else(|| other.text.clone(), |step| self.say(&step.title))
            });
            let titles: Vec<String> = titles.collect();
            needs.push(words.t1("manual-other-than", "steps", titles.join(", ")));
        }
        if is_set(step.delegable.as_ref()) {
            needs.push(words.t("manual-delegable"));
        }
        let term = step.within.map(|term| self.term(term));
        vec![
            self.say(&step.title),
            way,
            who,
            term.unwrap_or_default(),
            needs.join(" "),
        ]
    }

    /// What the system does by itself.
    fn automatic(&self, kind: &Kind, record: &RecordFile, step: &Step) -> String {
        let from = self.states(record, step.from.iter().map(|state| &**state));
        let (title, to) = (self.say(&step.title), self.state(record, &step.to));
        let when = step.when.as_ref();
        let when = when.map_or_else(String::new, |when| self.condition(kind, when));
        self.words.t_args(
            "manual-automatic-step",
            &[
                ("title", &title),
                ("from", &from),
                ("to", &to),
                ("condition", &when),
            ],
        )
    }

    fn term(&self, term: Term) -> String {
        super::retention::term_words(self.words, term)
    }

    /// Who may do what.
    pub(super) fn grants(&mut self, kind: &Kind, record: &RecordFile) {
        let rows: Vec<Vec<String>> = record
            .grants
            .iter()
            .map(|grant| {
                let acts: Vec<String> = grant
                    .may
                    .iter()
                    .map(|act| self.words.t(&format!("manual-act-{}", act.value.word())))
                    .collect();
                let scope = format!("manual-scope-{}", grant.scope.value.word());
                let mut of = self.words.t(&scope);
                if !grant.states.is_empty() {
                    let states = grant.states.iter().map(|state| &**state);
                    let states = self.states(record, states);
                    of = format!(
                        "{of}; {}",
                        self.words.t1("manual-in-states", "states", states)
                    );
                }
                if let Some(when) = &grant.when {
                    let when = self.condition(kind, when);
                    of = format!("{of}; {}", self.words.t1("manual-where", "condition", when));
                }
                vec![self.role(&grant.role), acts.join(", "), of]
            })
            .collect();
        if rows.is_empty() {
            return;
        }
        self.heading(3, self.words.t("manual-grants"));
        let heads = ["manual-role", "manual-may", "manual-of"];
        let heads = heads.iter().map(|head| self.words.t(head)).collect();
        self.blocks.push(Block::Table(heads, rows));
    }
}
