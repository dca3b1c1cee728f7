//! What importing a document changes of what is kept, in words.

use plan::{Change, Difference, FieldChange, ItemChange};
use web::i18n::ToArg;

use crate::words::Words;

/// The lines that tell it.
pub(super) fn told(difference: &Difference, words: Words) -> Vec<String> {
    if difference.is_empty() {
        return vec![words.t("difference-none")];
    }
    let mut lines = vec![words.t("difference-title")];
    lines.extend(difference.plan.iter().map(|change| field(change, words)));
    let lists = [
        ("difference-target", &difference.targets),
        ("difference-project", &difference.projects),
        ("difference-duty", &difference.duties),
    ];
    for (key, items) in lists {
        for own in items {
            let args: [(&str, &dyn ToArg); 3] = [
                ("number", &own.number),
                ("name", &own.name),
                ("how", &how(own, words)),
            ];
            lines.push(format!("  {}", words.t_args(key, &args)));
            lines.extend(own.fields.iter().map(|change| field(change, words)));
        }
    }
    let counts = difference.indicators;
    lines.push(format!(
        "  {}",
        words.t_args(
            "difference-indicators",
            &[
                ("added", &counts.added),
                ("changed", &counts.changed),
                ("dropped", &counts.dropped),
            ],
        )
    ));
    for (key, findings) in [
        ("difference-finding-new", &difference.findings_new),
        ("difference-finding-gone", &difference.findings_gone),
    ] {
        let said = findings.iter().map(|finding| {
            let said = words.pages.finding(finding);
            format!("  {}", words.t_args(key, &[("says", &said)]))
        });
        lines.extend(said);
    }
    lines
}

fn how(own: &ItemChange, words: Words) -> String {
    words.t(match own.what {
        Change::Added => "difference-added",
        Change::Changed => "difference-changed",
        Change::Dropped => "difference-dropped",
        Change::Returned => "difference-returned",
        Change::Unread => "difference-unread",
    })
}

fn field(change: &FieldChange, words: Words) -> String {
    let said = |value: &str| match value.parse::<i64>() {
        Ok(amount) if change.field.ends_with("_vnd") => words.pages.money(amount),
        _ => value.replace('\n', "; "),
    };
    let name = words.pages.t(&format!("intake-field-{}", change.field));
    let (before, after) = (said(&change.before), said(&change.after));
    format!("      {name}: “{before}” → “{after}”")
}
