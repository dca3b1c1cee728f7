//! Writing: one section, or what stands around the text. Each is a record of its own: two
//! people at once meet only in the same one, and the later is shown both texts.

use registry::{Caller, Record, RegistryError};
use vocab::{FieldProblem, Id, Problem};

use super::figures::Figures;
use super::placeholder::unknown;
use super::read::{Periodic, Section};
use super::records::{
    Around, LONGEST_LINE, PERIODIC_REPORT, PeriodicBody, REPORT_SECTION, SectionBody,
};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;

impl Plans {
    /// Gives a section another heading or text. `version` is the one that was read.
    pub async fn edit_report_section(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        title: &str,
        text: &str,
    ) -> Result<Section, PlanError> {
        let current = self.read_at(by, REPORT_SECTION, id, version).await?;
        let known: SectionBody = current.read()?;
        let report = self.periodic_report(&by.principal, known.report).await?;
        self.demand_codes(&report, text).await?;
        let body = SectionBody {
            title: title.split_whitespace().collect::<Vec<_>>().join(" "),
            text: text.replace("\r\n", "\n").trim().to_owned(),
            ..known
        };
        let mut batch = self.registry().batch(by);
        let body = to_map("a section", &body)?;
        batch.edit(REPORT_SECTION, &current, body).await?;
        batch.commit(id.to_string()).await?;
        let record = self.registry().get(&by.principal, REPORT_SECTION, id);
        Section::of(record.await?)
    }

    /// Changes what stands around the text. `version` is the one that was read.
    pub async fn edit_around(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        around: Around,
    ) -> Result<Periodic, PlanError> {
        let current = self.read_at(by, PERIODIC_REPORT, id, version).await?;
        let known: PeriodicBody = current.read()?;
        check(&around)?;
        let body = PeriodicBody { around, ..known };
        let mut batch = self.registry().batch(by);
        let body = to_map("a periodic report", &body)?;
        batch.edit(PERIODIC_REPORT, &current, body).await?;
        batch.commit(id.to_string()).await?;
        self.periodic_report(&by.principal, id).await
    }

    /// Refuses codes that ask for nothing there is, naming them.
    async fn demand_codes(&self, report: &Periodic, text: &str) -> Result<(), PlanError> {
        if !text.contains("[[") {
            return Ok(());
        }
        let view = self.view_of(report.body.plan, report.body.period).await?;
        let figures = Figures::at(&view, report.body.period);
        let unknown = unknown(text, &figures, &report.body.layout.words);
        if unknown.is_empty() {
            return Ok(());
        }
        let shown: Vec<String> = unknown
            .iter()
            .take(10)
            .map(|code| {
                let code: String = code
                    .chars()
                    .filter(|ch| !ch.is_control())
                    .take(40)
                    .collect();
                format!("[[{code}]]")
            })
            .collect();
        let mut problem = Problem::new(422, "invalid-fields", "a section of a report");
        problem.fields =
            vec![FieldProblem::new("text", "figure-code-unknown").with("codes", shown.join(", "))];
        Err(RegistryError::Refused(problem).into())
    }

    /// A record as it was read, or the conflict with what it says now.
    pub(crate) async fn read_at(
        &self,
        by: &Caller,
        kind: &'static str,
        id: Id,
        version: i64,
    ) -> Result<Record, PlanError> {
        let current = self.registry().get(&by.principal, kind, id).await?;
        if current.version == version {
            return Ok(current);
        }
        Err(RegistryError::Conflict {
            kind: kind.to_owned(),
            expected: version,
            current: Box::new(current),
        }
        .into())
    }
}

/// As the registry checks fields of text.
fn check(around: &Around) -> Result<(), PlanError> {
    let fields = [
        ("superior", &around.superior),
        ("issuer", &around.issuer),
        ("symbol", &around.symbol),
        ("place_date", &around.place_date),
        ("subject", &around.subject),
        ("capacity", &around.capacity),
        ("signer", &around.signer),
        ("recipients", &around.recipients),
    ];
    let mut problem = Problem::new(422, "invalid-fields", "what stands around a report");
    for (name, text) in fields {
        let control = |ch: char| ch.is_control() && !matches!(ch, '\n' | '\r' | '\t');
        let code = if text.chars().count() > LONGEST_LINE {
            "text-too-long"
        } else if text.chars().any(control) {
            "text-control"
        } else if text.trim().is_empty() && matches!(name, "issuer" | "subject") {
            "field-required"
        } else {
            continue;
        };
        let field = FieldProblem::new(name, code).with("limit", LONGEST_LINE);
        problem = problem.at(field);
    }
    if problem.fields.is_empty() {
        Ok(())
    } else {
        Err(RegistryError::Refused(problem).into())
    }
}
