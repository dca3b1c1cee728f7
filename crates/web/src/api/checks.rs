//! What looks wrong with a reported value, and what is said about it.

use std::collections::BTreeMap;

use plan::entry::{Explanation, Kept, Rules};
use serde::Serialize;
use utoipa::ToSchema;

use super::object::Object;

/// Something that looks wrong with a value. The report is handed in with its explanation only.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CheckShown {
    /// Tells it from the same about another value: explanations name it.
    #[schema(example = "entry-fell-0a1b2c3d")]
    finding: String,
    /// What was found.
    #[schema(example = "entry-fell")]
    code: String,
    /// The member that it is about.
    #[schema(example = "count")]
    field: String,
    /// Its figures, decimals as text.
    #[schema(value_type = Object, example = json!({"before": "12", "value": "11", "period": "2023Q2"}))]
    figures: BTreeMap<String, String>,
    /// What the unit says about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    explanation: String,
    /// Whether those words are about just this value, and enough of them.
    explained: bool,
}

impl From<&Kept> for CheckShown {
    fn from(kept: &Kept) -> Self {
        Self {
            finding: kept.token(),
            code: kept.code.clone(),
            field: kept.field.clone(),
            figures: kept.figures.clone(),
            explanation: kept.explanation.clone(),
            explained: kept.is_explained(Rules::shipped()),
        }
    }
}

/// What is said about something that looks wrong.
#[derive(Debug, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::api) struct ExplanationInput {
    /// The finding, as the report's `checks` name it.
    #[schema(max_length = 100, example = "entry-fell-0a1b2c3d")]
    finding: String,
    /// In words: at least ten letters.
    #[schema(
        max_length = 1_000,
        example = "Quý II báo nhầm một lớp của đơn vị khác."
    )]
    text: String,
}

impl ExplanationInput {
    pub(super) fn read(object: &mut Object) -> Option<Self> {
        let finding = object.required("finding", Object::text);
        let text = object.required("text", Object::text);
        Some(Self {
            finding: finding?,
            text: text?,
        })
    }
}

impl From<ExplanationInput> for Explanation {
    fn from(input: ExplanationInput) -> Self {
        Self {
            finding: input.finding,
            text: input.text,
        }
    }
}
