//! What is printed, what everybody sees, what is counted.

use pack::declaration::{Function, RecordFile, Taking};
use registry::Kind;

use super::Writer;

impl Writer<'_> {
    /// Print-outs, what is public, indicators.
    pub(super) fn outside(&mut self, kind: &Kind, record: &RecordFile) {
        let words = self.words;
        let prints = record.prints.iter().map(|print| {
            let title = self.say(&print.title);
            if print.states.is_empty() {
                return title;
            }
            let states = self.states(record, print.states.iter().map(|state| &**state));
            format!(
                "{title} – {}",
                words.t1("manual-in-states", "states", states)
            )
        });
        let prints = prints.collect();
        self.items("manual-prints", prints);
        let titles = |fields: &[pack::shape::Key]| {
            let titles: Vec<String> = fields
                .iter()
                .map(|field| self.field(record, field))
                .collect();
            titles.join(", ")
        };
        let mut public = Vec::new();
        if let Some(shown) = &record.public {
            let fields = titles(&shown.fields);
            public.push(match &shown.when {
                Some(when) => words.t_args(
                    "manual-public-when",
                    &[
                        ("fields", &fields),
                        ("condition", &self.condition(kind, when)),
                    ],
                ),
                None => words.t1("manual-public", "fields", fields),
            });
        }
        for lookup in &record.lookups {
            let (by, shows) = (titles(&lookup.by), titles(&lookup.shows));
            let title = self.say(&lookup.title);
            public.push(words.t_args(
                "manual-lookup",
                &[("title", &title), ("by", &by), ("fields", &shows)],
            ));
        }
        self.items("manual-public-title", public);
        let figures = record.indicators.iter().map(|indicator| {
            let title = self.say(&indicator.title);
            let value = indicator.value.as_ref();
            let value = value.map(|key| self.field(record, key)).unwrap_or_default();
            let function = match indicator.function.value {
                Function::Count => words.t("figures-count"),
                Function::Share => words.t("figures-share"),
                Function::Sum => words.t1("figures-sum", "field", value),
                Function::Least => words.t1("figures-least", "field", value),
                Function::Greatest => words.t1("figures-greatest", "field", value),
            };
            let mut said = format!("{title}: {function}");
            if let Some(when) = &indicator.when {
                let when = self.condition(kind, when);
                said = format!("{said}; {} {when}", words.t("figures-when"));
            }
            if let Some(part) = &indicator.part {
                let part = self.condition(kind, part);
                said = format!("{said}; {} {part}", words.t("figures-part"));
            }
            let taken = match (indicator.taken.value, &indicator.date) {
                (Taking::Over, Some(date)) => {
                    words.t1("figures-over", "field", self.field(record, date))
                }
                _ => words.t("figures-end"),
            };
            format!("{said}. {taken}.")
        });
        let figures = figures.collect();
        self.items("manual-figures", figures);
    }
}
