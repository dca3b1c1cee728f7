//! Places from which somebody has signed in before.
//!
//! Whoever guesses at a login from elsewhere uses up that login's tries; its owner must not
//! wait for it. A browser keeps a secret that says «somebody signed in to this account here»
//! and has tries of its own; a network from which the account was used is not held up by
//! what others do to the login.

use data_encoding::BASE64URL_NOPAD;
use store::{Ephemeral, Op};
use vocab::{Id, hex};

use super::throttle::{Standing, network_of};
use super::{Device, row};
use crate::{Directory, DirectoryError, digest};

const KIND: &str = "known_place";
/// A place is forgotten after so many seconds without signing in.
const SECONDS: i64 = 180 * 24 * 60 * 60;

impl Directory {
    /// What is known of the place that somebody signs in from. It reads as much for a login
    /// that nobody has.
    pub(crate) async fn standing(
        &self,
        account: Id,
        from: &Device,
    ) -> Result<Standing, DirectoryError> {
        let (device, network) = (device_key(account, &from.known), network_key(account, from));
        let device_known = self.store().ephemeral(KIND, &device).await?.is_some();
        let network_known =
            !from.address.is_empty() && self.store().ephemeral(KIND, &network).await?.is_some();
        Ok(match (device_known, network_known) {
            (true, _) => Standing::Device(device),
            (false, true) => Standing::Network,
            (false, false) => Standing::Stranger,
        })
    }

    /// The secret that the browser shall keep, and what remembers the place.
    pub(super) fn remember(&self, account: Id, from: &Device) -> (String, [Op; 2]) {
        let context = self.store().context();
        // One browser keeps one secret, whoever signs in with it.
        let is_ours = BASE64URL_NOPAD
            .decode(from.known.as_bytes())
            .is_ok_and(|bytes| bytes.len() == 32);
        let secret = if is_ours {
            from.known.clone()
        } else {
            row::new_token(context)
        };
        let keep = |key| {
            Op::Keep(Ephemeral {
                kind: KIND.to_owned(),
                key,
                owner: account,
                expires_at: context.now().plus_seconds(SECONDS),
                body: "{}".to_owned(),
            })
        };
        let ops = [
            keep(device_key(account, &secret)),
            keep(network_key(account, from)),
        ];
        (secret, ops)
    }
}

fn device_key(account: Id, secret: &str) -> String {
    hex::encode(&digest::derived(secret, &format!("device {account}")))
}

fn network_key(account: Id, from: &Device) -> String {
    let network = network_of(&from.address);
    hex::encode(&digest::derived(&network, &format!("network {account}")))
}
