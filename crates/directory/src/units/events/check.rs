//! Whether what events make of the units holds together on every day.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use vocab::Id;

use super::order::{Fault, fault};
use super::plan::Plan;
use super::timeline::Timeline;
use crate::units::record::UnitBody;

/// What does not hold together, each with the place of an event that it comes from.
pub(super) fn all(plan: &Plan) -> Vec<(usize, Fault)> {
    let Some(first) = plan.planned.iter().map(|planned| planned.event.date).min() else {
        return Vec::new();
    };
    // Which event touched a unit last: the one to name.
    let mut by_unit: BTreeMap<Id, usize> = BTreeMap::new();
    for (at, planned) in plan.planned.iter().enumerate() {
        for touch in &planned.touched {
            let body = touch.after.as_ref().or(touch.before.as_ref());
            if let Some(body) = body {
                by_unit.insert(body.unit, at);
            }
        }
    }
    touched(&plan.timeline, first, &by_unit)
}

/// The same for units that were touched, each with what to name.
pub(super) fn touched(
    timeline: &Timeline,
    first: Date,
    by_unit: &BTreeMap<Id, usize>,
) -> Vec<(usize, Fault)> {
    let mut faults = Vec::new();
    parents(timeline, first, by_unit, &mut faults);
    successors(timeline, first, by_unit, &mut faults);
    codes(timeline, by_unit, &mut faults);
    circles(timeline, first, by_unit, &mut faults);
    faults
}

/// Whoever stands under a unit does so only while that one stands in the same hierarchy.
fn parents(
    timeline: &Timeline,
    first: Date,
    by_unit: &BTreeMap<Id, usize>,
    faults: &mut Vec<(usize, Fault)>,
) {
    for held in timeline.versions.values() {
        let body = &held.body;
        let Some(parent) = body.parent else { continue };
        let named = by_unit.get(&parent).or_else(|| by_unit.get(&body.unit));
        let Some(at) = named else { continue };
        if body.valid_to.is_some_and(|end| end < first) {
            continue;
        }
        if let Some(gap) = gap(timeline, parent, body, body.valid_from.max(first)) {
            let above = timeline.of(parent).next_back();
            let above = above.map_or_else(String::new, |(_, body)| body.name.clone());
            let fault = fault("unit-parent-gone")
                .with("name", &body.name)
                .with("parent", above)
                .with("date", gap);
            faults.push((*at, fault));
        }
    }
}

/// The first day from which the unit above is missing.
fn gap(timeline: &Timeline, parent: Id, body: &UnitBody, from: Date) -> Option<Date> {
    let mut day = from;
    loop {
        let Some((_, above)) = timeline.on(parent, day) else {
            return Some(day);
        };
        if above.hierarchy != body.hierarchy {
            return Some(day);
        }
        match (above.valid_to, body.valid_to) {
            (None, _) => return None,
            (Some(end), Some(last)) if end >= last => return None,
            (Some(end), _) => day = end.tomorrow().ok()?,
        }
    }
}

/// Whoever takes a unit in stands on that day.
fn successors(
    timeline: &Timeline,
    first: Date,
    by_unit: &BTreeMap<Id, usize>,
    faults: &mut Vec<(usize, Fault)>,
) {
    for link in timeline.links.iter().filter(|link| link.date >= first) {
        let named = by_unit.get(&link.to).or_else(|| by_unit.get(&link.from));
        let Some(at) = named else { continue };
        if timeline.on(link.to, link.date).is_none() {
            let name = timeline.of(link.to).next_back();
            let name = name.map_or_else(String::new, |(_, body)| body.name.clone());
            let fault = fault("unit-successor-gone")
                .with("name", name)
                .with("date", link.date);
            faults.push((*at, fault));
        }
    }
}

/// On no day do two units have one statistics code.
fn codes(timeline: &Timeline, by_unit: &BTreeMap<Id, usize>, faults: &mut Vec<(usize, Fault)>) {
    let mut with_code: HashMap<&str, Vec<&UnitBody>> = HashMap::new();
    for held in timeline.versions.values() {
        if let Some(code) = &held.body.area_code {
            with_code.entry(code).or_default().push(&held.body);
        }
    }
    for (unit, at) in by_unit {
        for (_, body) in timeline.of(*unit) {
            let Some(code) = &body.area_code else {
                continue;
            };
            let other = with_code[code.as_str()]
                .iter()
                .find(|other| other.unit != *unit && other.meets(body));
            if let Some(other) = other {
                let fault = fault("unit-code-taken")
                    .with("code", code)
                    .with("name", &body.name)
                    .with("other", &other.name);
                faults.push((*at, fault));
                break;
            }
        }
    }
}

/// No unit stands under itself, by whatever way.
fn circles(
    timeline: &Timeline,
    first: Date,
    by_unit: &BTreeMap<Id, usize>,
    faults: &mut Vec<(usize, Fault)>,
) {
    let days: BTreeSet<Date> = timeline
        .versions
        .values()
        .map(|held| held.body.valid_from)
        .filter(|day| *day >= first)
        .collect();
    for (unit, at) in by_unit {
        for day in &days {
            let mut seen = BTreeSet::from([*unit]);
            let mut above = timeline.on(*unit, *day).and_then(|(_, body)| body.parent);
            while let Some(parent) = above {
                if !seen.insert(parent) {
                    break;
                }
                above = timeline.on(parent, *day).and_then(|(_, body)| body.parent);
            }
            if above == Some(*unit) {
                let name = timeline.on(*unit, *day).map(|(_, body)| body.name.clone());
                let fault = fault("unit-circle")
                    .with("name", name.unwrap_or_default())
                    .with("date", day);
                faults.push((*at, fault));
                break;
            }
        }
    }
}
