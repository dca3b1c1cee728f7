//! Periodic reports that stand where a row needs them.

use directory::{Principal, Role};
use plan::periodic::{Periodic, PeriodicStep, states};
use registry::Caller;
use vocab::Id;

use crate::office::Office;

impl Office {
    /// The id of a report in a state, or of a section that is being written.
    pub(crate) async fn periodic(&self, subject: &str) -> String {
        match subject {
            "periodic-draft" => self.periodic_in(states::DRAFT).await.record.id,
            "periodic-review" => self.periodic_in(states::UNDER_REVIEW).await.record.id,
            "periodic-signed" => self.periodic_in(states::SIGNED).await.record.id,
            "periodic-section" => {
                let report = self.periodic_in(states::DRAFT).await;
                report.sections[0].record.id
            }
            other => panic!("no subject is called {other}"),
        }
        .to_string()
    }

    /// Puts the version at which it stands, and what it reads, into a form.
    pub(crate) async fn filled_periodic(&self, id: &str, form: &str) -> String {
        let id: Id = id.parse().unwrap();
        let coordinator = self.somebody("dieuphoi.snv", Role::Coordinator);
        let Ok(report) = self.plans.periodic_report(&coordinator, id).await else {
            let kind = plan::periodic::REPORT_SECTION;
            let section = self.plans.registry().get(&coordinator, kind, id).await;
            return form.replace("@version", &section.unwrap().version.to_string());
        };
        let paper = self.plans.paper(&report).await.unwrap();
        form.replace("@version", &report.record.version.to_string())
            .replace("@digest", &paper.digest().unwrap())
    }

    async fn periodic_in(&self, state: &str) -> Periodic {
        let coordinator = self.somebody("dieuphoi.snv", Role::Coordinator);
        let by = Caller::new(coordinator.clone(), "test", Id::NIL);
        let heads = self.plans.periodic_reports(&coordinator).await.unwrap();
        if let Some(known) = heads.iter().find(|head| head.record.state == state) {
            let id = known.record.id;
            return self.plans.periodic_report(&coordinator, id).await.unwrap();
        }
        let view = self.plans.view().await.unwrap().unwrap();
        let free = view.periodic_periods().into_iter().find(|period| {
            let taken = |head: &plan::periodic::PeriodicHead| head.body.period == *period;
            !heads.iter().any(taken)
        });
        let followed = |id: Id| heads.iter().any(|head| head.body.follows == Some(id));
        let report = match (free, heads.iter().find(|head| !followed(head.record.id))) {
            (Some(period), _) => self.plans.begin_periodic_report(&by, period).await,
            (None, Some(head)) if head.record.state == states::SIGNED => {
                self.plans.reopen_periodic_report(&by, head.record.id).await
            }
            _ => panic!("no period is left"),
        };
        let mut report = report.unwrap();
        let head = self.somebody("lanhdao.snv", Role::Head);
        let steps: &[_] = match state {
            states::DRAFT => &[],
            states::UNDER_REVIEW => &[&coordinator],
            _ => &[&coordinator, &head],
        };
        for who in steps {
            let step = if report.record.state == states::DRAFT {
                PeriodicStep::Submit
            } else {
                let paper = self.plans.paper(&report).await.unwrap();
                PeriodicStep::Sign(paper.digest().unwrap())
            };
            let by = Caller::new((*who).clone(), "test", Id::NIL);
            let (id, version) = (report.record.id, report.record.version);
            let done = self.plans.step_periodic_report(&by, id, version, &step);
            report = done.await.unwrap();
        }
        report
    }

    /// Somebody of Sở Nội vụ, as an account of their own.
    fn somebody(&self, login: &str, role: Role) -> Principal {
        let mut digest = [0; 16];
        digest[..login.len()].copy_from_slice(login.as_bytes());
        Principal {
            account: Some(Id::from_digest(digest)),
            login: login.to_owned(),
            name: login.to_owned(),
            grants: std::sync::Arc::from([directory::Grant::new(role, self.unit)]),
            demo: false,
            delegated: [].into(),
            compiled: directory::permission::Compiled::default(),
        }
    }
}
