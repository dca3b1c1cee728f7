//! Campaigns, and sheets that stand where a row needs them.

use directory::{Principal, Role};
use plan::Entered;
use plan::campaigns::links::LinkDraft;
use plan::campaigns::{CampaignDraft, Due, LineEdit, SheetStep, Which};
use registry::Caller;
use vocab::{Id, Period};

use crate::office::Office;

impl Office {
    async fn principal(&self, login: &str) -> Principal {
        let account = self.directory.account_by_login(login).await.unwrap();
        account.unwrap().principal()
    }

    async fn caller(&self, login: &str) -> Caller {
        Caller::new(self.principal(login).await, "page", Id::NIL)
    }

    /// A campaign of one target, for a quarter on which nothing else is reported.
    pub(crate) async fn campaign(&self) -> Id {
        let coordinator = self.caller("dieuphoi.snv").await;
        assert!(coordinator.principal.holds(Role::Coordinator));
        let draft = CampaignDraft {
            id: None,
            title: "Báo cáo quý IV (giả lập)".to_owned(),
            period: Period::quarter(2023, 4).unwrap(),
            which: Which::Numbers(vec![self.places[0].0]),
            reporters: None,
            due: Due::WorkingDays(5),
            reminders: Vec::new(),
        };
        let opened = self.plans.open_campaign(&coordinator, draft).await;
        opened.unwrap().record.id
    }

    /// A fresh campaign and the unit's sheet in it: `sheet-open`, `-submitted`, `-approved`.
    pub(crate) async fn sheet(&self, name: &str) -> String {
        let (campaign, unit) = (self.campaign().await, self.unit);
        let plans = &self.plans;
        let officer = self.caller("canbo.snv").await;
        let head = self.caller("lanhdao.snv").await;
        let mut sheet = plans
            .sheet(&officer.principal, campaign, unit)
            .await
            .unwrap();
        if name != "sheet-open" {
            let lines = sheet.lines.iter().map(|line| LineEdit {
                indicator: line.indicator,
                version: line.version(),
                entered: Entered::default(),
                note: "Chưa có số liệu (giả lập)".to_owned(),
                explanations: Vec::new(),
                evidence: None,
            });
            let lines: Vec<LineEdit> = lines.collect();
            plans
                .save_sheet(&officer, campaign, unit, &lines)
                .await
                .unwrap();
            let submit = SheetStep::Submit;
            let version = sheet.record.version;
            sheet.record = plans
                .step_sheet(&officer, campaign, unit, version, &submit)
                .await
                .unwrap();
        }
        if name == "sheet-approved" {
            let approve = SheetStep::Decide {
                seen: Vec::new(),
                back: Vec::new(),
            };
            let version = sheet.record.version;
            plans
                .step_sheet(&head, campaign, unit, version, &approve)
                .await
                .unwrap();
        }
        format!("{campaign}|{unit}")
    }

    /// The sheet of a body without accounts in a fresh campaign (`link-none`), or the secret of
    /// the link to it (`link-made`).
    pub(crate) async fn sheet_of_body(&self, name: &str) -> String {
        let coordinator = self.caller("dieuphoi.snv").await;
        let plans = &self.plans;
        let view = plans.view().await.unwrap().unwrap();
        let leads = view
            .targets
            .iter()
            .filter(|target| !target.indicators.is_empty());
        let mut leads = leads.filter_map(|target| match target.reporters.as_slice() {
            [unit] => Some((target.body.number, *unit)),
            _ => None,
        });
        let without = plans
            .without_accounts(leads.clone().map(|(_, unit)| unit))
            .await;
        let without = without.unwrap();
        let (number, unit) = leads.find(|(_, unit)| without.contains(unit)).unwrap();
        let draft = CampaignDraft {
            id: None,
            title: "Báo cáo của cơ quan không có tài khoản (giả lập)".to_owned(),
            period: Period::quarter(2023, 4).unwrap(),
            which: Which::Numbers(vec![number]),
            reporters: None,
            due: Due::WorkingDays(5),
            reminders: Vec::new(),
        };
        let opened = plans.open_campaign(&coordinator, draft).await.unwrap();
        let campaign = opened.record.id;
        if name == "link-none" {
            return format!("{campaign}|{unit}");
        }
        let draft = LinkDraft {
            version: 0,
            ends_on: plans.link_end(&opened).unwrap(),
            email: String::new(),
        };
        let made = plans.make_sheet_link(&coordinator, campaign, unit, &draft);
        made.await.unwrap().1
    }

    /// The version at which a sheet stands.
    pub(crate) async fn sheet_version(&self, name: &str) -> String {
        let (campaign, unit) = name.split_once('|').unwrap();
        let officer = self.principal("canbo.snv").await;
        let sheet = self
            .plans
            .sheet(&officer, campaign.parse().unwrap(), unit.parse().unwrap())
            .await;
        sheet.unwrap().record.version.to_string()
    }
}
