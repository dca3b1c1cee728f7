//! The pages: one struct each, holding plain data that its template shows.
//!
//! A handler fills a page and renders it with [`askama::Template::render`]; nothing here knows
//! where the data comes from. Every page carries a [`Shell`]: who is looking, in which language,
//! from where.

pub mod about;
pub mod account;
pub mod accounts;
pub mod audit;
pub mod chart;
pub mod conflict;
pub mod design;
pub mod document;
pub mod error;
pub mod findings;
pub mod history;
pub mod inbox;
pub mod invitation;
pub mod jobs;
pub mod links;
pub mod no_plan;
pub mod observation;
pub mod observation_edit;
pub mod overview;
pub mod parts;
pub mod password_reset;
pub mod projects;
pub mod reading;
pub mod report_list;
pub mod search;
pub mod setup;
pub mod shell;
pub mod sign_in;
pub mod state;
pub mod status;
pub mod target;
pub mod target_list;
pub mod tokens;
pub mod unit;
pub mod units;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use shell::Shell;
