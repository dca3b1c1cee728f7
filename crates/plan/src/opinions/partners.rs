//! Who can be asked for an opinion on a report: the partners of its targets.

use directory::{Role, UnitTree};
use vocab::Id;

use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::Party;
use crate::reports::Report;

/// A partner as the decision names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its name, where it is known; else as written.
    pub name: String,
    /// Whether it is a set of units.
    pub is_group: bool,
    /// The units that it is today, in the order of lists; none where it is a body that is no
    /// unit of ours.
    pub units: Vec<PartnerUnit>,
}

/// A unit that is a partner, or one of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerUnit {
    /// The unit.
    pub id: Id,
    /// The role that would answer; none where nobody of the unit has an account.
    pub answers: Option<Role>,
}

impl Plans {
    /// The partners of the targets that a report is for, each unit once: the unit that reports
    /// is not asked about its own figure.
    pub async fn partners_of(&self, report: &Report) -> Result<Vec<Partner>, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let then = self.units_then(self.today()).await?;
        let people = self.people().await?;
        let mut known = vec![report.record.unit];
        let mut partners: Vec<Partner> = Vec::new();
        let measured = view.targets.iter().filter(|target| {
            let mut indicators = target.indicators.iter();
            indicators.any(|indicator| indicator.id == report.body.indicator)
        });
        for party in measured.flat_map(|target| &target.body.partners) {
            let name = named(party, &then.tree);
            let all = then.members(&view, party);
            let was_ours = !all.is_empty();
            let mut units = Vec::new();
            for id in all {
                if known.contains(&id) {
                    continue;
                }
                known.push(id);
                let holds = |role| !people.holding(id, &[role]).is_empty();
                let mut roles = [Role::Officer, Role::Head].into_iter();
                units.push(PartnerUnit {
                    id,
                    answers: roles.find(|role| holds(*role)),
                });
            }
            let said_before = partners.iter().any(|partner| partner.name == name);
            // Of a partner that another one covers, or that is the lead itself, nothing is left.
            if said_before || (was_ours && units.is_empty()) {
                continue;
            }
            partners.push(Partner {
                name,
                is_group: party.group.is_some(),
                units,
            });
        }
        Ok(partners)
    }
}

fn named(party: &Party, tree: &UnitTree) -> String {
    let unit = party.unit.and_then(|unit| tree.get(unit));
    match (unit, &party.name) {
        (Some(unit), _) => unit.name.clone(),
        (None, Some(name)) => name.clone(),
        (None, None) => party.written.clone(),
    }
}
