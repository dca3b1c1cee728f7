//! Obstacles and amendments that stand where a row needs them.

use directory::{Principal, Reading};
use jiff::civil::date;
use plan::amendments::AmendmentDraft;
use plan::obstacles::{About, Answer, AskStep, ObstacleDraft, ObstacleStep, Rung};
use registry::Caller;
use vocab::Id;

use crate::office::Office;

impl Office {
    pub(crate) async fn acting(&self, login: &str) -> Caller {
        let account = self.directory.account_by_login(login).await.unwrap();
        let principal: Principal = account.unwrap().principal();
        Caller::new(principal, "page", Id::NIL)
    }

    /// A fresh obstacle of Sở Nội vụ with a target that Sở Công Thương leads, in a state
    /// (`obstacle-draft`, `-submitted`, `-asked`, `-answered`), or what Sở Công Thương is asked
    /// because of it (`ask-waits`).
    pub(crate) async fn obstacle(&self, subject: &str) -> String {
        let officer = self.acting("canbo.snv").await;
        let head = self.acting("lanhdao.snv").await;
        let other = self.acting("lanhdao.sct").await;
        let view = self.plans.view().await.unwrap().unwrap();
        let Some(Reading::Unit(leading)) = view.units.resolve("Sở Công Thương", None) else {
            panic!("Sở Công Thương is a unit");
        };
        let mut targets = view.targets.iter();
        let target = targets.find(|target| target.reporters == [leading]);
        let draft = ObstacleDraft {
            about: About::Target(target.unwrap().id),
            what: "Chưa có kinh phí (giả lập)".to_owned(),
            since: date(2023, 1, 2),
            asks: "Bố trí kinh phí".to_owned(),
            of: Rung::Lead,
            evidence: Vec::new(),
        };
        let plans = &self.plans;
        let begun = plans.begin_obstacle(&officer, None, self.unit, draft).await;
        let id = begun.unwrap().record.id;
        let steps = [
            ("obstacle-draft", &officer, ObstacleStep::Submit),
            ("obstacle-submitted", &head, ObstacleStep::Send),
        ];
        for (version, (stands, by, step)) in (1..).zip(steps) {
            if subject == stands {
                return id.to_string();
            }
            plans.step_obstacle(by, id, version, &step).await.unwrap();
        }
        let known = plans.obstacle(&officer.principal, id).await.unwrap();
        let ask = known.body.last().unwrap().ask;
        match subject {
            "obstacle-asked" => return id.to_string(),
            "ask-waits" => return ask.to_string(),
            _ => {}
        }
        let answer = AskStep::Answer(Answer {
            said: "Bố trí trong quý IV".to_owned(),
            by: None,
        });
        plans.step_ask(&other, ask, 1, &answer).await.unwrap();
        id.to_string()
    }

    /// A fresh amendment that drops a target (`amendment-draft`), or one that was recorded and
    /// taken back (`amendment-withdrawn`): the plan stays as other rows need it.
    pub(crate) async fn amendment(&self, subject: &str) -> String {
        let by = self.acting("dieuphoi.snv").await;
        let plans = &self.plans;
        let view = plans.view().await.unwrap().unwrap();
        let draft = AmendmentDraft {
            symbol: "1520/QĐ-UBND".to_owned(),
            date: date(2023, 5, 5),
            from: date(2023, 5, 5),
            title: String::new(),
            source: Vec::new(),
            obstacle: None,
        };
        let begun = plans.begin_amendment(&by, None, draft).await.unwrap();
        let id = begun.record.id;
        let target = view.target(148).unwrap().id;
        plans.drop_target(&by, id, 1, target).await.unwrap();
        if subject != "amendment-draft" {
            plans.record_amendment(&by, id, 2).await.unwrap();
            let back = plans.withdraw_amendment(&by, id, 3, "Nhập nhầm");
            back.await.unwrap();
        }
        id.to_string()
    }
}
