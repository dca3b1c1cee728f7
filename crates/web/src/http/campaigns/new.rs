//! `/dot-bao-cao/moi`: opening a call for reports.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use directory::{Act, Subject};
use plan::campaigns::{CampaignDraft, Preview};
use plan::{CAMPAIGN, PlanError};
use registry::RegistryError;

use super::super::reports::desk::Desk;
use super::super::reports::list::periods;
use super::super::{Failure, Form, GoTo, Notice, Page, form_errors, refused};
use super::asked::{ALL, Asked, GROUP, NUMBERS, REMINDERS};
use crate::pages::campaign_new::{CampaignNew, PreviewShown};
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::shell::Section;

/// The names of a problem's fields in the form.
const NAMES: &[(&str, &str)] = &[
    ("title", "ten"),
    ("period", "ky"),
    ("which", "pham-vi"),
    ("reporters", "doi-tuong"),
    ("due", "so-ngay"),
    ("reminders", "nhac-can-bo"),
];

/// The form; with a period asked for, what it would make.
pub(super) async fn show(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    require(&desk)?;
    if asked.ky.is_empty() {
        let asked = Asked::fresh(&desk)?;
        let page = page(&desk, &asked, None, FormErrors::default()).await?;
        return Ok(Page(page).into_response());
    }
    let preview = match asked.draft() {
        Ok(draft) => desk.app.plans.preview_campaign(&draft).await,
        Err(problem) => Err(RegistryError::Refused(problem).into()),
    };
    match preview {
        Ok(preview) => {
            let page = page(&desk, &asked, Some(preview), FormErrors::default()).await?;
            Ok(Page(page).into_response())
        }
        Err(error) => again(&desk, &asked, error).await,
    }
}

/// Opens it.
pub(super) async fn open(desk: Desk, Form(mut fields): Form) -> Result<Response, Failure> {
    require(&desk)?;
    let caller = desk.caller_of(&fields);
    let id = fields.identity();
    let asked = Asked::take(&mut fields)?;
    fields.done()?;
    let opened = match asked.draft() {
        Ok(draft) => {
            let draft = CampaignDraft {
                id: Some(id),
                ..draft
            };
            desk.app.plans.open_campaign(&caller, draft).await
        }
        Err(problem) => Err(RegistryError::Refused(problem).into()),
    };
    match opened {
        Ok(campaign) => Ok(
            GoTo::link(&links::campaign(&campaign.record.id.to_string()))
                .saying(Notice::CampaignOpened)
                .into_response(),
        ),
        Err(error) => again(&desk, &asked, error).await,
    }
}

async fn again(desk: &Desk, asked: &Asked, error: PlanError) -> Result<Response, Failure> {
    match error {
        PlanError::Registry(RegistryError::Refused(problem)) if problem.status == 422 => {
            let errors = form_errors(desk.words(), &problem, NAMES, "ten");
            Ok(refused(&problem, page(desk, asked, None, errors).await?))
        }
        error => Err(error.into()),
    }
}

fn require(desk: &Desk) -> Result<(), Failure> {
    desk.visitor.account()?;
    let principal = &desk.visitor.principal;
    if desk.app.plans.may_open_campaigns(principal) {
        return Ok(());
    }
    let unit = principal
        .grants
        .first()
        .map_or(vocab::Id::NIL, |grant| grant.unit);
    desk.visitor.require(
        Act::Configure,
        &Subject {
            kind: CAMPAIGN,
            unit,
            state: "open",
            author: None,
        },
    )
}

async fn page(
    desk: &Desk,
    asked: &Asked,
    preview: Option<Preview>,
    errors: FormErrors,
) -> Result<CampaignNew, Failure> {
    let words = desk.words();
    let choice = |value: &str, label: String, chosen: &str| Choice {
        value: value.to_owned(),
        label,
        selected: value == chosen,
    };
    let which = [
        (ALL, "campaign-which-all"),
        (GROUP, "campaign-which-group"),
        (NUMBERS, "campaign-which-numbers"),
    ];
    let groups = desk.view.body.groups.iter();
    let groups = groups.map(|group| {
        let label = format!("{}. {}", group.code, group.title);
        choice(&group.code, label, &asked.nhom)
    });
    let units = desk.app.directory.units().await?;
    let sets = units.groups().iter();
    // Sets within one district are too fine to choose from.
    let sets = sets.filter(|set| set.members.is_some() && !set.key.contains('/'));
    let all = choice("", words.t("campaign-reporters-all"), &asked.doi_tuong);
    let sets = sets.map(|set| choice(&set.key, set.name.clone(), &asked.doi_tuong));
    Ok(CampaignNew {
        shell: desk.shell(Section::Reports),
        title: asked.ten.clone(),
        periods: periods(desk, asked.ky.parse().ok()),
        which: which
            .map(|(value, key)| choice(value, words.t(key), &asked.pham_vi))
            .into(),
        groups: groups.collect(),
        numbers: asked.so.clone(),
        reporters: std::iter::once(all).chain(sets).collect(),
        due: asked.han.clone(),
        days: asked.so_ngay.clone(),
        reminders: REMINDERS
            .map(|(field, key, _)| (field, key, asked.reminder(field).to_owned()))
            .into(),
        preview: match preview {
            Some(preview) => Some(shown(desk, asked, &preview).await?),
            None => None,
        },
        errors,
    })
}

async fn shown(desk: &Desk, asked: &Asked, preview: &Preview) -> Result<PreviewShown, Failure> {
    let words = desk.words();
    let mut sheets = Vec::with_capacity(preview.sheets.len());
    for sheet in &preview.sheets {
        sheets.push((desk.name_of(sheet.unit).await?, sheet.lines.len()));
    }
    Ok(PreviewShown {
        summary: words.t_args(
            "campaign-preview-summary",
            &[
                ("sheets", &preview.sheets.len()),
                ("lines", &preview.lines()),
                ("due", &words.date(&preview.due_on)),
            ],
        ),
        units_on: words.t1(
            "campaign-preview-units",
            "date",
            words.date(&preview.units_on),
        ),
        shared: match preview.shared {
            0 => String::new(),
            shared => words.t1("campaign-preview-shared", "count", shared),
        },
        sheets,
        nobody: preview.nobody.clone(),
        outside: preview.outside.iter().cloned().collect(),
        fields: asked.fields().into(),
    })
}
