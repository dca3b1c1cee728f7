//! What a reader of the audit log asks for, from the address and back into it.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use store::audit::{AuditPlace, AuditQuery};
use vocab::{Id, Instant};

use super::super::fields::unreadable;
use super::super::{App, Failure};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::parts::{FieldError, FormErrors};

/// The query: `tu-khoa` is a record's id or a table, `nguoi` a login, `viec` an action, `qua`
/// a way in, `tu` and `den` days in Vietnam, `truoc` where the page before ended.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Asked {
    pub(super) tu_khoa: String,
    pub(super) nguoi: String,
    pub(super) viec: String,
    pub(super) qua: String,
    pub(super) tu: String,
    pub(super) den: String,
    pub(super) truoc: String,
}

/// What it comes to, and which fields could not be understood.
pub(super) struct Understood {
    pub(super) query: AuditQuery,
    pub(super) errors: FormErrors,
}

impl Asked {
    /// The query for the store, of so many entries.
    pub(super) async fn understood(
        &self,
        app: &App,
        words: Translator,
        limit: usize,
    ) -> Result<Understood, Failure> {
        let mut errors = Vec::new();
        let text = self.tu_khoa.trim();
        let record = text.parse::<Id>().ok();
        let actor = account(app, words, "nguoi", &self.nguoi, &mut errors).await?;
        let (from, until) = days(words, &self.tu, &self.den, &mut errors);
        let query = AuditQuery {
            before: place(&self.truoc)?,
            table: filled(text).filter(|_| record.is_none()),
            record,
            actor,
            action: filled(&self.viec),
            via: filled(&self.qua),
            from,
            until,
            limit,
        };
        Ok(Understood {
            query,
            errors: FormErrors(errors),
        })
    }

    /// The same question at another address, from a place on.
    pub(super) fn href(&self, path: &str, before: Option<AuditPlace>) -> String {
        let before = before.map(|place| format!("{}_{}", place.at.as_micros(), place.ord));
        let parts = [
            ("tu-khoa", self.tu_khoa.trim()),
            ("nguoi", self.nguoi.trim()),
            ("viec", &self.viec),
            ("qua", &self.qua),
            ("tu", &self.tu),
            ("den", &self.den),
            ("truoc", before.as_deref().unwrap_or_default()),
        ];
        links::with_query(path, &parts)
    }

    /// Whether anything narrows the log.
    pub(super) fn narrows(&self) -> bool {
        let parts = [
            &self.tu_khoa,
            &self.nguoi,
            &self.viec,
            &self.qua,
            &self.tu,
            &self.den,
        ];
        parts.iter().any(|part| !part.trim().is_empty())
    }
}

/// The account with this login; what nobody is called is an error beside the field.
pub(super) async fn account(
    app: &App,
    words: Translator,
    field: &str,
    login: &str,
    errors: &mut Vec<FieldError>,
) -> Result<Option<Id>, Failure> {
    let login = login.trim();
    if login.is_empty() {
        return Ok(None);
    }
    if login == "system" {
        return Ok(Some(Id::NIL));
    }
    let found = app.directory.account_by_login(login).await?;
    if found.is_none() {
        errors.push(FieldError {
            field: field.to_owned(),
            message: words.t("audit-login-unknown"),
        });
    }
    // Nobody is called so: nothing is found rather than everything shown.
    Ok(Some(
        found.map_or(Id::from_bytes([0xff; 16]), |account| account.id),
    ))
}

/// The beginning of the first day and the end of the last.
pub(super) fn days(
    words: Translator,
    from: &str,
    until: &str,
    errors: &mut Vec<FieldError>,
) -> (Option<Instant>, Option<Instant>) {
    let mut day = |field: &str, text: &str| {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let day = text.parse::<Date>().ok();
        if day.is_none() {
            errors.push(FieldError {
                field: field.to_owned(),
                message: words.t("audit-day-unreadable"),
            });
        }
        day
    };
    let (first, last) = (day("tu", from), day("den", until));
    if first.zip(last).is_some_and(|(first, last)| first > last) {
        errors.push(FieldError {
            field: "den".to_owned(),
            message: words.t("audit-days-crossed"),
        });
    }
    let begin = |day: Date| Instant::from_vietnam(day.at(0, 0, 0, 0));
    let after = last.map(|day| day.checked_add(1.day()).unwrap_or(Date::MAX));
    (first.map(begin), after.map(begin))
}

fn filled(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn place(text: &str) -> Result<Option<AuditPlace>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    let place = text.split_once('_').and_then(|(at, ord)| {
        Some(AuditPlace {
            at: Instant::from_micros(at.parse().ok()?),
            ord: ord.parse().ok()?,
        })
    });
    let about = || unreadable("address-unreadable", "a place in the audit log");
    place.map(Some).ok_or_else(about)
}
