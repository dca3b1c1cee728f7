//! Bringing records of a system in from files: which imports there are, and one of them.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::{FormErrors, Link, Pager};
use super::{Shell, links};

/// The form, and the imports so far.
#[derive(Clone, Debug, Template)]
#[template(path = "system_imports.html")]
pub struct SystemImports {
    /// The frame.
    pub shell: Shell,
    /// The list.
    pub kind: Link,
    /// Where the form goes; empty where there is none for the reader.
    pub action: String,
    /// The titles that columns may have.
    pub columns: Vec<String>,
    /// The imports, latest first.
    pub rows: Vec<ImportRow>,
    /// The pages before and behind.
    pub pager: Pager,
    /// What is wrong with the form.
    pub errors: FormErrors,
}

/// An import in the list.
#[derive(Clone, Debug)]
pub struct ImportRow {
    /// Its page, by the name of its file.
    pub file: Link,
    /// Where it stands.
    pub state: String,
    /// Who began it.
    pub starter: String,
    /// When.
    pub began: DateTime,
    /// How many records it brought in.
    pub good: i64,
    /// How many rows were refused.
    pub refused: i64,
}

/// One import.
#[derive(Clone, Debug, Template)]
#[template(path = "system_import.html")]
pub struct SystemImport {
    /// The frame.
    pub shell: Shell,
    /// The list of records.
    pub kind: Link,
    /// The list of imports.
    pub list: Link,
    /// Its own address.
    pub address: String,
    /// The name of its file.
    pub file: String,
    /// Where it stands.
    pub state: String,
    /// What that means.
    pub explained: String,
    /// Who began it.
    pub starter: String,
    /// When.
    pub began: DateTime,
    /// Whether it goes on by itself.
    pub at_work: bool,
    /// How far each pass came.
    pub passes: Vec<PassShown>,
    /// The first rows that the latest pass refused.
    pub refused: Vec<RefusedRow>,
    /// What the reader can do with it.
    pub steps: Vec<ImportStepForm>,
}

/// A pass over the rows.
#[derive(Clone, Debug)]
pub struct PassShown {
    /// What it does.
    pub title: String,
    /// How many rows it went through.
    pub rows: i64,
    /// Of how many, if that is known.
    pub of: Option<i64>,
    /// How many of them were good, in words.
    pub good: String,
    /// How many were refused.
    pub refused: i64,
    /// Rows a second.
    pub speed: Option<i64>,
    /// The file of the refused rows; empty if there is none.
    pub file: String,
}

/// A row that was refused.
#[derive(Clone, Debug)]
pub struct RefusedRow {
    /// Its line in the file, if it is one of the file.
    pub line: Option<u32>,
    /// The record that is meant; empty for a row of the file.
    pub href: String,
    /// Why.
    pub why: String,
    /// The record that names it, where that is why.
    pub by: Option<Link>,
}

/// Something that can be done with it.
#[derive(Clone, Debug)]
pub struct ImportStepForm {
    /// Where the form goes.
    pub action: String,
    /// The button.
    pub label: String,
    /// What it does.
    pub explained: String,
    /// Whether it is what one mostly wants.
    pub is_main: bool,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    fn began() -> DateTime {
        jiff::civil::datetime(2026, 11, 30, 8, 15, 0, 0)
    }

    impl Sampled for SystemImports {
        const NAME: &'static str = "system-imports";

        fn samples(shell: &Shell) -> Vec<Self> {
            let list = links::system("it-equipment", "device", "");
            let usual = Self {
                shell: samples::officer(shell),
                kind: Link::new(list.clone(), "Thiết bị"),
                action: format!("{list}/nhap"),
                columns: vec!["Loại thiết bị".to_owned(), HOSTILE.to_owned()],
                rows: Vec::new(),
                pager: Pager::default(),
                errors: FormErrors::default(),
            };
            let row = |name: &str| ImportRow {
                file: Link::new(format!("{list}/nhap/1"), name),
                state: "Đã nhập xong".to_owned(),
                starter: name.to_owned(),
                began: began(),
                good: 99_000,
                refused: 1_000,
            };
            let many = Self {
                action: String::new(),
                rows: vec![row("thiet-bi.xlsx"), row(HOSTILE), row(LONG)],
                ..usual.clone()
            };
            vec![usual, many]
        }
    }

    impl Sampled for SystemImport {
        const NAME: &'static str = "system-import";

        fn samples(shell: &Shell) -> Vec<Self> {
            let list = links::system("it-equipment", "device", "");
            let address = format!("{list}/nhap/1");
            let pass = |of, file: &str| PassShown {
                title: "Kiểm tra".to_owned(),
                rows: 2_000,
                of,
                good: "1.990 dòng đúng".to_owned(),
                refused: if file.is_empty() { 0 } else { 10 },
                speed: Some(5_000),
                file: file.to_owned(),
            };
            let usual = Self {
                shell: samples::officer(shell),
                kind: Link::new(list.clone(), "Thiết bị"),
                list: Link::new(format!("{list}/nhap"), "Nhập từ tệp"),
                address: address.clone(),
                file: "thiet-bi.xlsx".to_owned(),
                state: "Đang kiểm tra".to_owned(),
                explained: "Từng dòng đang được kiểm tra.".to_owned(),
                starter: "Bà Tư".to_owned(),
                began: began(),
                at_work: true,
                passes: vec![pass(None, "")],
                refused: Vec::new(),
                steps: Vec::new(),
            };
            let step = |label: &str, is_main| ImportStepForm {
                action: format!("{address}/buoc/bat-dau"),
                label: label.to_owned(),
                explained: LONG.to_owned(),
                is_main,
            };
            let row = |line: Option<u32>, href: &str, why: &str| RefusedRow {
                line,
                href: href.to_owned(),
                why: why.to_owned(),
                by: line.is_none().then(|| Link::new(href, HOSTILE)),
            };
            let refused = Self {
                file: HOSTILE.to_owned(),
                at_work: false,
                passes: vec![
                    pass(Some(2_000), &format!("{address}/loi?buoc=thu")),
                    pass(Some(100_000), ""),
                ],
                refused: vec![row(Some(7), "", HOSTILE), row(None, &list, LONG)],
                steps: vec![step("Nhập", true), step(HOSTILE, false)],
                ..usual.clone()
            };
            vec![usual, refused]
        }
    }
}
