//! Tests that start servers: a quick run leaves them out.

mod access;
mod administration;
mod engines;
mod mail;
mod notices;
mod people;
mod serving;
