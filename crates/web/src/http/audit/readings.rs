//! `GET /quan-tri/luot-xem`: who looked at whose personal data, for administrators.

use axum::extract::{Query, State};
use directory::Act;
use serde::Deserialize;
use store::reads::{ReadingPlace, ReadingQuery, ReadingRow};
use vocab::Id;

use super::super::fields::unreadable;
use super::super::{App, Failure, Page, Visitor};
use super::LOG;
use super::filters::{account, days};
use super::names::{self, Names};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::parts::{FormErrors, Pager};
use crate::pages::readings::{Look, LookFilters, Readings};
use crate::pages::shell::Section;

/// How many rows a page shows.
pub(super) const SHOWN: usize = 50;

/// The query: `nguoi` is the reader's login, `cua` the login of whose data it is or the
/// record's id, `tu` and `den` days, `truoc` where the page before ended.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Asked {
    nguoi: String,
    cua: String,
    tu: String,
    den: String,
    pub(super) truoc: String,
}

/// Shows them.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Page<Readings>, Failure> {
    visitor.require(Act::Audit, &LOG)?;
    let words = visitor.words();
    let mut errors = Vec::new();
    let subject = match asked.cua.trim().parse::<Id>() {
        Ok(id) => Some(id),
        Err(_) => account(&app, words, "cua", &asked.cua, &mut errors).await?,
    };
    let reader = account(&app, words, "nguoi", &asked.nguoi, &mut errors).await?;
    let (from, until) = days(words, &asked.tu, &asked.den, &mut errors);
    let query = ReadingQuery {
        subject,
        also: None,
        reader,
        from,
        until,
        after: place(&asked.truoc)?,
        limit: SHOWN + 1,
    };
    let (looks, last) = looks(&app, words, &query).await?;
    let href = |place: &str| {
        let parts = [
            ("nguoi", asked.nguoi.as_str()),
            ("cua", &asked.cua),
            ("tu", &asked.tu),
            ("den", &asked.den),
            ("truoc", place),
        ];
        links::with_query(links::READINGS, &parts)
    };
    let pager = Pager {
        previous: (!asked.truoc.is_empty()).then(|| href("")),
        next: last.map(|place| href(&place)),
    };
    Ok(Page(Readings {
        looks,
        pager,
        filters: Some(LookFilters {
            reader: asked.nguoi,
            subject: asked.cua,
            from: asked.tu,
            until: asked.den,
        }),
        errors: FormErrors(errors),
        shell: visitor.shell(Section::Admin),
    }))
}

/// A page of looks, and where the next one begins.
pub(super) async fn looks(
    app: &App,
    words: Translator,
    query: &ReadingQuery,
) -> Result<(Vec<Look>, Option<String>), Failure> {
    // What was counted since is shown too: whoever asks sees the last look as well.
    app.store().write_readings().await?;
    let mut found = app.store().readings(query).await?;
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let last = found.last().filter(|_| more);
    let last = last.map(|row| row.place().to_string());
    let mut names = Names::new(app, words);
    let mut looks = Vec::with_capacity(found.len());
    for row in found {
        looks.push(look(words, &mut names, row).await?);
    }
    Ok((looks, last))
}

async fn look(words: Translator, names: &mut Names<'_>, row: ReadingRow) -> Result<Look, Failure> {
    let fields = row.fields.iter().map(|field| {
        let key = format!("personal-{}", field.replace('_', "-"));
        words.lookup(&key, &[]).unwrap_or_else(|| field.clone())
    });
    Ok(Look {
        reader: names.of(row.reader).await?,
        subject: match row.kind.as_str() {
            "account" => names.of(row.subject).await?,
            _ => String::new(),
        },
        kind: row.kind,
        record: row.record.to_string(),
        fields: fields.collect::<Vec<_>>().join(", "),
        way: names::way(words, &row.via),
        first: row.first.in_vietnam().datetime(),
        last: row.last.in_vietnam().datetime(),
        times: row.times,
    })
}

/// Where a page ended, as [`looks`] writes it.
pub(super) fn place(text: &str) -> Result<Option<ReadingPlace>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    let about = |_| unreadable("address-unreadable", "a place among looks at personal data");
    text.parse().map(Some).map_err(about)
}
