//! The page of each code: what it means, wrong and right.
//!
//! The examples are packs that a test checks: the wrong one has just this to complain of, the
//! right one nothing. A piece without `[record]` is added to a small record type, `thing`.

use std::fmt::Write as _;

use vocab::Lang;

use crate::folder::PackFolder;
use crate::{Code, words};

/// The pack that examples change.
const PACK: &str = include_str!("../explained/base/pack.toml");
/// The record type that pieces are added to.
const THING: &str = include_str!("../explained/base/thing.toml");

/// An example: files by name, or pieces of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The file's name.
    pub file: &'static str,
    /// What it says, or what is added to the base.
    pub text: &'static str,
}

/// The page of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Which.
    pub code: Code,
    /// What it means, in Vietnamese and English.
    text: [&'static str; 2],
    /// What is wrong.
    pub wrong: Vec<Example>,
    /// The same, right.
    pub right: Vec<Example>,
}

/// The page of a code.
pub fn page(code: Code) -> Page {
    let mut page = Page {
        code,
        text: ["", ""],
        wrong: Vec::new(),
        right: Vec::new(),
    };
    for piece in code.page().split("\n-- ") {
        let whole = (piece.strip_suffix(" --").unwrap_or(piece), "");
        let (title, text) = piece.split_once(" --\n").unwrap_or(whole);
        let text = text.trim_end();
        match title.trim_start_matches("-- ").split_once(": ") {
            Some(("wrong", file)) => page.wrong.push(Example { file, text }),
            Some(("right", file)) => page.right.push(Example { file, text }),
            Some(("both", file)) => {
                page.wrong.push(Example { file, text });
                page.right.push(Example { file, text });
            }
            _ if title.ends_with("vi") => page.text[0] = text,
            _ => page.text[1] = text,
        }
    }
    page
}

impl Page {
    /// As a person reads it.
    pub fn render(&self, lang: Lang) -> String {
        let text = self.text[usize::from(lang == Lang::En)];
        let mut said = format!(
            "{}\n\n{text}\n",
            words::say(lang, "page", &[("code", self.code.number())])
        );
        for (key, examples) in [("page-wrong", &self.wrong), ("page-right", &self.right)] {
            if !examples.is_empty() {
                said.push('\n');
                said.push_str(&words::say(lang, key, &[]));
                said.push('\n');
            }
            for example in examples {
                let _ = writeln!(said, "\n    # {}", example.file);
                for line in example.text.lines() {
                    let _ = writeln!(said, "    {line}");
                }
            }
        }
        said.replace("\n    \n", "\n\n")
    }
}

/// The packs of an example.
pub fn packs(examples: &[Example]) -> Vec<PackFolder> {
    let mut files = vec![
        ("pack.toml", PACK.to_owned()),
        ("thing.toml", THING.to_owned()),
    ];
    let mut other: Vec<(&str, String)> = Vec::new();
    for Example { file, text } in examples {
        let (list, file) = match file.strip_prefix("../other/") {
            Some(file) => (&mut other, file),
            None => (&mut files, *file),
        };
        list.retain(|(known, _)| *known != file);
        let text = if file == "thing.toml" && !text.contains("[record]") {
            format!("{THING}\n{text}\n")
        } else {
            format!("{text}\n")
        };
        list.push((file, text));
    }
    let folder = |path: &str, files: &[(&str, String)]| {
        PackFolder::in_memory(
            path,
            files.iter().map(|(name, text)| (*name, text.as_str())),
        )
    };
    // A file that is named without a text is one that is not there.
    files.retain(|(_, text)| text != "\n");
    let mut packs = vec![folder("example", &files)];
    if !other.is_empty() {
        packs.push(folder("other", &other));
    }
    packs
}
