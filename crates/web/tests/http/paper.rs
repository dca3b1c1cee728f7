//! What a paper says, as a reader of its file finds it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use axum::http::StatusCode;

use crate::fixture::Answer;

/// The text of a paper, one page after another, with single blanks; empty on a machine without
/// `pdftotext`, where only the file's beginning is looked at.
pub(crate) fn said(answer: &Answer) -> Option<String> {
    assert_eq!(
        answer.status,
        StatusCode::OK,
        "{}",
        answer.header("content-type")
    );
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert!(answer.bytes.starts_with(b"%PDF-"));
    // To be looked at: `PHUSA_KEEP_PAPERS=/tmp/papers`.
    if let Some(folder) = std::env::var_os("PHUSA_KEEP_PAPERS") {
        let name = answer.header("content-disposition").split('"').nth(1);
        let path = std::path::Path::new(&folder).join(name.unwrap());
        std::fs::write(path, &answer.bytes).unwrap();
    }
    let child = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        assert!(std::env::var_os("CI").is_none(), "pdftotext is missing");
        return None;
    };
    let bytes = answer.bytes.clone();
    let mut into = child.stdin.take().unwrap();
    let writing = std::thread::spawn(move || into.write_all(&bytes).unwrap());
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let pages = text.split('\u{c}').map(|page| {
        let words: Vec<&str> = page.split_whitespace().collect();
        words.join(" ")
    });
    Some(pages.collect::<Vec<_>>().join("\n"))
}
