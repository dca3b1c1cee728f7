//! Small pieces that several pages share.

use jiff::civil::DateTime;

use super::checks::Check;
use super::links;
use super::reading::Reading;
use super::status::Status;

/// Words that lead somewhere, or only words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Where; empty for only words.
    pub href: String,
    /// Words.
    pub text: String,
}

impl Link {
    /// Words that lead somewhere.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
        }
    }

    /// Only words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new("", text)
    }
}

/// One option of a select, or one tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends; for a tab, where it leads.
    pub value: String,
    /// Words.
    pub label: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// The neighbours of a page of a long list; pages are sought by key, not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pager {
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

impl Pager {
    /// Whether there is anywhere to go.
    pub fn needed(&self) -> bool {
        self.previous.is_some() || self.next.is_some()
    }
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, which is its id too.
    pub field: String,
    /// What is wrong and what to do, in the reader's language.
    pub message: String,
}

/// What is wrong with a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormErrors(pub Vec<FieldError>);

impl FormErrors {
    /// What is wrong with this field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }

    /// Whether anything is wrong.
    pub fn any(&self) -> bool {
        !self.0.is_empty()
    }
}

/// An evidence file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileLink {
    /// The name it was sent with.
    pub name: String,
    /// Its digest in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size_bytes: u64,
}

impl FileLink {
    /// Where it is.
    pub fn href(&self) -> String {
        links::evidence(&self.sha256)
    }
}

/// One row of a list of targets.
#[derive(Clone, Debug)]
pub struct TargetRow {
    /// Its number in the annex.
    pub number: u16,
    /// What to do, as written.
    pub title: String,
    /// The goal, as written.
    pub goal: String,
    /// Who leads.
    pub leads: Vec<Link>,
    /// How it stands.
    pub status: Status,
    /// The consolidated figure.
    pub reading: Option<Reading>,
}

impl TargetRow {
    /// Its page.
    pub fn href(&self) -> String {
        links::target(self.number)
    }

    /// What typing into the filter looks at.
    pub fn haystack(&self) -> String {
        let leads: Vec<&str> = self.leads.iter().map(|lead| lead.text.as_str()).collect();
        format!(
            "{} {} {} {}",
            self.number,
            self.title,
            self.goal,
            leads.join(" ")
        )
    }
}

/// A step on the way of a figure.
#[derive(Clone, Debug)]
pub struct Step {
    /// What was done.
    pub act: Act,
    /// The unit that did it.
    pub unit: String,
    /// The person who did it; empty while it is waited for.
    pub person: String,
    /// When; absent while it is waited for.
    pub at: Option<DateTime>,
    /// What they said, or what the step did with the figure.
    pub note: String,
    /// Evidence.
    pub files: Vec<FileLink>,
    /// What looked wrong with the value that was handed in, and the unit's words on it.
    pub checks: Vec<Check>,
    /// The report it belongs to, where the reader may see it.
    pub report: Option<String>,
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Saved a draft.
    Drafted,
    /// Handed the report in.
    Reported,
    /// Handed the report in by a link, for a body without accounts.
    ByLink,
    /// Approved it.
    Approved,
    /// Sent it back.
    SentBack,
    /// Made it part of the public figure.
    Consolidated,
    /// Commented.
    Commented,
    /// Asked partners for their opinion.
    AskedOpinions,
    /// Gave an opinion on it.
    GaveOpinion,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Drafted,
        Self::Reported,
        Self::ByLink,
        Self::Approved,
        Self::SentBack,
        Self::Consolidated,
        Self::Commented,
        Self::AskedOpinions,
        Self::GaveOpinion,
    ];

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Drafted => "act-drafted",
            Self::Reported => "act-reported",
            Self::ByLink => "act-by-link",
            Self::Approved => "act-approved",
            Self::SentBack => "act-sent-back",
            Self::Consolidated => "act-consolidated",
            Self::Commented => "act-commented",
            Self::AskedOpinions => "act-asked-opinions",
            Self::GaveOpinion => "act-gave-opinion",
        }
    }
}

impl Step {
    /// The class of its entry in the timeline.
    pub fn class(&self) -> &'static str {
        match (self.at, self.act) {
            (None, _) => "waiting",
            (_, Act::SentBack) => "back",
            _ => "past",
        }
    }
}
