//! Changes as a person reads them, and as a program does.

use std::fmt::Write as _;

use serde_json::{Value, json};
use vocab::Lang;

use super::{Change, Effect, Side};
use crate::source::Sources;
use crate::words;

/// Both catalogs' texts: the earlier one's and the later one's.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    /// The earlier one's.
    pub old: &'a Sources,
    /// The later one's.
    pub new: &'a Sources,
}

impl Effect {
    /// Its word.
    pub fn word(self, lang: Lang) -> String {
        words::say(lang, self.key(), &[])
    }
}

impl Change {
    fn worded(&self) -> Vec<(&str, &str)> {
        let args = self.args.iter();
        args.map(|(name, value)| (*name, value.as_str())).collect()
    }

    /// What changes, in one sentence.
    pub fn message(&self, lang: Lang) -> String {
        words::say(lang, self.what.key(), &self.worded())
    }

    /// What that does to records that exist.
    pub fn meaning(&self, lang: Lang) -> String {
        let key = self.what.key();
        words::part(lang, key, Some("data"), &self.worded()).unwrap_or_default()
    }

    /// What to do about it, where something must be done.
    pub fn advice(&self, lang: Lang) -> Option<String> {
        words::advice(lang, self.what.key(), &self.worded())
    }

    /// The file that it is written in, with line and column.
    pub fn place(&self, texts: Texts<'_>) -> (String, usize, usize) {
        let sources = match self.side {
            Side::Old => texts.old,
            Side::New => texts.new,
        };
        let file = sources.get(self.span.file);
        let (line, column) = file.map_or((1, 1), |file| file.position(self.span.start as usize));
        let path = file.map_or_else(String::new, |file| file.path.display().to_string());
        (path, line, column)
    }

    /// All that a person needs; `records` is how many are concerned, where that was counted.
    pub fn render(&self, texts: Texts<'_>, records: Option<u64>, lang: Lang) -> String {
        let refused = records.map_or(self.may_be_refused(), |count| self.is_refused(count));
        let mut text = format!(
            "{}[{}]: {}\n",
            self.what.effect().word(lang),
            self.what.code(),
            self.message(lang)
        );
        let (path, line, column) = self.place(texts);
        let _ = writeln!(text, "  --> {path}:{line}:{column}");
        let _ = writeln!(text, "  = {}", self.meaning(lang));
        if let (Some(count), true) = (records, self.touch.is_some()) {
            let count = count.to_string();
            let said = words::say(lang, "change-records", &[("count", &count)]);
            let _ = writeln!(text, "  = {said}");
        }
        if let (true, Some(advice)) = (refused, self.advice(lang)) {
            let said = words::say(lang, "change-refused", &[("advice", &advice)]);
            let _ = writeln!(text, "  ! {said}");
        }
        text
    }

    /// The same for programs: one object.
    pub fn to_json(&self, texts: Texts<'_>, records: Option<u64>, lang: Lang) -> Value {
        let refused = records.map_or(self.may_be_refused(), |count| self.is_refused(count));
        let (file, line, column) = self.place(texts);
        json!({
            "kind": self.what.effect().name(),
            "code": self.what.code(),
            "pack": self.pack,
            "record": Some(&self.record).filter(|record| !record.is_empty()),
            "message": self.message(lang),
            "effect": self.meaning(lang),
            "advice": self.advice(lang).filter(|_| refused),
            "in": match self.side { Side::Old => "old", Side::New => "new" },
            "at": { "file": file, "line": line, "column": column },
            "records": records.filter(|_| self.touch.is_some()),
            "refused": refused,
        })
    }
}
