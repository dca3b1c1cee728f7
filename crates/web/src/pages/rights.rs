//! Why somebody may do something to a record or may not, and who may.

use askama::Template;

use super::parts::{Choice, FormErrors, Link};
use super::{Shell, links};

/// The page that explains.
#[derive(Clone, Debug, Template)]
#[template(path = "rights.html")]
pub struct Rights {
    /// The frame.
    pub shell: Shell,
    /// Who was asked about: a login or a name; empty for everybody.
    pub person: String,
    /// What.
    pub verbs: Vec<Choice>,
    /// Which record: an address or an identity.
    pub record: String,
    /// The day.
    pub day: String,
    /// Those whom a name may mean.
    pub people: Vec<Link>,
    /// The answer about one account.
    pub answer: Option<RightsAnswer>,
    /// The answer about everybody.
    pub audience: Option<RightsAudience>,
    /// What is wrong with the question.
    pub errors: FormErrors,
}

/// Yes or no, and why.
#[derive(Clone, Debug)]
pub struct RightsAnswer {
    /// Yes or no.
    pub allowed: bool,
    /// In a sentence.
    pub verdict: String,
    /// Why not, in a word.
    pub reason: String,
    /// What allows it.
    pub because: Vec<Ground>,
    /// What would allow it but for something.
    pub near: Vec<Ground>,
    /// Where the roles of the account are given.
    pub account: Link,
    /// Everybody who may.
    pub everybody: Link,
}

/// A grant, and what it lacks.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The grant, and how its role is held.
    pub said: String,
    /// Its role's page.
    pub role: Link,
    /// What would have to change.
    pub missing: Vec<String>,
}

/// Who may.
#[derive(Clone, Debug)]
pub struct RightsAudience {
    /// What was asked, in words.
    pub title: String,
    /// Whether it is everybody, signed in or not.
    pub everybody: bool,
    /// Who, and why.
    pub seers: Vec<SeerRow>,
    /// What says that not everybody was looked at; empty where all were.
    pub cut: String,
}

/// Somebody who may.
#[derive(Clone, Debug)]
pub struct SeerRow {
    /// Who; leads to the answer about them.
    pub who: Link,
    /// The login.
    pub login: String,
    /// Why.
    pub because: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Rights {
        const NAME: &'static str = "rights";

        fn samples(shell: &Shell) -> Vec<Self> {
            let ground = |said: &str| Ground {
                said: said.to_owned(),
                role: Link::new(links::role("head"), said),
                missing: vec![said.to_owned()],
            };
            let asked = Self {
                shell: samples::administrator(shell),
                person: String::new(),
                verbs: vec![Choice::default()],
                record: String::new(),
                day: "2026-11-24".to_owned(),
                people: Vec::new(),
                answer: None,
                audience: None,
                errors: FormErrors::default(),
            };
            let refused = Self {
                person: HOSTILE.to_owned(),
                answer: Some(RightsAnswer {
                    allowed: false,
                    verdict: LONG.to_owned(),
                    reason: HOSTILE.to_owned(),
                    because: vec![ground(LONG)],
                    near: vec![ground(HOSTILE)],
                    account: Link::new("/x", "Phạm Thị Lan"),
                    everybody: Link::new("/y", shell.t("rights-title")),
                }),
                ..asked.clone()
            };
            let row = |name: &str| SeerRow {
                who: Link::new("/x", name),
                login: "lan.pt".to_owned(),
                because: LONG.to_owned(),
            };
            let audience = |everybody, seers| RightsAudience {
                title: HOSTILE.to_owned(),
                everybody,
                seers,
                cut: LONG.to_owned(),
            };
            let many = Self {
                audience: Some(audience(false, vec![row(HOSTILE); 90])),
                people: vec![Link::new("/x", LONG)],
                errors: FormErrors(vec![FieldError {
                    field: "ho-so".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
                ..asked.clone()
            };
            let nobody = Self {
                audience: Some(audience(false, Vec::new())),
                ..asked.clone()
            };
            let public = Self {
                audience: Some(audience(true, Vec::new())),
                ..asked.clone()
            };
            vec![asked, refused, many, nobody, public]
        }
    }
}
