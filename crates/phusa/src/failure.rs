//! Why a command did not do what was asked, said so that one knows what to do.

use store::StoreError;
use web::i18n::ToArg;

use crate::words::Words;

/// A message key and the values that its wording needs.
#[derive(Debug)]
pub(crate) struct Failure {
    key: &'static str,
    args: Vec<(&'static str, String)>,
}

impl Failure {
    pub(crate) fn new(key: &'static str) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    pub(crate) fn say(&self, words: Words) -> String {
        let args: Vec<(&str, &dyn ToArg)> = self
            .args
            .iter()
            .map(|(name, value)| (*name, value as &dyn ToArg))
            .collect();
        words.t_args(self.key, &args)
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
