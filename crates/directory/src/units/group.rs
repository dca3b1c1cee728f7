//! Groups of units: «UBND cấp huyện», «Các sở, ban, ngành tỉnh».

use jiff::civil::Date;
use store::{Actor, Expect, Op, Scope, Write};
use vocab::{Id, Problem};

use super::record::{GroupBody, group_id};
use super::{EPOCH, Level, Unit, UnitKind};
use crate::{Directory, DirectoryError};

/// What a rule says instead of members where the decision names a set that nobody lists.
pub(crate) const UNLISTED: &str = "unlisted";

/// A named set of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its permanent identity.
    pub id: Id,
    /// A plain name: `districts`, `communes-of-district/863`.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Who belongs to it, as `data/units/README.md` writes rules.
    pub rule: String,
    /// Its members in the order of the tree; none where they are not known.
    pub members: Option<Vec<Id>>,
}

/// A rule, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    kind: Option<UnitKind>,
    level: Option<Level>,
    /// Only within the district that is being read about.
    pub(crate) within_section: bool,
}

impl Rule {
    /// Reads `kind=K`, `level=L`, `…&within=section`; none for a set without a known list
    /// and for words that this program does not know: unknown members are better than
    /// wrong ones.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut rule = Self {
            kind: None,
            level: None,
            within_section: false,
        };
        for part in text.split('&') {
            match part.split_once('=')? {
                ("kind", value) => rule.kind = Some(UnitKind::from_value(value)?),
                ("level", value) => rule.level = Some(Level::from_value(value)?),
                ("within", "section") => rule.within_section = true,
                _ => return None,
            }
        }
        (rule.kind.is_some() || rule.level.is_some()).then_some(rule)
    }

    /// Whether a unit belongs to it. «level» means the administrations of that level, not
    /// the offices that work at it.
    pub(crate) fn takes(&self, unit: &Unit) -> bool {
        let administration = match unit.level {
            Level::Province => UnitKind::Province,
            Level::District => UnitKind::District,
            Level::Commune => UnitKind::Commune,
        };
        let fits_level = self
            .level
            .is_none_or(|level| unit.level == level && unit.kind == administration);
        fits_level && self.kind.is_none_or(|kind| unit.kind == kind)
    }
}

impl Directory {
    /// Says on which days a group is spoken of: from a day, to a day, both included; none
    /// for no bound. Its members follow its rule on each of these days.
    ///
    /// Refused with `unit-group-unknown`, and with `unit-group-span` where the last day is
    /// before the first.
    pub async fn set_group_span(
        &self,
        actor: &Actor,
        key: &str,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<(), DirectoryError> {
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            let about = format!("the span of the group {key}");
            return Err(Problem::new(422, SPAN_ENDS_EARLY, about).into());
        }
        let public = Scope::bypass("units are public");
        let stored = self.store().fetch("unit_group", &public, group_id(key));
        let Some(stored) = stored.await? else {
            return Err(Problem::new(404, UNKNOWN, format!("the group {key}")).into());
        };
        let mut body = GroupBody::read(&stored.body)?;
        if (body.valid_from, body.valid_to) == (from, to) {
            return Ok(());
        }
        (body.valid_from, body.valid_to) = (from, to);
        let put = body.put_as(Expect::Version(stored.head.version), "edit")?;
        let write = Write::by(actor.clone())
            .op(Op::Put(put))
            .op(Op::Bump(EPOCH.to_owned()));
        self.store().commit(write).await?;
        self.epochs().forget();
        Ok(())
    }
}

const UNKNOWN: &str = "unit-group-unknown";
const SPAN_ENDS_EARLY: &str = "unit-group-span";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_words_make_no_rule() {
        for text in [
            "unlisted",
            "",
            "kind=",
            "kind=sở",
            "within=section",
            "level=district&size=3",
        ] {
            assert_eq!(Rule::parse(text), None, "{text}");
        }
        let rule = Rule::parse("level=commune&within=section").unwrap();
        assert!(rule.within_section && rule.level == Some(Level::Commune));
    }
}
