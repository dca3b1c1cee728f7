//! The names of a document that wait for a person, each once with all its places.

use std::collections::BTreeMap;

use crate::import::words::key;
use crate::import::{BodyList, Match, NamedBody, ParsedPlan};
use crate::names::Understood;
use crate::records::{NameDoubt, NameInDoubt};

/// Where a name stands.
enum Place {
    Target(u32),
    Project(String),
    Elsewhere,
}

/// The names in doubt, by their first line.
pub(super) fn doubts(parsed: &ParsedPlan, names: &Understood<'_>) -> Vec<NameInDoubt> {
    let mut found: BTreeMap<String, NameInDoubt> = BTreeMap::new();
    let mut list = |list: &BodyList, within, place: &dyn Fn() -> Place| {
        for named in &list.names {
            if let Some((why, taken_for)) = names.doubt(named, within) {
                note(&mut found, named, (why, taken_for), list.line, place());
            }
        }
    };
    for target in &parsed.targets {
        list(&target.leads, None, &|| Place::Target(target.number));
        list(&target.partners, None, &|| Place::Target(target.number));
    }
    let mut groups = Vec::new();
    for annex in &parsed.project_annexes {
        for group in &annex.groups {
            let body = group.body.as_ref();
            let within = body.and_then(|body| names.unit(&body.name));
            if within.is_none() && !group.name.is_empty() {
                groups.push(group);
            }
            for project in &group.projects {
                list(&project.leads, within, &|| {
                    Place::Project(format!("{}/{}", annex.number, project.code))
                });
            }
        }
    }
    for group in groups {
        let heading = NamedBody {
            written: group.name.clone(),
            key: key(&group.name),
            body: group.body.clone(),
            matched: match group.body {
                Some(_) => Match::Exact,
                None => Match::Unknown,
            },
        };
        if let Some(doubt) = names.doubt(&heading, None) {
            note(&mut found, &heading, doubt, group.line, Place::Elsewhere);
        }
    }
    let mut by_line: Vec<NameInDoubt> = found.into_values().collect();
    by_line.sort_by(|one, other| (&one.lines, &one.key).cmp(&(&other.lines, &other.key)));
    by_line
}

fn note(
    found: &mut BTreeMap<String, NameInDoubt>,
    named: &NamedBody,
    (why, taken_for): (NameDoubt, Option<String>),
    line: u32,
    place: Place,
) {
    let known = found
        .entry(named.key.clone())
        .or_insert_with(|| NameInDoubt {
            written: named.written.clone(),
            key: named.key.clone(),
            why,
            taken_for,
            lines: Vec::new(),
            targets: Vec::new(),
            projects: Vec::new(),
        });
    if let Err(at) = known.lines.binary_search(&line) {
        known.lines.insert(at, line);
    }
    match place {
        Place::Target(number) if !known.targets.contains(&number) => known.targets.push(number),
        Place::Project(code) if !known.projects.contains(&code) => known.projects.push(code),
        _ => {}
    }
}
