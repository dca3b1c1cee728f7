//! What an installation may set otherwise.

/// The directory's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// What hashing one password costs.
    pub password: PasswordCost,
    /// How many passwords are hashed at once.
    pub hashing_at_once: usize,
    /// How many sign-ins may wait for their turn; more are sent away.
    pub hashing_queue: usize,
    /// A session ends after so many seconds without a request.
    pub idle_seconds: i64,
    /// A session ends after so many seconds, however busy.
    pub absolute_seconds: i64,
}

/// The cost of Argon2id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB, at least 8.
    pub memory_kib: u32,
    /// Passes over it, at least 1.
    pub passes: u32,
}

impl Default for Config {
    /// Argon2id with 19 MiB and two passes, as OWASP's password storage sheet asks; half an
    /// hour without a request, twelve hours in all.
    fn default() -> Self {
        Self {
            password: PasswordCost {
                memory_kib: 19_456,
                passes: 2,
            },
            hashing_at_once: 2,
            hashing_queue: 64,
            idle_seconds: 30 * 60,
            absolute_seconds: 12 * 60 * 60,
        }
    }
}
