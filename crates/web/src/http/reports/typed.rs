//! What somebody typed into the form of a report.

use std::collections::BTreeSet;

use plan::entry::{Explanation, Kept};
use plan::import::IndicatorKind;
use plan::records::ObservationBody;
use plan::{Computed, Entered, Report};
use registry::Evidence;
use vocab::{FieldProblem, Lang};

use super::super::number;
use super::super::{Failure, Fields};
use crate::i18n::Translator;
use crate::pages::observation_edit::Entry;

/// The fields of a report as text, so that what is wrong comes back as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::http) struct Typed {
    pub numerator: String,
    pub denominator: String,
    pub count: String,
    /// `co`, `khong`, or nothing.
    pub reached: String,
    pub note: String,
    /// What is said about what looks wrong, by the findings' tokens.
    pub explanations: Vec<Explanation>,
    /// Digests of files to take off.
    pub dropped: Vec<String>,
    /// Files that came in with this form, now or the time before.
    pub received: Vec<Evidence>,
}

impl Typed {
    /// The form of a report as it stands.
    pub(in crate::http) fn of(body: &ObservationBody, words: Translator) -> Self {
        let whole = |value: Option<i64>| value.map(|value| words.number(value));
        let reached = body.reached.map(|reached| flag(reached).to_owned());
        let count = body.count.map(|count| number::typed(count, words.lang));
        Self {
            numerator: whole(body.numerator).unwrap_or_default(),
            denominator: whole(body.denominator).unwrap_or_default(),
            count: count.unwrap_or_default(),
            reached: reached.unwrap_or_default(),
            note: body.note.clone(),
            explanations: said(body),
            dropped: Vec::new(),
            received: Vec::new(),
        }
    }

    /// The form of a report that was not begun, with what was computed for it.
    pub(in crate::http) fn offered(computed: &Computed, words: Translator) -> Self {
        let whole = |value: Option<i64>| value.map(|value| words.number(value));
        let count = computed.count.map(|count| number::typed(count, words.lang));
        Self {
            numerator: whole(computed.numerator).unwrap_or_default(),
            denominator: whole(computed.denominator).unwrap_or_default(),
            count: count.unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Takes the fields that a form for this kind of indicator has.
    pub(super) fn take(kind: IndicatorKind, fields: &mut Fields) -> Result<Self, Failure> {
        let mut typed = Self {
            note: fields.take("ghi-chu")?,
            explanations: explanations_of(fields, "phat-hien", "giai-trinh")?,
            dropped: fields.take_all("bo-tep"),
            ..Self::default()
        };
        match kind {
            IndicatorKind::Ratio => {
                typed.numerator = fields.take("tu-so")?;
                typed.denominator = fields.take("mau-so")?;
            }
            IndicatorKind::Count => typed.count = fields.take("so-luong")?,
            // Browsers leave out what nobody chose.
            IndicatorKind::Milestone | IndicatorKind::Standing => {
                typed.reached = fields.lookup("hoan-thanh")?.unwrap_or_default();
            }
        }
        Ok(typed)
    }

    /// The value as far as it was typed. What is missing is wrong only in what is handed in,
    /// which must be `complete`.
    pub(in crate::http) fn entered(
        &self,
        kind: IndicatorKind,
        complete: bool,
        lang: Lang,
    ) -> Result<Entered, Vec<FieldProblem>> {
        let whole = |field, text: &str| {
            read(field, text, complete, |text| {
                number::whole(field, text, lang)
            })
        };
        let alone = |problem| vec![problem];
        let empty = Entered::default();
        match kind {
            IndicatorKind::Ratio => {
                let numerator = whole("tu-so", &self.numerator);
                let denominator = whole("mau-so", &self.denominator);
                match (numerator, denominator) {
                    (Ok(numerator), Ok(denominator)) => Ok(Entered {
                        numerator,
                        denominator,
                        ..empty
                    }),
                    (one, other) => Err([one.err(), other.err()].into_iter().flatten().collect()),
                }
            }
            IndicatorKind::Count => {
                let count = read("so-luong", &self.count, complete, |text| {
                    number::decimal("so-luong", text, lang)
                });
                let count = count.map_err(alone)?;
                Ok(Entered { count, ..empty })
            }
            IndicatorKind::Milestone | IndicatorKind::Standing => {
                let reached = read("hoan-thanh", &self.reached, complete, |text| match text {
                    "co" => Ok(true),
                    "khong" => Ok(false),
                    _ => Err(FieldProblem::new("hoan-thanh", "not-a-flag")),
                });
                let reached = reached.map_err(alone)?;
                Ok(Entered { reached, ..empty })
            }
        }
    }

    /// The answer to what is reached or not.
    pub(in crate::http) fn answer(&self) -> Option<bool> {
        match self.reached.as_str() {
            "co" => Some(true),
            "khong" => Some(false),
            _ => None,
        }
    }

    /// Its value in the fields of a form. `unit` is the unit of measure; `counts` and `among`
    /// say what exactly is counted, where the form has room for that.
    pub(in crate::http) fn entry(
        &self,
        words: Translator,
        kind: IndicatorKind,
        unit: Option<&str>,
        [counts, among]: [Option<&str>; 2],
    ) -> Entry {
        let what = || counts.map(str::to_owned);
        match kind {
            IndicatorKind::Ratio => Entry::Ratio {
                numerator_label: labelled(words.t("col-numerator"), counts),
                denominator_label: labelled(words.t("col-denominator"), among),
                numerator: self.numerator.clone(),
                denominator: self.denominator.clone(),
            },
            IndicatorKind::Count => {
                let label = match unit.filter(|unit| !unit.is_empty()) {
                    Some(unit) => words.t1("entry-count-of", "unit", unit),
                    None => words.t("entry-count"),
                };
                Entry::Count {
                    label: labelled(label, counts),
                    count: self.count.clone(),
                }
            }
            IndicatorKind::Milestone => Entry::Milestone {
                reached: self.answer(),
                what: what(),
            },
            IndicatorKind::Standing => Entry::Standing {
                done: self.answer(),
                what: what(),
            },
        }
    }

    /// The files of the report once this form is saved over what it holds now.
    pub(in crate::http) fn evidence(&self, held: &[Evidence]) -> Vec<Evidence> {
        let mut seen = BTreeSet::new();
        held.iter()
            .chain(&self.received)
            .filter(|file| !self.dropped.contains(&file.sha256))
            .filter(|file| seen.insert(file.sha256.clone()))
            .cloned()
            .collect()
    }
}

/// Whether a report says already what a form would have it say: the same form came twice.
pub(super) fn same(report: &Report, kind: IndicatorKind, typed: &Typed, lang: Lang) -> bool {
    let digests = |files: &[Evidence]| -> BTreeSet<String> {
        files.iter().map(|file| file.sha256.clone()).collect()
    };
    let held = &report.body.evidence;
    let texts = |said: &[Explanation]| -> BTreeSet<String> {
        let texts = said.iter().map(|said| said.text.trim().to_owned());
        texts.filter(|text| !text.is_empty()).collect()
    };
    typed.entered(kind, false, lang) == Ok(Entered::of(&report.body))
        && texts(&typed.explanations) == texts(&said(&report.body))
        && typed.note.trim() == report.body.note
        && digests(&typed.evidence(held)) == digests(held)
}

/// A field's name with what exactly is counted in it.
fn labelled(name: String, counts: Option<&str>) -> String {
    match counts {
        Some(counts) => format!("{name}: {counts}"),
        None => name,
    }
}

/// What a report says about what looks wrong with it.
fn said(body: &ObservationBody) -> Vec<Explanation> {
    let said = body.checks.iter().map(Kept::said);
    said.filter(|said| !said.text.is_empty()).collect()
}

/// The findings that a form names, each with the words right after it.
pub(in crate::http) fn explanations_of(
    fields: &mut Fields,
    finding: &str,
    words: &str,
) -> Result<Vec<Explanation>, Failure> {
    let findings = fields.take_all(finding);
    let texts = fields.take_all(words);
    if findings.len() != texts.len() {
        return Err(super::super::fields::at(words, 422, "form-missing-field"));
    }
    let pairs = findings.into_iter().zip(texts);
    Ok(pairs
        .map(|(finding, text)| Explanation { finding, text })
        .collect())
}

pub(in crate::http) const fn flag(reached: bool) -> &'static str {
    if reached { "co" } else { "khong" }
}

/// What stands in a field; nothing if it was left empty and need not be `complete`.
fn read<T>(
    field: &str,
    text: &str,
    complete: bool,
    read: impl FnOnce(&str) -> Result<T, FieldProblem>,
) -> Result<Option<T>, FieldProblem> {
    match text.trim() {
        "" if complete => Err(FieldProblem::new(field, "field-required")),
        "" => Ok(None),
        text => read(text).map(Some),
    }
}
