//! Office files are zip archives of XML parts, and a small one may unpack to more than the
//! memory holds. All parts are therefore unpacked once into nothing, and counted, before any
//! is read; one that declares a document type, the way to entities that expand into each
//! other, is refused. No office program writes such a declaration.

use std::io::{self, Cursor, Read, Write};

use zip::ZipArchive;

/// The largest file that is looked at, in bytes.
pub const LARGEST_FILE: usize = 16 << 20;
/// The most that its parts may measure unpacked, in bytes.
const LARGEST_UNPACKED: u64 = 128 << 20;

/// How large a package may be, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// As it comes.
    pub file: usize,
    /// Unpacked, what is read as it streams by: the sheets.
    pub streamed: u64,
    /// Unpacked, all the rest together, which readers hold in memory.
    pub held: u64,
}

/// What is read whole.
const WHOLE: Bounds = Bounds {
    file: LARGEST_FILE,
    streamed: 0,
    held: LARGEST_UNPACKED,
};
/// Where the sheets of a workbook lie.
const SHEETS: &str = "xl/worksheets/";
/// The most parts.
const MOST_PARTS: usize = 2_000;
/// Where a declaration would stand, in bytes from the part's beginning.
const OPENING: usize = 4_096;

/// Why the package of an office file is not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// Longer than [`LARGEST_FILE`], or unpacked than what is taken.
    #[error("it is too large, packed or unpacked; take out its pictures, or split it")]
    TooLarge,
    /// No zip archive, or damaged.
    #[error("its package cannot be opened ({0}); open it in an office program and save it again")]
    Unreadable(String),
    /// A part with a document type declaration.
    #[error("its part {0} declares a document type, which no office program does")]
    Declares(String),
}

/// Looks at a package whole without keeping any of it.
pub(crate) fn check(bytes: &[u8]) -> Result<(), PackageError> {
    check_within(bytes, WHOLE)
}

/// The same of one that may be of another size.
pub(crate) fn check_within(bytes: &[u8], bounds: Bounds) -> Result<(), PackageError> {
    if bytes.len() > bounds.file {
        return Err(PackageError::TooLarge);
    }
    let mut archive = open(bytes)?;
    if archive.len() > MOST_PARTS {
        return Err(PackageError::TooLarge);
    }
    let (mut held, mut streamed) = (bounds.held, bounds.streamed);
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(unreadable)?;
        let name = part.name().map_err(unreadable)?.into_owned();
        let mut opening = Opening::default();
        let left = if bounds.streamed > 0 && name.starts_with(SHEETS) {
            &mut streamed
        } else {
            &mut held
        };
        let read = io::copy(&mut part.take(*left), &mut opening).map_err(unreadable)?;
        *left -= read;
        if *left == 0 {
            return Err(PackageError::TooLarge);
        }
        let markup = [".xml", ".rels"].iter().any(|end| name.ends_with(end));
        if markup && opening.declares() {
            return Err(PackageError::Declares(name));
        }
    }
    Ok(())
}

/// The names of a package's parts.
pub(crate) fn names(bytes: &[u8]) -> Result<Vec<String>, PackageError> {
    let archive = open(bytes)?;
    archive
        .file_names()
        .map(|name| Ok(name.map_err(unreadable)?.into_owned()))
        .collect()
}

/// One part as text, if there is one of that name. The package was checked before.
pub(crate) fn part(bytes: &[u8], name: &str) -> Result<Option<String>, PackageError> {
    let mut archive = open(bytes)?;
    let Some(at) = archive.index_for_name(name) else {
        return Ok(None);
    };
    let mut content = Vec::new();
    archive
        .by_index(at)
        .map_err(unreadable)?
        .take(LARGEST_UNPACKED)
        .read_to_end(&mut content)
        .map_err(unreadable)?;
    let text = String::from_utf8(content)
        .map_err(|_| PackageError::Unreadable(format!("{name} is not in UTF-8")))?;
    Ok(Some(text))
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, PackageError> {
    ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)
}

fn unreadable(error: impl ToString) -> PackageError {
    PackageError::Unreadable(error.to_string())
}

/// Keeps the beginning of what is written and forgets the rest.
#[derive(Default)]
struct Opening {
    bytes: Vec<u8>,
}

impl Opening {
    fn declares(&self) -> bool {
        let declares = |window: &[u8]| window.eq_ignore_ascii_case(b"<!DOCTYPE");
        self.bytes.windows(9).any(declares)
    }
}

impl Write for Opening {
    fn write(&mut self, chunk: &[u8]) -> io::Result<usize> {
        let room = OPENING - self.bytes.len();
        self.bytes
            .extend_from_slice(&chunk[..chunk.len().min(room)]);
        Ok(chunk.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
