//! Bodies that somebody writes, understood as an import understands those of a document.

use std::collections::BTreeMap;

use directory::UnitTree;

use crate::error::PlanError;
use crate::import::{BodyAliases, NamedBody, named_bodies};
use crate::names::{Meaning, Understood, aliases};
use crate::plans::Plans;
use crate::records::Party;
use crate::view::PlanView;

/// What names mean.
pub(super) struct Known {
    meanings: BTreeMap<String, Meaning>,
    pub table: BodyAliases,
}

impl Plans {
    /// What names mean today.
    pub(super) async fn known_names(&self) -> Result<Known, PlanError> {
        let meanings = self.meanings().await?;
        let units = self.registry().directory().units().await?;
        let table = aliases(&meanings, &units);
        Ok(Known { meanings, table })
    }
}

impl Known {
    /// Names as they are understood among some units.
    pub(super) fn among<'k>(&'k self, units: &'k UnitTree) -> Understood<'k> {
        Understood {
            units,
            decided: &self.meanings,
        }
    }

    /// The bodies that a text names, one or several.
    pub(super) fn parties(&self, view: &PlanView, text: &str) -> Vec<Party> {
        let names: Vec<NamedBody> = named_bodies(text, &self.table);
        let understood = self.among(&view.units);
        names
            .iter()
            .map(|named| understood.party(named, None))
            .collect()
    }
}

/// Several bodies as a field of a form holds them, and as they are read back.
pub fn written(parties: &[Party]) -> String {
    let written = parties.iter().map(|party| party.written.as_str());
    written.collect::<Vec<_>>().join("; ")
}
