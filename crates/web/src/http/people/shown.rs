//! What of a person's own data a page shows to whom, and the note that it did.

use directory::{Person, ShownPerson};

use super::desk::Desk;

/// Personal data as a page prints it; what is hidden is told to be there, and no more.
#[derive(Clone, Debug, Default)]
pub(super) struct Personal {
    pub citizen_id: String,
    pub phone: String,
    pub email: String,
}

/// The sets of fields that can be shown, each in a fixed order.
const SHOWN: [&[&str]; 8] = [
    &["name"],
    &["name", "email"],
    &["name", "phone"],
    &["name", "phone", "email"],
    &["name", "citizen_id"],
    &["name", "email", "citizen_id"],
    &["name", "phone", "citizen_id"],
    &["name", "phone", "email", "citizen_id"],
];

impl Desk {
    /// What a page shows of a person; that it did is noted.
    pub(super) fn personal(&self, shown: &ShownPerson) -> Personal {
        let ShownPerson { person, hidden } = shown;
        let draft = &person.draft;
        let said = |field: &str, said: Option<String>| match said {
            Some(_) if hidden.contains(field) => self.words().t("personal-hidden"),
            said => said.unwrap_or_default(),
        };
        self.note(person, |field| !hidden.contains(field));
        Personal {
            // Of a hidden number the end is shown, so that two people of one name can be told
            // apart.
            citizen_id: match &draft.citizen_id {
                Some(number) if hidden.contains("citizen_id") => number.to_string(),
                Some(number) => number.expose().to_owned(),
                None => String::new(),
            },
            phone: said("phone", draft.phone.as_ref().map(vocab::Phone::national)),
            email: said("email", draft.email.clone()),
        }
    }

    /// What a form to change a person is filled with: nothing of what is hidden, and never the
    /// number.
    pub(super) fn filled(&self, shown: &ShownPerson) -> Personal {
        let ShownPerson { person, hidden } = shown;
        let open = |field: &str| !hidden.contains(field);
        self.note(person, |field| field != "citizen_id" && open(field));
        let draft = &person.draft;
        let phone = draft.phone.as_ref().filter(|_| open("phone"));
        Personal {
            citizen_id: String::new(),
            phone: phone.map_or_else(String::new, vocab::Phone::national),
            email: draft
                .email
                .clone()
                .filter(|_| open("email"))
                .unwrap_or_default(),
        }
    }

    fn note(&self, person: &Person, goes_out: impl Fn(&str) -> bool) {
        let draft = &person.draft;
        let flags = [
            draft.email.is_some() && goes_out("email"),
            draft.phone.is_some() && goes_out("phone"),
            draft.citizen_id.is_some() && goes_out("citizen_id"),
        ];
        let place = flags
            .iter()
            .rev()
            .fold(0, |place, flag| place * 2 + usize::from(*flag));
        let subject = draft.account.unwrap_or(person.id);
        self.visitor
            .saw_personal(&self.app, "person", person.id, subject, SHOWN[place]);
    }
}
