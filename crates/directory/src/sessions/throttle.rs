//! How often signing in may fail.
//!
//! Failures are counted per login and address, per login, and per address; those from a
//! browser in which the account was used before are counted by themselves, and those from such
//! a network not by login, so that nobody is shut out by what others try. Each count lets
//! a number of failures pass at once and then one in a while; success gives its try back.
//! An attempt is counted before the password is looked at, so that many at once do not slip
//! through. Counts live in this process's memory: each process counts for itself.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use vocab::{Id, Instant};

/// So many counts are held; beyond that those that allow everything again are dropped.
const MOST: usize = 100_000;
/// What is no address is cut to so many characters.
const LONGEST_ADDRESS: usize = 60;

/// A number of tries at once, then one in so many seconds.
struct Limit {
    at_once: i64,
    then_every: i64,
}

/// One person at one place: typing errors.
const BOTH: Limit = Limit {
    at_once: 5,
    then_every: 60,
};
/// One login from many places: somebody guesses its password.
const LOGIN: Limit = Limit {
    at_once: 20,
    then_every: 30,
};
/// One place and many logins: somebody tries a password on everybody. An office behind one
/// address must get through.
const ADDRESS: Limit = Limit {
    at_once: 60,
    then_every: 10,
};

/// Links to a new password for one login, and asked for from one place.
const RESET_LOGIN: Limit = Limit {
    at_once: 3,
    then_every: 900,
};
const RESET_ADDRESS: Limit = Limit {
    at_once: 20,
    then_every: 60,
};
/// Links that are none, followed from one place.
const LOOKUP: Limit = Limit {
    at_once: 30,
    then_every: 10,
};

/// Forms sent through one link: a sheet is saved line by line by some, with its files.
const LINK: Limit = Limit {
    at_once: 120,
    then_every: 10,
};

/// Records looked up by people without an account, from one place: a market's whole stock of
/// labels passes, a register copied number by number does not.
const PUBLIC: Limit = Limit {
    at_once: 60,
    then_every: 10,
};

/// What is known of the place that somebody signs in from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing.
    Stranger,
    /// The account was used in this network.
    Network,
    /// The account was used in this browser; what it is remembered by.
    Device(String),
}

/// The counts.
#[derive(Default)]
pub(crate) struct Throttle {
    /// For each count the instant at which it allows everything again, in microseconds.
    full_at: Mutex<HashMap<String, i64>>,
}

/// A try that was counted.
pub(crate) struct Try {
    keys: Vec<(String, &'static Limit)>,
}

impl Throttle {
    /// Counts a try, or says in how many seconds there may be another.
    pub(crate) fn begin(
        &self,
        login: &str,
        address: &str,
        standing: &Standing,
        now: Instant,
    ) -> Result<Try, i64> {
        let address = network_of(address);
        let mut keys = vec![
            (format!("both {address} {login}"), &BOTH),
            (format!("address {address}"), &ADDRESS),
        ];
        match standing {
            Standing::Stranger => keys.push((format!("login {login}"), &LOGIN)),
            Standing::Network => {}
            Standing::Device(key) => keys = vec![(format!("device {key}"), &BOTH)],
        }
        self.count(keys, now)
    }

    /// Counts a link to a new password that is asked for, or says when there may be another.
    pub(crate) fn begin_reset(&self, login: &str, address: &str, now: Instant) -> Result<Try, i64> {
        let address = network_of(address);
        let keys = vec![
            (format!("reset of {login}"), &RESET_LOGIN),
            (format!("reset from {address}"), &RESET_ADDRESS),
        ];
        self.count(keys, now)
    }

    /// Counts a link that is followed, or says when there may be another.
    pub(crate) fn begin_lookup(&self, address: &str, now: Instant) -> Result<Try, i64> {
        let keys = vec![(format!("lookup {}", network_of(address)), &LOOKUP)];
        self.count(keys, now)
    }

    /// Counts a form that is sent through a link, or says when there may be another.
    pub(crate) fn begin_link(&self, link: Id, now: Instant) -> Result<Try, i64> {
        self.count(vec![(format!("link {link}"), &LINK)], now)
    }

    /// Counts a look into what is public record by record, or says when there may be another.
    pub(crate) fn begin_public(&self, address: &str, now: Instant) -> Result<Try, i64> {
        let keys = vec![(format!("public {}", network_of(address)), &PUBLIC)];
        self.count(keys, now)
    }

    fn count(&self, keys: Vec<(String, &'static Limit)>, now: Instant) -> Result<Try, i64> {
        let now = now.as_micros();
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = keys
            .iter()
            .map(|(key, limit)| {
                let full = full_at.get(key).copied().unwrap_or(now);
                limit.held(full, now) - now - (limit.at_once - 1) * limit.micros()
            })
            .max()
            .unwrap_or(0);
        if wait > 0 {
            return Err(wait.div_euclid(1_000_000) + 1);
        }
        if full_at.len() >= MOST {
            full_at.retain(|_, full| *full > now);
        }
        for (key, limit) in &keys {
            let full = full_at.entry(key.clone()).or_insert(now);
            *full = limit.held(*full, now) + limit.micros();
        }
        Ok(Try { keys })
    }

    /// Takes a try back: it succeeded, or nothing was tried.
    pub(crate) fn forgive(&self, attempt: &Try) {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, limit) in &attempt.keys {
            if let Some(full) = full_at.get_mut(key) {
                *full -= limit.micros();
            }
        }
    }
}

impl Limit {
    const fn micros(&self) -> i64 {
        self.then_every * 1_000_000
    }

    /// An instant of a count within its bounds, even after the clock was set back.
    fn held(&self, full: i64, now: i64) -> i64 {
        full.clamp(now, now + self.at_once * self.micros())
    }
}

/// What one subscriber holds: an IPv4 address, or the 64 first bits of an IPv6 address, in
/// which he can choose the rest anew for every try.
pub(super) fn network_of(address: &str) -> String {
    match address
        .parse::<IpAddr>()
        .map(|address| address.to_canonical())
    {
        Ok(IpAddr::V6(address)) => {
            let [one, two, three, four, ..] = address.segments();
            format!("{one:x}:{two:x}:{three:x}:{four:x}::/64")
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => address.chars().take(LONGEST_ADDRESS).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Instant = Instant::from_micros(1_681_439_400_000_000);

    #[test]
    fn five_errors_then_one_a_minute() {
        let throttle = Throttle::default();
        for _ in 0..5 {
            assert!(
                throttle
                    .begin("an", "10.0.0.1", &Standing::Stranger, START)
                    .is_ok()
            );
        }
        let wait = throttle
            .begin("an", "10.0.0.1", &Standing::Stranger, START)
            .err()
            .unwrap();
        assert_eq!(wait, 61);
        assert!(
            throttle
                .begin("an", "10.0.0.2", &Standing::Stranger, START)
                .is_ok()
        );
        assert!(
            throttle
                .begin("binh", "10.0.0.1", &Standing::Stranger, START)
                .is_ok()
        );
        let later = START.plus_seconds(60);
        assert!(
            throttle
                .begin("an", "10.0.0.1", &Standing::Stranger, later)
                .is_ok()
        );
        assert!(
            throttle
                .begin("an", "10.0.0.1", &Standing::Stranger, later)
                .is_err()
        );
    }

    #[test]
    fn many_places_or_many_logins_do_not_help() {
        let throttle = Throttle::default();
        let passed = (0..100)
            .filter(|at| {
                throttle
                    .begin("an", &format!("10.0.0.{at}"), &Standing::Stranger, START)
                    .is_ok()
            })
            .count();
        assert_eq!(passed, 20);
        let passed = (0..100)
            .filter(|at| {
                throttle
                    .begin(&format!("user{at}"), "10.1.0.1", &Standing::Stranger, START)
                    .is_ok()
            })
            .count();
        assert_eq!(passed, 60);
    }

    #[test]
    fn one_network_is_one_place() {
        let networks = [
            "2001:db8:1:2::3",
            "2001:db8:1:2:ffff::",
            "::ffff:10.0.0.1",
            "10.0.0.1",
        ];
        assert_eq!(
            networks.map(network_of),
            [
                "2001:db8:1:2::/64",
                "2001:db8:1:2::/64",
                "10.0.0.1",
                "10.0.0.1"
            ]
        );
    }

    #[test]
    fn who_succeeds_never_waits() {
        let throttle = Throttle::default();
        for _ in 0..500 {
            let attempt = throttle
                .begin("an", "10.0.0.1", &Standing::Stranger, START)
                .ok()
                .unwrap();
            throttle.forgive(&attempt);
        }
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out_longer() {
        let throttle = Throttle::default();
        assert!(
            throttle
                .begin(
                    "an",
                    "10.0.0.1",
                    &Standing::Stranger,
                    START.plus_seconds(86_400)
                )
                .is_ok()
        );
        let wait = throttle
            .begin("an", "10.0.0.1", &Standing::Stranger, START)
            .err()
            .unwrap_or(0);
        assert!(wait <= 61, "{wait} seconds");
    }

    #[test]
    fn who_is_known_is_not_shut_out_by_others() {
        let throttle = Throttle::default();
        let from = |at: usize| format!("10.9.{}.{}", at / 200, at % 200);
        let tried = |address: &str, standing: &Standing| {
            throttle.begin("an", address, standing, START).is_ok()
        };
        for at in 0..1_000 {
            tried(&from(at), &Standing::Stranger);
        }
        assert!(!tried("10.0.0.1", &Standing::Stranger));
        assert!(tried("10.0.0.1", &Standing::Network));
        // Even whoever sits in the same office does not hold up a known browser.
        for _ in 0..100 {
            tried("10.0.0.1", &Standing::Stranger);
            tried("10.0.0.1", &Standing::Network);
        }
        assert!(!tried("10.0.0.1", &Standing::Network));
        let device = Standing::Device("k".to_owned());
        let passed = (0..10).filter(|_| tried("10.0.0.1", &device)).count();
        assert_eq!(passed, 5, "but a known browser may not guess for ever");
    }

    #[test]
    fn links_are_asked_for_and_tried_so_often() {
        let throttle = Throttle::default();
        let asked = (0..10)
            .filter(|at| {
                throttle
                    .begin_reset("an", &format!("10.0.0.{at}"), START)
                    .is_ok()
            })
            .count();
        assert_eq!(asked, 3);
        let asked = (0..90)
            .filter(|at| {
                throttle
                    .begin_reset(&format!("a{at}"), "10.1.0.1", START)
                    .is_ok()
            })
            .count();
        assert_eq!(asked, 20);
        let tried = (0..90)
            .filter(|_| throttle.begin_lookup("10.2.0.1", START).is_ok())
            .count();
        assert_eq!(tried, 30);
        let [one, other] = [1, 2].map(|byte| Id::from_digest([byte; 16]));
        let sent = (0..200).filter(|_| throttle.begin_link(one, START).is_ok());
        assert_eq!(sent.count(), 120);
        assert!(throttle.begin_link(other, START).is_ok());
    }
}
