//! Packs as their writers meet them: messages, shipped packs, hostile input.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod cel;
mod change;
mod copied;
mod evaluate;
mod flow;
mod hostile;
mod idle;
mod messages;
mod other_reader;
mod prints;
mod reference;
mod shipped;
mod slow;
mod speed;
mod thing;

use pack::Surroundings;

/// What packs find around them in these tests.
fn surroundings() -> Surroundings {
    Surroundings {
        roles: ["officer", "head", "coordinator", "viewer"]
            .map(str::to_owned)
            .into(),
        calendars: ["vn".to_owned()].into(),
    }
}
