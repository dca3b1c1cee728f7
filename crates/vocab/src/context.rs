//! Where the clock and randomness come in.

use std::fmt;
use std::sync::Arc;

use crate::{Id, Instant};

/// Tells the time. The real one lives in the binary; tests hold one still.
pub trait Clock: Send + Sync {
    /// The instant now.
    fn now(&self) -> Instant;
}

/// Gives randomness fit for secrets. The real one asks the operating system.
pub trait Entropy: Send + Sync {
    /// Fills the buffer with unpredictable bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// The clock and the source of randomness that a process works with.
#[derive(Clone)]
pub struct Context {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl Context {
    /// A context over these two sources.
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { clock, entropy }
    }

    /// The instant now.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// A fresh permanent identifier.
    pub fn new_id(&self) -> Id {
        Id::v7(self.now(), self.random())
    }

    /// So many unpredictable bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Context")
    }
}

/// A clock and randomness that tests and measurements can hold still.
pub mod fixed {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

    use super::{Clock, Context, Entropy};
    use crate::Instant;

    /// A clock that moves only when told to, or by a fixed step at each reading.
    #[derive(Debug)]
    pub struct SteppingClock {
        micros: AtomicI64,
        step: i64,
    }

    impl SteppingClock {
        /// Starts at an instant and moves on by `step_micros` with each reading.
        pub fn new(start: Instant, step_micros: i64) -> Arc<Self> {
            Arc::new(Self {
                micros: AtomicI64::new(start.as_micros()),
                step: step_micros,
            })
        }

        /// Sets the clock, backwards too.
        pub fn set(&self, to: Instant) {
            self.micros.store(to.as_micros(), Ordering::SeqCst);
        }
    }

    impl Clock for SteppingClock {
        fn now(&self) -> Instant {
            Instant::from_micros(self.micros.fetch_add(self.step, Ordering::SeqCst))
        }
    }

    /// Bytes that follow from a seed (SplitMix64): for repeatable runs, never for secrets.
    #[derive(Debug)]
    pub struct SeededEntropy(AtomicU64);

    impl SeededEntropy {
        /// The sequence that this seed starts.
        pub fn new(seed: u64) -> Arc<Self> {
            Arc::new(Self(AtomicU64::new(seed)))
        }
    }

    impl Entropy for SeededEntropy {
        fn fill(&self, buffer: &mut [u8]) {
            for chunk in buffer.chunks_mut(8) {
                let mut z = self
                    .0
                    .fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst)
                    .wrapping_add(0x9e37_79b9_7f4a_7c15);
                z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                let bytes = (z ^ (z >> 31)).to_le_bytes();
                chunk.copy_from_slice(&bytes[..chunk.len()]);
            }
        }
    }

    /// A context that starts in the plan's year and repeats itself for the same seed.
    pub fn context(seed: u64) -> Context {
        let start = Instant::from_micros(1_681_439_400_000_000);
        Context::new(SteppingClock::new(start, 1_000), SeededEntropy::new(seed))
    }
}
