//! How often records may be looked up by people without an account: enough for whoever holds a
//! paper or a label in their hand, too little for whoever wants the whole register.

use super::throttle::Try;
use super::{Device, too_many};
use crate::{Directory, DirectoryError};

/// A look that was counted.
pub struct PublicLook(Try);

impl Directory {
    /// Counts a look into what is public. Refused with `too-many-tries` (status 429, `seconds`)
    /// after too many from one place.
    pub fn look_publicly(&self, from: &Device) -> Result<PublicLook, DirectoryError> {
        let now = self.store().context().now();
        let counted = self.throttle().begin_public(&from.address, now);
        counted.map(PublicLook).map_err(too_many)
    }

    /// Takes a look back: whoever names a record by its unguessable address has its paper.
    pub fn forgive_look(&self, look: &PublicLook) {
        self.throttle().forgive(&look.0);
    }
}
