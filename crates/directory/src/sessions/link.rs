//! Secrets of links that open something without an account. What they open is the matter of
//! whoever keeps their digests; here they are made, looked for and counted.

use vocab::{Id, hex};

use super::throttle::Try;
use super::{Device, secret, too_many};
use crate::{Directory, DirectoryError, digest};

/// The secret of a link, told once, and what is stored in its place.
pub struct FreshLink {
    /// 256 random bits as text, for the address alone.
    pub secret: String,
    /// Its digest, in hexadecimal.
    pub digest: String,
}

/// A link that somebody follows, counted as one that is none until it is known to be one.
pub struct FollowedLink {
    /// The digest of its secret; none for what cannot be one.
    pub digest: Option<String>,
    counted: Try,
}

impl Directory {
    /// The secret of a new link.
    pub fn fresh_link(&self) -> FreshLink {
        let (secret, digest) = secret::fresh(self.store().context());
        FreshLink { secret, digest }
    }

    /// Counts a link that somebody follows. Refused with `too-many-tries` after many links that
    /// are none from one place.
    pub fn follow_link(&self, secret: &str, from: &Device) -> Result<FollowedLink, DirectoryError> {
        let now = self.store().context().now();
        let counted = self.throttle().begin_lookup(&from.address, now);
        Ok(FollowedLink {
            digest: secret::key(secret),
            counted: counted.map_err(too_many)?,
        })
    }

    /// Takes the count back: it is one.
    pub fn found_link(&self, followed: &FollowedLink) {
        self.throttle().forgive(&followed.counted);
    }

    /// Counts a form that somebody sends through a link. Refused with `too-many-tries` after too
    /// many: whoever got hold of a link cannot fill the disk through it.
    pub fn write_by_link(&self, link: Id) -> Result<(), DirectoryError> {
        let now = self.store().context().now();
        let counted = self.throttle().begin_link(link, now);
        counted.map(drop).map_err(too_many)
    }
}

/// From what the forms behind a link prove where they come from: whoever holds the link can
/// derive it, nobody finds the link from it.
pub fn form_secret(secret: &str) -> String {
    hex::encode(&digest::derived(secret, "forms of a link"))
}
