//! Yes because, or no and what is missing.

use std::sync::Arc;

use jiff::civil::Date;

use super::{AccessAnswer, AccessRecord, Basis, Hold, Missing, Near};
use crate::permission::{Clause, RoleBook, RoleSpec, may_head};
use crate::{Account, Act, Decision, Directory, DirectoryError, Grant};

/// So many grants that come near are told.
const MOST_NEAR: usize = 12;

impl Directory {
    /// Why an account may, or may not, do this to a record on a day. The record is taken as
    /// it stands now.
    pub async fn explain_access(
        &self,
        account: &Account,
        act: Act,
        record: &AccessRecord,
        day: Date,
    ) -> Result<AccessAnswer, DirectoryError> {
        let mut answer = AccessAnswer {
            account: account.into(),
            act,
            record: record.clone(),
            day,
            allowed: false,
            reason: None,
            because: Vec::new(),
            near: Vec::new(),
        };
        let Some(principal) = self.principal_on(account, day).await? else {
            answer.reason = Some(if account.disabled {
                "account-disabled"
            } else {
                "person-left"
            });
            return Ok(answer);
        };
        let principal = self.permitted_on(principal, day).await?;
        let (subject, head) = (record.subject(), record.head.as_ref());
        let holds = self.holds(account, day).await?;
        match may_head(&principal, act, &subject, head) {
            Decision::Allowed => {
                answer.allowed = true;
                let permissions = principal.permissions();
                answer.because = permissions
                    .deciding(act, &subject, head)
                    .map(|clause| basis(clause, held(clause, &holds, Some(day))))
                    .collect();
            }
            Decision::Denied(reason) => {
                answer.reason = Some(reason.code());
                answer.near = self.near(account, &answer, &holds).await?;
            }
        }
        Ok(answer)
    }

    /// The grants that would allow it but for something: those of roles that the account
    /// holds on any day, then those of roles that it does not.
    async fn near(
        &self,
        account: &Account,
        asked: &AccessAnswer,
        holds: &[Hold],
    ) -> Result<Vec<Near>, DirectoryError> {
        let book = self.roles().await?;
        let timeless = Arc::new(book.with(book.iter().map(|role| RoleSpec {
            valid_from: None,
            valid_to: None,
            ..(**role).clone()
        })));
        let mut grants: Vec<Grant> = holds
            .iter()
            .map(|hold| Grant::new(hold.role, hold.unit))
            .collect();
        grants.sort_unstable();
        grants.dedup();
        let permissions = self
            .compile_over(Some(account.id), &grants.into(), &timeless, asked.day)
            .await?;
        let mut near: Vec<Near> = permissions
            .clauses(asked.act, &asked.record.kind)
            .map(|clause| {
                let hold = held(clause, holds, Some(asked.day));
                let hold = hold.or_else(|| held(clause, holds, None));
                let missing = missing(clause, hold.as_ref(), &book, asked);
                Near {
                    basis: basis(clause, hold),
                    missing,
                }
            })
            // What everybody may do with things in another state is of no help.
            .filter(|near| near.basis.hold.is_some())
            .collect();
        for role in book.iter() {
            let unknown = holds.iter().all(|hold| hold.role.value() != role.code)
                && role.code != crate::permission::EVERYBODY;
            let mut grants = role.grants_of(asked.act, &asked.record.kind);
            let fits = grants.find(|grant| grant.in_state(&asked.record.state));
            if let Some(grant) = fits.filter(|_| unknown) {
                near.push(Near {
                    basis: Basis {
                        role: role.code.clone(),
                        name: role.name.clone(),
                        hold: None,
                        grant: grant.clone(),
                    },
                    missing: vec![Missing::RoleNotHeld],
                });
            }
        }
        near.sort_by_key(|near| (near.basis.hold.is_none(), near.missing.len()));
        near.truncate(MOST_NEAR);
        Ok(near)
    }
}

pub(super) fn basis(clause: &Clause, hold: Option<Hold>) -> Basis {
    Basis {
        role: clause.role.code.clone(),
        name: clause.role.name.clone(),
        hold,
        grant: clause.grant().clone(),
    }
}

/// How the role of a clause is held on a day, or on any.
pub(super) fn held(clause: &Clause, holds: &[Hold], day: Option<Date>) -> Option<Hold> {
    let grant = clause.held?;
    let mut holds = holds.iter();
    let found = holds.find(|hold| {
        hold.role == grant.role
            && hold.unit == grant.unit
            && day.is_none_or(|day| hold.holds_on(day))
    });
    found.cloned()
}

fn missing(
    clause: &Clause,
    hold: Option<&Hold>,
    book: &RoleBook,
    asked: &AccessAnswer,
) -> Vec<Missing> {
    let (subject, day) = (asked.record.subject(), asked.day);
    let mut missing = Vec::new();
    if let Some(hold) = hold.filter(|hold| !hold.holds_on(day)) {
        match (hold.from, hold.last) {
            (Some(from), _) if day < from => missing.push(Missing::NotYet { from }),
            (_, Some(last)) => missing.push(Missing::NoLonger { last }),
            _ => {}
        }
    }
    let role = clause.held.and_then(|grant| book.get(grant.role));
    if let Some(role) = role.filter(|role| !role.holds_on(day)) {
        missing.push(Missing::RoleNotValid {
            from: role.valid_from,
            last: role.valid_to,
        });
    }
    if !clause.grant().in_state(subject.state) {
        missing.push(Missing::WrongState);
    }
    if !clause.in_units(&subject) {
        missing.push(Missing::OtherUnit);
    }
    if !clause.meets(asked.record.head.as_ref()) {
        missing.push(Missing::Condition);
    }
    if clause.grant().four_eyes && subject.author == Some(asked.account.id) {
        missing.push(Missing::OwnSubmission);
    }
    missing
}
