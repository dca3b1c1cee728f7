//! Files that are made of several, as one text: a line `== path ==` before each.

use std::io::{Cursor, Read, Write};

/// The parts of a text by their paths; what stands before the first is none of them.
pub(crate) fn split(text: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let path = std::str::from_utf8(line)
            .ok()
            .and_then(|line| line.trim_end().strip_prefix("== ")?.strip_suffix(" =="));
        match (path, parts.last_mut()) {
            (Some(path), _) => parts.push((path.to_owned(), Vec::new())),
            (None, Some((_, content))) => content.extend_from_slice(line),
            (None, None) => {}
        }
    }
    parts
}

/// The text of some parts.
pub(crate) fn join<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut text = Vec::new();
    for (path, content) in parts {
        text.extend_from_slice(format!("== {path} ==\n").as_bytes());
        text.extend_from_slice(content);
        if !content.ends_with(b"\n") {
            text.push(b'\n');
        }
    }
    text
}

/// A package with the parts of a text, and with those of `usual` that it lacks.
pub(crate) fn package(text: &[u8], usual: &[(&str, &str)]) -> Vec<u8> {
    let mut parts = split(text);
    for (path, content) in usual {
        if parts.iter().all(|(known, _)| known != path) {
            parts.push(((*path).to_owned(), content.as_bytes().to_vec()));
        }
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut written = std::collections::BTreeSet::new();
    for (path, content) in &parts {
        // A name that stands twice makes no package.
        if written.insert(path) && zip.start_file(path.as_str(), stored).is_ok() {
            zip.write_all(content).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

/// The text of those parts of a package that readers look at.
pub(crate) fn unpacked(package: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut parts = Vec::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let path = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        // A line for each element: what is moved about is then whole, as often as not.
        let content = String::from_utf8(content).unwrap().replace("><", ">\n<");
        if path.starts_with("word/") || (path.starts_with("xl/") && !path.contains("theme")) {
            parts.push((path, content.into_bytes()));
        }
    }
    join(parts.iter().map(|(path, content)| (&**path, &**content)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_is_split_again() {
        let parts = [("a/b.xml", &b"<x>\n"[..]), ("c", b"\xff\n")];
        let text = join(parts);
        let again = split(&text);
        let again: Vec<(&str, &[u8])> = again.iter().map(|(path, of)| (&**path, &**of)).collect();
        assert_eq!(again, parts);
    }

    #[test]
    fn a_package_holds_what_its_text_says_and_the_usual_beside_it() {
        let text = join([("word/document.xml", &b"<x/>"[..])]);
        let package = package(
            &text,
            &[("word/document.xml", "<y/>"), ("word/a.xml", "<z/>")],
        );
        let said = String::from_utf8(unpacked(&package)).unwrap();
        assert_eq!(
            said,
            "== word/document.xml ==\n<x/>\n== word/a.xml ==\n<z/>\n"
        );
    }
}
