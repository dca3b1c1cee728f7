//! Beginning a report: its sections with what is drafted into them.

use directory::{Act, Decision, Principal, Role, Subject, may, province};
use jiff::civil::Date;
use registry::{Caller, Draft, RegistryError};
use store::StoreError;
use vocab::{FieldProblem, Id, Lang, Period, Problem};

use super::drafting::{Drafting, title};
use super::figures::Figures;
use super::layout::{Layout, fill};
use super::read::{Periodic, PeriodicHead};
use super::records::{Around, PERIODIC_REPORT, PeriodicBody, REPORT_SECTION, SectionBody, states};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;
use crate::view::PlanView;

impl PlanView {
    /// The periods on which one reports upwards: quarters, the half-year, nine months and the
    /// year of the plan.
    pub fn periodic_periods(&self) -> Vec<Period> {
        let Some(year) = self.year() else {
            return Vec::new();
        };
        let quarter = |number| Period::quarter(year, number);
        [
            quarter(1),
            quarter(2),
            Period::half_year(year, 1),
            quarter(3),
            Period::nine_months(year),
            quarter(4),
            Period::year(year),
        ]
        .into_iter()
        .filter_map(Result::ok)
        .collect()
    }
}

impl Plans {
    /// Begins the report on the plan for a period, each section drafted from the figures. There
    /// is one at a time for a plan and a period: after it was signed, another edition follows
    /// it ([`Plans::reopen_periodic_report`]).
    pub async fn begin_periodic_report(
        &self,
        by: &Caller,
        period: Period,
    ) -> Result<Periodic, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let refuse = |code: &str| {
            let mut problem = Problem::new(422, "invalid-fields", "a report for a period");
            problem.fields = vec![FieldProblem::new("period", code)];
            PlanError::from(RegistryError::Refused(problem))
        };
        if !view.periodic_periods().contains(&period) {
            return Err(refuse("period-outside-plan"));
        }
        let today = self.today_in_vietnam();
        if period.start() > today {
            return Err(refuse("period-not-begun"));
        }
        let unit = self.periodic_unit(&by.principal)?;
        let layout = self.layout_in_force().await?;
        let view = view.in_force_on(period.end());
        let figures = Figures::at(&view, period);
        let obstacles = self.obstacles_told(&by.principal, &view, period).await?;
        let notes = self.notes_on(&figures).await?;
        let unit_name = self.unit_name(unit).await?;
        let drafting = Drafting {
            view: &view,
            figures: &figures,
            notes: &notes,
            obstacles: &obstacles,
            layout: &layout,
            period,
            unit: &unit_name,
        };
        let id = self.registry().store().context().new_id();
        let sections = drafted(id, &layout, &view, &drafting);
        let body = PeriodicBody {
            plan: view.id,
            period,
            key: key(view.id, period, 1),
            edition: 1,
            around: self
                .around(&view, &layout, period, &unit_name, today)
                .await?,
            follows: None,
            layout,
            signed: None,
        };
        self.make(by, id, unit, body, sections).await
    }

    /// Begins another edition of a signed report with its texts; the signed one stays as it is.
    pub async fn reopen_periodic_report(&self, by: &Caller, id: Id) -> Result<Periodic, PlanError> {
        let signed = self.periodic_report(&by.principal, id).await?;
        demand(&by.principal, signed.record.unit)?;
        self.view_of(signed.body.plan, signed.body.period).await?;
        if signed.record.state != states::SIGNED {
            let about = "another edition of what is not signed";
            return Err(RegistryError::refused(409, "periodic-not-signed", about).into());
        }
        let known = self
            .latest_edition(signed.body.plan, signed.body.period)
            .await?;
        if let Some(latest) = known.filter(|latest| latest.record.id != id) {
            return Err(exists(&latest));
        }
        let new = self.registry().store().context().new_id();
        let sections = signed.sections.iter().map(|section| SectionBody {
            report: new,
            key: rekeyed(&section.body.key, new),
            ..section.body.clone()
        });
        let edition = signed.body.edition + 1;
        let body = PeriodicBody {
            key: key(signed.body.plan, signed.body.period, edition),
            edition,
            follows: Some(id),
            signed: None,
            ..signed.body.clone()
        };
        let sections = sections.collect();
        self.make(by, new, signed.record.unit, body, sections).await
    }

    /// The unit that somebody begins reports for: whoever hands a report in begins it too, and
    /// those who only write in it do not. Where somebody coordinates goes first.
    pub fn periodic_unit(&self, principal: &Principal) -> Result<Id, PlanError> {
        let coordinating = principal.units(Role::Coordinator).into_iter();
        let others = principal.grants.iter().map(|grant| grant.unit);
        let mut units = coordinating.chain(others);
        match units.find(|unit| demand(principal, *unit).is_ok()) {
            Some(unit) => Ok(unit),
            None => demand(principal, province()).map(|()| province()),
        }
    }

    async fn make(
        &self,
        by: &Caller,
        id: Id,
        unit: Id,
        body: PeriodicBody,
        sections: Vec<SectionBody>,
    ) -> Result<Periodic, PlanError> {
        let mut batch = self.registry().batch(by);
        batch
            .create(Draft {
                kind: PERIODIC_REPORT,
                id: Some(id),
                unit,
                body: to_map("a periodic report", &body)?,
            })
            .await?;
        for section in sections {
            batch
                .create(Draft {
                    kind: REPORT_SECTION,
                    id: None,
                    unit,
                    body: to_map("a section", &section)?,
                })
                .await?;
        }
        // Only whoever may begin one is told that there is one.
        let known = self.latest_edition(body.plan, body.period).await?;
        if let Some(latest) = known.filter(|latest| body.follows != Some(latest.record.id)) {
            return Err(exists(&latest));
        }
        match batch.commit(id.to_string()).await {
            Ok(_) => self.periodic_report(&by.principal, id).await,
            // Two began it at once: the other one was first.
            Err(RegistryError::Store(StoreError::Duplicate { .. })) => {
                let latest = self.latest_edition(body.plan, body.period).await?;
                let latest = latest.ok_or_else(|| {
                    RegistryError::refused(409, "periodic-exists", "a report begun twice")
                })?;
                Err(exists(&latest))
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn around(
        &self,
        view: &PlanView,
        layout: &Layout,
        period: Period,
        unit: &str,
        today: Date,
    ) -> Result<Around, PlanError> {
        let above = self.unit_name(province()).await?;
        let place = above.strip_prefix("UBND tỉnh ").unwrap_or(&above);
        let symbol = format!("Quyết định số {}", view.body.symbol);
        let year = today.year().to_string();
        let day = format!("{:02}", today.day());
        // NĐ 30/2020, Phụ lục I: days below 10, and January and February, have a zero before.
        let month = match today.month() {
            month @ 1..=2 => format!("{month:02}"),
            month => month.to_string(),
        };
        let values = [
            ("unit", unit),
            ("short", &initials(unit)),
            ("province", &above),
            ("place", place),
            ("plan", &symbol),
            ("title", &title(view)),
            ("period", &period.label(Lang::Vi)),
            ("day", &day),
            ("month", &month),
            ("year", &year),
        ];
        let head = &layout.head;
        let say = |sentence: &str| fill(sentence, &values);
        Ok(Around {
            // The province's own report has nobody above it here.
            superior: if unit == above {
                String::new()
            } else {
                say(&head.superior).to_uppercase()
            },
            issuer: say(&head.issuer).to_uppercase(),
            symbol: say(&head.symbol),
            place_date: say(&head.place_date_open),
            subject: say(&head.subject),
            capacity: say(&head.capacity),
            signer: String::new(),
            recipients: head.recipients.join("\n"),
        })
    }

    pub(super) fn today_in_vietnam(&self) -> Date {
        self.registry().store().context().now().in_vietnam().date()
    }
}

fn demand(principal: &Principal, unit: Id) -> Result<(), PlanError> {
    let subject = Subject {
        kind: PERIODIC_REPORT,
        unit,
        state: states::DRAFT,
        author: None,
    };
    match may(principal, Act::Submit, &subject) {
        Decision::Allowed => Ok(()),
        Decision::Denied(reason) => {
            let problem = Problem::new(403, reason.code(), "beginning a periodic report");
            Err(RegistryError::Refused(problem).into())
        }
    }
}

fn drafted(
    report: Id,
    layout: &Layout,
    view: &PlanView,
    drafting: &Drafting<'_>,
) -> Vec<SectionBody> {
    let mut sections: Vec<SectionBody> = Vec::new();
    let mut add = |level, key: String, title: &str, group: Option<String>, text: String| {
        sections.push(SectionBody {
            report,
            key: format!("{report}/{key}"),
            place: i64::try_from(sections.len()).unwrap_or(i64::MAX),
            level,
            title: title.to_owned(),
            group,
            text: kept(text),
        });
    };
    for section in &layout.section {
        let key = &section.key;
        let own = if section.each_group {
            String::new()
        } else {
            drafting.text(&section.draft, None)
        };
        add(1, key.clone(), &section.title, None, own);
        if section.each_group {
            for group in &view.body.groups {
                let text = drafting.text(&section.draft, Some(&group.code));
                let key = format!("{key}/{}", group.code);
                add(2, key, &group.title, Some(group.code.clone()), text);
            }
        }
        for part in &section.part {
            let text = drafting.text(&part.draft, None);
            add(2, format!("{key}/{}", part.key), &part.title, None, text);
        }
    }
    sections
}

/// As much as a section holds, cut between lines.
fn kept(text: String) -> String {
    let mut kept = String::new();
    let mut length = 0;
    for line in text.lines() {
        let longer = length + line.chars().count() + 1;
        if longer > super::LONGEST_SECTION {
            break;
        }
        length = longer;
        if !kept.is_empty() {
            kept.push('\n');
        }
        kept.push_str(line);
    }
    kept
}

fn key(plan: Id, period: Period, edition: i64) -> String {
    format!("{plan}/{period}/{edition}")
}

fn rekeyed(key: &str, report: Id) -> String {
    let name = key.split_once('/').map_or(key, |(_, name)| name);
    format!("{report}/{name}")
}

pub(super) fn exists(known: &PeriodicHead) -> PlanError {
    let problem = Problem::new(409, "periodic-exists", "beginning a report twice");
    RegistryError::Refused(problem.with("id", known.record.id)).into()
}

/// The initials of a unit's name as symbols of papers have them: `STTTT`.
fn initials(name: &str) -> String {
    let words = name.split_whitespace().filter(|word| *word != "và");
    words
        .flat_map(|word| {
            // A word in capitals is an abbreviation already.
            let whole = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
            word.chars().take(if whole { usize::MAX } else { 1 })
        })
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_have_the_initials_of_units() {
        assert_eq!(initials("Sở Thông tin và Truyền thông"), "STTTT");
        assert_eq!(initials("UBND huyện Long Hồ"), "UBNDHLH");
    }

    #[test]
    fn a_draft_that_is_too_long_is_cut_between_lines() {
        let line = "x".repeat(super::super::LONGEST_SECTION - 10);
        assert_eq!(kept(format!("{line}\n{line}")), line);
        assert_eq!(kept("a\nb".to_owned()), "a\nb");
    }
}
