//! Why a command did not do what was asked, said so that one knows what to do.

use std::borrow::Cow;

use directory::DirectoryError;
use office::text::TextError;
use plan::PlanError;
use plan::import::ImportError;
use registry::RegistryError;
use store::StoreError;
use vocab::Problem;
use web::i18n::ToArg;

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
    fn from(error: StoreError) -> Self {
        let key = match &error {
            StoreError::Full(_) => "failure-store-full",
            StoreError::Unavailable(_) => "failure-store-unavailable",
            StoreError::Contended(_) => "failure-store-contended",
            StoreError::Corrupt(_) => "failure-store-corrupt",
            StoreError::File { .. } => "failure-store-file",
            StoreError::Archive { .. } => "failure-archive",
            _ => "failure-store",
        };
        Self::new(key).with("why", error)
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
            ImportError::Html => Self::new("decision-html"),
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
            ImportError::NoMoneyUnit {
                annex,
                line,
                looked_for,
            } => Self::new("decision-no-money-unit")
                .with("annex", annex)
                .with("line", line)
                .with("sought", looked_for),
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
