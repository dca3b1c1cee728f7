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
