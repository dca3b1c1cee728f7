//! Bodies and sets of bodies, with the way to them.

use plan::PlanView;
use plan::records::Party;
use vocab::Id;

use crate::pages::links;
use crate::pages::parts::Link;

/// A unit, leading to its page; only words if the day's tree does not have it.
pub(super) fn unit(view: &PlanView, id: Id) -> Link {
    match view.units.get(id) {
        Some(unit) => Link::new(links::unit(&id.to_string()), &unit.name),
        None => Link::plain(id.to_string()),
    }
}

/// Who takes part: a unit leads to its page; the rest is named, or stands as written.
pub(super) fn partner(view: &PlanView, party: &Party) -> Link {
    match party.unit {
        Some(id) if view.units.get(id).is_some() => unit(view, id),
        _ => Link::plain(name(view, party)),
    }
}

/// Who leads: a set of units leads to the list of its targets.
pub(super) fn lead(view: &PlanView, party: &Party) -> Link {
    match &party.group {
        Some(key) if party.unit.is_none() => {
            let list = links::target_list(None, Some(key), None);
            Link::new(list, name(view, party))
        }
        _ => partner(view, party),
    }
}

/// What a party is called.
pub(super) fn name(view: &PlanView, party: &Party) -> String {
    let unit = party.unit.and_then(|id| view.units.get(id));
    let group = party.group.as_ref();
    let group = group.and_then(|key| view.units.groups().iter().find(|group| &group.key == key));
    match (unit, group) {
        (Some(unit), _) => unit.name.clone(),
        (None, Some(group)) => group.name.clone(),
        (None, None) => party.written.clone(),
    }
}
