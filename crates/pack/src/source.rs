//! The text of packs, and places in it.

use std::path::PathBuf;

/// A place in one of the files: bytes from `start` up to `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Which file, as [`Sources`] counts them.
    pub file: u32,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A place in a file.
    pub fn new(file: u32, range: std::ops::Range<usize>) -> Self {
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            file,
            start: short(range.start),
            end: short(range.end.max(range.start)),
        }
    }

    /// The bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Located<T> {
    /// A value at a place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> std::ops::Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// One file of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// As messages show it.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
    /// Where each line begins.
    lines: Vec<u32>,
}

impl SourceFile {
    fn new(path: PathBuf, text: String) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0)
            .chain(breaks)
            .map(|at| u32::try_from(at).unwrap_or(u32::MAX))
            .collect();
        Self { path, text, lines }
    }

    /// Line and column of a byte, both from 1; a column counts characters.
    pub fn position(&self, at: usize) -> (usize, usize) {
        let at = self.text.floor_char_boundary(at);
        let line = self.lines.partition_point(|start| *start as usize <= at);
        let start = self.lines[line.saturating_sub(1)] as usize;
        (line, self.text[start..at].chars().count() + 1)
    }

    /// A line's text, counted from 1, without its end.
    pub fn line(&self, line: usize) -> &str {
        let bound = |index: usize| self.lines.get(index).map(|at| *at as usize);
        let start = bound(line.saturating_sub(1)).unwrap_or(self.text.len());
        let end = bound(line).unwrap_or(self.text.len());
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }
}

/// All files that were read, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources(Vec<SourceFile>);

impl Sources {
    /// Keeps a file and gives it its number.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<String>) -> u32 {
        self.0.push(SourceFile::new(path.into(), text.into()));
        u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX)
    }

    /// A file by its number.
    pub fn get(&self, file: u32) -> Option<&SourceFile> {
        self.0.get(file as usize)
    }

    /// What stands at a place.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|file| file.text.get(span.range()))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::default();
        let file = sources.add("a.toml", "một\r\nhai = «ba»\n");
        let file = sources.get(file).unwrap();
        assert_eq!(file.position(0), (1, 1));
        let at = file.text.find('»').unwrap();
        assert_eq!(file.position(at), (2, 10));
        assert_eq!(file.line(1), "một");
        assert_eq!(file.line(2), "hai = «ba»");
        assert_eq!(file.position(10_000), (3, 1));
    }
}
