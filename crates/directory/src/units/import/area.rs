//! Areas by their codes and names.

use jiff::civil::Date;
use vocab::Id;

use crate::digest::named_id;
use crate::units::events::Timeline;
use crate::units::record::UnitBody;
use crate::units::shipped::lower_first;
use crate::units::tree::name_key;
use crate::units::{Hierarchy, Level, UnitDetails, UnitKind};

/// The identity of a unit that begins with a code on a day, in every installation.
pub(super) fn id_of(code: &str, date: Date) -> Id {
    named_id(&format!("unit/{code}/from/{date}"))
}

/// The unit that a code means on a day.
pub(super) fn on_code<'t>(
    timeline: &'t Timeline,
    code: &str,
    day: Date,
) -> Option<(Id, &'t UnitBody)> {
    let bodies = timeline.versions.values().map(|held| &held.body);
    let mut meant = bodies.filter(|body| {
        body.area_code.as_deref() == Some(code) && body.holds_on(day) && !code.is_empty()
    });
    meant.next().map(|body| (body.unit, body))
}

/// Whether an area bears a name; its official one begins with «UBND».
pub(super) fn is_called(body: &UnitBody, name: &str) -> bool {
    let (key, official) = (name_key(name), name_key(&format!("UBND {name}")));
    let mut names = body.aliases.iter().chain([&body.name, &body.short_name]);
    names.any(|known| [&key, &official].contains(&&name_key(known)))
}

/// What an area is, by the first words of its name.
pub(super) fn area_details(
    name: &str,
    code: &str,
    hierarchy: Hierarchy,
    parent: Option<Id>,
) -> Option<UnitDetails> {
    let key = name_key(name);
    let begins = |words: &[&str]| words.iter().any(|word| key.starts_with(&name_key(word)));
    let (kind, level) = if begins(&["Tỉnh "]) || parent.is_none() && begins(&["Thành phố "]) {
        (UnitKind::Province, Level::Province)
    } else if begins(&["Huyện ", "Quận ", "Thị xã ", "Thành phố "]) {
        (UnitKind::District, Level::District)
    } else if begins(&["Xã ", "Phường ", "Thị trấn ", "Đặc khu "]) {
        (UnitKind::Commune, Level::Commune)
    } else {
        return None;
    };
    Some(UnitDetails {
        hierarchy,
        parent,
        name: format!("UBND {}", lower_first(name)),
        short_name: name.to_owned(),
        aliases: Vec::new(),
        kind,
        level,
        code: None,
        area_code: Some(code.to_owned()),
    })
}
