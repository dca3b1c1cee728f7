//! The form of a new call for reports, as it was typed.

use directory::Role;
use jiff::civil::Date;
use plan::campaigns::{CampaignDraft, Due, Reminder, Which, shipped_reminders};
use serde::Deserialize;
use vocab::{FieldProblem, Problem};

use super::super::reports::desk::Desk;
use super::super::reports::list::latest_period;
use super::super::{Failure, Fields};

pub(super) const ALL: &str = "tat-ca";
pub(super) const GROUP: &str = "nhom";
pub(super) const NUMBERS: &str = "so";

/// Whom the fields of reminders are about.
pub(super) const REMINDERS: [(&str, &str, Role); 3] = [
    ("nhac-can-bo", "campaign-remind-officer", Role::Officer),
    ("nhac-lanh-dao", "campaign-remind-head", Role::Head),
    ("nhac-cap-tren", "campaign-remind-viewer", Role::Viewer),
];

/// The form as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Asked {
    pub(super) ten: String,
    pub(super) ky: String,
    pub(super) pham_vi: String,
    pub(super) nhom: String,
    pub(super) so: String,
    pub(super) doi_tuong: String,
    pub(super) han: String,
    pub(super) so_ngay: String,
    pub(super) nhac_can_bo: String,
    pub(super) nhac_lanh_dao: String,
    pub(super) nhac_cap_tren: String,
}

impl Asked {
    /// Everything that it says, as fields of a form.
    pub(super) fn fields(&self) -> [(&'static str, String); 11] {
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

    /// Takes it out of a form.
    pub(super) fn take(fields: &mut Fields) -> Result<Self, Failure> {
        Ok(Self {
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
        })
    }

    pub(super) fn reminder(&self, field: &str) -> &str {
        match field {
            "nhac-can-bo" => &self.nhac_can_bo,
            "nhac-lanh-dao" => &self.nhac_lanh_dao,
            _ => &self.nhac_cap_tren,
        }
    }

    /// What an empty form begins with.
    pub(super) fn fresh(desk: &Desk) -> Result<Self, Failure> {
        let period = latest_period(desk);
        let mut asked = Self {
            ten: period.map_or_else(String::new, |period| {
                let period = desk.period_label(period);
                desk.words().t1("campaign-title-usual", "period", period)
            }),
            ky: period.map_or_else(String::new, vocab::Period::code),
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
    pub(super) fn draft(&self) -> Result<CampaignDraft, Problem> {
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

/// More numbers than any annex has, and none of them is larger.
const MOST_NUMBERS: usize = 9_999;

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
                if from > to || usize::from(to) > MOST_NUMBERS {
                    return None;
                }
                all.extend(from..=to);
            }
        }
        if all.len() > MOST_NUMBERS {
            return None;
        }
    }
    all.sort_unstable();
    all.dedup();
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(numbers("3, 1-2; 2"), Some(vec![1, 2, 3]));
        assert_eq!(numbers("35 – 37"), Some(vec![35, 36, 37]));
        for wrong in ["a", "5-3", "1-", "1 2", "70000", "1-9999,1-9999"] {
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
