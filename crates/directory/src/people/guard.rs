//! What changes of people ask of whoever makes them: nobody gives an account, or the roles of a
//! position, without holding what comes with it.

use vocab::{FieldProblem, Id, Problem};

use super::codes::{at, unknown};
use super::{Person, Position};
use crate::permission::{Giver, Taking};
use crate::{Directory, DirectoryError, Grant, Role};

/// Refuses a change of somebody whom whoever makes it does not keep, unless it is they
/// themselves: to them there is no such person (`person-unknown`).
pub(super) fn require_kept(
    giver: &Giver,
    person: &Person,
    doing: &str,
) -> Result<(), DirectoryError> {
    if giver.is(person.draft.account) || giver.keeps_all() || giver.keeps(person.owner()) {
        return Ok(());
    }
    Err(unknown("person-unknown", doing))
}

impl Directory {
    /// Whoever signs in with an account is the person that it is given to: refuses who gives
    /// it to somebody else than before without holding what the account and the person hold.
    pub(super) async fn check_account(
        &self,
        giver: &mut Giver,
        before: Option<&Person>,
        person: &Person,
    ) -> Result<(), DirectoryError> {
        let doing = "entering a person";
        let was = before.and_then(|before| before.draft.account);
        let account = match person.draft.account {
            None => None,
            Some(id) => Some(
                self.account(id)
                    .await?
                    .ok_or_else(|| at("account", "account-unknown", doing))?,
            ),
        };
        if was == person.draft.account || giver.is_program() {
            return Ok(());
        }
        // Whoever keeps the people of some units links no account but theirs.
        if let Some(account) = &account
            && !giver.keeps_all()
            && !giver.keeps(account.id)
        {
            return Err(at("account", "account-unknown", doing));
        }
        let own = giver.is(person.draft.account) || giver.is(was);
        let taking = if own { Taking::Oneself } else { Taking::Over };
        let but = |grant: &Grant| giver.passes_over(grant, taking);
        let mut held = match before {
            Some(before) => self.ever_held_by(before.id, &but).await?,
            None => Vec::new(),
        };
        let was = match was {
            Some(id) => self.account(id).await?,
            None => None,
        };
        for account in account.iter().chain(&was) {
            held.extend(self.ever_held(account, &but).await?);
        }
        if self.is_above(giver, &held, taking).await? {
            let problem = Problem::new(403, "account-above", doing);
            return Err(problem
                .at(FieldProblem::new("account", "account-above"))
                .into());
        }
        match was {
            Some(was) => self.keep_an_administrator_without(&was, person).await,
            None => Ok(()),
        }
    }

    /// Refuses a position in a unit whose people they do not keep, one that gives more than
    /// whoever enters it holds, and one that takes from somebody what they could not have given.
    pub(super) async fn check_given(
        &self,
        giver: &mut Giver,
        before: Option<&Position>,
        position: &Position,
        to: Option<Id>,
    ) -> Result<(), DirectoryError> {
        if giver.is_program() {
            return Ok(());
        }
        let units = before.map(|before| before.draft.unit);
        for unit in units.into_iter().chain([position.draft.unit]) {
            if !giver.keeps_unit(unit) {
                let problem = Problem::new(403, "unit-outside", "entering a position");
                return Err(problem.at(FieldProblem::new("unit", "unit-outside")).into());
            }
        }
        let succession = self.succession().await?;
        let mut draft = position.draft.clone();
        if let Some(before) = before.map(|before| &before.draft) {
            if (before.unit, before.valid_from, before.valid_to)
                == (draft.unit, draft.valid_from, draft.valid_to)
            {
                let kept = |role: &Role| before.roles.contains(role);
                let taken = before.roles.iter().any(|role| !draft.roles.contains(role));
                draft.roles.retain(|role| !kept(role));
                if !taken && draft.roles.is_empty() {
                    return Ok(());
                }
            }
            let held: Vec<Grant> = before.gives(self.today(), &succession, &|grant| {
                giver.passes_over(grant, Taking::Away)
            });
            let lasting = held
                .iter()
                .filter(|grant| grant.holds_on_or_later(self.today()));
            let lasting: Vec<Grant> = lasting.copied().collect();
            if self.is_above(giver, &lasting, Taking::Away).await? {
                return Err(at("roles", "position-above", "changing a position"));
            }
        }
        let own = giver.is(to);
        let gifts = draft.gives(self.today(), &succession, &|grant| {
            !own && giver.hands(grant)
        });
        self.require_gives(giver, &gifts, to, "roles", "entering a position")
            .await
    }
}
