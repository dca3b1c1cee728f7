//! The system's clock and randomness: the only place where they come in.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use vocab::{Clock, Context, Entropy, Instant};

use crate::failure::Failure;

/// The context that the program runs with.
///
/// Asks for randomness once beforehand: a system that cannot give any is refused with words
/// instead of in the middle of something.
pub(crate) fn context() -> Result<Context, Failure> {
    getrandom::fill(&mut [0; 32])
        .map_err(|error| Failure::new("failure-random").with("why", error))?;
    Ok(Context::new(Arc::new(SystemClock), Arc::new(SystemEntropy)))
}

struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is what everybody else gets the time from"
    )]
    fn now(&self) -> Instant {
        let micros = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_micros()).unwrap_or(i64::MAX),
            // Before 1970: only a machine whose clock was never set.
            Err(before) => i64::try_from(before.duration().as_micros()).map_or(i64::MIN, |m| -m),
        };
        Instant::from_micros(micros)
    }
}

struct SystemEntropy;

impl Entropy for SystemEntropy {
    /// Ends the program when the system gives no randomness: an identifier or a secret made
    /// without it would be worse than none.
    fn fill(&self, buffer: &mut [u8]) {
        if let Err(error) = getrandom::fill(buffer) {
            tracing::error!(%error, "the operating system gives no randomness");
            std::process::abort();
        }
    }
}
