//! One target that a person writes, read as a row of an annex is.

use office::Cell;

use super::bodies::{BodyAliases, BodyList, NamedBody};
use super::names::Names;
use super::{Target, goal};

/// The bodies that a text names.
pub(crate) fn named_bodies(text: &str, aliases: &BodyAliases) -> Vec<NamedBody> {
    Names::new(aliases).names(text)
}

/// A target of these words, with its goals as understood; nobody leads it yet.
pub(crate) fn written_target(
    number: u32,
    group: &str,
    name: &str,
    goal_text: &str,
    aliases: &BodyAliases,
) -> Target {
    let nobody = || BodyList {
        text: String::new(),
        line: 1,
        names: Vec::new(),
    };
    let names = Names::new(aliases);
    let mut goals = goal::read(&Cell::new(goal_text, 1), name, &names);
    goal::name_apart(&mut goals, name);
    Target {
        number,
        group: group.to_owned(),
        line: 1,
        name: name.to_owned(),
        goal_text: goal_text.to_owned(),
        goals,
        leads: nobody(),
        partners: nobody(),
        legal_bases: Vec::new(),
        due: None,
    }
}
