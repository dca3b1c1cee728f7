//! What was entered of a project, and a unit's own plan, that stand where a row needs them.

use directory::Principal;
use jiff::civil::date;
use plan::own_plans::UnitPlanDraft;
use plan::projects::{EntryDraft, EntryKind, owner};
use registry::{Caller, Evidence};
use vocab::Id;

use crate::office::Office;

impl Office {
    async fn somebody_of_snv(&self, login: &str) -> Principal {
        let account = self.directory.account_by_login(login).await.unwrap();
        account.unwrap().principal()
    }

    async fn works_as(&self, login: &str) -> Caller {
        Caller::new(self.somebody_of_snv(login).await, "page", Id::NIL)
    }

    /// A project of the unit, or something entered of it: `project-own`, `project-draft`,
    /// `-submitted`, `-approved`.
    pub(crate) async fn project(&self, subject: &str) -> String {
        let view = self.plans.view().await.unwrap().unwrap();
        let project = view
            .projects
            .iter()
            .find(|project| owner(&view, project) == Some(self.unit))
            .unwrap();
        if subject == "project-own" {
            return project.id.to_string();
        }
        let officer = self.works_as("canbo.snv").await;
        let draft = EntryDraft {
            on: Some(date(2023, 6, 1)),
            percent: Some(10),
            ..EntryDraft::of(EntryKind::Progress)
        };
        let plans = &self.plans;
        let begun = plans.begin_entry(&officer, project.id, draft).await;
        let id = begun.unwrap().record.id;
        if subject != "project-draft" {
            plans.submit_entry(&officer, id, 1).await.unwrap();
        }
        if subject == "project-approved" {
            let head = self.works_as("lanhdao.snv").await;
            plans.approve_entry(&head, id, 2).await.unwrap();
        }
        id.to_string()
    }

    /// The unit, its own plan standing so: `ownplan-draft`, `-submitted`.
    pub(crate) async fn own_plan(&self, subject: &str) -> String {
        let officer = self.works_as("canbo.snv").await;
        let head = self.works_as("lanhdao.snv").await;
        let (plans, unit) = (&self.plans, self.unit);
        let view = plans.view().await.unwrap().unwrap();
        let known = plans.unit_plan(&officer.principal, &view, unit).await;
        let mut plan = if let Some(plan) = known.unwrap() {
            plan
        } else {
            let draft = UnitPlanDraft {
                symbol: "45/KH-SNV".to_owned(),
                on: Some(date(2023, 4, 28)),
                title: "Kế hoạch (giả lập)".to_owned(),
                evidence: vec![self.sent(&officer).await],
                ..UnitPlanDraft::default()
            };
            plans
                .save_unit_plan(&officer, unit, 0, draft)
                .await
                .unwrap()
        };
        let id = plan.record.id;
        if matches!(plan.record.state.as_str(), "submitted" | "approved") {
            let reason = Some("Làm lại (giả lập)");
            let version = plan.record.version;
            let back = plans.step_unit_plan(&head, id, version, "send_back", reason);
            plan = back.await.unwrap();
        }
        if subject == "ownplan-submitted" {
            let version = plan.record.version;
            let sent = plans.step_unit_plan(&officer, id, version, "submit", None);
            sent.await.unwrap();
        }
        unit.to_string()
    }

    /// Puts the version at which it stands into a form.
    pub(crate) async fn filled_project(&self, subject: &str, id: &str, form: &str) -> String {
        let officer = self.somebody_of_snv("canbo.snv").await;
        let id: Id = id.parse().unwrap();
        let version = if subject.starts_with("ownplan-") {
            let view = self.plans.view().await.unwrap().unwrap();
            let plan = self.plans.unit_plan(&officer, &view, id).await.unwrap();
            plan.map(|plan| plan.record.version)
        } else {
            let entry = self.plans.entry(&officer, id).await.ok();
            entry.map(|entry| entry.record.version)
        };
        form.replace("@version", &version.unwrap_or_default().to_string())
    }

    async fn sent(&self, by: &Caller) -> Evidence {
        let registry = self.plans.registry();
        let mut upload = registry.store().upload(1 << 20).await.unwrap();
        upload.write("kế hoạch".as_bytes()).await.unwrap();
        let stored = upload.finish().await.unwrap();
        registry.receive(by, &stored.digest).await.unwrap();
        Evidence::of("ke-hoach.txt", &stored)
    }
}
