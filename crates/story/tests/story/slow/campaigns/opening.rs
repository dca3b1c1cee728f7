//! Opening a campaign: by whom, for whom, and what of it cannot be.

use directory::{Principal, Role};
use plan::campaigns::{CampaignDraft, Due, Which};

use super::{code, day, draft};
use crate::fixture::{keyed, page, places, somebody, unit};

#[tokio::test]
async fn only_the_coordinator_opens_and_others_see_their_own_sheet() {
    for place in places(52).await {
        let plans = &place.plans;
        let some = draft(Which::Numbers(vec![place.number]));
        for who in [&place.officer, &place.head, &Principal::public()] {
            let refused = plans.open_campaign(&page(who), some.clone()).await;
            assert_eq!(code(refused), "role-missing");
        }
        let coordinator = keyed(&place.coordinator, "mo", 3);
        let campaign = plans
            .open_campaign(&coordinator, some.clone())
            .await
            .unwrap();
        let again = plans
            .open_campaign(&coordinator, some.clone())
            .await
            .unwrap();
        assert_eq!(again.record.id, campaign.record.id);
        assert_eq!(plans.campaigns(&place.coordinator).await.unwrap().len(), 1);
        // It waits in the inbox of the unit's officers, until the campaign is due.
        let tasks = plans
            .registry()
            .tasks(&place.officer, Role::Officer, None, 5);
        let tasks = tasks.await.unwrap().items;
        assert_eq!((tasks.len(), tasks[0].name.as_str()), (1, "fill"));
        assert_eq!(tasks[0].due.to_string(), "2023-08-22T00:00:00+07:00");
        let stranger = somebody("nguoila", Role::Officer, unit(plans, "Sở Y tế").await);
        let id = campaign.record.id;
        let hidden = plans.sheet(&stranger, id, place.unit).await;
        assert_eq!(code(hidden), "not-found");
        let rows = plans.campaign_rows(&stranger, &campaign).await.unwrap();
        assert!(rows.is_empty());
        let rows = plans
            .campaign_rows(&place.officer, &campaign)
            .await
            .unwrap();
        assert_eq!(rows.len(), 1);

        for (wrong, field) in [
            (
                CampaignDraft {
                    title: " ".into(),
                    ..some.clone()
                },
                "title",
            ),
            (
                CampaignDraft {
                    which: Which::Numbers(vec![999]),
                    ..some.clone()
                },
                "which",
            ),
            (
                CampaignDraft {
                    due: Due::On(day("2023-08-13")),
                    ..some.clone()
                },
                "due",
            ),
            (
                CampaignDraft {
                    due: Due::On(day("9999-12-31")),
                    ..some.clone()
                },
                "reminders",
            ),
            (
                CampaignDraft {
                    period: "2023Q4".parse().unwrap(),
                    ..some.clone()
                },
                "period",
            ),
            (
                CampaignDraft {
                    reporters: Some("x".into()),
                    ..some.clone()
                },
                "reporters",
            ),
        ] {
            let (_, named) = crate::fixture::refusal(plans.preview_campaign(&wrong).await);
            assert_eq!(named.unwrap().0, field);
        }
    }
}

/// A set of units gets a line for each of its members, and what two targets ask for is one.
#[tokio::test]
async fn a_set_of_units_is_resolved_and_a_shared_figure_asked_once() {
    let place = places(53).await.remove(0);
    let plans = &place.plans;
    let view = plans.view().await.unwrap().unwrap();
    let of_all = view
        .targets
        .iter()
        .filter(|target| target.reporters.len() > 20)
        .max_by_key(|target| target.reporters.len())
        .unwrap();
    let one = draft(Which::Numbers(vec![of_all.body.number]));
    let preview = plans.preview_campaign(&one).await.unwrap();
    assert_eq!(preview.sheets.len(), of_all.reporters.len());
    let within = CampaignDraft {
        reporters: Some("districts".to_owned()),
        ..one
    };
    let preview = plans.preview_campaign(&within).await.unwrap();
    assert_eq!(preview.sheets.len(), 8);
    let all = plans.preview_campaign(&draft(Which::All)).await.unwrap();
    // Whoever reports on a target is asked for each of its measures, and for none twice.
    let asked = view.targets.iter();
    let asked = asked.map(|target| target.reporters.len() * target.indicators.len());
    assert_eq!(all.lines() + all.shared, asked.sum::<usize>());
    for sheet in &all.sheets {
        let mut lines = sheet.lines.clone();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), sheet.lines.len());
    }
}
