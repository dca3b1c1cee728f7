//! Why a command did not do what was asked, said so that one knows what to do.

use std::borrow::Cow;

use directory::DirectoryError;
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
