//! Findings as a person reads them, and as a program does.

use std::fmt::Write as _;

use serde_json::{Value, json};
use vocab::Lang;

use crate::source::{SourceFile, Sources, Span};
use crate::{Diagnostic, Severity, words};

/// The longest piece of a line that is shown, in characters.
const WIDEST: usize = 160;

impl Diagnostic {
    /// What is wrong, in one sentence.
    pub fn message(&self, lang: Lang) -> String {
        self.worded(lang, |args| words::say(lang, self.code.number(), args))
    }

    /// What to do about it.
    pub fn advice(&self, lang: Lang) -> Option<String> {
        self.worded(lang, |args| words::advice(lang, self.code.number(), args))
    }

    fn worded<T>(&self, lang: Lang, say: impl Fn(&[(&str, &str)]) -> T) -> T {
        // Values that begin with «~» are words of the language itself, to be translated.
        let args: Vec<(&str, String)> = self
            .args
            .iter()
            .map(|(name, value)| {
                let worded = match value.strip_prefix('~') {
                    Some(word) => words::term(lang, word),
                    None => value.clone(),
                };
                (*name, worded)
            })
            .collect();
        let args: Vec<(&str, &str)> = args
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        say(&args)
    }

    /// All that a person needs: what, where, the line with a caret under it, what was probably
    /// meant, what to do.
    pub fn render(&self, sources: &Sources, lang: Lang) -> String {
        let severity = match self.code.severity() {
            Severity::Error => words::say(lang, "error", &[]),
            Severity::Warning => words::say(lang, "warning", &[]),
        };
        let mut text = format!("{severity}[{}]: {}\n", self.code, self.message(lang));
        let meant = self.meant.as_deref().map_or_else(String::new, |meant| {
            words::say(lang, "did-you-mean", &[("name", meant)])
        });
        snippet(&mut text, sources, self.span, &meant);
        if let Some(also) = self.also {
            snippet(&mut text, sources, also, &words::say(lang, "see-also", &[]));
        }
        if let Some(advice) = self.advice(lang) {
            let _ = writeln!(text, "  = {advice}");
        }
        text
    }

    /// The same for programs: one object.
    pub fn to_json(&self, sources: &Sources, lang: Lang) -> Value {
        let place = |span: Span| {
            let file = sources.get(span.file);
            let position = |at: u32| file.map_or((1, 1), |file| file.position(at as usize));
            let (line, column) = position(span.start);
            let (end_line, end_column) = position(span.end);
            json!({
                "file": file.map(|file| file.path.display().to_string()),
                "line": line,
                "column": column,
                "end_line": end_line,
                "end_column": end_column,
            })
        };
        json!({
            "code": self.code.number(),
            "severity": match self.code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            "message": self.message(lang),
            "at": place(self.span),
            "also": self.also.map(place),
            "meant": self.meant,
            "advice": self.advice(lang),
        })
    }
}

fn snippet(text: &mut String, sources: &Sources, span: Span, remark: &str) {
    let Some(file) = sources.get(span.file) else {
        return;
    };
    let (line, column) = file.position(span.start as usize);
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let _ = writeln!(text, "{margin}--> {}:{line}:{column}", file.path.display());
    if file.text.is_empty() {
        if !remark.is_empty() {
            let _ = writeln!(text, "{margin} = {remark}");
        }
        return;
    }
    let (shown, before, marked) = window(file, span, line, column);
    let _ = writeln!(text, "{margin} |");
    let _ = writeln!(text, "{number} | {shown}");
    let line = format!(
        "{margin} | {}{} {remark}",
        " ".repeat(before),
        "^".repeat(marked)
    );
    let _ = writeln!(text, "{}", line.trim_end());
}

/// The piece of a line around the place, how many columns come before it, how many it takes.
fn window(file: &SourceFile, span: Span, line: usize, column: usize) -> (String, usize, usize) {
    let chars: Vec<char> = file.line(line).chars().map(plain).collect();
    let start = (column - 1).min(chars.len());
    let (end_line, end_column) = file.position(span.end as usize);
    let end = if end_line == line {
        end_column - 1
    } else {
        chars.len()
    };
    let end = end.clamp(start, chars.len());
    let from = if chars.len() <= WIDEST {
        0
    } else {
        start.saturating_sub(WIDEST / 2)
    };
    let to = chars.len().min(from + WIDEST);
    let shown: String = chars[from..to].iter().collect();
    let marked = end.min(to).saturating_sub(start).max(1);
    (shown.trim_end().to_owned(), start - from, marked)
}

/// Tabs and control characters would move the caret, or the terminal.
fn plain(ch: char) -> char {
    if ch.is_control() { ' ' } else { ch }
}
