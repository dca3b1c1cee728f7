//! What looks wrong with a value is explained, or not handed in.

use plan::entry::Explanation;
use plan::{PlanError, Report, ReportDraft, ReportStep};
use registry::RegistryError;
use vocab::Period;

use crate::fixture::{Place, page, places};

const WORDS: &str = "Quý I báo gộp cả hồ sơ của đơn vị trực thuộc";

async fn submit(place: &Place, report: &Report) -> Result<Report, PlanError> {
    let (id, version) = (report.record.id, report.record.version);
    let officer = page(&place.officer);
    place
        .plans
        .step_report(&officer, id, version, &ReportStep::Submit)
        .await
}

/// Eighty of a hundred in the first quarter, handed in.
async fn first_quarter(place: &Place) {
    let draft = ReportDraft {
        period: Period::quarter(2023, 1).unwrap(),
        ..place.draft(80, 100)
    };
    let officer = page(&place.officer);
    let report = place.plans.begin_report(&officer, draft).await.unwrap();
    submit(place, &report).await.unwrap();
}

/// The tokens of what was not explained.
fn left(refused: Result<Report, PlanError>) -> Vec<String> {
    match refused.unwrap_err() {
        PlanError::Registry(RegistryError::Refused(problem)) => {
            assert_eq!(problem.code, "findings-unexplained");
            let tokens = problem.fields.iter();
            tokens.map(|field| field.args["finding"].clone()).collect()
        }
        other => panic!("refused otherwise: {other}"),
    }
}

#[tokio::test]
async fn a_strange_value_is_handed_in_with_its_explanation_only() {
    for place in places(41).await {
        first_quarter(&place).await;
        let plans = &place.plans;
        let officer = page(&place.officer);
        let draft = place.draft(30, 100);
        let report = plans.begin_report(&officer, draft.clone()).await.unwrap();
        // The draft keeps what was found from the first moment on.
        let codes: Vec<&str> = report
            .body
            .checks
            .iter()
            .map(|kept| kept.code.as_str())
            .collect();
        assert_eq!(codes, ["entry-fell", "entry-moved"], "{}", place.name);
        let tokens = left(submit(&place, &report).await);
        assert_eq!(tokens.len(), 2);
        let explained = |tokens: &[String]| ReportDraft {
            explanations: tokens
                .iter()
                .map(|token| Explanation {
                    finding: token.clone(),
                    text: WORDS.to_owned(),
                })
                .collect(),
            ..draft.clone()
        };
        // One explained, the other not.
        let half = explained(&tokens[..1]);
        let report = plans
            .edit_report(&officer, report.record.id, 1, half)
            .await
            .unwrap();
        assert_eq!(left(submit(&place, &report).await), tokens[1..]);
        let report = plans
            .edit_report(&officer, report.record.id, 2, explained(&tokens))
            .await
            .unwrap();
        // Words on one value say nothing about another: they stay, to be confirmed.
        let other = ReportDraft {
            entered: place.draft(20, 100).entered,
            ..explained(&tokens)
        };
        let changed = plans
            .edit_report(&officer, report.record.id, 3, other)
            .await
            .unwrap();
        assert_eq!(changed.body.checks[0].explanation, WORDS);
        assert_eq!(left(submit(&place, &changed).await).len(), 2);
        let report = plans
            .edit_report(&officer, report.record.id, 4, explained(&tokens))
            .await
            .unwrap();
        let report = submit(&place, &report).await.unwrap();
        assert_eq!(report.record.state, "submitted");
        // Whoever approves and consolidates reads both, and so does the way of the figure.
        for reader in [&place.head, &place.coordinator] {
            let read = plans.report(reader, report.record.id).await.unwrap();
            assert!(
                read.body
                    .checks
                    .iter()
                    .all(|kept| kept.explanation == WORDS)
            );
        }
        for (who, step, version) in [
            (&place.head, ReportStep::Approve, 6),
            (&place.coordinator, ReportStep::Consolidate, 7),
        ] {
            plans
                .step_report(&page(who), report.record.id, version, &step)
                .await
                .unwrap();
        }
        let view = plans.view().await.unwrap().unwrap();
        let way = plans
            .way_of_target(
                &directory::Principal::public(),
                view.target(place.number).unwrap(),
            )
            .await
            .unwrap();
        let submitted = way.iter().find(|step| step.action == "submit").unwrap();
        assert_eq!(submitted.checks.len(), 2);
        assert_eq!(submitted.checks[1].explanation, WORDS);
    }
}

#[tokio::test]
async fn what_cannot_be_is_no_draft_either() {
    for place in places(42).await {
        let officer = page(&place.officer);
        let refused = place
            .plans
            .begin_report(&officer, place.draft(101, 100))
            .await;
        let (code, field) = crate::fixture::refusal(refused);
        assert_eq!(code, "invalid-fields");
        assert_eq!(
            field,
            Some((
                "numerator".to_owned(),
                "numerator-above-denominator".to_owned()
            ))
        );
    }
}

#[tokio::test]
async fn words_without_end_are_refused() {
    for place in places(43).await {
        let draft = ReportDraft {
            explanations: vec![Explanation {
                finding: "entry-fell-00000000".to_owned(),
                text: "a".repeat(1_001),
            }],
            ..place.draft(3, 4)
        };
        let officer = page(&place.officer);
        let refused = place.plans.begin_report(&officer, draft).await;
        assert_eq!(
            crate::fixture::refusal(refused).1.unwrap().1,
            "text-too-long"
        );
    }
}
