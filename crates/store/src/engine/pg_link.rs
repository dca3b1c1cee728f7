//! A connection to PostgreSQL that comes back.

use std::sync::Arc;

use tokio::sync::RwLock;

use super::pg_session::Session;
use crate::StoreError;

/// A connection that comes back after the server went away.
pub(super) struct Link {
    url: String,
    /// What each connection begins with.
    settings: &'static str,
    session: RwLock<Option<Arc<Session>>>,
}

impl Link {
    pub(super) fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            settings: "",
            session: RwLock::new(None),
        }
    }

    /// The same for statements whose plan never depends on their parameters: left to itself the
    /// server plans a quick one anew each time, which takes longer than running it.
    pub(super) fn planning_once(url: &str) -> Self {
        Self {
            settings: "SET plan_cache_mode = force_generic_plan",
            ..Self::new(url)
        }
    }

    pub(super) async fn session(&self) -> Result<Arc<Session>, StoreError> {
        if let Some(session) = self.session.read().await.as_ref()
            && !session.is_closed()
        {
            return Ok(session.clone());
        }
        let mut slot = self.session.write().await;
        if let Some(session) = slot.as_ref()
            && !session.is_closed()
        {
            return Ok(session.clone());
        }
        let session = Arc::new(Session::open(&self.url).await?);
        if !self.settings.is_empty() {
            session.batch(self.settings).await?;
        }
        *slot = Some(session.clone());
        Ok(session)
    }

    /// Lets a broken connection go, so that the next one to ask opens another.
    pub(super) async fn let_go(&self) {
        *self.session.write().await = None;
    }
}
