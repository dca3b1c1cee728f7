//! Keeping the view true.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use directory::Principal;

use crate::error::PlanError;
use crate::plans::{Derived, EPOCH, Plans};
use crate::view::PlanView;

/// How long a view is trusted before the store is asked whether it still holds: what this
/// process changes shows at once, what others change within this time.
const TRUSTED_MICROS: i64 = 250_000;

impl Plans {
    /// What whoever acts may see of the latest plan: with an account all consolidated figures,
    /// without one those that are published. Nothing while no plan was imported.
    pub async fn view_for(&self, reader: &Principal) -> Result<Option<Arc<PlanView>>, PlanError> {
        let derived = self.derived().await?;
        Ok(match reader.account {
            Some(_) => derived.view,
            None => derived.public,
        })
    }

    /// All consolidated figures of the latest plan, for what the program itself derives and for
    /// those with an account; nothing while none was imported.
    pub async fn view(&self) -> Result<Option<Arc<PlanView>>, PlanError> {
        Ok(self.derived().await?.view)
    }

    async fn derived(&self) -> Result<Derived, PlanError> {
        let now = self.registry().store().context().now();
        let today = now.in_vietnam().date();
        let trusted = |derived: &Derived| {
            (0..TRUSTED_MICROS).contains(&(now.as_micros() - derived.checked.as_micros()))
                && derived
                    .view
                    .as_ref()
                    .is_none_or(|view| view.holds_on(today))
        };
        if let Some(derived) = self.held().filter(trusted) {
            return Ok(derived);
        }
        // One derives, the others wait and take what it derived.
        let _deriving = self.inner().deriving.lock().await;
        if let Some(derived) = self.held().filter(trusted) {
            return Ok(derived);
        }
        // A change of one's own while this derives makes what is derived stale before it is held.
        let changes = self.inner().changes.load(Ordering::SeqCst);
        let epoch = self.registry().store().epoch(EPOCH).await?;
        let directory = self.registry().directory();
        if let Some(mut derived) = self.held()
            && derived.epoch == epoch
            // A later document may begin to hold overnight.
            && derived.view.as_ref().is_none_or(|view| view.holds_on(today))
            && match &derived.view {
                Some(view) => Arc::ptr_eq(&view.units, &view.units_now(directory).await?),
                None => true,
            }
        {
            derived.checked = now;
            self.hold(Some(derived.clone()));
            return Ok(derived);
        }
        let view = self.derive().await?.map(Arc::new);
        // Where all of it is published both are one, and so are the pages' tags.
        let public = view.as_ref().map(|view| match view.withheld() {
            Some(public) => Arc::new(public),
            None => view.clone(),
        });
        let derived = Derived {
            view,
            public,
            epoch,
            checked: now,
        };
        if self.inner().changes.load(Ordering::SeqCst) == changes {
            self.hold(Some(derived.clone()));
        }
        Ok(derived)
    }

    /// Has the next reader derive again: called after a change of one's own.
    pub(crate) fn stale(&self) {
        self.inner().changes.fetch_add(1, Ordering::SeqCst);
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
