//! The layout in force: the province's own, kept as a record with its versions, or else the
//! one that ships. A report keeps the layout that it was begun with.

use directory::{Act, Principal, province};
use registry::{Caller, Draft, Record, RegistryError};
use serde_json::{Map, Value};
use vocab::{Id, Problem};

use super::layout::{Layout, LayoutError, SHIPPED};
use super::records::REPORT_LAYOUT;
use crate::error::PlanError;
use crate::plans::{Plans, identity};

/// The layout in force, as text.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptLayout {
    /// The province's own record; nothing while the one that ships is in force.
    pub record: Option<Record>,
    /// The text.
    pub text: String,
}

impl KeptLayout {
    /// Its version; 0 for the one that ships.
    pub fn version(&self) -> i64 {
        self.record.as_ref().map_or(0, |record| record.version)
    }
}

impl Plans {
    /// The layout in force, whoever asks: it holds no secret.
    pub async fn kept_layout(&self) -> Result<KeptLayout, PlanError> {
        let record = self.registry().find(REPORT_LAYOUT, identity_of()).await?;
        let text = record.as_ref().and_then(|record| {
            let text = record.body.get("text").and_then(Value::as_str);
            text.map(str::to_owned)
        });
        Ok(KeptLayout {
            text: text.unwrap_or_else(|| SHIPPED.to_owned()),
            record,
        })
    }

    pub(super) async fn layout_in_force(&self) -> Result<Layout, PlanError> {
        let kept = self.kept_layout().await?;
        Layout::read(&kept.text).map_err(|error| refused(&error))
    }

    /// Whether somebody may change the layout.
    pub fn may_change_layout(&self, principal: &Principal) -> bool {
        let subject = directory::Subject {
            kind: REPORT_LAYOUT,
            unit: province(),
            state: "kept",
            author: None,
        };
        directory::may(principal, Act::Configure, &subject).is_allowed()
    }

    /// Puts another layout in force, for the reports that are begun from now on. `version` is
    /// the one that was read, 0 for the one that ships.
    pub async fn keep_layout(
        &self,
        by: &Caller,
        version: i64,
        text: &str,
    ) -> Result<KeptLayout, PlanError> {
        let text = text.replace("\r\n", "\n");
        Layout::read(&text).map_err(|error| refused(&error))?;
        let body = Map::from_iter([("text".to_owned(), Value::from(text))]);
        let kept = self.kept_layout().await?;
        if kept.version() != version {
            let current = kept.record.ok_or_else(|| {
                RegistryError::refused(409, "stale-version", "a layout that is not kept any more")
            })?;
            return Err(RegistryError::Conflict {
                kind: REPORT_LAYOUT.to_owned(),
                expected: version,
                current: Box::new(current),
            }
            .into());
        }
        let mut batch = self.registry().batch(by);
        match &kept.record {
            Some(record) => batch.edit(REPORT_LAYOUT, record, body).await?,
            None => {
                batch
                    .create(Draft {
                        kind: REPORT_LAYOUT,
                        id: Some(identity_of()),
                        unit: province(),
                        body,
                    })
                    .await?
            }
        };
        batch.commit(String::new()).await?;
        self.kept_layout().await
    }
}

fn identity_of() -> Id {
    identity("report-layout")
}

fn refused(error: &LayoutError) -> PlanError {
    let problem = Problem::new(422, "layout-unusable", "a layout of reports");
    let mut problem = problem.with("why", error);
    problem.fields = vec![vocab::FieldProblem::new("text", "layout-unusable").with("why", error)];
    RegistryError::Refused(problem).into()
}
