//! Keeping the view true.

use std::sync::{Arc, PoisonError};

use crate::error::PlanError;
use crate::plans::{Derived, EPOCH, Plans};
use crate::view::PlanView;

/// How long a view is trusted before the store is asked whether it still holds: what this
/// process changes shows at once, what others change within this time.
const TRUSTED_MICROS: i64 = 1_000_000;

impl Plans {
    /// What everybody may see of the latest plan; nothing while none was imported.
    pub async fn view(&self) -> Result<Option<Arc<PlanView>>, PlanError> {
        let now = self.registry().store().context().now();
        let trusted = |derived: &Derived| {
            (0..TRUSTED_MICROS).contains(&(now.as_micros() - derived.checked.as_micros()))
        };
        if let Some(derived) = self.held().filter(trusted) {
            return Ok(derived.view);
        }
        // One derives, the others wait and take what it derived.
        let _deriving = self.inner().deriving.lock().await;
        if let Some(derived) = self.held().filter(trusted) {
            return Ok(derived.view);
        }
        let epoch = self.registry().store().epoch(EPOCH).await?;
        let directory = self.registry().directory();
        if let Some(mut derived) = self.held()
            && derived.epoch == epoch
            && match &derived.view {
                Some(view) => Arc::ptr_eq(&view.units, &view.units_now(directory).await?),
                None => true,
            }
        {
            derived.checked = now;
            self.hold(Some(derived.clone()));
            return Ok(derived.view);
        }
        let view = self.derive().await?.map(Arc::new);
        self.hold(Some(Derived {
            view: view.clone(),
            epoch,
            checked: now,
        }));
        Ok(view)
    }

    /// Has the next reader derive again: called after a change of one's own.
    pub(crate) fn stale(&self) {
        self.hold(None);
    }

    fn held(&self) -> Option<Derived> {
        let held = self.inner().view.read();
        held.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hold(&self, derived: Option<Derived>) {
        let held = self.inner().view.write();
        *held.unwrap_or_else(PoisonError::into_inner) = derived;
    }
}
