//! `GET /quan-tri/quyen`: why somebody may, or may not, do something to a record; who may.

use axum::extract::{Query, State};
use directory::access::{AccessAnswer, AccessRecord, AccountName, Audience, Basis};
use directory::permission::EVERYBODY;
use directory::{Act, Subject, read_day};
use jiff::civil::Date;
use serde::Deserialize;
use vocab::Id;

use super::{App, Failure, Page, Visitor};
use crate::i18n::RightsWords;
use crate::pages::links;
use crate::pages::parts::{Choice, FieldError, FormErrors, Link};
use crate::pages::rights::{Ground, Rights, RightsAnswer, RightsAudience, SeerRow};
use crate::pages::shell::Section;

/// So many people of one name are offered.
const MOST_PEOPLE: usize = 20;

/// All roles: whoever may set up one may set up each.
pub(super) const ROLES: Subject<'static> = Subject {
    kind: "role",
    unit: Id::NIL,
    state: "",
    author: None,
};

/// The question.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    nguoi: String,
    viec: String,
    #[serde(rename = "ho-so")]
    record: String,
    ngay: String,
}

/// Whether a visitor may ask it.
pub(super) fn may_ask(visitor: &Visitor) -> bool {
    directory::may(&visitor.principal, Act::Configure, &ROLES).is_allowed()
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Page<Rights>, Failure> {
    visitor.require(Act::Configure, &ROLES)?;
    let words = visitor.words();
    let rights = words.rights(app.plans.registry().systems());
    let today = app.store().context().now().in_vietnam().date();
    let act = Act::from_value(&asked.viec).unwrap_or(Act::Read);
    let mut page = Rights {
        shell: visitor.shell(Section::Admin),
        person: asked.nguoi.trim().to_owned(),
        verbs: Act::ALL
            .into_iter()
            .map(|verb| Choice {
                value: verb.value().to_owned(),
                label: words.act_name(verb),
                selected: verb == act,
            })
            .collect(),
        record: asked.record.trim().to_owned(),
        day: asked.ngay.trim().to_owned(),
        people: Vec::new(),
        answer: None,
        audience: None,
        errors: FormErrors::default(),
    };
    let day = match page.day.as_str() {
        "" => Some(today),
        text => read_day(text),
    };
    if page.day.is_empty() {
        page.day = today.to_string();
    }
    if page.record.is_empty() && (page.person.is_empty() || asked.viec.is_empty()) {
        return Ok(Page(page));
    }
    let record = match asked_record(&app, &page.record).await? {
        Some(id) => app.directory.access_record(id).await?,
        None => None,
    };
    let mut wrong = |field: &str, key: &str| {
        page.errors.0.push(FieldError {
            field: field.to_owned(),
            message: words.t(key),
        });
    };
    if day.is_none() {
        wrong("ngay", "rights-day-invalid");
    }
    if record.is_none() {
        let nothing = page.record.is_empty();
        wrong(
            "ho-so",
            if nothing {
                "rights-record-missing"
            } else {
                "rights-record-unknown"
            },
        );
    }
    let (Some(record), Some(day)) = (record, day) else {
        return Ok(Page(page));
    };
    if page.person.is_empty() {
        let audience = app.directory.who_may_access(act, &record, day).await?;
        page.audience = Some(everybody(rights, act, &record, day, &audience));
        return Ok(Page(page));
    }
    let found = app
        .directory
        .find_accounts(&page.person, MOST_PEOPLE)
        .await?;
    match found.as_slice() {
        [] => page.errors.0.push(FieldError {
            field: "nguoi".to_owned(),
            message: words.t("rights-person-unknown"),
        }),
        [one] => {
            let account = app.directory.account(one.id).await?;
            let account = account.ok_or_else(|| Failure::not_found("an account that is gone"))?;
            let answer = app
                .directory
                .explain_access(&account, act, &record, day)
                .await?;
            page.answer = Some(said(rights, &answer));
        }
        many => {
            let one = |account: &AccountName| {
                let asked = (act.value(), record.id.to_string(), day.to_string());
                let href = links::rights(&account.login, asked.0, &asked.1, &asked.2);
                Link::new(href, format!("{} ({})", account.name, account.login))
            };
            page.people = many.iter().map(one).collect();
        }
    }
    Ok(Page(page))
}

/// The record that an address or an identity names.
async fn asked_record(app: &App, text: &str) -> Result<Option<Id>, Failure> {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let after = |name: &str| {
        let place = parts.iter().position(|part| *part == name)?;
        parts.get(place + 1).copied()
    };
    if let Some(number) = after("muc-tieu").or_else(|| after("targets")) {
        let view = app.plans.view().await?;
        let number = number.parse().ok();
        let target = view
            .as_ref()
            .zip(number)
            .and_then(|(view, number)| view.target(number));
        return Ok(target.map(|target| target.id));
    }
    if let Some(code) = after("vai-tro") {
        let standing = app.directory.role_standing(code).await?;
        return Ok(standing.map(|role| role.record));
    }
    let Some(id) = parts.iter().find_map(|part| part.parse::<Id>().ok()) else {
        return Ok(None);
    };
    Ok(Some(id))
}

fn ground(words: RightsWords<'_>, basis: &Basis, missing: Vec<String>) -> Ground {
    let href = if basis.role == EVERYBODY {
        String::new()
    } else {
        links::role(&basis.role)
    };
    Ground {
        said: words.access_basis(basis),
        role: Link::new(href, words.role_name(&basis.name)),
        missing,
    }
}

fn said(words: RightsWords<'_>, answer: &AccessAnswer) -> RightsAnswer {
    let near = answer.near.iter();
    RightsAnswer {
        allowed: answer.allowed,
        verdict: words.access_verdict(answer),
        reason: words.access_reason(answer),
        because: answer
            .because
            .iter()
            .map(|basis| ground(words, basis, Vec::new()))
            .collect(),
        near: near
            .map(|near| ground(words, &near.basis, words.access_missing(near, answer)))
            .collect(),
        account: Link::new(
            links::account_edit(&answer.account.id.to_string()),
            &answer.account.name,
        ),
        everybody: Link::new(
            links::rights(
                "",
                answer.act.value(),
                &answer.record.id.to_string(),
                &answer.day.to_string(),
            ),
            words.t1("rights-everybody-link", "act", words.act_name(answer.act)),
        ),
    }
}

fn everybody(
    words: RightsWords<'_>,
    act: Act,
    record: &AccessRecord,
    day: Date,
    audience: &Audience,
) -> RightsAudience {
    let (id, day) = (record.id.to_string(), day.to_string());
    let seers = audience.seers.iter().map(|seer| SeerRow {
        who: Link::new(
            links::rights(&seer.account.login, act.value(), &id, &day),
            &seer.account.name,
        ),
        login: seer.account.login.clone(),
        because: seer
            .because
            .as_ref()
            .map_or_else(String::new, |basis| words.access_basis(basis)),
    });
    RightsAudience {
        title: words.t_args(
            "rights-who",
            &[
                ("act", &words.act_name(act)),
                ("record", &words.access_record(record)),
            ],
        ),
        everybody: audience.everybody,
        seers: seers.collect(),
        cut: audience
            .cut_at
            .map_or_else(String::new, |count| words.t1("rights-cut", "count", count)),
    }
}
