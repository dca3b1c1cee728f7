//! What mails say: subject and text, in the language of whoever asked for them.

use directory::{InvitationLetter, ResetLetter};

use crate::i18n::Translator;
use crate::pages::links;

/// A letter in words.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

/// A link to a new password; `at` is where people open the system.
pub fn password_reset(letter: ResetLetter, at: &str) -> Letter {
    let link = format!("{at}{}", links::password_reset(&letter.token));
    let words = Translator::new(letter.lang);
    Letter {
        to: letter.to,
        subject: words.t("mail-reset-subject"),
        text: format!(
            "{}\n\n{}\n\n{link}\n\n{}\n",
            words.t1("mail-hello", "name", letter.name.as_str()),
            words.t("mail-reset-line"),
            words.t("mail-reset-not-you"),
        ),
    }
}

/// An invitation.
pub fn invitation(letter: InvitationLetter, at: &str) -> Letter {
    let link = format!("{at}{}", links::invited(&letter.token));
    let words = Translator::new(letter.lang);
    Letter {
        to: letter.to,
        subject: words.t("mail-invitation-subject"),
        text: format!(
            "{}\n\n{}\n\n{link}\n",
            words.t1("mail-hello", "name", letter.name.as_str()),
            words.t("mail-invitation-line"),
        ),
    }
}

/// Word about a sheet or a campaign: in Vietnamese, as it goes to officials.
pub fn sheet(letter: plan::campaigns::SheetLetter, at: &str) -> Letter {
    let words = Translator::new(vocab::Lang::Vi);
    let campaign = letter.campaign.to_string();
    let path = match &letter.unit {
        Some((unit, _)) => links::sheet(&campaign, &unit.to_string()),
        None => links::campaign(&campaign),
    };
    let due = words.date(&letter.due_on);
    let told = words.t_args(
        &format!("sheet-told-{}", letter.what),
        &[("title", &letter.title), ("due", &due)],
    );
    let about = match &letter.unit {
        Some((_, unit)) => words.t1("mail-sheet-unit", "unit", unit.as_str()),
        None => words.t1("mail-campaign-late", "count", letter.late),
    };
    Letter {
        to: letter.to,
        subject: words.t1("mail-sheet-subject", "title", letter.title.as_str()),
        text: format!(
            "{}\n\n{told}\n{about}\n\n{at}{path}\n",
            words.t1("mail-hello", "name", letter.name.as_str()),
        ),
    }
}
