//! What is recorded.

use pack::declaration::{Field, Gravity, RecordFile};
use pack::shape::{Choice, is_set};
use registry::Kind;

use super::{Block, Writer};

impl Writer<'_> {
    /// Whose a record is, and how it is numbered.
    pub(super) fn owner(&mut self, record: &RecordFile) {
        let owner = match &record.record.owner.field {
            Some(field) => self
                .words
                .t1("manual-owner-field", "field", self.field(record, field)),
            None => self.words.t("manual-owner-maker"),
        };
        self.text(owner);
        if let Some(code) = &record.record.code {
            let form = code.format.text.as_str();
            let said = match &code.at {
                Some(step) => {
                    let steps = record.lifecycle.iter().flat_map(|life| &life.steps);
                    let mut named = steps.filter(|known| *known.id.text == *step.text);
                    let step = named.next().map(|step| self.say(&step.title));
                    let step = step.unwrap_or_default();
                    self.words
                        .t_args("manual-code-at", &[("form", &form), ("step", &step)])
                }
                None => self.words.t1("manual-code", "form", form),
            };
            self.text(said);
        }
    }

    /// The fields, section by section, and what is checked.
    pub(super) fn fields(&mut self, kind: &Kind, record: &RecordFile) {
        self.heading(3, self.words.t("manual-fields"));
        let heads = ["manual-field", "manual-holds", "manual-filled"];
        let heads: Vec<String> = heads.iter().map(|head| self.words.t(head)).collect();
        let sections = record.sections.iter().map(|section| {
            let id = section.id.text.as_str();
            (Some(id), Some(self.say(&section.title)))
        });
        let mut parts: Vec<(Option<&str>, Option<String>)> = vec![(None, None)];
        parts.extend(sections);
        for (section, title) in parts {
            let inside = record
                .fields
                .iter()
                .filter(|field| field.section.as_ref().map(|word| word.text.as_str()) == section);
            let rows: Vec<Vec<String>> = inside
                .flat_map(|field| self.field_rows(kind, field))
                .collect();
            if rows.is_empty() {
                continue;
            }
            if let Some(title) = title {
                self.heading(4, title);
            }
            self.blocks.push(Block::Table(heads.clone(), rows));
        }
        let checks = record.rules.iter().map(|rule| {
            let gravity = rule.gravity.as_ref().map(|gravity| gravity.value);
            let key = if gravity == Some(Gravity::Warning) {
                "manual-check-warns"
            } else {
                "manual-check-refuses"
            };
            self.words.t1(key, "said", self.say(&rule.error))
        });
        let checks = checks.collect();
        self.items("manual-checks", checks);
    }

    /// A field, and the columns of a table below it.
    fn field_rows(&self, kind: &Kind, field: &Field) -> Vec<Vec<String>> {
        let mut rows = vec![self.field_row(kind, field, "")];
        rows.extend(
            field
                .fields
                .iter()
                .map(|column| self.field_row(kind, column, "– ")),
        );
        rows
    }

    fn field_row(&self, kind: &Kind, field: &Field, before: &str) -> Vec<String> {
        let words = self.words;
        let mut holds = words.t(&format!("manual-type-{}", field.kind.value.word()));
        if let Some(unit) = &field.unit {
            holds = format!("{holds} ({})", unit.text);
        }
        if is_set(field.repeated.as_ref()) {
            holds = format!("{holds}, {}", words.t("manual-several"));
        }
        let mut filled = Vec::new();
        if field.compute.is_some() {
            filled.push(words.t("manual-computed"));
        } else if is_set(field.required.as_ref()) {
            filled.push(words.t("manual-required"));
        }
        if let Some(when) = &field.required_when {
            let when = self.condition(kind, when);
            filled.push(words.t1("system-needed-when", "condition", when));
        } else if let Some(when) = &field.when {
            let when = self.condition(kind, when);
            filled.push(words.t1("system-only-when", "condition", when));
        }
        if is_set(field.personal.as_ref()) {
            filled.push(words.t("manual-personal"));
        }
        if let Some(help) = &field.help {
            filled.push(self.say(help));
        }
        let filled = filled.iter().map(|said| {
            let said = said.trim();
            if said.ends_with('.') {
                said.to_owned()
            } else {
                format!("{said}.")
            }
        });
        let filled: Vec<String> = filled.collect();
        let title = format!("{before}{}", self.say(&field.title));
        vec![title, holds, filled.join(" ")]
    }
}
