//! Made-up records of the systems that run, for a demonstration: what their packs declare in
//! `sample/`, done by the demonstration's people through the same doors as at a page.

use registry::system::scenario::Player;

use crate::failure::Failure;
use crate::province::Province;

/// Makes the records that were not made before. What cannot be made is noted and left out: a
/// demonstration begins without it.
pub(crate) async fn load(province: &Province) -> Result<(), Failure> {
    let registry = province.plans.registry();
    let systems = registry.systems().clone();
    let catalog = systems.catalog();
    for (place, pack) in catalog.packs.iter().enumerate() {
        for file in &pack.samples {
            let seed = format!("sample/{}", &*pack.declared.pack.id);
            let player = Player::of_samples(registry, place, &file.declared, seed);
            for scenario in &file.declared.scenarios {
                let told = |error: &dyn std::fmt::Display| {
                    let title = scenario.title.text.as_str();
                    tracing::warn!(title, %error, "no made-up records of this scenario");
                };
                match player.was_played(scenario).await {
                    Ok(true) => continue,
                    Ok(false) => {}
                    Err(error) => {
                        told(&error);
                        continue;
                    }
                }
                match player.play(scenario).await {
                    Ok(mismatches) => mismatches
                        .iter()
                        .for_each(|one| told(&format!("{}: {}", one.what, one.actual))),
                    Err(error) => told(&error),
                }
            }
        }
    }
    Ok(())
}
