//! The pages: one struct each, holding plain data that its template shows.
//!
//! A handler fills a page and renders it with [`askama::Template::render`]; nothing here knows
//! where the data comes from. Every page carries a [`Shell`]: who is looking, in which language,
//! from where.

pub mod about;
pub mod account;
pub mod accounts;
pub mod amendments;
pub mod audit;
pub mod audit_entry;
pub mod baselines;
pub mod campaign;
pub mod campaign_list;
pub mod campaign_new;
pub mod chart;
pub mod checks;
pub mod conflict;
pub mod design;
pub mod document;
pub mod duties;
pub mod error;
pub mod excel;
pub mod figure;
pub mod findings;
pub mod history;
pub mod hooks;
pub mod inbox;
pub mod invitation;
pub mod jobs;
pub mod links;
pub mod looks;
pub mod manual;
pub mod map_parts;
pub mod measure_form;
pub mod measures;
pub mod my_delegations;
pub mod no_plan;
pub mod observation;
pub mod observation_edit;
pub mod obstacles;
pub mod opinions;
pub mod overview;
pub mod own_plans;
pub mod parts;
pub mod password_reset;
pub mod people;
pub mod people_form;
pub mod people_import;
pub mod people_person;
pub mod periodic;
pub mod periodic_compare;
pub mod periodic_paper;
pub mod periodic_report;
pub mod periodic_section;
pub mod plan_import;
pub mod plan_names;
pub mod progress;
pub mod project;
pub mod projects;
pub mod public_lookup;
pub mod public_record;
pub mod reading;
pub mod readings;
pub mod report_list;
pub mod rights;
pub mod roles;
pub mod search;
pub mod setup;
pub mod sheet;
pub mod sheet_by_link;
pub mod sheet_link;
pub mod shell;
pub mod sign_in;
pub mod state;
pub mod status;
pub mod system_form;
pub mod system_import;
pub mod system_list;
pub mod system_many;
pub mod system_map;
pub mod system_record;
pub mod system_retention;
pub mod systems;
pub mod target;
pub mod target_list;
pub mod tokens;
pub mod unit;
pub mod unit_changes;
pub mod unit_event_form;
pub mod unit_history;
pub mod unit_import;
pub mod unit_map;
pub mod unit_mapping;
pub mod unit_tree;
pub mod units;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use shell::Shell;
