//! `/dot-bao-cao/moi`: opening a call for reports.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use directory::{Act, Role, Subject};
use jiff::civil::Date;
use plan::campaigns::{CampaignDraft, Due, Preview, Reminder, Which, shipped_reminders};
use plan::{CAMPAIGN, PlanError};
use registry::RegistryError;
use serde::{Deserialize, Serialize};
use vocab::{FieldProblem, Problem};

use super::super::reports::desk::Desk;
use super::super::reports::list::{latest_period, periods};
use super::super::{Failure, Form, GoTo, Notice, Page, form_errors, refused};
use crate::pages::campaign_new::{CampaignNew, PreviewShown};
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::shell::Section;

const ALL: &str = "tat-ca";
const GROUP: &str = "nhom";
const NUMBERS: &str = "so";

/// The names of a problem's fields in the form.
const NAMES: &[(&str, &str)] = &[
    ("title", "ten"),
    ("period", "ky"),
    ("which", "pham-vi"),
    ("reporters", "doi-tuong"),
    ("due", "so-ngay"),
    ("reminders", "nhac-can-bo"),
];

/// Whom the fields of reminders are about.
const REMINDERS: [(&str, &str, Role); 3] = [
    ("nhac-can-bo", "campaign-remind-officer", Role::Officer),
    ("nhac-lanh-dao", "campaign-remind-head", Role::Head),
    ("nhac-cap-tren", "campaign-remind-viewer", Role::Viewer),
];

/// The form as it was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Asked {
    ten: String,
    ky: String,
    pham_vi: String,
    nhom: String,
    so: String,
    doi_tuong: String,
    han: String,
    so_ngay: String,
    nhac_can_bo: String,
    nhac_lanh_dao: String,
    nhac_cap_tren: String,
}

impl Asked {
    /// Everything that it says, as fields of a form.
    fn fields(&self) -> [(&'static str, String); 11] {
        [
            ("ten", self.ten.clone()),
            ("ky", self.ky.clone()),
            ("pham-vi", self.pham_vi.clone()),
            ("nhom", self.nhom.clone()),
            ("so", self.so.clone()),
            ("doi-tuong", self.doi_tuong.clone()),
            ("han", self.han.clone()),
            ("so-ngay", self.so_ngay.clone()),
            ("nhac-can-bo", self.nhac_can_bo.clone()),
            ("nhac-lanh-dao", self.nhac_lanh_dao.clone()),
            ("nhac-cap-tren", self.nhac_cap_tren.clone()),
        ]
    }

    fn reminder(&self, field: &str) -> &str {
        match field {
            "nhac-can-bo" => &self.nhac_can_bo,
            "nhac-lanh-dao" => &self.nhac_lanh_dao,
            _ => &self.nhac_cap_tren,
        }
    }

    /// What an empty form begins with.
    fn fresh(desk: &Desk) -> Result<Self, Failure> {
        let period = latest_period(desk);
        let mut asked = Self {
            ten: period.map_or_else(String::new, |period| {
                let period = desk.period_label(period);
                desk.words().t1("campaign-title-usual", "period", period)
            }),
            ky: period.map_or_else(String::new, |period| period.code()),
            pham_vi: ALL.to_owned(),
            so_ngay: "5".to_owned(),
            ..Self::default()
        };
        for reminder in shipped_reminders()? {
            let field = match reminder.to {
                Role::Officer => &mut asked.nhac_can_bo,
                Role::Head => &mut asked.nhac_lanh_dao,
                _ => &mut asked.nhac_cap_tren,
            };
            *field = reminder.days.to_string();
        }
        Ok(asked)
    }

    /// What it asks for, or what cannot be read.
    fn draft(&self) -> Result<CampaignDraft, Problem> {
        let mut fields = Vec::new();
        let period = self.ky.parse();
        if period.is_err() {
            fields.push(FieldProblem::new("period", "not-a-period"));
        }
        let which = match self.pham_vi.as_str() {
            ALL => Some(Which::All),
            GROUP => Some(Which::Group(self.nhom.clone())),
            NUMBERS => numbers(&self.so).map(Which::Numbers),
            _ => None,
        };
        if which.is_none() {
            fields.push(FieldProblem::new("which", "target-numbers"));
        }
        let due = self.due();
        if due.is_none() {
            fields.push(FieldProblem::new("due", "due-unreadable"));
        }
        let mut reminders = Vec::new();
        for (field, _, to) in REMINDERS {
            match self.reminder(field).trim().replace('−', "-").as_str() {
                "" => {}
                days => match days.parse() {
                    Ok(days) => reminders.push(Reminder { days, to }),
                    Err(_) => fields.push(FieldProblem::new(field, "not-whole")),
                },
            }
        }
        match (period, which, due) {
            (Ok(period), Some(which), Some(due)) if fields.is_empty() => Ok(CampaignDraft {
                id: None,
                title: self.ten.clone(),
                period,
                which,
                reporters: Some(self.doi_tuong.clone()).filter(|key| !key.is_empty()),
                due,
                reminders,
            }),
            _ => {
                let mut problem = Problem::new(422, "invalid-fields", "the form of a campaign");
                problem.fields = fields;
                Err(problem)
            }
        }
    }

    fn due(&self) -> Option<Due> {
        let day = self.han.trim();
        if day.is_empty() {
            let days = self.so_ngay.trim().parse().ok()?;
            return Some(Due::WorkingDays(days));
        }
        let vietnamese = || {
            let mut parts = day.splitn(3, '/').map(str::parse::<i16>);
            let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
            let (day, month) = (i8::try_from(day.ok()?), i8::try_from(month.ok()?));
            Date::new(year.ok()?, month.ok()?, day.ok()?).ok()
        };
        day.parse().ok().or_else(vietnamese).map(Due::On)
    }
}

/// Numbers as people write them: `1-12, 35`. None for what is none.
fn numbers(text: &str) -> Option<Vec<u16>> {
    let mut all = Vec::new();
    for part in text.split([',', ';']).map(str::trim) {
        if part.is_empty() {
            continue;
        }
        match part.split_once(['-', '–']) {
            None => all.push(part.parse().ok()?),
            Some((from, to)) => {
                let (from, to): (u16, u16) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
                if from > to || to > 9_999 {
                    return None;
                }
                all.extend(from..=to);
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    Some(all)
}

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
    let asked = Asked {
        ten: fields.take("ten")?,
        ky: fields.take("ky")?,
        pham_vi: fields.take("pham-vi")?,
        nhom: fields.take("nhom")?,
        so: fields.take("so")?,
        doi_tuong: fields.take("doi-tuong")?,
        han: fields.take("han")?,
        so_ngay: fields.take("so-ngay")?,
        nhac_can_bo: fields.take("nhac-can-bo")?,
        nhac_lanh_dao: fields.take("nhac-lanh-dao")?,
        nhac_cap_tren: fields.take("nhac-cap-tren")?,
    };
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
        fields: asked.fields().into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(numbers("3, 1-2; 2"), Some(vec![1, 2, 3]));
        assert_eq!(numbers("35 – 37"), Some(vec![35, 36, 37]));
        for wrong in ["a", "5-3", "1-", "1 2", "70000"] {
            assert_eq!(numbers(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_due_day_is_read_in_both_ways_of_writing() {
        let due = |han: &str| {
            let asked = Asked {
                han: han.to_owned(),
                so_ngay: "5".to_owned(),
                ..Asked::default()
            };
            asked.due()
        };
        let day = Some(Due::On(jiff::civil::date(2023, 10, 13)));
        assert_eq!(due("2023-10-13"), day);
        assert_eq!(due("13/10/2023"), day);
        assert_eq!(due("32/10/2023"), None);
        assert_eq!(due(""), Some(Due::WorkingDays(5)));
    }
}
