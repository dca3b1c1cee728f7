//! Password hashes: Argon2id, away from the threads that serve requests.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{self, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE64_NOPAD;
use store::StoreError;
use tokio::sync::Semaphore;
use vocab::{Context, Problem};

use super::rules::{could_be_password, password_form};
use crate::{Config, DirectoryError};

/// Hashes and verifies passwords, few at once: each takes many megabytes and most of a core.
pub(crate) struct Hasher {
    argon2: Argon2<'static>,
    context: Context,
    queue: Arc<Semaphore>,
    turn: Arc<Semaphore>,
    /// Verified in place of the hash of an account that does not exist: random bytes, which
    /// no password is known to give.
    nobodys: String,
}

impl Hasher {
    pub(crate) fn new(config: &Config, context: &Context) -> Result<Self, DirectoryError> {
        let cost = config.password;
        let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|error| {
            StoreError::Invalid(format!(
                "setting the cost of passwords to {cost:?}: {error}"
            ))
        })?;
        Ok(Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            context: context.clone(),
            queue: Arc::new(Semaphore::new(config.hashing_queue.max(1))),
            turn: Arc::new(Semaphore::new(config.hashing_at_once.max(1))),
            nobodys: format!(
                "$argon2id$v=19$m={},t={},p=1${}${}",
                cost.memory_kib,
                cost.passes,
                BASE64_NOPAD.encode(&context.random::<16>()),
                BASE64_NOPAD.encode(&context.random::<32>()),
            ),
        })
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
        let is_known = hash.is_some() && could_be_password(password);
        let password = if is_known { password } else { "" };
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
            .map_err(unavailable)?;
        // Both permits go with the work: whoever asks again and again and does not wait for
        // the answer still has only so many hashed at once.
        tokio::task::spawn_blocking(move || {
            let result = work();
            drop((turn, place));
            result
        })
        .await
        .map_err(unavailable)?
        .map_err(|error| DirectoryError::corrupt("a password's hash", error))
    }
}

/// The program is about to end, or the hashing itself broke.
fn unavailable(error: impl std::fmt::Display) -> DirectoryError {
    StoreError::Unavailable(format!("hashing a password: {error}")).into()
}

#[cfg(test)]
mod tests {
    use vocab::context::fixed;

    use super::*;
    use crate::PasswordCost;

    #[tokio::test]
    async fn nobodys_hash_costs_what_anybodys_does() {
        let config = Config {
            password: PasswordCost {
                memory_kib: 16,
                passes: 3,
            },
            ..Config::default()
        };
        let hasher = Hasher::new(&config, &fixed::context(1)).unwrap();
        let hash = hasher.hash("tám con cò trắng").await.unwrap();
        let real: Vec<&str> = hash.split('$').collect();
        let nobodys: Vec<&str> = hasher.nobodys.split('$').collect();
        assert_eq!(real[..4], nobodys[..4]);
        let lengths = |parts: &[&str]| parts.iter().map(|part| part.len()).collect::<Vec<_>>();
        assert_eq!(lengths(&real), lengths(&nobodys));
        assert!(
            hasher
                .verify("tám con cò trắng", Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(!hasher.verify("tám con cò đen", Some(hash)).await.unwrap());
        assert!(!hasher.verify("tám con cò trắng", None).await.unwrap());
    }
}
