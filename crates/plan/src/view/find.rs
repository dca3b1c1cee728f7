//! Finding targets and projects by their words, with or without tone marks.

use vocab::Id;
use vocab::fold::{fold, tokens};

use super::{PlanView, ProjectView, TargetView};
use crate::records::Party;
use crate::standing::Standing;

/// The words of something, ready to be compared.
#[derive(Clone, Debug, Default)]
pub struct Words(Vec<String>);

/// Which targets to show; what is not asked for does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetFilter {
    /// Words that it holds, the last one perhaps not typed to its end.
    pub text: String,
    /// The code of its heading.
    pub group: Option<String>,
    /// A unit that leads it, itself or as one of a set.
    pub lead: Option<Id>,
    /// How it stands.
    pub standing: Option<Standing>,
}

/// Something that was found.
#[derive(Clone, Copy, Debug)]
pub enum Found<'a> {
    /// A target.
    Target(&'a TargetView),
    /// A project.
    Project(&'a ProjectView),
    /// A unit.
    Unit(Id),
    /// A line of the source, from 1.
    Line(usize),
}

impl Words {
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut words = Self::default();
        texts.into_iter().for_each(|text| words.add(text));
        words
    }

    fn add(&mut self, text: &str) {
        self.0.extend(tokens(text));
    }

    pub(super) fn add_party(&mut self, party: &Party) {
        self.add(&party.written);
        if let Some(name) = &party.name {
            self.add(name);
        }
    }

    /// Whether each word that was asked for begins one of these. A word typed with tone
    /// marks is compared with them, one without is compared without.
    fn hold(&self, asked: &[String]) -> bool {
        asked
            .iter()
            .all(|asked| self.0.iter().any(|word| word.starts_with(asked.as_str())))
    }
}

/// The words of a question: as typed where that tells more, else folded.
struct Question {
    toned: Vec<String>,
    folded: Vec<String>,
}

impl Question {
    fn new(text: &str) -> Self {
        let split = |text: &str| -> Vec<String> {
            let words = text.split(|ch: char| !ch.is_alphanumeric());
            words
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let folded = fold(text)
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        Self {
            // The same form that the index keeps: composed, tones on their usual vowels.
            toned: split(&vocab::fold::name_key(text)),
            folded,
        }
    }

    /// What holds the words as they were typed; only if nothing does, what holds them
    /// without their marks.
    fn among<'a, T>(&self, all: &'a [T], words: impl Fn(&T) -> &Words) -> Vec<&'a T> {
        let exact: Vec<&T> = all
            .iter()
            .filter(|item| words(item).hold(&self.toned))
            .collect();
        if exact.is_empty() {
            return all
                .iter()
                .filter(|item| words(item).hold(&self.folded))
                .collect();
        }
        exact
    }
}

impl PlanView {
    /// The targets that a filter lets through, in the order of the annex.
    pub fn filter(&self, filter: &TargetFilter) -> Vec<&TargetView> {
        let found = Question::new(&filter.text).among(&self.targets, |target| &target.words);
        let passes = |target: &&TargetView| {
            let group = filter.group.as_ref();
            group.is_none_or(|group| &target.body.group == group)
                && filter
                    .lead
                    .is_none_or(|unit| target.reporters.contains(&unit))
                && filter
                    .standing
                    .is_none_or(|standing| target.standing == standing)
        };
        found.into_iter().filter(passes).collect()
    }

    /// What holds these words: targets, projects, units, then lines of the source.
    pub fn search(&self, text: &str, limit: usize) -> Vec<Found<'_>> {
        let question = Question::new(text);
        if question.folded.is_empty() {
            return Vec::new();
        }
        let targets = question.among(&self.targets, |target| &target.words);
        let projects = question.among(&self.projects, |project| &project.words);
        let units = question.among(&self.unit_words, |(_, words)| words);
        let lines = question.among(&self.line_words, |(_, words)| words);
        targets
            .into_iter()
            .map(Found::Target)
            .chain(projects.into_iter().map(Found::Project))
            .chain(units.into_iter().map(|(id, _)| Found::Unit(*id)))
            .chain(lines.into_iter().map(|(number, _)| Found::Line(*number)))
            .take(limit)
            .collect()
    }
}
