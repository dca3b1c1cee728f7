//! Somebody who works in Sở Nội vụ, made anew whenever a row asks about them.

use directory::{
    Delegation, DelegationDraft, Leave, NewAccount, PersonDraft, PositionDraft, PositionKind, Role,
};
use jiff::civil::{Date, date};
use vocab::Id;

use crate::office::{Office, PASSWORD, actor};

/// Before every day of the table.
const FIRST: Date = date(2023, 1, 1);
/// The day that its clock shows.
const TODAY: Date = date(2023, 10, 2);

impl Office {
    /// The identity of an officer there (`staff`), of one who has left (`staff-left`), of their
    /// position (`staff-position`), account (`staff-account`), of what they delegate
    /// (`staff-delegation`), or of an invitation to them (`staff-invitation`).
    pub(crate) async fn staff(&self, what: &str) -> String {
        let directory = &self.directory;
        let fresh = || directory.store().context().new_id();
        let login = format!("cb.{}", fresh());
        let account = match what {
            "staff-account" => Some(self.account_without_roles(&login).await),
            _ => None,
        };
        let draft = PersonDraft {
            name: format!("Cán bộ {login} (giả lập)"),
            account,
            ..PersonDraft::default()
        };
        let office = PositionDraft {
            unit: self.unit,
            title: "Chuyên viên".to_owned(),
            roles: vec![Role::Officer],
            kind: PositionKind::Regular,
            primary: true,
            valid_from: FIRST,
            valid_to: None,
        };
        let (person, position) = (fresh(), fresh());
        let by = actor();
        let entered = directory.enter_person(&by, person, draft, Some((position, office)));
        entered.await.unwrap();
        match what {
            "staff-position" => position.to_string(),
            "staff-account" => account.unwrap().to_string(),
            "staff-delegation" => self.delegated(person).await.id.to_string(),
            "staff-invitation" => {
                let invited = directory.invite_person(&actor(), person).await;
                invited.unwrap().id.to_string()
            }
            "staff-left" => {
                let leave = Leave {
                    person,
                    day: TODAY,
                    successor: None,
                    kind: PositionKind::InCharge,
                    leave_vacant: true,
                };
                directory.leave(&actor(), &leave).await.unwrap();
                person.to_string()
            }
            _ => person.to_string(),
        }
    }

    async fn account_without_roles(&self, login: &str) -> Id {
        let new = NewAccount {
            login: login.to_owned(),
            name: format!("{login} (giả lập)"),
            password: PASSWORD.to_owned(),
            grants: Vec::new(),
            demo: false,
        };
        self.directory
            .create_account(&actor(), new)
            .await
            .unwrap()
            .id
    }

    async fn delegated(&self, giver: Id) -> Delegation {
        let directory = &self.directory;
        let context = directory.store().context();
        let draft = PersonDraft {
            name: "Người nhận (giả lập)".to_owned(),
            ..PersonDraft::default()
        };
        let by = actor();
        let receiver = directory.create_person(&by, context.new_id(), draft);
        let draft = DelegationDraft {
            giver,
            position: None,
            receiver: receiver.await.unwrap().id,
            roles: vec![Role::Officer],
            valid_from: TODAY,
            valid_to: date(2023, 12, 1),
            may_pass_on: false,
            reason: "Đi công tác".to_owned(),
            document: String::new(),
        };
        let delegated = directory.delegate(&by, context.new_id(), draft);
        delegated.await.unwrap()
    }
}
