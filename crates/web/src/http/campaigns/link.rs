//! `/dot-bao-cao/{id}/lien-ket/{unit}`: the link by which a body without accounts fills in its
//! sheet, for whoever runs the call.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use plan::PlanError;
use plan::campaigns::SheetBody;
use plan::campaigns::Stage;
use plan::campaigns::links::{LinkDraft, LinkStanding, LinkUse};
use registry::RegistryError;
use vocab::{FieldProblem, Id, Instant, Problem};

use super::super::reports::desk::Desk;
use super::super::{Failure, Form, GoTo, Notice, Page, fields, form_errors, refused};
use super::face::{stage_key, standing_key};
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::sheet_link::{LinkShown, SheetLinkPage};
use crate::pages::shell::Section;

/// The names of a link's fields in the form.
const NAMES: &[(&str, &str)] = &[("ends_on", "den-ngay"), ("email", "thu")];

/// What somebody typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    ends_on: Option<String>,
    email: Option<String>,
}

/// Shows how it stands.
pub(super) async fn show(
    desk: Desk,
    Path((id, unit)): Path<(String, String)>,
) -> Result<Page<SheetLinkPage>, Failure> {
    let stands = stands(&desk, &id, &unit).await?;
    let page = page(&desk, &stands, Typed::default(), FormErrors::default()).await?;
    Ok(Page(page))
}

/// Makes it, anew if there was one: `viec` = `tao` shows the link this once, `gui-thu` mails it.
pub(super) async fn make(
    desk: Desk,
    Path((id, unit)): Path<(String, String)>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let stands = stands(&desk, &id, &unit).await?;
    let version = fields::version(&fields.take("phien-ban")?)?;
    let day = fields.take("den-ngay")?;
    let email = fields.lookup("thu")?.unwrap_or_default();
    let mailed = match fields.take("viec")?.as_str() {
        "tao" => false,
        "gui-thu" if desk.app.settings.sends_mail => true,
        _ => return Err(fields::at("viec", 422, "choice-unknown")),
    };
    fields.done()?;
    let typed = Typed {
        ends_on: Some(day.clone()),
        email: Some(email.clone()),
    };
    let Ok(ends_on) = day.trim().parse() else {
        let field = FieldProblem::new("ends_on", "link-ends-unreadable");
        let problem = Problem::new(422, "invalid-fields", "the last day of a link").at(field);
        return again(&desk, &stands, typed, &problem).await;
    };
    let draft = LinkDraft {
        version,
        ends_on,
        email,
    };
    let (campaign, of) = (stands.campaign.record.id, stands.sheet.unit);
    let (plans, caller) = (&desk.app.plans, desk.caller());
    let done = if mailed {
        let lang = desk.words().lang;
        let sent = plans.mail_sheet_link(&caller, campaign, of, &draft, lang);
        sent.await.map(|_| None)
    } else {
        let made = plans.make_sheet_link(&caller, campaign, of, &draft);
        made.await.map(|(_, secret)| Some(secret))
    };
    match done {
        Ok(None) => Ok(GoTo::link(&links::sheet_link(&id, &unit))
            .saying(Notice::SheetLinkMailed)
            .into_response()),
        Ok(Some(secret)) => {
            let stands = plans
                .sheet_link(&desk.visitor.principal, campaign, of)
                .await?;
            let shown = page(&desk, &stands, Typed::default(), FormErrors::default()).await?;
            let href = desk.app.settings.address_of(&links::sheet_by_link(&secret));
            let message = message(&desk, &stands, Some(&href)).await?;
            let handed = Some(href);
            Ok(Page(SheetLinkPage {
                handed,
                message,
                ..shown
            })
            .into_response())
        }
        Err(error) => {
            let problem = told(error)?;
            again(&desk, &stands, typed, &problem).await
        }
    }
}

/// `…/thu-hoi`: withdraws it.
pub(super) async fn withdraw(
    desk: Desk,
    Path((id, unit)): Path<(String, String)>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let stands = stands(&desk, &id, &unit).await?;
    let version = fields::version(&fields.take("phien-ban")?)?;
    fields.done()?;
    let (campaign, of) = (stands.campaign.record.id, stands.sheet.unit);
    let caller = desk.caller();
    let plans = &desk.app.plans;
    match plans
        .withdraw_sheet_link(&caller, campaign, of, version)
        .await
    {
        Ok(_) => Ok(GoTo::link(&links::sheet_link(&id, &unit))
            .saying(Notice::SheetLinkWithdrawn)
            .into_response()),
        Err(error) => {
            let problem = told(error)?;
            again(&desk, &stands, Typed::default(), &problem).await
        }
    }
}

async fn stands(desk: &Desk, id: &str, unit: &str) -> Result<LinkUse, Failure> {
    let reader = &desk.visitor.principal;
    desk.visitor.account()?;
    let hidden = || Failure::not_found("no such sheet");
    let id: Id = id.parse().map_err(|_| hidden())?;
    let unit: Id = unit.parse().map_err(|_| hidden())?;
    Ok(desk.app.plans.sheet_link(reader, id, unit).await?)
}

/// What the page can say of a refusal; the failure for the rest.
fn told(error: PlanError) -> Result<Problem, Failure> {
    match error {
        PlanError::Registry(RegistryError::Refused(problem))
            if matches!(problem.status, 409 | 422) =>
        {
            Ok(problem)
        }
        PlanError::Registry(RegistryError::Conflict { .. }) => Ok(Problem::new(
            409,
            "stale-version",
            "a link that was made anew meanwhile",
        )),
        error => match Failure::from(error) {
            failure if failure.problem.status == 409 => Ok(*failure.problem),
            failure => Err(failure),
        },
    }
}

async fn again(
    desk: &Desk,
    stands: &LinkUse,
    typed: Typed,
    problem: &Problem,
) -> Result<Response, Failure> {
    let (campaign, unit) = (stands.campaign.record.id, stands.sheet.unit);
    let reader = &desk.visitor.principal;
    let stands = desk.app.plans.sheet_link(reader, campaign, unit).await?;
    let errors = form_errors(desk.words(), problem, NAMES, "lien-ket");
    let page = page(desk, &stands, typed, errors).await?;
    Ok(refused(problem, page))
}

async fn page(
    desk: &Desk,
    stands: &LinkUse,
    typed: Typed,
    errors: FormErrors,
) -> Result<SheetLinkPage, Failure> {
    let campaign = &stands.campaign;
    let body: SheetBody = stands.sheet.read()?;
    let link = stands.link.as_ref();
    let plans = &desk.app.plans;
    let email = || link.map_or_else(String::new, |link| link.body.email.clone());
    Ok(SheetLinkPage {
        shell: desk.shell(Section::Reports),
        campaign: campaign.record.id.to_string(),
        title: campaign.body.title.clone(),
        unit: stands.sheet.unit.to_string(),
        unit_name: desk.name_of(stands.sheet.unit).await?,
        period: desk.period_label(campaign.body.period),
        due: Some(desk.due_of(campaign)),
        stage: stage_key(Stage::of(&stands.sheet, &body, 0)),
        makes: stands.without_accounts && stands.owed,
        without_accounts: stands.without_accounts,
        link: link.map(|link| {
            let standing = link.standing(desk.now());
            LinkShown {
                standing: standing_key(standing),
                open: standing == LinkStanding::Open,
                made_by: link.body.made_by.clone(),
                made_at: Instant::from_micros(link.body.made_at)
                    .in_vietnam()
                    .datetime(),
                ends_on: link.body.ends_on,
                email: link.body.email.clone(),
            }
        }),
        version: link.map_or(0, |link| link.record.version),
        ends_on: match typed.ends_on {
            Some(typed) => typed,
            None => plans.link_end(campaign)?.to_string(),
        },
        furthest: plans.furthest_link_end(campaign)?,
        today: desk.today().to_string(),
        email: typed.email.unwrap_or_else(email),
        mails: desk.app.settings.sends_mail,
        handed: None,
        message: if stands.owed {
            message(desk, stands, None).await?
        } else {
            String::new()
        },
        errors,
    })
}

/// The message to the body, ready to be copied: with the link where it was just made.
async fn message(desk: &Desk, stands: &LinkUse, href: Option<&str>) -> Result<String, Failure> {
    let words = desk.words();
    let campaign = &stands.campaign.body;
    let unit = desk.name_of(stands.sheet.unit).await?;
    let sender = desk.name_of(stands.campaign.record.unit).await?;
    let period = desk.period_label(campaign.period);
    let due = words.date(&campaign.due_on);
    let way = match (href, &stands.link) {
        (Some(href), Some(link)) => words.t_args(
            "sheet-link-message-way",
            &[("link", &href), ("ends", &words.date(&link.body.ends_on))],
        ),
        _ => words.t("sheet-link-message-known"),
    };
    let key = if desk.today() > campaign.due_on {
        "sheet-link-message-late"
    } else {
        "sheet-link-message-due"
    };
    Ok(words.t_args(
        key,
        &[
            ("unit", &unit),
            ("title", &campaign.title),
            ("period", &period),
            ("due", &due),
            ("way", &way),
            ("sender", &sender),
        ],
    ))
}
