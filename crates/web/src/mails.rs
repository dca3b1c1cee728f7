//! What mails say: subject and text, in the language of whoever asked for them.

use directory::{InvitationLetter, ResetLetter};
use registry::system::Systems;

use crate::http::{changed_row, link_to, said_title, told_of};
use crate::i18n::{ToArg, Translator};
use crate::pages::links;
use crate::pages::status::Status;

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

/// What a pack tells of a record of a system: in Vietnamese, as it goes to officials and to those
/// whose case it is. Without what is personal, for a mail leaves the system. Nothing where the
/// pack does not tell it any more.
pub fn told(letter: plan::ToldLetter, systems: &Systems, at: &str) -> Option<Letter> {
    let words = Translator::new(vocab::Lang::Vi);
    let kind = systems.kind(&letter.told.kind)?;
    let notification = &letter.told.notification;
    let said = told_of(
        words.lang,
        systems,
        kind,
        &letter.record,
        notification,
        true,
    )?;
    let title = said_title(words.lang, systems, kind);
    let hello = match &letter.name {
        Some(name) => words.t1("mail-hello", "name", name.as_str()),
        None => words.t("mail-hello-nobody"),
    };
    let mut parts = vec![hello, said];
    // Whoever has no account cannot open it.
    if letter.name.is_some() {
        let way = link_to(systems, kind, letter.record.id);
        parts.push(format!("{at}{way}"));
    }
    Some(Letter {
        to: letter.to,
        subject: words.t1("mail-sheet-subject", "title", title.as_str()),
        text: parts.join("\n\n") + "\n",
    })
}

/// So many changed targets are named in a digest; of more it says how many.
const NAMED: usize = 20;

/// What waits for somebody and what changed, as they subscribed to it.
pub fn digest(letter: plan::digests::DigestLetter, at: &str) -> Letter {
    let words = Translator::new(letter.lang);
    let since = letter.since.in_vietnam();
    let from = words.moment(&since.datetime());
    let mut parts = vec![
        words.t1("mail-hello", "name", letter.name.as_str()),
        words.t1("mail-digest-since", "from", from.as_str()),
    ];
    if letter.tasks > 0 {
        let counts: [(&str, &dyn ToArg); 2] = [("tasks", &letter.tasks), ("late", &letter.late)];
        let told = words.t_args("mail-digest-tasks", &counts);
        parts.push(format!("{told}\n{at}{}", links::INBOX));
    }
    let way = links::changes_since(&since.date().to_string());
    match &letter.changes {
        None => parts.push(format!("{}\n{at}{way}", words.t("mail-digest-too-much"))),
        Some(changes) if !changes.is_empty() => {
            let mut lines = vec![words.t1("mail-digest-changes", "count", changes.len())];
            let named = changes.iter().take(NAMED);
            lines.extend(named.map(|change| format!("- {}", changed_line(words, change))));
            if let Some(more) = changes.len().checked_sub(NAMED).filter(|more| *more > 0) {
                lines.push(words.t1("mail-digest-more", "count", more));
            }
            lines.push(format!("{at}{way}"));
            parts.push(lines.join("\n"));
        }
        Some(_) => {}
    }
    let way = format!("{at}{}", links::ACCOUNT);
    parts.push(words.t1("mail-digest-why", "address", way.as_str()));
    Letter {
        to: letter.to,
        subject: words.t1("mail-digest-subject", "from", from.as_str()),
        text: parts.join("\n\n") + "\n",
    }
}

/// A changed target in a line: its number and name, what happened, how it stood and stands.
fn changed_line(words: Translator, change: &plan::view::TargetChange) -> String {
    let row = changed_row(words, change);
    let status = |status: Option<Status>| status.map(|status| words.t(status.key()));
    let moved = |before: Option<String>, now: Option<String>| match (before, now) {
        (Some(before), Some(now)) if before != now => Some(format!("{before} → {now}")),
        (_, now) => now,
    };
    let facts = [
        moved(status(row.before), status(row.after)),
        moved(row.figure_before, row.figure_after),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let facts = if facts.is_empty() {
        String::new()
    } else {
        format!(" ({})", facts.join("; "))
    };
    format!("{}. {}: {}{facts}", row.number, row.title, row.what)
}

/// The link of a sheet to a body without accounts, or word about the sheet.
pub fn sheet_link(letter: plan::campaigns::links::LinkLetter, at: &str) -> Letter {
    let words = Translator::new(letter.lang);
    let (due, ends) = (words.date(&letter.due_on), words.date(&letter.ends_on));
    let period = letter.period.label(letter.lang);
    let told = match letter.what.as_str() {
        "made" => "mail-sheet-link-made",
        "reminded" => "mail-sheet-link-reminded",
        _ => "mail-sheet-link-reopened",
    };
    let told = words.t_args(
        told,
        &[("title", &letter.title), ("period", &period), ("due", &due)],
    );
    // The link itself is told once; whoever lost it asks for another.
    let way = match &letter.secret {
        Some(secret) => format!("{at}{}", links::sheet_by_link(secret)),
        None => words.t("mail-sheet-link-known"),
    };
    Letter {
        to: letter.to,
        subject: words.t1("mail-sheet-subject", "title", letter.title.as_str()),
        text: format!(
            "{}\n\n{told}\n\n{way}\n\n{}\n",
            words.t1("mail-hello", "name", letter.name.as_str()),
            words.t1("mail-sheet-link-ends", "date", ends.as_str()),
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
