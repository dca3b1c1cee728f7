//! The engine of plans.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, RwLock};

use jiff::civil::Date;
use registry::Registry;
use vocab::{Id, Instant};

use crate::error::PlanError;
use crate::view::{HeldReports, PlanView};

/// The epoch that everything derived from plans depends on.
pub(crate) const EPOCH: &str = "plan";

/// Plans and the reports on them. Cheap to clone.
#[derive(Clone)]
pub struct Plans {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub registry: Registry,
    pub view: RwLock<Option<Derived>>,
    pub deriving: tokio::sync::Mutex<()>,
    /// The consolidated reports as they were read last.
    pub reports: tokio::sync::Mutex<Option<HeldReports>>,
    /// How often this process itself changed something that views depend on.
    pub changes: AtomicU64,
    pub past: Mutex<Vec<(Instant, Result<Past, PlanError>)>>,
    pub deriving_past: tokio::sync::Mutex<()>,
    /// The last day whose digests this process has all seen off.
    pub digests_on: Mutex<Option<Date>>,
}

/// What a view was at an instant; none while there was no plan.
pub(crate) type Past = Option<Arc<PlanView>>;

/// A view, the epoch that it was derived at, and when that was last looked at.
#[derive(Clone)]
pub(crate) struct Derived {
    pub view: Option<Arc<PlanView>>,
    /// What those see of it who have no account.
    pub public: Option<Arc<PlanView>>,
    pub epoch: i64,
    pub checked: Instant,
}

impl Plans {
    /// The engine over a registry that knows [`crate::declarations`].
    pub fn new(registry: Registry) -> Self {
        Self {
            inner: Arc::new(Inner {
                registry,
                view: RwLock::new(None),
                deriving: tokio::sync::Mutex::new(()),
                reports: tokio::sync::Mutex::default(),
                changes: AtomicU64::new(0),
                past: Mutex::default(),
                deriving_past: tokio::sync::Mutex::new(()),
                digests_on: Mutex::default(),
            }),
        }
    }

    /// The registry underneath.
    pub fn registry(&self) -> &Registry {
        &self.inner.registry
    }

    pub(crate) fn today(&self) -> Date {
        self.registry().store().context().now().in_vietnam().date()
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }
}

/// The identity of something that a decision names: the same in every installation, so
/// that reading the document again finds it.
pub(crate) fn identity(key: &str) -> Id {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(format!("plan/{key}"));
    let mut first = [0; 16];
    first.copy_from_slice(&digest[..16]);
    Id::from_digest(first)
}
