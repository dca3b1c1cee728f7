//! Code lists: `lists/*.csv` with the columns `code,vi,en,valid_from,valid_to,parent`.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::Code;
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::Span;

/// The columns, in any order; the last three may be left out.
pub const COLUMNS: [&str; 6] = ["code", "vi", "en", "valid_from", "valid_to", "parent"];
/// The most rows of a list.
const MOST: usize = 20_000;

/// A list of codes, valid in time, one under another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeList {
    /// The name of its file, without the ending.
    pub id: String,
    /// Its file.
    pub file: u32,
    /// Its rows.
    pub rows: Vec<CodeRow>,
    /// Its codes, each once.
    pub codes: BTreeSet<String>,
}

/// A code, for as long as it means this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// The code.
    pub code: String,
    /// What it means, in Vietnamese.
    pub vi: String,
    /// What it means, in English.
    pub en: String,
    /// The first day on which it may be chosen; from the beginning if none.
    pub valid_from: Option<Date>,
    /// The last day; without end if none.
    pub valid_to: Option<Date>,
    /// The code above it.
    pub parent: Option<String>,
    /// Where.
    pub span: Span,
}

impl CodeRow {
    /// Whether the code may be chosen on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|first| first <= day)
            && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// Reads a list; what cannot be read is said and left out.
pub(crate) fn read(id: String, file: u32, text: &str, findings: &mut Findings) -> CodeList {
    let mut list = CodeList {
        id,
        file,
        rows: Vec::new(),
        codes: BTreeSet::new(),
    };
    let whole =
        |start: usize, end: usize| Span::new(file, start.min(text.len())..end.min(text.len()));
    let bad = |span: Span, what: &'static str, name: &str| {
        Diagnostic::new(Code::BadList, span)
            .with("what", what)
            .with("name", name)
    };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let first_line = whole(0, text.find('\n').unwrap_or(text.len()));
    let Ok(headers) = reader.headers().cloned() else {
        findings.push(bad(first_line, "~list-unreadable", ""));
        return list;
    };
    for header in headers
        .iter()
        .filter(|header| !COLUMNS.contains(&header.trim()))
    {
        findings.push(bad(first_line, "~list-column", header).meant(header, COLUMNS));
    }
    for needed in ["code", "vi", "en"] {
        if !headers.iter().any(|header| header.trim() == needed) {
            findings.push(bad(first_line, "~list-needs", needed));
            return list;
        }
    }
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let at = error.position().map_or(0, csv::Position::byte);
                let at = usize::try_from(at).unwrap_or(text.len());
                findings.push(bad(whole(at, at + 1), "~list-unreadable", ""));
                return list;
            }
        };
        let start = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(text.len()).min(text.len());
        let rest = text.get(start..).unwrap_or_default();
        // The reader gives the place where it was when it began: skip empty lines.
        let start = start + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let rest = text.get(start..).unwrap_or_default();
        let span = whole(start, start + rest.find(['\r', '\n']).unwrap_or(rest.len()));
        if list.rows.len() == MOST {
            findings.push(Diagnostic::new(Code::TooLarge, span).with("most", MOST));
            return list;
        }
        if record.len() > headers.len() {
            findings.push(bad(span, "~list-cells", ""));
            continue;
        }
        let cell = |name: &str| {
            let column = headers.iter().position(|header| header.trim() == name);
            column
                .and_then(|column| record.get(column))
                .unwrap_or_default()
                .trim()
        };
        let mut day = |name: &'static str| -> Option<Date> {
            let text = cell(name);
            let date = text.parse().ok();
            if date.is_none() && !text.is_empty() {
                findings.push(bad(span, "~list-date", text));
            }
            date
        };
        let (valid_from, valid_to) = (day("valid_from"), day("valid_to"));
        for (lang, text) in [("~lang-vi", cell("vi")), ("~lang-en", cell("en"))] {
            if text.is_empty() {
                findings.push(Diagnostic::new(Code::MissingTranslation, span).with("lang", lang));
            }
        }
        let code = cell("code");
        if code.is_empty() || code.chars().count() > 40 || code.chars().any(char::is_control) {
            findings.push(bad(span, "~list-code", code));
            continue;
        }
        list.codes.insert(code.to_owned());
        list.rows.push(CodeRow {
            code: code.to_owned(),
            vi: cell("vi").to_owned(),
            en: cell("en").to_owned(),
            valid_from,
            valid_to,
            parent: Some(cell("parent"))
                .filter(|parent| !parent.is_empty())
                .map(str::to_owned),
            span,
        });
    }
    list
}
