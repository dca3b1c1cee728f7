//! Tests that start servers: a quick run leaves them out.

mod administration;
mod engines;
mod mail;
mod people;
mod serving;
