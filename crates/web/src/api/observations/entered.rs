//! What somebody enters for a report.

use plan::entry::Explanation;
use plan::{Entered, ReportDraft};
use registry::Evidence;
use store::StoreError;
use utoipa::ToSchema;
use vocab::{Decimal, Id, Period};

use crate::api::checks::ExplanationInput;
use crate::api::object::Object;
use crate::http::{App, Failure};

/// A report as it is entered: the whole of it, each time. The value is a numerator with its
/// denominator, a count, or whether it was reached, as the indicator's kind has it; a draft
/// may wait for it, or for one of the two.
#[derive(Debug, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "indicator": "5d0c9b52-6d3c-8f2e-9d57-0a4a1d1f8c11",
    "unit": "9e7a1f66-0f53-8c0d-8a0b-6b7f7f6f2d10",
    "period": "2023Q1",
    "numerator": 45,
    "denominator": 60,
    "note": "Số liệu đến ngày 31/3."
}))]
pub(in crate::api) struct ReportInput {
    /// What was measured.
    #[schema(value_type = String, format = "uuid")]
    indicator: Id,
    /// The unit that reports.
    #[schema(value_type = String, format = "uuid")]
    unit: Id,
    /// The period by its code.
    #[schema(value_type = String, example = "2023Q1")]
    period: Period,
    /// What was counted.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    numerator: Option<i64>,
    /// Out of what.
    #[schema(minimum = 1, maximum = 1_000_000_000_000_i64)]
    denominator: Option<i64>,
    /// A count from the beginning of the year: a decimal as text, at most four places.
    #[schema(value_type = Option<String>, example = "12", pattern = r"^(0|[1-9][0-9]*)(\.[0-9]{1,4})?$")]
    count: Option<Decimal>,
    /// Whether a milestone was reached.
    reached: Option<bool>,
    /// What the unit says about it.
    #[schema(max_length = 4_000)]
    note: Option<String>,
    /// The files behind it, as sending them gave them back.
    #[schema(value_type = Option<Vec<FileInput>>, max_items = 20)]
    evidence: Vec<FileInput>,
    /// What is said about what looks wrong with the value.
    #[schema(value_type = Option<Vec<ExplanationInput>>, max_items = 20)]
    explanations: Vec<ExplanationInput>,
}

/// A file that was sent before.
#[derive(Debug, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::api) struct FileInput {
    /// Its name.
    #[schema(max_length = 200, example = "Báo cáo quý I.pdf")]
    name: String,
    /// Its digest.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    sha256: String,
    /// Taken along for convenience; the store knows the size.
    #[schema(read_only)]
    #[expect(
        dead_code,
        reason = "the store knows it; it stands here for the description"
    )]
    size: Option<i64>,
    /// Taken along for convenience; the store knows the type.
    #[schema(read_only)]
    #[expect(
        dead_code,
        reason = "the store knows it; it stands here for the description"
    )]
    media_type: Option<String>,
}

impl ReportInput {
    /// Reads a body, saying everything that is wrong with it at once.
    pub(super) fn read(mut body: Object) -> Result<Self, Failure> {
        let object = &mut body;
        let indicator = object.required("indicator", Object::id);
        let unit = object.required("unit", Object::id);
        let period = object.required("period", Object::period);
        let (numerator, denominator) = (object.whole("numerator"), object.whole("denominator"));
        let (count, reached) = (object.decimal("count"), object.flag("reached"));
        let ratio = numerator.or(denominator).is_some();
        if [ratio, count.is_some(), reached.is_some()]
            .iter()
            .filter(|given| **given)
            .count()
            > 1
        {
            let last = if reached.is_some() {
                "reached"
            } else {
                "count"
            };
            object.wrong(last, "one-value-only");
        }
        let note = object.text("note");
        let evidence = object.list("evidence", FileInput::read);
        let explanations = object.list("explanations", ExplanationInput::read);
        match (indicator, unit, period) {
            (Some(indicator), Some(unit), Some(period)) => {
                body.done()?;
                Ok(Self {
                    indicator,
                    unit,
                    period,
                    numerator,
                    denominator,
                    count,
                    reached,
                    note,
                    evidence,
                    explanations,
                })
            }
            _ => Err(body.refuse()),
        }
    }

    /// The same as the floor below takes it, its files looked up.
    pub(super) async fn draft(self, app: &App) -> Result<ReportDraft, Failure> {
        let mut evidence = Vec::with_capacity(self.evidence.len());
        for file in &self.evidence {
            evidence.push(file.look_up(app).await?);
        }
        Ok(ReportDraft {
            indicator: self.indicator,
            unit: self.unit,
            period: self.period,
            entered: Entered {
                numerator: self.numerator,
                denominator: self.denominator,
                count: self.count,
                reached: self.reached,
            },
            note: self.note.unwrap_or_default(),
            evidence,
            explanations: self
                .explanations
                .into_iter()
                .map(Explanation::from)
                .collect(),
        })
    }

    /// Which of indicator, unit and period differ from what a report has.
    pub(super) fn moved(&self, indicator: Id, unit: Id, period: Period) -> Vec<&'static str> {
        let differs = [
            ("indicator", self.indicator != indicator),
            ("unit", self.unit != unit),
            ("period", self.period != period),
        ];
        let differs = differs.into_iter().filter(|(_, differs)| *differs);
        differs.map(|(name, _)| name).collect()
    }
}

impl FileInput {
    fn read(object: &mut Object) -> Option<Self> {
        let name = object.required("name", Object::text);
        let sha256 = object.required("sha256", Object::digest);
        Some(Self {
            size: object.whole("size"),
            media_type: object.text("mediaType"),
            name: name?,
            sha256: sha256?,
        })
    }

    /// Size and type as the store knows them. A file that is not here is refused in the same
    /// words as one that somebody else sent.
    async fn look_up(&self, app: &App) -> Result<Evidence, Failure> {
        let missing = || StoreError::MissingFile {
            digest: self.sha256.clone(),
        };
        let named = Evidence {
            name: self.name.clone(),
            sha256: self.sha256.clone(),
            size: 0,
            media_type: String::new(),
        };
        let digest = named.digest().ok_or_else(missing)?;
        let store = app.store();
        let files = store.every_file("whether this account sent it is asked when it is used");
        let stored = files.file(&digest).await?.ok_or_else(missing)?;
        Ok(Evidence::of(named.name, &stored))
    }
}
