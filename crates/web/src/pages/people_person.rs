//! One person: positions over time, delegations, the account.

use askama::Template;
use jiff::civil::Date;

use super::parts::Link;
use super::{Shell, links};

/// The page of a person.
#[derive(Clone, Debug, Template)]
#[template(path = "people_person.html")]
pub struct PersonPage {
    /// The frame.
    pub shell: Shell,
    /// The identity.
    pub id: String,
    /// The version that the page shows.
    pub version: i64,
    /// Whether the reader may change anything.
    pub editable: bool,
    /// The name.
    pub name: String,
    /// The citizen's number, whole or but for its end; empty if it is not known.
    pub citizen_id: String,
    /// The telephone.
    pub phone: String,
    /// The address.
    pub email: String,
    /// The account's login, and its page where the reader may change it.
    pub account: Link,
    /// Whether the reader may have the person get an account.
    pub invitable: bool,
    /// The first day of not being there.
    pub left_on: Option<Date>,
    /// Made up for the demonstration.
    pub demo: bool,
    /// Positions, the latest first.
    pub positions: Vec<PositionRow>,
    /// Delegations to others.
    pub given: Vec<DelegationRow>,
    /// Delegations by others.
    pub received: Vec<DelegationRow>,
}

/// One position.
#[derive(Clone, Debug)]
pub struct PositionRow {
    /// The identity; empty where the reader does not change it.
    pub id: String,
    /// The title.
    pub title: String,
    /// Held, acting or in charge; and whether it is the main one.
    pub kind: String,
    /// The unit as it was named, and what became of it.
    pub unit: String,
    /// Roles.
    pub roles: String,
    /// From when to when.
    pub span: String,
    /// Whether it holds today.
    pub now: bool,
}

/// One delegation.
#[derive(Clone, Debug)]
pub struct DelegationRow {
    /// The version that the page shows.
    pub version: i64,
    /// The other person.
    pub person: String,
    /// Roles.
    pub roles: String,
    /// From when to when.
    pub span: String,
    /// Reason and document.
    pub reason: String,
    /// Where it is ended; empty where it cannot be, or not by the reader.
    pub end: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for PersonPage {
        const NAME: &'static str = "people-person";

        fn samples(shell: &Shell) -> Vec<Self> {
            let position = |text: &str| PositionRow {
                id: "0192f3".to_owned(),
                title: text.to_owned(),
                kind: shell.t("position-kind-acting"),
                unit: text.to_owned(),
                roles: "Lãnh đạo đơn vị".to_owned(),
                span: "01/01/2023".to_owned(),
                now: true,
            };
            let delegation = |text: &str| DelegationRow {
                version: 1,
                person: text.to_owned(),
                roles: "Lãnh đạo đơn vị".to_owned(),
                span: "01/01/2023".to_owned(),
                reason: text.to_owned(),
                end: links::end_delegation("0192f3"),
            };
            let usual = Self {
                shell: samples::administrator(shell),
                id: "0192f3".to_owned(),
                version: 2,
                editable: true,
                name: "Phạm Thị Lan".to_owned(),
                citizen_id: "********0001".to_owned(),
                phone: "0912 345 678".to_owned(),
                email: "lan@vinhlong.gov.vn".to_owned(),
                account: Link::new(links::account_edit("0192f3"), "lan.pt"),
                invitable: false,
                left_on: None,
                demo: true,
                positions: vec![position("Chuyên viên")],
                given: vec![delegation("Trần Văn Phước")],
                received: Vec::new(),
            };
            let empty = Self {
                citizen_id: String::new(),
                account: Link::new("", ""),
                editable: false,
                left_on: Some(samples::moment(3, 0, 0).date()),
                positions: Vec::new(),
                given: Vec::new(),
                ..usual.clone()
            };
            let extreme = Self {
                name: HOSTILE.to_owned(),
                account: Link::new("", ""),
                invitable: true,
                positions: (0..20).map(|_| position(HOSTILE)).collect(),
                given: (0..20).map(|_| delegation(LONG)).collect(),
                received: (0..20).map(|_| delegation(HOSTILE)).collect(),
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
