//! A project from its proposal to money that was paid, and what its unit issued itself.

use directory::{Principal, Role};
use jiff::civil::date;
use plan::entry::Explanation;
use plan::own_plans::{Covered, DueDay, OwnPlanState, UnitPlanDraft, ordering_duty};
use plan::projects::{
    Amounts, Entry, EntryDraft, EntryKind, STATED_BUDGET, STATED_OWN_PLANS_DUE, Stage, StatedDraft,
    owner, share_ordered,
};
use registry::RegistryError;
use vocab::{Id, Period, Vnd};

use crate::fixture::{Place, page, places, refusal, somebody};

fn recurrent(million: i64) -> Amounts {
    Amounts {
        recurrent: Vnd::new(million * 1_000_000),
        ..Amounts::default()
    }
}

/// The project «1.1» of annex 2: 750 triệu đồng from the recurrent budget.
struct Led {
    project: Id,
    officer: Principal,
    head: Principal,
}

async fn led(place: &Place) -> Led {
    let view = place.plans.view().await.unwrap().unwrap();
    let project = view
        .projects
        .iter()
        .find(|project| project.body.annex == 2 && project.body.code == "1.1")
        .unwrap();
    assert_eq!(project.body.budget.recurrent, Some(Vnd::new(750_000_000)));
    let unit = owner(&view, project).unwrap();
    Led {
        project: project.id,
        officer: somebody("canbo.nn", Role::Officer, unit),
        head: somebody("lanhdao.nn", Role::Head, unit),
    }
}

async fn draft(place: &Place, led: &Led, kind: EntryKind, amounts: Amounts) -> EntryDraft {
    let evidence = if kind.is_documented() {
        vec![place.evidence(&led.officer, kind.name().as_bytes()).await]
    } else {
        Vec::new()
    };
    EntryDraft {
        on: (kind != EntryKind::Payment).then(|| date(2023, 6, 1)),
        symbol: "12/QĐ-SNN".to_owned(),
        party: "Công ty A (giả lập)".to_owned(),
        amounts,
        evidence,
        ..EntryDraft::of(kind)
    }
}

async fn approved(place: &Place, led: &Led, draft: EntryDraft) -> Entry {
    let (by, plans) = (page(&led.officer), &place.plans);
    let begun = plans.begin_entry(&by, led.project, draft).await.unwrap();
    let (id, version) = (begun.record.id, begun.record.version);
    let sent = plans.submit_entry(&by, id, version).await.unwrap();
    let by = page(&led.head);
    let done = plans.approve_entry(&by, id, sent.record.version).await;
    done.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_the_head_approved_counts_and_nothing_is_written_over() {
    for place in places(61).await {
        let led = led(&place).await;
        let (plans, officer) = (&place.plans, page(&led.officer));
        let view = plans.view().await.unwrap().unwrap();
        let account = async |reader: &Principal| {
            let project = view.project(led.project).unwrap();
            plans.account(reader, &view, project).await.unwrap()
        };
        assert_eq!(account(&led.head).await.stage(), Stage::Proposed);

        // A document without its file is a draft, and no more.
        let bare = EntryDraft {
            evidence: Vec::new(),
            ..draft(&place, &led, EntryKind::Estimate, recurrent(740)).await
        };
        let begun = plans
            .begin_entry(&officer, led.project, bare)
            .await
            .unwrap();
        let id = begun.record.id;
        let lacks = refusal(plans.submit_entry(&officer, id, 1).await);
        let missing = ("evidence".to_owned(), "field-required".to_owned());
        assert_eq!(
            lacks,
            ("invalid-fields".to_owned(), Some(missing)),
            "{}",
            place.name
        );

        let whole = draft(&place, &led, EntryKind::Estimate, recurrent(740)).await;
        plans.edit_entry(&officer, id, 1, whole).await.unwrap();
        plans.submit_entry(&officer, id, 2).await.unwrap();
        // Four eyes, another unit's head, and nothing counted yet.
        let own = refusal(plans.approve_entry(&officer, id, 3).await);
        assert_eq!(own.0, "role-missing", "{}", place.name);
        assert_eq!(account(&led.head).await.estimate(), None);
        assert_eq!(
            account(&place.head).await.entries.len(),
            0,
            "not another unit's to see"
        );
        plans.approve_entry(&page(&led.head), id, 3).await.unwrap();
        let after = account(&place.head).await;
        assert_eq!(after.estimate(), Some(recurrent(740)), "{}", place.name);
        assert_eq!(after.stage(), Stage::Estimated);

        // What counts is not changed in place: it goes back with a reason, and counts no more.
        let changed = draft(&place, &led, EntryKind::Estimate, recurrent(700)).await;
        let refused = refusal(plans.edit_entry(&officer, id, 4, changed.clone()).await);
        assert_eq!(refused.0, "not-editable", "{}", place.name);
        let silent = refusal(plans.send_entry_back(&page(&led.head), id, 4, " ").await);
        assert_eq!(silent.0, "invalid-fields", "{}", place.name);
        let by = page(&led.head);
        plans
            .send_entry_back(&by, id, 4, "Sai số quyết định")
            .await
            .unwrap();
        assert_eq!(account(&led.officer).await.estimate(), None);
        plans.edit_entry(&officer, id, 5, changed).await.unwrap();
        plans.submit_entry(&officer, id, 6).await.unwrap();
        plans.approve_entry(&by, id, 7).await.unwrap();
        assert_eq!(account(&led.officer).await.estimate(), Some(recurrent(700)));
        let record = plans.entry(&led.head, id).await.unwrap().record;
        let registry = plans.registry();
        let kind = plan::projects::PROJECT_ENTRY;
        let history = registry
            .history(&led.head, kind, &record, 20)
            .await
            .unwrap();
        let actions: Vec<&str> = history.iter().map(|one| one.action.as_str()).collect();
        assert_eq!(
            actions,
            [
                "approve",
                "submit",
                "edit",
                "send_back",
                "approve",
                "submit",
                "edit",
                "create"
            ]
        );
        assert_eq!(history[3].reason.as_deref(), Some("Sai số quyết định"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn money_beyond_its_contract_wants_a_word_and_a_period_is_paid_once() {
    for place in places(62).await {
        let led = led(&place).await;
        let (plans, officer) = (&place.plans, page(&led.officer));
        let estimate = draft(&place, &led, EntryKind::Estimate, recurrent(740)).await;
        approved(&place, &led, estimate).await;
        let contract = draft(&place, &led, EntryKind::Contract, recurrent(500)).await;
        approved(&place, &led, contract).await;
        let paid = |period, million| EntryDraft {
            period: Some(period),
            amounts: recurrent(million),
            ..EntryDraft::of(EntryKind::Payment)
        };
        let may = Period::month(2023, 5).unwrap();
        approved(&place, &led, paid(may, 400)).await;

        // The quarter holds the month that was paid already.
        let quarter = Period::quarter(2023, 2).unwrap();
        let twice = refusal(
            plans
                .begin_entry(&officer, led.project, paid(quarter, 10))
                .await,
        );
        let told = ("period".to_owned(), "period-paid".to_owned());
        assert_eq!(twice.1, Some(told), "{}", place.name);

        // 400 and 200 are more than 500: kept as a draft, not handed in without a word.
        let july = Period::month(2023, 7).unwrap();
        let over = plans
            .begin_entry(&officer, led.project, paid(july, 200))
            .await
            .unwrap();
        assert_eq!(over.body.checks[0].code, "entry-paid-above-contract");
        let token = over.body.checks[0].token();
        let id = over.record.id;
        let refused = refusal(plans.submit_entry(&officer, id, 1).await);
        assert_eq!(refused.0, "findings-unexplained", "{}", place.name);
        let explained = EntryDraft {
            explanations: vec![Explanation {
                finding: token,
                text: "Có phụ lục hợp đồng đang trình ký".to_owned(),
            }],
            ..paid(july, 200)
        };
        plans.edit_entry(&officer, id, 1, explained).await.unwrap();
        plans.submit_entry(&officer, id, 2).await.unwrap();
        plans.approve_entry(&page(&led.head), id, 3).await.unwrap();

        let view = plans.view().await.unwrap().unwrap();
        let ledger = plans.ledger(&place.coordinator, &view).await.unwrap();
        let account = ledger.account(led.project).unwrap();
        assert_eq!(account.paid(), recurrent(600), "{}", place.name);
        assert_eq!(account.paid_in(quarter), recurrent(400));
        assert_eq!(account.paid_until(date(2023, 6, 30)), recurrent(400));
        assert!(account.is_overpaid());
        assert_eq!(account.stage(), Stage::UnderWay);
        assert!(!account.is_late(date(2023, 12, 31)) && account.is_late(date(2024, 1, 1)));

        // What was given up leaves its period to another.
        let august = Period::month(2023, 8).unwrap();
        let given_up = plans
            .begin_entry(&officer, led.project, paid(august, 1))
            .await
            .unwrap();
        let by = &officer;
        plans
            .withdraw_entry(by, given_up.record.id, 1, "Nhập nhầm dự án")
            .await
            .unwrap();
        plans
            .begin_entry(&officer, led.project, paid(august, 2))
            .await
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_says_which_targets_a_project_serves() {
    for place in places(63).await {
        let led = led(&place).await;
        let plans = &place.plans;
        let view = plans.view().await.unwrap().unwrap();
        let targets = vec![view.targets[3].id, view.targets[0].id];
        let link = |by: &Principal, version| {
            let (by, targets) = (page(by), targets.clone());
            async move { plans.link_targets(&by, led.project, version, targets).await }
        };
        assert_eq!(
            refusal(link(&place.officer, 0).await).0,
            "other-unit",
            "{}",
            place.name
        );
        link(&led.officer, 0).await.unwrap();
        let ledger = plans.ledger(&led.head, &view).await.unwrap();
        let serving: Vec<Id> = ledger.serving(targets[0]).map(|one| one.project).collect();
        assert_eq!(serving, [led.project], "{}", place.name);
        // Nothing is linked by itself, however alike the words are.
        assert_eq!(
            ledger
                .accounts
                .iter()
                .filter(|one| !one.targets.is_empty())
                .count(),
            1
        );
        let stale = plans
            .link_targets(&page(&place.coordinator), led.project, 0, Vec::new())
            .await;
        let conflict = matches!(
            stale,
            Err(plan::PlanError::Registry(RegistryError::Conflict { .. }))
        );
        assert!(conflict, "{}", place.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_units_own_plan_keeps_the_duty_once_its_head_approved_it() {
    for place in places(64).await {
        let plans = &place.plans;
        let view = plans.view().await.unwrap().unwrap();
        let duty = ordering_duty(&view).unwrap();
        assert!(
            duty.body
                .text
                .starts_with("Ban hành Kế hoạch Chuyển đổi số"),
            "{}",
            duty.body.text
        );
        let (issued, ordered) = plans.own_plans_kept(&view).await.unwrap().unwrap();
        assert_eq!(issued, 0);
        assert!(ordered > 20, "{ordered}");
        // The duty names no day: the default, until somebody states one with its source.
        let due = plans.own_plans_due(&view).await.unwrap();
        assert!(
            matches!(due, DueDay::Default(day, 30, _) if day == date(2023, 5, 14)),
            "{due:?}"
        );

        let target = view.target(place.number).unwrap().id;
        let by = page(&place.officer);
        let covered = UnitPlanDraft {
            symbol: "45/KH-SNV".to_owned(),
            on: Some(date(2023, 4, 28)),
            title: "Kế hoạch chuyển đổi số năm 2023 của Sở Nội vụ".to_owned(),
            covers: vec![Covered {
                of: target,
                number: "II.3".to_owned(),
                by: Some(date(2023, 9, 30)),
            }],
            adds: vec!["Số hóa hồ sơ cán bộ".to_owned(), "  ".to_owned()],
            note: String::new(),
            evidence: Vec::new(),
        };
        let kept = plans
            .save_unit_plan(&by, place.unit, 0, covered.clone())
            .await
            .unwrap();
        assert_eq!(kept.body.adds, ["Số hóa hồ sơ cán bộ"]);
        let id = kept.record.id;
        let lacks = refusal(plans.step_unit_plan(&by, id, 1, "submit", None).await);
        let missing = ("evidence".to_owned(), "field-required".to_owned());
        assert_eq!(lacks.1, Some(missing), "{}", place.name);
        let whole = UnitPlanDraft {
            evidence: vec![place.evidence(&place.officer, "kế hoạch".as_bytes()).await],
            ..covered
        };
        plans
            .save_unit_plan(&by, place.unit, 1, whole)
            .await
            .unwrap();
        plans
            .step_unit_plan(&by, id, 2, "submit", None)
            .await
            .unwrap();
        let row = async || {
            let overview = plans.own_plans(&place.coordinator, &view).await.unwrap();
            let row = overview.rows.iter().find(|row| row.unit == place.unit);
            (row.unwrap().clone(), overview)
        };
        let (waiting, before) = row().await;
        assert_eq!(waiting.state, OwnPlanState::Waiting);
        assert!(
            before.uncovered_targets.contains(&target),
            "not before it is approved"
        );
        // It is 14 August: the default day is over for all the others.
        let late = before
            .rows
            .iter()
            .filter(|row| row.state == OwnPlanState::Late);
        assert_eq!(late.count(), ordered - 1, "{}", place.name);

        let head = page(&place.head);
        plans
            .step_unit_plan(&head, id, 3, "approve", None)
            .await
            .unwrap();
        let (done, after) = row().await;
        assert_eq!(done.state, OwnPlanState::Issued);
        assert!(!after.uncovered_targets.contains(&target));
        let all = done.coverage.targets.len() + done.coverage.projects.len();
        assert_eq!(done.coverage.left_out.len(), all - 1, "{}", place.name);
        assert_eq!(
            plans.own_plans_kept(&view).await.unwrap(),
            Some((1, ordered))
        );

        let stated = StatedDraft {
            day: Some(date(2023, 12, 1)),
            source: "Công văn 100/STTTT-CNTT".to_owned(),
            ..StatedDraft::default()
        };
        let coordinator = page(&place.coordinator);
        plans
            .state(&coordinator, STATED_OWN_PLANS_DUE, stated)
            .await
            .unwrap();
        let (_, later) = row().await;
        assert!(
            later.rows.iter().all(|row| row.state != OwnPlanState::Late),
            "{}",
            place.name
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_budget_is_stated_with_its_source_by_who_may() {
    for place in places(65).await {
        let plans = &place.plans;
        let view = plans.view().await.unwrap().unwrap();
        let (duty, share) = share_ordered(&view).unwrap();
        assert_eq!(share.to_string(), "1", "{}", duty.body.text);
        assert!(
            plans
                .stated(view.id, STATED_BUDGET)
                .await
                .unwrap()
                .is_none()
        );
        let draft = StatedDraft {
            amount: Some(Vnd::new(9_876_543_000_000)),
            source: "Nghị quyết 86/NQ-HĐND (giả lập)".to_owned(),
            ..StatedDraft::default()
        };
        let officer = page(&place.officer);
        let refused = plans.state(&officer, STATED_BUDGET, draft.clone()).await;
        assert_eq!(refusal(refused).0, "role-missing", "{}", place.name);
        let by = page(&place.coordinator);
        let unsourced = StatedDraft {
            source: " ".to_owned(),
            ..draft.clone()
        };
        let refused = refusal(plans.state(&by, STATED_BUDGET, unsourced).await);
        assert_eq!(refused.0, "invalid-fields", "{}", place.name);
        plans
            .state(&by, STATED_BUDGET, draft.clone())
            .await
            .unwrap();
        let known = plans.stated(view.id, STATED_BUDGET).await.unwrap().unwrap();
        assert_eq!(known.body.amount, draft.amount, "{}", place.name);
        assert_eq!(known.body.source, draft.source);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_periodic_report_tells_what_was_paid_up_to_its_end() {
    for place in places(66).await {
        let led = led(&place).await;
        let plans = &place.plans;
        let estimate = draft(&place, &led, EntryKind::Estimate, recurrent(740)).await;
        approved(&place, &led, estimate).await;
        for (month, million) in [(6, 300), (7, 50)] {
            let paid = EntryDraft {
                period: Some(Period::month(2023, month).unwrap()),
                amounts: recurrent(million),
                ..EntryDraft::of(EntryKind::Payment)
            };
            approved(&place, &led, paid).await;
        }
        let by = page(&place.coordinator);
        let period = Period::quarter(2023, 2).unwrap();
        let report = plans.begin_periodic_report(&by, period).await.unwrap();
        let paper = plans.paper(&report).await.unwrap();
        let annex = &paper.annexes[1];
        let column = annex
            .columns
            .iter()
            .position(|column| column.title == "Đã giải ngân")
            .unwrap();
        let paid: Vec<String> = annex
            .rows
            .iter()
            .filter_map(|row| match row {
                plan::periodic::PaperRow::Cells(cells) => Some(cells[column].text()),
                plan::periodic::PaperRow::Heading(_) => None,
            })
            .filter(|text| !text.is_empty())
            .collect();
        assert_eq!(paid, ["300"], "{}", place.name);
    }
}
