//! What changes of people ask of whoever makes them: nobody gives an account, or the roles of a
//! position, without holding what comes with it.

use vocab::{FieldProblem, Problem};

use super::codes::at;
use super::{Person, Position};
use crate::permission::Giver;
use crate::{Directory, DirectoryError, Grant, Role};

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
        let mut held = match before {
            Some(before) => self.ever_held_by(before.id).await?,
            None => Vec::new(),
        };
        let was = match was {
            Some(id) => self.account(id).await?,
            None => None,
        };
        for account in account.iter().chain(&was) {
            held.extend(self.ever_held(account).await?);
        }
        if self.is_above(giver, &held, true).await? {
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

    /// Refuses a position that gives more than whoever enters it holds, and one that takes
    /// from somebody what they could not have given.
    pub(super) async fn check_given(
        &self,
        giver: &mut Giver,
        before: Option<&Position>,
        position: &Position,
    ) -> Result<(), DirectoryError> {
        if giver.is_program() {
            return Ok(());
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
            let held: Vec<Grant> = before.gives(self.today(), &succession);
            let lasting = held
                .iter()
                .filter(|grant| grant.holds_on_or_later(self.today()));
            let lasting: Vec<Grant> = lasting.copied().collect();
            if self.is_above(giver, &lasting, false).await? {
                return Err(at("roles", "position-above", "changing a position"));
            }
        }
        let gifts = draft.gives(self.today(), &succession);
        self.require_gives(giver, &gifts, "roles", "entering a position")
            .await
    }
}
