//! What somebody typed into the form of an entry.

use jiff::civil::Date;
use plan::entry::Explanation;
use plan::projects::{Amounts, EntryBody, EntryDraft, EntryKind, Source};
use registry::Evidence;
use vocab::{Decimal, FieldProblem, Lang, Period, Vnd};

use super::super::super::reports::typed::explanations_of;
use super::super::super::{Failure, Fields, number};
use super::files::kept;
use crate::i18n::Translator;
use crate::pages::parts::Choice;
use crate::pages::project::entry_form;

/// The units in which money is typed: the value, the key of its name.
const MONEY_UNITS: [(&str, &str); 2] = [
    ("dong", "project-money-dong"),
    ("trieu", "project-money-million"),
];

/// The fields of an entry as text, so that what is wrong comes back as it was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub fields: entry_form::Fields,
    pub period: String,
    pub money_unit: String,
    pub explanations: Vec<Explanation>,
    pub dropped: Vec<String>,
    pub received: Vec<Evidence>,
}

impl Typed {
    /// The form of an entry as it stands; its money in đồng.
    pub(super) fn of(body: &EntryBody, words: Translator) -> Self {
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let amount = |source| {
            let amount = body.amounts.of(source).dong();
            if amount == 0 {
                String::new()
            } else {
                words.number(amount)
            }
        };
        let said = body.checks.iter().map(plan::entry::Kept::said);
        Self {
            fields: entry_form::Fields {
                on: day(body.on),
                symbol: body.symbol.clone(),
                party: body.party.clone(),
                until: day(body.until),
                percent: body
                    .percent
                    .map_or_else(String::new, |percent| percent.to_string()),
                milestone: body.milestone.clone(),
                recurrent: amount(Source::Recurrent),
                capital: amount(Source::Capital),
                other: amount(Source::Other),
                other_source: body.other_source.clone(),
                note: body.note.clone(),
            },
            period: body.period.map_or_else(String::new, Period::code),
            money_unit: if body.amounts.is_zero() {
                String::new()
            } else {
                "dong".to_owned()
            },
            explanations: said.filter(|said| !said.text.is_empty()).collect(),
            dropped: Vec::new(),
            received: Vec::new(),
        }
    }

    /// Takes the fields that a form for this kind has.
    pub(super) fn take(kind: EntryKind, fields: &mut Fields) -> Result<Self, Failure> {
        let asks = asks(kind);
        let mut typed = Self {
            explanations: explanations_of(fields, "phat-hien", "giai-trinh")?,
            dropped: fields.take_all("bo-tep"),
            ..Self::default()
        };
        typed.fields.note = fields.take("ghi-chu")?;
        if asks.day {
            typed.fields.on = fields.take("ngay")?;
        }
        if asks.symbol {
            typed.fields.symbol = fields.take("so-ky-hieu")?;
        }
        if asks.party {
            typed.fields.party = fields.take("nha-thau")?;
        }
        if asks.end {
            typed.fields.until = fields.take("han")?;
        }
        if asks.progress {
            typed.fields.percent = fields.take("phan-tram")?;
            typed.fields.milestone = fields.take("moc")?;
        }
        if asks.period {
            typed.period = fields.take("ky")?;
        }
        if asks.money {
            typed.money_unit = fields.take("don-vi-tinh")?;
            typed.fields.recurrent = fields.take("thuong-xuyen")?;
            typed.fields.capital = fields.take("dau-tu")?;
            typed.fields.other = fields.take("nguon-khac")?;
            typed.fields.other_source = fields.take("ten-nguon-khac")?;
        }
        Ok(typed)
    }

    /// What it asks to save over what is held; everything that cannot be read otherwise.
    pub(super) fn draft(
        &self,
        kind: EntryKind,
        held: &[Evidence],
        lang: Lang,
    ) -> Result<EntryDraft, Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        let mut draft = EntryDraft {
            symbol: self.fields.symbol.clone(),
            party: self.fields.party.clone(),
            milestone: self.fields.milestone.clone(),
            other_source: self.fields.other_source.clone(),
            note: self.fields.note.clone(),
            evidence: kept(held, &self.received, &self.dropped),
            explanations: self.explanations.clone(),
            ..EntryDraft::of(kind)
        };
        match day("ngay", &self.fields.on) {
            Ok(day) => draft.on = day,
            Err(problem) => wrong.push(problem),
        }
        match day("han", &self.fields.until) {
            Ok(day) => draft.until = day,
            Err(problem) => wrong.push(problem),
        }
        if !self.fields.percent.trim().is_empty() {
            match number::whole("phan-tram", &self.fields.percent, lang) {
                Ok(percent) => draft.percent = Some(percent),
                Err(problem) => wrong.push(problem),
            }
        }
        match self.period.trim() {
            "" => {}
            code => match code.parse::<Period>() {
                Ok(period) => draft.period = Some(period),
                Err(_) => wrong.push(FieldProblem::new("ky", "choice-unknown")),
            },
        }
        let mut amounts = Amounts::default();
        for (field, text, source) in [
            ("thuong-xuyen", &self.fields.recurrent, Source::Recurrent),
            ("dau-tu", &self.fields.capital, Source::Capital),
            ("nguon-khac", &self.fields.other, Source::Other),
        ] {
            match read_money(field, text, &self.money_unit, lang) {
                Ok(Some(amount)) => *amounts.of_mut(source) = amount,
                Ok(None) => {}
                Err(problem) => {
                    // That no unit was chosen is said once.
                    if !wrong.contains(&problem) {
                        wrong.push(problem);
                    }
                }
            }
        }
        draft.amounts = amounts;
        if wrong.is_empty() {
            Ok(draft)
        } else {
            Err(wrong)
        }
    }
}

/// The day in a field of a form; nothing where it was left empty.
pub(in super::super) fn day(field: &str, text: &str) -> Result<Option<Date>, FieldProblem> {
    match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| FieldProblem::new(field, "day-unreadable")),
    }
}

/// An amount that was typed in this unit of money; nothing where the field was left empty. The
/// unit is never guessed.
pub(in super::super) fn read_money(
    field: &str,
    text: &str,
    unit: &str,
    lang: Lang,
) -> Result<Option<Vnd>, FieldProblem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let value: Decimal = match unit {
        "dong" | "trieu" => number::decimal(field, text, lang)?,
        _ => return Err(FieldProblem::new("don-vi-tinh", "money-unit-needed")),
    };
    if unit == "trieu" {
        let amount = Vnd::from_million(value);
        return amount
            .map(Some)
            .map_err(|_| FieldProblem::new(field, "amount-not-dong"));
    }
    let whole = value.normalized();
    if whole.scale() > 0 {
        return Err(FieldProblem::new(field, "amount-not-dong"));
    }
    Ok(Some(Vnd::new(whole.mantissa())))
}

/// The units of money to choose from.
pub(in super::super) fn money_units(words: Translator, chosen: &str) -> Vec<Choice> {
    let none = Choice {
        value: String::new(),
        label: words.t("project-money-unit-choose"),
        selected: !MONEY_UNITS.iter().any(|(value, _)| *value == chosen),
    };
    let units = MONEY_UNITS.iter().map(|(value, key)| Choice {
        value: (*value).to_owned(),
        label: words.t(key),
        selected: *value == chosen,
    });
    std::iter::once(none).chain(units).collect()
}

/// Which fields the form of a kind has.
pub(super) fn asks(kind: EntryKind) -> entry_form::Asks {
    let payment = kind == EntryKind::Payment;
    let progress = kind == EntryKind::Progress;
    entry_form::Asks {
        day: !payment,
        symbol: !progress,
        party: kind.has_party(),
        end: kind.has_end(),
        progress,
        period: payment,
        money: kind.has_money(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_in_the_unit_that_was_chosen_and_never_without_one() {
        let read = |text, unit| read_money("dau-tu", text, unit, Lang::Vi);
        assert_eq!(read("750", "trieu"), Ok(Some(Vnd::new(750_000_000))));
        assert_eq!(
            read("912,912", "trieu").map_err(|problem| problem.code),
            Err("number-ambiguous".to_owned())
        );
        assert_eq!(read("0,5", "trieu"), Ok(Some(Vnd::new(500_000))));
        assert_eq!(read("750.000.000", "dong"), Ok(Some(Vnd::new(750_000_000))));
        assert_eq!(read("  ", ""), Ok(None));
        for (text, unit, code) in [
            ("750", "", "money-unit-needed"),
            ("0,5", "dong", "amount-not-dong"),
            ("0,0000001", "trieu", "amount-not-dong"),
        ] {
            assert_eq!(read(text, unit).unwrap_err().code, code, "{text} {unit}");
        }
    }
}
