//! What is signed stays as it was signed.

use plan::periodic::{Paper, PeriodicStep, states};

use super::{begun, now, signer, step, text};
use crate::fixture::{page, places, refusal};

#[tokio::test]
async fn signing_freezes_the_figures_and_a_correction_shows_as_a_difference() {
    for place in places(54).await {
        let observation = place.consolidated(79).await;
        let report = begun(&place).await;
        step(&place, &place.coordinator, &report, PeriodicStep::Submit).await;
        let signer = signer(&place).await;
        let digest = |paper: Paper| paper.digest().unwrap();
        let read = digest(
            place
                .plans
                .paper(&now(&place, &report).await)
                .await
                .unwrap(),
        );
        let reviewed = now(&place, &report).await.record;
        // Nobody signs what he handed in, nor what he has not read.
        let sign = PeriodicStep::Sign(read.clone());
        let own = place
            .plans
            .step_periodic_report(
                &page(&place.coordinator),
                reviewed.id,
                reviewed.version,
                &sign,
            )
            .await;
        assert_eq!(refusal(own).0, "role-missing");
        let unread = PeriodicStep::Sign("0".repeat(64));
        let unread = place
            .plans
            .step_periodic_report(&page(&signer), reviewed.id, reviewed.version, &unread)
            .await;
        assert_eq!(refusal(unread).0, "periodic-reads-otherwise");
        let report = step(&place, &signer, &report, sign).await;
        assert_eq!(report.record.state, states::SIGNED);
        let before = text(&place, &report).await;
        assert!(before.contains("79% (79/100)"), "{before}");
        assert!(place.plans.differences(&report).await.unwrap().is_empty());
        let kept = report.body.signed.clone().unwrap();
        let figure = kept
            .figures
            .iter()
            .find(|figure| figure.indicator == place.indicator);
        let source = figure.unwrap().sources[0].clone();
        assert_eq!((source.observation, source.version), (observation, 4));

        // The unit corrects its figure.
        let plans = &place.plans;
        place.sent_back(observation).await;
        place.corrected(observation, 61).await;
        let report = now(&place, &report).await;
        assert_eq!(text(&place, &report).await, before, "{}", place.name);
        assert_eq!(report.body.signed.as_ref(), Some(&kept));
        let differences = plans.differences(&report).await.unwrap();
        let [difference] = &differences[..] else {
            panic!("{differences:?}");
        };
        assert!(difference.reads_otherwise());
        assert_eq!(difference.then.as_ref().unwrap().text, "79% (79/100)");
        assert_eq!(difference.now.as_ref().unwrap().text, "61% (61/100)");
        let versions = &difference.sources[0];
        assert_eq!(versions.then.as_ref().unwrap().version, 4);
        assert_eq!(versions.now.as_ref().unwrap().version, 9);

        // Another edition follows the figures again; the signed one stays.
        let again = plans
            .reopen_periodic_report(&page(&place.coordinator), report.record.id)
            .await
            .unwrap();
        assert_eq!(
            (again.body.edition, again.body.follows),
            (2, Some(report.record.id))
        );
        assert!(text(&place, &again).await.contains("61% (61/100)"));
        let twice = plans
            .reopen_periodic_report(&page(&place.coordinator), report.record.id)
            .await;
        assert_eq!(refusal(twice).0, "periodic-exists");
        assert_eq!(text(&place, &now(&place, &report).await).await, before);
    }
}
