//! Findings as a report keeps them, with what the unit says about each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vocab::hex;

use super::rules::Rules;
use super::{Finding, Severity};

/// A finding of a report, and the unit's words about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What was found, by its name.
    pub code: String,
    /// The field that it is about.
    pub field: String,
    /// Its figures, as the finding had them.
    pub figures: BTreeMap<String, String>,
    /// What the unit says about it; empty while it says nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub explanation: String,
    /// The token of the finding that those words were written about. Where it is another one
    /// (the value was changed since), the words stay in the form and explain nothing yet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// The version of the thresholds.
    pub rules: String,
}

/// What somebody says about a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The finding's token: its name and a digest of its figures.
    pub finding: String,
    /// In words.
    pub text: String,
}

impl Kept {
    /// Tells this finding from any other, and from itself about another value.
    pub fn token(&self) -> String {
        let mut hasher = Sha256::new();
        let figures = self
            .figures
            .iter()
            .flat_map(|(name, figure)| [name, figure]);
        for text in std::iter::once(&self.field).chain(figures) {
            hasher.update(text.len().to_be_bytes());
            hasher.update(text);
        }
        let digest = hex::encode(&hasher.finalize()[..4]);
        format!("{}-{digest}", self.code)
    }

    /// Whether the unit explained just this.
    pub fn is_explained(&self, rules: &Rules) -> bool {
        self.about == self.token() && rules.explains(&self.explanation)
    }

    /// What was said, as a form or a program sends it again.
    pub fn said(&self) -> Explanation {
        Explanation {
            finding: self.about.clone(),
            text: self.explanation.clone(),
        }
    }
}

/// What a report keeps of what was found, with the words that fit. Words about the same kind of
/// finding on another value are kept too, and must be confirmed.
pub fn keep(findings: &[Finding], said: &[Explanation], rules: &Rules) -> Vec<Kept> {
    let strange = findings
        .iter()
        .filter(|finding| finding.code.severity() == Severity::MustExplain);
    strange
        .map(|finding| {
            let mut kept = Kept {
                code: finding.code.name().to_owned(),
                field: finding.field.to_owned(),
                figures: finding.figures.clone(),
                explanation: String::new(),
                about: String::new(),
                rules: rules.version().to_owned(),
            };
            let token = kept.token();
            let exactly = said.iter().find(|said| said.finding == token);
            let alike = || said.iter().find(|said| code_of(&said.finding) == kept.code);
            if let Some(said) = exactly.or_else(alike)
                && !said.text.trim().is_empty()
            {
                said.text.trim().clone_into(&mut kept.explanation);
                kept.about.clone_from(&said.finding);
            }
            kept
        })
        .collect()
}

/// The findings that nobody explained. One that changed since the unit wrote its words, because
/// others reported meanwhile, counts as explained where the same was explained of this value.
pub fn unexplained<'a>(now: &'a [Kept], held: &[Kept], rules: &Rules) -> Vec<&'a Kept> {
    let explained = |kept: &&Kept| {
        let same = held.iter().find(|held| held.code == kept.code);
        same.is_some_and(|held| held.is_explained(rules))
    };
    now.iter().filter(|kept| !explained(kept)).collect()
}

/// A token without its digest.
fn code_of(token: &str) -> &str {
    token.rsplit_once('-').map_or(token, |(code, _)| code)
}
