//! All that a template finds: itself, the parts of a paper, letters, and what it is given.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Value};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::{FAMILY, FONTS};
use crate::{Paper, PrintError, data, qr};

/// The parts of an official paper, as templates name the file.
const PARTS: &str = "/paper.typ";

/// The template and the parts; none only if Typst named files otherwise one day.
static FILES: LazyLock<Option<(FileId, Source)>> = LazyLock::new(|| {
    let id = |path: &str| {
        let path = VirtualPath::new(path).ok()?;
        Some(RootedPath::new(VirtualRoot::Project, path).intern())
    };
    let parts = Source::new(id(PARTS)?, include_str!("../typ/paper.typ").to_owned());
    Some((id("/template.typ")?, parts))
});

/// One template's world.
pub(crate) struct Sheet {
    library: LazyHash<Library>,
    main: Source,
    parts: Source,
    /// How many bytes stand before the template's own.
    pub(crate) before: usize,
}

impl Sheet {
    pub(crate) fn new(paper: &Paper<'_>) -> Result<Self, PrintError> {
        let (main, parts) = FILES.clone().ok_or(PrintError::Broken)?;
        let mut inputs = Dict::new();
        inputs.insert("title".into(), Value::Str(paper.title.into()));
        if let Some(address) = paper.verify {
            let picture = Bytes::from_string(qr::svg(address)?);
            inputs.insert("qr".into(), Value::Bytes(picture));
        }
        let (size, [above, left, right]) = paper.size.page();
        let mut before = format!(
            "#import \"{PARTS}\": *; #set document(title: sys.inputs.title); \
             #set page(paper: \"{size}\", margin: (y: {above}mm, left: {left}mm, right: {right}mm)); \
             #set text(font: \"{FAMILY}\", lang: \"vi\", region: \"VN\", size: 13pt, hyphenate: false); "
        );
        for (name, value) in paper.data {
            inputs.insert((*name).into(), data::value(value));
            before.push_str("#let ");
            before.push_str(name);
            before.push_str(" = sys.inputs.");
            before.push_str(name);
            // The code is drawn where the template puts it.
            if *name == "record" {
                before.push_str(" + (qr: verification-code(sys.inputs))");
            }
            before.push_str("; ");
        }
        // What stands at the beginning of a template's line is at the beginning of ours.
        before.push('\n');
        let text = format!("{before}{}", paper.template);
        Ok(Self {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            main: Source::new(main, text),
            parts,
            before: before.len(),
        })
    }
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.parts]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.all.get(index).cloned()
    }

    // The same data make the same paper on any day: the day is given where it is wanted.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
