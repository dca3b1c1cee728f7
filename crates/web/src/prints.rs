//! Print-outs of packs: what their templates are given, when they are run and when they are tried.

use ::print::{Limits, Paper, PrintError, Size};
use pack::declaration;
use pack::trial::{TemplateFault, Trial};
use serde_json::Value;

/// The address in the code of a paper that is only tried: as long as those of real ones.
const TRIED: &str = "https://dichvu.vinhlong.gov.vn/xac-thuc/growing-area/growing-area/certificate/0189d3c4-5a6b-7c8d-9e0f-112233445566/12";

/// What is wrong with a template, tried with a record made up for it.
pub fn tried(trial: &Trial<'_>) -> Vec<TemplateFault> {
    let data = data(trial.record.clone(), trial.printed.clone());
    let paper = Paper {
        title: trial.title,
        template: trial.template,
        data: &data,
        verify: trial.qr.then_some(TRIED),
        size: size(trial.paper),
        made: None,
    };
    match ::print::check(&paper, &Limits::default()) {
        Ok(()) => Vec::new(),
        Err(PrintError::Template(faults)) => faults
            .into_iter()
            .map(|fault| TemplateFault {
                at: fault.at,
                message: fault.message,
                hint: fault.hints.join("; "),
            })
            .collect(),
        Err(error) => vec![TemplateFault {
            at: 0..0,
            message: error.to_string(),
            hint: String::new(),
        }],
    }
}

/// What a template finds, by name.
pub(crate) fn data(record: Value, printed: Value) -> Vec<(&'static str, Value)> {
    vec![("record", record), ("printed", printed)]
}

/// The paper that a pack declares.
pub(crate) const fn size(paper: declaration::Paper) -> Size {
    match paper {
        declaration::Paper::A4 => Size::A4,
        declaration::Paper::A5 => Size::A5,
    }
}

/// What a file of a print-out is called, without its ending: its id and the record's number, in
/// letters that headers take.
pub(crate) fn file_stem(print: &str, code: &str) -> String {
    let plain = vocab::fold::fold(code);
    let safe = |ch: char| if ch.is_ascii_alphanumeric() { ch } else { '-' };
    let code: String = plain.chars().map(safe).take(60).collect();
    let code = code.trim_matches('-');
    if code.is_empty() {
        print.to_owned()
    } else {
        format!("{print}-{code}")
    }
}
