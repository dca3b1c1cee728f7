//! Templates of print-outs tried as they will be run.
//!
//! This crate knows what a template finds and not how templates are compiled: whoever has the
//! compiler hands it in ([`Outcome::try_templates`]). Each template is tried twice, with a record
//! in which everything is said and with one in which nothing is that may be left out, so that no
//! paper breaks when somebody leaves a field empty.

use std::ops::Range;

use serde_json::{Map, Value, json};

use crate::Code;
use crate::catalog::RecordType;
use crate::check::Outcome;
use crate::declaration::{Field, FieldType, Paper, Print};
use crate::diagnostic::Diagnostic;
use crate::shape::is_set;
use crate::source::Span;

/// A template with a record made up for it.
#[derive(Clone, Debug)]
pub struct Trial<'a> {
    /// What the paper is called.
    pub title: &'a str,
    /// The template.
    pub template: &'a str,
    /// What it finds as `record`, without its code.
    pub record: Value,
    /// What it finds as `printed`.
    pub printed: Value,
    /// The paper.
    pub paper: Paper,
    /// Whether there is a code to verify it by.
    pub qr: bool,
}

/// What is wrong with a template, in the compiler's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// The bytes of the template.
    pub at: Range<usize>,
    /// What.
    pub message: String,
    /// What to do; empty if the compiler does not say.
    pub hint: String,
}

impl Outcome {
    /// Tries the templates of every print-out and notes what is wrong with them. A template that
    /// names fields which there are not is not tried: that was told already.
    #[must_use]
    pub fn try_templates(mut self, compile: impl Fn(&Trial<'_>) -> Vec<TemplateFault>) -> Self {
        let mut found = Vec::new();
        for (at, record) in self.catalog().records() {
            let pack = &self.catalog().packs[at.pack];
            for print in &record.declared.prints {
                let Some(file) = pack.templates.get(&print.template.text).copied() else {
                    continue;
                };
                let told =
                    |known: &Diagnostic| known.code == Code::PrintField && known.span.file == file;
                if !self.findings.iter().any(told) {
                    found.extend(tried(&self, record, print, file, &compile));
                }
            }
        }
        self.add(found);
        self
    }
}

fn tried(
    outcome: &Outcome,
    record: &RecordType,
    print: &Print,
    file: u32,
    compile: &impl Fn(&Trial<'_>) -> Vec<TemplateFault>,
) -> Vec<Diagnostic> {
    let Some(source) = outcome.sources().get(file) else {
        return Vec::new();
    };
    for (full, when) in [(true, "~trial-full"), (false, "~trial-bare")] {
        let trial = Trial {
            title: &print.title.vi,
            template: &source.text,
            record: sample(record, full),
            printed: printed("14/04/2023"),
            paper: paper(print),
            qr: is_set(print.qr.as_ref()),
        };
        let faults = compile(&trial);
        if !faults.is_empty() {
            let faults = faults.into_iter().map(|fault| {
                let message = fault.message;
                let hint = fault.hint;
                let said = if hint.is_empty() {
                    message
                } else {
                    format!("{message} ({hint})")
                };
                Diagnostic::new(Code::BadPrint, Span::new(file, fault.at))
                    .with("message", said)
                    .with("when", when)
            });
            return faults.collect();
        }
    }
    Vec::new()
}

/// The paper of a print-out; A4 if it does not say.
pub fn paper(print: &Print) -> Paper {
    print.paper.as_ref().map_or(Paper::A4, |paper| paper.value)
}

/// What templates find as `printed`: the day on which the paper is made, as people write it.
pub fn printed(day: &str) -> Value {
    json!({ "on": day })
}

/// What templates find as `record`: texts, lists of texts where a field is repeated, and lists of
/// rows where it is a table.
fn sample(record: &RecordType, full: bool) -> Value {
    let mut said = Map::new();
    for field in &record.declared.fields {
        let must = full || is_set(field.required.as_ref());
        let value = match *field.kind {
            FieldType::Table => {
                let columns = field.fields.iter();
                let row = columns.map(|column| {
                    let must = full || is_set(column.required.as_ref());
                    (column.id.text.clone(), one(column, must))
                });
                let row = Value::Object(row.collect());
                Value::Array(if must {
                    vec![row.clone(), row]
                } else {
                    Vec::new()
                })
            }
            _ => one(field, must),
        };
        said.insert(field.id.text.clone(), value);
    }
    for (name, text) in [
        ("code", "VL-0001"),
        ("state", "Trạng thái"),
        ("unit", "Đơn vị"),
        ("created_on", "14/04/2023"),
        ("label", "Bản ghi"),
    ] {
        // A number may not have been given yet.
        let text = if name == "code" && !full { "" } else { text };
        said.insert(name.to_owned(), Value::from(text));
    }
    Value::Object(said)
}

fn one(field: &Field, is_said: bool) -> Value {
    let text = match *field.kind {
        FieldType::Date => "14/04/2023",
        FieldType::DateTime => "14/04/2023 08:30",
        FieldType::Number | FieldType::Money => "1.234",
        FieldType::Decimal => "12,5",
        FieldType::Flag => "Có",
        _ => "Nội dung",
    };
    match (is_set(field.repeated.as_ref()), is_said) {
        (true, true) => json!([text, text]),
        (true, false) => json!([]),
        (false, true) => Value::from(text),
        (false, false) => Value::from(""),
    }
}
