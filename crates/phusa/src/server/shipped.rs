//! What ships with the program and is loaded at its first start.

use crate::failure::Failure;
use crate::province::Province;

/// The decision that issues Vĩnh Long's plan for 2023, and its name as a source.
const DECISION: &str = include_str!("../../../../data/plan/decision-833-2023.txt");
const DECISION_NAME: &str = "decision-833-2023.txt";

/// Loads the units that are missing, and the plan where there is none.
pub(crate) async fn load(province: &Province) -> Result<(), Failure> {
    let caller = province.caller();
    let actor = caller.principal.actor(caller.via, caller.request);
    province.directory.load_shipped(&actor).await?;
    if province.plans.view().await?.is_some() {
        return Ok(());
    }
    let imported = province
        .plans
        .import(&caller, DECISION_NAME, DECISION)
        .await;
    match imported {
        Ok(_) => Ok(()),
        // Another process that starts on the same database was quicker.
        Err(_) if province.plans.view().await?.is_some() => Ok(()),
        Err(error) => Err(error.into()),
    }
}
