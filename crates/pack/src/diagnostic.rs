//! One thing that is wrong, where it is, and what was probably meant.

use crate::source::Span;
use crate::{Code, Severity};

/// One thing that is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where.
    pub span: Span,
    /// What.
    pub code: Code,
    /// The values that its wording names.
    pub args: Vec<(&'static str, String)>,
    /// What was probably meant.
    pub meant: Option<String>,
    /// Another place that has to do with it, such as the first of two.
    pub also: Option<Span>,
}

impl Diagnostic {
    /// Something wrong at a place.
    pub fn new(code: Code, span: Span) -> Self {
        Self {
            span,
            code,
            args: Vec::new(),
            meant: None,
            also: None,
        }
    }

    /// The same with a value that its wording names.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// The same with what was probably meant: the nearest of the known names.
    #[must_use]
    pub fn meant<'a>(mut self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        self.meant = crate::nearest::nearest(wrong, known);
        self
    }

    /// The same with another place.
    #[must_use]
    pub fn also(mut self, span: Span) -> Self {
        self.also = Some(span);
        self
    }
}

/// What a check has found so far.
#[derive(Clone, Debug, Default)]
pub struct Findings(Vec<Diagnostic>);

impl Findings {
    /// Notes one more.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether none of them is an error.
    pub fn passes(&self) -> bool {
        self.0
            .iter()
            .all(|found| found.code.severity() == Severity::Warning)
    }

    /// All of them in the order of the files, each once.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}
