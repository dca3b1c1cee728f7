//! A report on which partners are asked, as a row needs it.

use directory::Reading;
use plan::opinions::{OpinionAsking, Round};
use plan::{Entered, ReportDraft, ReportStep};
use vocab::{Id, Period};

use crate::office::Office;

/// Led by Sở Nội vụ, with all departments and districts as partners.
const TARGET: u16 = 19;

impl Office {
    /// A report of Sở Nội vụ about which Sở Công Thương is asked by its officer
    /// (`opinions-open`), was asked (`opinions-closed`), or the opinion itself (`opinion-waits`).
    pub(crate) async fn opinions(&self, subject: &str) -> String {
        let officer = self.acting("canbo.snv").await;
        let coordinator = self.acting("dieuphoi.snv").await;
        let plans = &self.plans;
        let report = self.asked_about().await;
        let round = async || -> Option<Round> {
            let found = plans.opinion_round(&officer.principal, report).await;
            found.unwrap()
        };
        let open = round().await.filter(Round::is_open);
        let wanted = subject != "opinions-closed";
        // The officer closes what the officer asked.
        let fits = open.as_ref().is_some_and(|open| !open.body.coordinated);
        if let Some(open) = open.filter(|_| !wanted || !fits) {
            let version = open.record.version;
            let closed = plans.close_opinions(&coordinator, report, version, "Xong");
            closed.await.unwrap();
        }
        if round().await.is_none_or(|round| !round.is_open()) {
            let asking = OpinionAsking {
                units: vec![self.partner().await],
                due_on: plans.opinions_due().unwrap(),
            };
            if wanted {
                let known = plans.report(&officer.principal, report).await.unwrap();
                let version = known.record.version;
                let asked = plans.ask_opinions(&officer, report, version, &asking);
                asked.await.unwrap();
            }
        }
        if subject == "opinion-waits" {
            return round().await.unwrap().body.asked[0].opinion.to_string();
        }
        report.to_string()
    }

    /// Puts the version at which an asking, an opinion or its report stands into a body.
    pub(crate) async fn filled_opinions(&self, path: &str, id: &str, body: &str) -> String {
        let reader = self.acting("dieuphoi.snv").await.principal;
        let id: Id = id.parse().unwrap();
        let plans = &self.plans;
        let version = if path.starts_with("/y-kien/") {
            plans.opinion(&reader, id).await.unwrap().record.version
        } else if path.ends_with("/ket-thuc") {
            let round = plans.opinion_round(&reader, id).await.unwrap();
            round.unwrap().record.version
        } else {
            plans.report(&reader, id).await.unwrap().record.version
        };
        let partner = self.partner().await.to_string();
        body.replace("@version", &version.to_string())
            .replace("@partner", &partner)
    }

    /// The one report, of the whole year: no other row needs it.
    async fn asked_about(&self) -> Id {
        let officer = self.acting("canbo.snv").await;
        let head = self.acting("lanhdao.snv").await;
        let plans = &self.plans;
        let mut places = self.places.iter();
        let place = places.find(|(number, _, _)| *number == TARGET);
        let (indicator, period) = (place.unwrap().2, Period::year(2023).unwrap());
        let known = plans.report_on(&officer.principal, indicator, self.unit, period);
        if let Some(known) = known.await.unwrap() {
            return known.record.id;
        }
        let draft = ReportDraft {
            indicator,
            unit: self.unit,
            period,
            entered: Entered {
                numerator: Some(45),
                denominator: Some(60),
                ..Entered::default()
            },
            note: String::new(),
            evidence: Vec::new(),
            explanations: Vec::new(),
        };
        let begun = plans.begin_report(&officer, draft).await.unwrap();
        let id = begun.record.id;
        let steps = [(&officer, ReportStep::Submit), (&head, ReportStep::Approve)];
        for (version, (by, step)) in (1..).zip(steps) {
            plans.step_report(by, id, version, &step).await.unwrap();
        }
        id
    }

    /// Sở Công Thương.
    async fn partner(&self) -> Id {
        let units = self.directory.units().await.unwrap();
        match units.resolve("Sở Công Thương", None) {
            Some(Reading::Unit(unit)) => unit,
            _ => panic!("Sở Công Thương is a unit"),
        }
    }
}
