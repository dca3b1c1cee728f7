//! Why a command did not do what was asked, said so that one knows what to do.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use directory::DirectoryError;
use office::reading::Refused;
use office::text::TextError;
use office::{PackageError, ReadError};
use plan::PlanError;
use plan::import::ImportError;
use registry::RegistryError;
use store::StoreError;
use vocab::Problem;
use web::i18n::ToArg;

use crate::store_words;
use crate::words::Words;

/// A message key and the values that its wording needs.
#[derive(Debug)]
pub(crate) struct Failure {
    key: Cow<'static, str>,
    args: Vec<(Cow<'static, str>, String)>,
}

impl Failure {
    pub(crate) fn new(key: &'static str) -> Self {
        Self {
            key: Cow::Borrowed(key),
            args: Vec::new(),
        }
    }

    /// Whether it is the one that is worded so.
    pub(crate) fn is(&self, key: &str) -> bool {
        self.key == key
    }

    /// What only a programmer can read goes to the log, under a number that the words name; the
    /// same fault has the same number.
    fn logged(key: &'static str, details: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        details.hash(&mut hasher);
        let reference = format!("{:08x}", hasher.finish() >> 32);
        tracing::error!(reference, "{details}");
        Self::new(key).with("reference", reference)
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((Cow::Borrowed(name), value.to_string()));
        self
    }

    /// A refusal that the pages have no words for is said as the log would.
    pub(crate) fn say(&self, words: Words) -> String {
        let args: Vec<(&str, &dyn ToArg)> = self
            .args
            .iter()
            .map(|(name, value)| (name.as_ref(), value as &dyn ToArg))
            .collect();
        words
            .lookup(&self.key, &args)
            .unwrap_or_else(|| words.t_args("failure-refused", &args))
    }
}

impl From<StoreError> for Failure {
    /// Each with its own words; what the engine said or the stored data hold goes to the log.
    fn from(error: StoreError) -> Self {
        let saying = |key, why: String| Self::new(key).with("why", why);
        match error {
            StoreError::Full(why) => saying("failure-store-full", why),
            StoreError::Unavailable(why) => saying("failure-store-unavailable", why),
            StoreError::Contended(why) => saying("failure-store-contended", why),
            StoreError::StaleEpoch { name } => saying("failure-store-contended", name),
            StoreError::Corrupt(why) => Self::logged("failure-store-corrupt", &why),
            StoreError::File { doing, why } => store_words::file(doing, why),
            StoreError::Archive { path, fault } => store_words::archive(path, fault),
            StoreError::NotEmpty { place } => Self::new("failure-not-empty").with("folder", place),
            StoreError::Conflict { table, id, .. } => Self::new("failure-store-conflict")
                .with("table", table)
                .with("id", id),
            StoreError::Duplicate { constraint } => saying("failure-store-duplicate", constraint),
            StoreError::KeyReused { key } => saying("failure-store-key-reused", key),
            StoreError::MissingFile { digest } => {
                Self::new("failure-store-file-missing").with("digest", digest)
            }
            StoreError::TooLarge { limit } => {
                Self::new("failure-store-file-too-large").with("limit", limit)
            }
            StoreError::Declaration { table, what } => {
                Self::logged("failure-store-declaration", &what).with("table", table)
            }
            StoreError::Invalid(why) | StoreError::Engine(why) => {
                Self::logged("failure-store", &why)
            }
        }
    }
}

impl From<DirectoryError> for Failure {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Store(error) => error.into(),
            DirectoryError::Refused(problem) => problem.into(),
        }
    }
}

impl From<Problem> for Failure {
    /// Where a field is at fault, what is wrong with it says more.
    fn from(problem: Problem) -> Self {
        let key = match problem.fields.first() {
            Some(field) => format!("field-{}", field.code),
            None => format!("problem-{}", problem.code),
        };
        let mut args: Vec<(Cow<'static, str>, String)> = problem
            .args
            .into_iter()
            .map(|(name, value)| (Cow::Owned(name), value))
            .collect();
        args.push((Cow::Borrowed("why"), problem.about));
        Self {
            key: Cow::Owned(key),
            args,
        }
    }
}

impl From<RegistryError> for Failure {
    fn from(error: RegistryError) -> Self {
        match error {
            RegistryError::Refused(problem) => problem.into(),
            RegistryError::Store(error) => error.into(),
            RegistryError::Directory(error) => error.into(),
            other => Self::new("failure-refused").with("why", other),
        }
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Import(error) => error.into(),
            PlanError::Registry(error) => error.into(),
            other => Self::new("failure-refused").with("why", other),
        }
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Empty => Self::new("decision-empty"),
            ImportError::File(error) => error.into(),
            ImportError::Text(error) => error.into(),
            ImportError::NoTargets { tables, looked_for } => Self::new("decision-no-targets")
                .with("tables", tables)
                .with("sought", looked_for),
            ImportError::NoSymbol { looked_for } => {
                Self::new("decision-no-symbol").with("sought", looked_for)
            }
            ImportError::AnnexMissing { annex, line } => Self::new("decision-annex-missing")
                .with("annex", annex)
                .with("line", line),
            ImportError::AnnexCutOff { annex, line, .. } => Self::new("decision-annex-cut-off")
                .with("annex", annex)
                .with("line", line),
            ImportError::NoColumn {
                annex,
                line,
                looked_for,
            } => Self::new("decision-no-column")
                .with("annex", annex)
                .with("line", line)
                .with("sought", looked_for),
        }
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Refused(refused) => Self::new(match refused {
                Refused::Pdf => "decision-pdf",
                Refused::OldOffice => "decision-old-office",
                Refused::Rtf => "decision-rtf",
                Refused::OpenDocument => "decision-open-document",
                Refused::Package => "decision-package",
                Refused::Picture => "decision-picture",
            }),
            ReadError::Encoding => Self::new("decision-encoding"),
            ReadError::Text(error) => error.into(),
            ReadError::Package(PackageError::TooLarge) => Self::new("decision-file-too-large"),
            ReadError::Package(why) => Self::new("decision-damaged").with("why", why),
            ReadError::Damaged(why) => Self::new("decision-damaged").with("why", why),
            ReadError::TooDeep => Self::new("decision-too-deep"),
        }
    }
}

impl From<TextError> for Failure {
    fn from(error: TextError) -> Self {
        match error {
            TextError::TooLong { bytes } => Self::new("decision-too-long").with("bytes", bytes),
            TextError::Binary { line } => Self::new("decision-binary").with("line", line),
            TextError::TooManyRows { line } => {
                Self::new("decision-too-many-rows").with("line", line)
            }
            TextError::TooManyCells { line } => {
                Self::new("decision-too-many-cells").with("line", line)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use store::{ArchiveFault, FileWork};
    use vocab::{Id, Lang};

    use super::*;

    #[test]
    fn what_the_engine_said_is_in_the_log_alone() {
        let text = || "SELECT secret FROM head_account".to_owned();
        for error in [
            StoreError::Corrupt(text()),
            StoreError::Invalid(text()),
            StoreError::Engine(text()),
            StoreError::Declaration {
                table: "account".to_owned(),
                what: text(),
            },
        ] {
            for lang in Lang::ALL {
                let said = Failure::from(error.clone()).say(Words::new(lang));
                assert!(!said.contains("secret"), "{said}");
                let number = said.split(|ch: char| !ch.is_ascii_hexdigit());
                assert!(number.into_iter().any(|word| word.len() == 8), "{said}");
                let again = Failure::from(error.clone()).say(Words::new(lang));
                assert_eq!(said, again, "the same fault has the same number");
            }
        }
    }

    #[test]
    fn why_an_archive_is_unusable_is_said_in_the_readers_language() {
        let text = || "X1".to_owned();
        for fault in [
            ArchiveFault::NoSeal,
            ArchiveFault::Altered,
            ArchiveFault::Unreadable(text()),
            ArchiveFault::Entry(text()),
            ArchiveFault::Row {
                entry: text(),
                why: text(),
            },
            ArchiveFault::Version {
                form: text(),
                schema: 9,
            },
            ArchiveFault::Opening(text()),
            ArchiveFault::NoManifest,
            ArchiveFault::AfterManifest,
            ArchiveFault::FileOutOfOrder(text()),
            ArchiveFault::FileCut(text()),
            ArchiveFault::FileAltered(text()),
            ArchiveFault::Rows(text()),
            ArchiveFault::Files,
        ] {
            let english = fault.to_string();
            let start = english.split([':', ';']).next().unwrap().to_owned();
            let error = StoreError::Archive {
                path: "tệp.phusa".to_owned(),
                fault,
            };
            let said = Lang::ALL.map(|lang| Failure::from(error.clone()).say(Words::new(lang)));
            for one in &said {
                assert!(
                    one.contains("tệp.phusa") && !one.contains(['⟦', '{']),
                    "{one}"
                );
            }
            assert!(!said[0].contains(&start) && said[0] != said[1], "{said:?}");
        }
    }

    #[test]
    fn what_the_store_refuses_is_said_in_the_readers_language() {
        let text = || "SQLITE_X".to_owned();
        for error in [
            StoreError::Conflict {
                table: text(),
                id: Id::NIL,
                expected: Some(1),
                current: Some(2),
            },
            StoreError::Duplicate { constraint: text() },
            StoreError::KeyReused { key: text() },
            StoreError::StaleEpoch { name: text() },
            StoreError::Declaration {
                table: text(),
                what: text(),
            },
            StoreError::Invalid(text()),
            StoreError::Full(text()),
            StoreError::Unavailable(text()),
            StoreError::Contended(text()),
            StoreError::Corrupt(text()),
            StoreError::File {
                doing: FileWork::PreparingFolder(text()),
                why: text(),
            },
            StoreError::File {
                doing: FileWork::Storing,
                why: text(),
            },
            StoreError::File {
                doing: FileWork::Reading,
                why: text(),
            },
            StoreError::File {
                doing: FileWork::Removing(text()),
                why: text(),
            },
            StoreError::File {
                doing: FileWork::WritingBackup(text()),
                why: text(),
            },
            StoreError::File {
                doing: FileWork::OpeningBackup(text()),
                why: text(),
            },
            StoreError::File {
                doing: FileWork::PlacingRestored(text()),
                why: text(),
            },
            StoreError::File {
                doing: FileWork::ReadingSource(text()),
                why: text(),
            },
            StoreError::MissingFile { digest: text() },
            StoreError::NotEmpty { place: text() },
            StoreError::TooLarge { limit: 5 },
            StoreError::Engine(text()),
        ] {
            let english = error.to_string();
            // The sentence of the log, without what the engine said.
            let sentence = english.split([':', ';']).next().unwrap().to_owned();
            for lang in Lang::ALL {
                let said = Failure::from(error.clone()).say(Words::new(lang));
                assert!(!said.contains(['⟦', '{']), "{said}");
                if lang == Lang::Vi && sentence.contains(' ') {
                    assert!(!said.contains(&sentence), "{said}");
                }
            }
        }
    }
}
