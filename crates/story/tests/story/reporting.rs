//! A report on its way from draft to the public figure.

use directory::{Act, Principal, Role};
use plan::standing::Standing;
use plan::{Entered, Measurement, PlanError, ReportStep};
use registry::RegistryError;
use vocab::Period;

use crate::fixture::{keyed, page, places, refusal, somebody, unit};

#[tokio::test]
async fn a_value_goes_from_the_officer_to_everybody() {
    for place in places(11).await {
        let plans = &place.plans;
        let evidence = place.evidence(&place.officer, b"danh sach 18 xa").await;
        let mut draft = place.draft(80, 100);
        draft.evidence = vec![evidence.clone()];
        let report = plans
            .begin_report(&page(&place.officer), draft)
            .await
            .unwrap();
        let id = report.record.id;
        assert_eq!(
            (report.record.state.as_str(), report.record.version),
            ("draft", 1)
        );
        // Nobody else knows of a draft.
        for other in [&place.coordinator, &Principal::public()] {
            assert!(matches!(
                plans.report(other, id).await,
                Err(PlanError::Registry(RegistryError::NotFound { .. }))
            ));
        }
        let officer = page(&place.officer);
        plans
            .step_report(&officer, id, 1, &ReportStep::Submit)
            .await
            .unwrap();
        let reason = ReportStep::SendBack("Thiếu danh sách 18 xã".to_owned());
        let back = plans
            .step_report(&page(&place.head), id, 2, &reason)
            .await
            .unwrap();
        assert_eq!(back.record.state, "sent_back");
        plans
            .edit_report(&officer, id, 3, place.draft(79, 100))
            .await
            .unwrap();
        plans
            .step_report(&officer, id, 4, &ReportStep::Submit)
            .await
            .unwrap();
        plans
            .step_report(&page(&place.head), id, 5, &ReportStep::Approve)
            .await
            .unwrap();
        let view = plans.view().await.unwrap().unwrap();
        assert_eq!(
            view.target(place.number).unwrap().indicators[0].figure,
            None,
            "not public yet"
        );
        let coordinator = page(&place.coordinator);
        let done = plans
            .step_report(&coordinator, id, 6, &ReportStep::Consolidate)
            .await
            .unwrap();
        assert_eq!(done.record.state, "consolidated");
        let view = plans.view().await.unwrap().unwrap();
        let target = view.target(place.number).unwrap();
        let figure = target.indicators[0].figure.unwrap();
        assert_eq!(
            figure.measurement,
            Measurement::Ratio {
                numerator: 79,
                denominator: 100
            },
            "{}",
            place.name
        );
        assert_ne!(target.standing, Standing::NoData);
        assert_eq!(view.changes.len(), 1);
        let way = plans
            .way_of_target(&directory::Principal::public(), target)
            .await
            .unwrap();
        let actions: Vec<&str> = way.iter().map(|step| step.action.as_str()).collect();
        assert_eq!(actions, ["consolidate", "approve", "submit"]);
        // The edit took the evidence off: what was submitted last had none.
        assert!(way[2].evidence.is_empty());
        let whole = plans
            .way_of_report(&directory::Principal::public(), &done)
            .await
            .unwrap();
        let said: Vec<&str> = whole
            .iter()
            .map(|step| step.said.as_str())
            .filter(|said| !said.is_empty())
            .collect();
        assert_eq!(said, ["Thiếu danh sách 18 xã"]);
        assert!(whole.iter().any(|step| step.evidence == [evidence.clone()]));
    }
}

#[tokio::test]
async fn nobody_skips_a_step_or_acts_for_another() {
    for place in places(12).await {
        let plans = &place.plans;
        let other = unit(plans, "Sở Y tế").await;
        let stranger = somebody("nguoila", Role::Officer, other);
        let of_other = plans
            .begin_report(&page(&stranger), place.draft(1, 2))
            .await;
        assert_eq!(refusal(of_other).0, "other-unit");
        let report = plans
            .begin_report(&page(&place.officer), place.draft(1, 2))
            .await
            .unwrap();
        let id = report.record.id;
        let early = plans
            .step_report(&page(&place.head), id, 1, &ReportStep::Approve)
            .await;
        assert_eq!(refusal(early).0, "step-not-open");
        plans
            .step_report(&page(&place.officer), id, 1, &ReportStep::Submit)
            .await
            .unwrap();
        let by_officer = plans
            .step_report(&page(&place.officer), id, 2, &ReportStep::Approve)
            .await;
        assert_eq!(refusal(by_officer).0, "role-missing");
        let wordless = ReportStep::SendBack("  ".to_owned());
        let wordless = plans
            .step_report(&page(&place.head), id, 2, &wordless)
            .await;
        assert_eq!(refusal(wordless).1.unwrap().1, "field-required");
        let skipped = plans
            .step_report(&page(&place.coordinator), id, 2, &ReportStep::Consolidate)
            .await;
        assert_eq!(refusal(skipped).0, "step-not-open");
        // Editing is over once it was handed in.
        let late = plans
            .edit_report(&page(&place.officer), id, 2, place.draft(2, 2))
            .await;
        assert_eq!(refusal(late).0, "not-editable");
    }
}

#[tokio::test]
async fn whoever_submits_does_not_approve() {
    for place in places(13).await {
        let both = Principal {
            grants: [place.officer.grants[0], place.head.grants[0]].into(),
            ..place.head.clone()
        };
        let plans = &place.plans;
        let report = plans
            .begin_report(&page(&both), place.draft(1, 2))
            .await
            .unwrap();
        let id = report.record.id;
        let submitted = plans
            .step_report(&page(&both), id, 1, &ReportStep::Submit)
            .await
            .unwrap();
        let registry = plans.registry();
        assert!(!registry.may(&both, Act::Approve, plan::OBSERVATION, &submitted.record));
        let own = plans
            .step_report(&page(&both), id, 2, &ReportStep::Approve)
            .await;
        assert_eq!(refusal(own).0, "own-submission");
    }
}

#[tokio::test]
async fn bad_values_are_named_and_nothing_is_kept() {
    for place in places(14).await {
        let plans = &place.plans;
        let officer = page(&place.officer);
        let field = |result| refusal(result).1.unwrap();
        let above = plans.begin_report(&officer, place.draft(3, 2)).await;
        assert_eq!(
            field(above),
            ("numerator".into(), "numerator-above-denominator".into())
        );
        let absurd = plans.begin_report(&officer, place.draft(1, i64::MAX)).await;
        assert_eq!(field(absurd), ("denominator".into(), "number-range".into()));
        let zero = plans.begin_report(&officer, place.draft(0, 0)).await;
        assert_eq!(field(zero).0, "denominator");
        for (period, code) in [
            ("2023Q4", "period-not-begun"),
            ("2022Q4", "period-outside-plan"),
            ("2023-05", "period-outside-plan"),
        ] {
            let mut draft = place.draft(1, 2);
            draft.period = period.parse().unwrap();
            let refused = plans.begin_report(&officer, draft).await;
            assert_eq!(field(refused), ("period".into(), code.into()), "{period}");
        }
        let mut draft = place.draft(1, 2);
        draft.entered.reached = Some(true);
        assert_eq!(
            field(plans.begin_report(&officer, draft).await).1,
            "field-required"
        );
        let mut draft = place.draft(1, 2);
        draft.note = "x".repeat(4_001);
        assert_eq!(
            field(plans.begin_report(&officer, draft).await),
            ("note".into(), "text-too-long".into())
        );
    }
}

#[tokio::test]
async fn a_draft_may_wait_for_half_of_its_value_but_is_not_handed_in_so() {
    for place in places(31).await {
        let plans = &place.plans;
        let officer = page(&place.officer);
        let mut draft = place.draft(1, 2);
        draft.entered = Entered::default();
        let id = plans.begin_report(&officer, draft).await.unwrap().record.id;
        for (version, entered, missing) in [
            (1, (None, None), Some("numerator")),
            (2, (Some(5), None), Some("denominator")),
            (3, (None, Some(4)), Some("numerator")),
            (4, (Some(3), Some(4)), None),
        ] {
            let mut draft = place.draft(1, 2);
            (draft.entered.numerator, draft.entered.denominator) = entered;
            let saved = plans
                .edit_report(&officer, id, version, draft)
                .await
                .unwrap();
            assert_eq!((saved.body.numerator, saved.body.denominator), entered);
            let handed_in = plans
                .step_report(&officer, id, version + 1, &ReportStep::Submit)
                .await;
            match missing {
                Some(missing) => assert_eq!(
                    refusal(handed_in).1,
                    Some((missing.into(), "field-required".into()))
                ),
                None => assert_eq!(handed_in.unwrap().record.state, "submitted"),
            }
        }
    }
}

#[tokio::test]
async fn a_digest_is_no_key_to_somebody_elses_file() {
    for place in places(15).await {
        let plans = &place.plans;
        let secret = place.evidence(&place.head, b"bi mat").await;
        let mut draft = place.draft(1, 2);
        draft.evidence = vec![secret];
        let stolen = plans.begin_report(&page(&place.officer), draft).await;
        assert!(matches!(
            stolen,
            Err(PlanError::Registry(RegistryError::Store(
                store::StoreError::MissingFile { .. }
            )))
        ));
    }
}

#[tokio::test]
async fn two_people_editing_one_report_lose_nothing() {
    for place in places(16).await {
        let plans = &place.plans;
        let report = plans
            .begin_report(&page(&place.officer), place.draft(1, 2))
            .await
            .unwrap();
        let id = report.record.id;
        let colleague = somebody("dongnghiep", Role::Officer, place.unit);
        plans
            .edit_report(&page(&colleague), id, 1, place.draft(5, 9))
            .await
            .unwrap();
        let stale = plans
            .edit_report(&page(&place.officer), id, 1, place.draft(7, 9))
            .await;
        let Err(PlanError::Registry(RegistryError::Conflict {
            expected: 1,
            current,
            ..
        })) = stale
        else {
            panic!("{stale:?}");
        };
        assert_eq!(
            (current.version, current.body["numerator"].as_i64()),
            (2, Some(5))
        );
    }
}

#[tokio::test]
async fn many_who_begin_one_report_make_one() {
    for place in places(17).await {
        let plans = &place.plans;
        let begun = (0..20).map(|_| {
            let (plans, caller, draft) = (plans.clone(), page(&place.officer), place.draft(1, 2));
            tokio::spawn(async move { plans.begin_report(&caller, draft).await })
        });
        let mut made = 0;
        for begun in begun.collect::<Vec<_>>() {
            match begun.await.unwrap() {
                Ok(_) => made += 1,
                refused => assert_eq!(refusal(refused).0, "report-exists"),
            }
        }
        assert_eq!(made, 1, "{}", place.name);
        let key = |digest| keyed(&place.coordinator, "once", digest);
        assert!(plans.registry().answered(&key(1)).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_repeated_request_is_answered_and_changes_nothing() {
    for place in places(18).await {
        let plans = &place.plans;
        let caller = keyed(&place.officer, "lan-1", 1);
        let first = plans
            .begin_report(&caller, place.draft(1, 2))
            .await
            .unwrap();
        let again = plans
            .begin_report(&caller, place.draft(1, 2))
            .await
            .unwrap();
        assert_eq!(first, again);
        let submit = keyed(&place.officer, "lan-2", 2);
        for _ in 0..2 {
            let report = plans
                .step_report(&submit, first.record.id, 1, &ReportStep::Submit)
                .await
                .unwrap();
            assert_eq!(
                (report.record.state.as_str(), report.record.version),
                ("submitted", 2)
            );
        }
        // Whatever happened since, a repetition is told what the first one was told.
        let reason = ReportStep::SendBack("Thiếu danh sách".to_owned());
        plans
            .step_report(&page(&place.head), first.record.id, 2, &reason)
            .await
            .unwrap();
        let late = plans
            .begin_report(&caller, place.draft(1, 2))
            .await
            .unwrap();
        assert_eq!(late, first, "{}", place.name);
        let late = plans
            .step_report(&submit, first.record.id, 1, &ReportStep::Submit)
            .await
            .unwrap();
        assert_eq!(
            (late.record.state.as_str(), late.record.version),
            ("submitted", 2)
        );
        assert_eq!(late.record.author, place.officer.account);
        let other = keyed(&place.officer, "lan-2", 3);
        assert!(
            plans
                .step_report(&other, first.record.id, 3, &ReportStep::Submit)
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn a_wrong_public_figure_goes_back_and_leaves_the_page() {
    for place in places(19).await {
        let plans = &place.plans;
        let id = place.consolidated(90).await;
        let reason = ReportStep::SendBack("Số liệu nhầm kỳ".to_owned());
        let officer = plans
            .step_report(&page(&place.officer), id, 4, &reason)
            .await;
        assert_eq!(refusal(officer).0, "role-missing");
        plans
            .step_report(&page(&place.coordinator), id, 4, &reason)
            .await
            .unwrap();
        let view = plans.view().await.unwrap().unwrap();
        assert_eq!(
            view.target(place.number).unwrap().indicators[0].figure,
            None
        );
        assert_eq!(
            view.target(place.number).unwrap().standing,
            Standing::NoData
        );
        // As it stood while it was public is still there.
        let versions = plans
            .registry()
            .store()
            .history("observation", &store::Scope::bypass("a test"), id, 10)
            .await
            .unwrap();
        assert_eq!(versions[1].state, "consolidated");
        let period = Period::quarter(2023, 2).unwrap();
        let report = plans
            .report_on(&place.officer, place.indicator, place.unit, period)
            .await
            .unwrap();
        assert_eq!(report.unwrap().record.state, "sent_back");
    }
}

#[tokio::test]
async fn whoever_submitted_is_told_once_even_if_a_worker_is_killed() {
    for place in places(20).await {
        let plans = &place.plans;
        let id = place.consolidated(60).await;
        let reason = ReportStep::SendBack("Số liệu nhầm kỳ".to_owned());
        plans
            .step_report(&page(&place.coordinator), id, 4, &reason)
            .await
            .unwrap();
        let store = plans.registry().store();
        let [killed, other] = [1, 2].map(|worker| vocab::Id::from_digest([worker; 16]));
        // The first worker takes the jobs and is never heard of again.
        let jobs = store.lease_jobs(killed, 10, 0).await.unwrap();
        assert_eq!(jobs.len(), 2, "{}", place.name);
        assert_eq!(plans.notices(&place.officer, 9).await.unwrap(), []);
        for job in store.lease_jobs(other, 10, 60).await.unwrap() {
            assert_eq!((job.kind.as_str(), job.attempts), (plan::NOTIFY, 2));
            plans.notify(&job, other).await.unwrap();
        }
        // It was slow, not dead: what it does too late has no effect.
        for job in &jobs {
            assert!(plans.notify(job, killed).await.is_err(), "{}", place.name);
        }
        let notices = plans.notices(&place.officer, 9).await.unwrap();
        let steps: Vec<_> = notices.iter().map(|notice| notice.step.as_str()).collect();
        assert_eq!(steps, ["send_back", "consolidate"], "{}", place.name);
        assert!(notices.iter().all(|notice| notice.report == id));
        assert_eq!(store.job_counts().await.unwrap().len(), 0);
        // They are the officer's alone.
        assert_eq!(plans.notices(&place.head, 9).await.unwrap(), []);
        let foreign = plans.put_aside(&page(&place.head), notices[0].id).await;
        assert!(matches!(
            foreign,
            Err(PlanError::Registry(RegistryError::NotFound { .. }))
        ));
        for _ in 0..2 {
            plans
                .put_aside(&page(&place.officer), notices[0].id)
                .await
                .unwrap();
        }
        let left = plans.notices(&place.officer, 9).await.unwrap();
        assert_eq!(left, notices[1..]);
    }
}
