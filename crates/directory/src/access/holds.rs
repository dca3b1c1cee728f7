//! Every way in which an account holds, held or will hold a role.

use jiff::civil::Date;
use serde::Serialize;
use vocab::Id;

use crate::{Account, Directory, DirectoryError, Holding, Position, Role, Source};

/// A role held in a unit, and whence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hold {
    /// The role.
    pub role: Role,
    /// The unit in which it holds.
    pub unit: Id,
    /// What that is called.
    pub unit_name: String,
    /// The first day; from the beginning if none.
    pub from: Option<Date>,
    /// The last day; none if it has no end.
    pub last: Option<Date>,
    /// Whence.
    pub through: Through,
}

/// Whence a role is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Through {
    /// It was given to the account itself.
    Account,
    /// By a position of the account's person.
    Position {
        /// The title.
        title: String,
    },
    /// For somebody else.
    Delegation {
        /// Who gave it.
        giver: String,
    },
}

impl Hold {
    /// Whether it is held on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

impl Directory {
    /// All of them; what is inherited from a unit that ended stands as it is on `day`.
    pub(super) async fn holds(
        &self,
        account: &Account,
        day: Date,
    ) -> Result<Vec<Hold>, DirectoryError> {
        let mut holds: Vec<Hold> = account
            .grants
            .iter()
            .map(|grant| Hold {
                role: grant.role,
                unit: grant.unit,
                unit_name: String::new(),
                from: grant.valid_from,
                last: grant.valid_to,
                through: Through::Account,
            })
            .collect();
        if let Some(person) = self.person_of_account(account.id).await? {
            let positions = self.positions_of(person.id).await?;
            let today = self.holdings(account.id, day).await?;
            holds.extend(by_positions(&positions, &today));
            let (_, received) = self.delegations_of(person.id).await?;
            for given in received {
                let draft = &given.draft;
                let giver = self.person(draft.giver).await?;
                let giver = giver.map_or_else(String::new, |giver| giver.draft.name);
                // One that is not in force now is told as it was, or will be, on its first day.
                let then = if draft.holds_on(day) {
                    day
                } else {
                    draft.valid_from
                };
                let held = self.holdings(account.id, then).await?;
                let held = held.iter().filter(|holding| {
                    matches!(holding.source, Source::Delegation { delegation, .. } if delegation == given.id)
                });
                holds.extend(held.flat_map(both_units).map(|(role, unit)| Hold {
                    role,
                    unit,
                    unit_name: String::new(),
                    from: Some(draft.valid_from),
                    last: draft.valid_to.yesterday().ok(),
                    through: Through::Delegation {
                        giver: giver.clone(),
                    },
                }));
            }
        }
        let units = self.units().await?;
        let succession = self.succession().await?;
        for hold in &mut holds {
            hold.unit_name = match units.get(hold.unit) {
                Some(unit) => unit.name.clone(),
                None => succession.name(hold.unit).to_owned(),
            };
        }
        Ok(holds)
    }
}

/// What positions give: in the units that they name, and in those that took their place.
fn by_positions(positions: &[Position], today: &[Holding]) -> Vec<Hold> {
    let mut holds = Vec::new();
    for position in positions {
        let draft = &position.draft;
        let mut held: Vec<(Role, Id)> =
            draft.roles.iter().map(|role| (*role, draft.unit)).collect();
        let own = today.iter().filter(|holding| {
            matches!(holding.source, Source::Position { position: id, .. } if id == position.id)
        });
        held.extend(own.map(|holding| (holding.role, holding.unit)));
        held.sort_unstable();
        held.dedup();
        holds.extend(held.into_iter().map(|(role, unit)| Hold {
            role,
            unit,
            unit_name: String::new(),
            from: Some(draft.valid_from),
            last: draft.valid_to.and_then(|end| end.yesterday().ok()),
            through: Through::Position {
                title: draft.title.clone(),
            },
        }));
    }
    holds
}

fn both_units(holding: &Holding) -> Vec<(Role, Id)> {
    let named = holding.source.named_unit();
    let mut units = vec![(holding.role, holding.unit)];
    if named != holding.unit {
        units.push((holding.role, named));
    }
    units
}
