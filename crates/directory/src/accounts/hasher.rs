//! Password hashes: Argon2id, away from the threads that serve requests.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{self, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use store::StoreError;
use tokio::sync::Semaphore;
use vocab::{Context, Problem};

use super::rules::password_form;
use crate::{Config, DirectoryError};

/// Hashes and verifies passwords, few at once: each takes many megabytes and most of a core.
pub(crate) struct Hasher {
    argon2: Argon2<'static>,
    context: Context,
    queue: Arc<Semaphore>,
    turn: Arc<Semaphore>,
    /// Verified in place of the hash of an account that does not exist.
    nobodys: String,
}

impl Hasher {
    pub(crate) async fn new(config: &Config, context: &Context) -> Result<Self, DirectoryError> {
        let cost = config.password;
        let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|error| {
            StoreError::Invalid(format!(
                "setting the cost of passwords to {cost:?}: {error}"
            ))
        })?;
        let mut hasher = Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            context: context.clone(),
            queue: Arc::new(Semaphore::new(config.hashing_queue.max(1))),
            turn: Arc::new(Semaphore::new(config.hashing_at_once.max(1))),
            nobodys: String::new(),
        };
        let unguessable: [u8; 32] = context.random();
        hasher.nobodys = hasher.hash(&crate::digest::hex(&unguessable)).await?;
        Ok(hasher)
    }

    /// The hash of a password with a fresh salt, in PHC form.
    pub(crate) async fn hash(&self, password: &str) -> Result<String, DirectoryError> {
        let salt: [u8; 16] = self.context.random();
        let argon2 = self.argon2.clone();
        let password = password_form(password);
        self.in_turn(move || {
            argon2
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map(|hash: PasswordHash| hash.to_string())
        })
        .await
    }

    /// Whether this is the password of the hash; without a hash it takes as long, and is not.
    pub(crate) async fn verify(
        &self,
        password: &str,
        hash: Option<String>,
    ) -> Result<bool, DirectoryError> {
        let is_known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobodys.clone());
        let argon2 = self.argon2.clone();
        let password = password_form(password);
        self.in_turn(move || {
            let hash = PasswordHash::new(&hash)?;
            match argon2.verify_password(password.as_bytes(), &hash) {
                Ok(()) => Ok(is_known),
                Err(password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(error),
            }
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> password_hash::Result<T> + Send + 'static,
    ) -> Result<T, DirectoryError> {
        let Ok(place) = self.queue.clone().try_acquire_owned() else {
            return Err(
                Problem::new(503, "sign-in-busy", "too many passwords wait to be hashed").into(),
            );
        };
        let turn = self
            .turn
            .clone()
            .acquire_owned()
            .await
            .map_err(|error| DirectoryError::corrupt("the queue of passwords", error))?;
        // Both permits go with the work: whoever asks again and again and does not wait for
        // the answer still has only so many hashed at once.
        tokio::task::spawn_blocking(move || {
            let result = work();
            drop((turn, place));
            result
        })
        .await
        .map_err(|error| DirectoryError::corrupt("what hashing a password gave", error))?
        .map_err(|error| DirectoryError::corrupt("a password's hash", error))
    }
}
