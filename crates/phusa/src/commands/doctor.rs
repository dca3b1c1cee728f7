//! `phusa doctor`: looks at everything that must be right for the program to serve, says what is
//! not and what to do about it.

use std::process::ExitCode;

use clap::Command;
use store::audit::{AuditQuery, Report};
use store::{Scope, Store};
use web::i18n::ToArg;

use super::audit_verify;
use crate::arguments::leaf;
use crate::failure::Failure;
use crate::province::{self, Province};
use crate::settings::Settings;
use crate::words::Words;
use crate::{system, terminal};

/// With less room than this on the disk a busy day may not fit.
const LEAST_FREE_BYTES: u64 = 1 << 30;
/// Connections and files that may be open at once: with fewer a busy server runs out.
const LEAST_OPEN_FILES: u64 = 1_024;
/// The year that this program was made in: a clock that shows an earlier one is wrong.
const MADE_IN: i16 = 2026;

pub(crate) fn command(words: Words) -> Command {
    leaf("doctor", "doctor", words)
}

pub(crate) async fn run(settings: &Settings, words: Words) -> Result<ExitCode, Failure> {
    let mut visit = Visit { words, wrong: 0 };
    let opened = province::open_existing(settings).await?;
    let store = &opened.store;
    visit.good(
        "doctor-writable",
        &[("folder", &settings.data.display().to_string())],
    )?;
    visit.free_space(settings)?;
    visit.open_files()?;
    visit.engine(store).await?;
    visit.clock(store).await?;
    let report = store.verify(None).await?;
    visit.audit(&report)?;
    visit.files(&report)?;
    let province = Province::over(opened).await?;
    visit.units(&province).await?;
    visit.plan(&province).await?;
    visit.hooks(&province).await?;
    visit.end()
}

struct Visit {
    words: Words,
    wrong: usize,
}

impl Visit {
    fn good(&self, key: &str, args: &[(&str, &dyn ToArg)]) -> Result<(), Failure> {
        terminal::print(&format!("✓ {}", self.words.t_args(key, args)))
    }

    /// What is wrong, and on the next line what to do.
    fn bad(&mut self, key: &str, args: &[(&str, &dyn ToArg)]) -> Result<(), Failure> {
        self.wrong += 1;
        let next = self.words.t_args(&format!("{key}-next"), args);
        terminal::print(&format!("✗ {}\n  {next}", self.words.t_args(key, args)))
    }

    fn free_space(&mut self, settings: &Settings) -> Result<(), Failure> {
        let free = match rustix::fs::statvfs(&settings.data) {
            Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
            Err(error) => {
                return self.bad("doctor-space-unknown", &[("why", &error.to_string())]);
            }
        };
        let shown = self.words.pages.file_size(free);
        let least = self.words.pages.file_size(LEAST_FREE_BYTES);
        let args: [(&str, &dyn ToArg); 2] = [("free", &shown), ("least", &least)];
        if free < LEAST_FREE_BYTES {
            self.bad("doctor-space-short", &args)
        } else {
            self.good("doctor-space", &args)
        }
    }

    fn open_files(&mut self) -> Result<(), Failure> {
        let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
        // No limit at all is the most.
        let limit = limit.unwrap_or(u64::MAX);
        let args: [(&str, &dyn ToArg); 2] = [("limit", &limit), ("least", &LEAST_OPEN_FILES)];
        if limit < LEAST_OPEN_FILES {
            self.bad("doctor-open-files-few", &args)
        } else {
            self.good("doctor-open-files", &args)
        }
    }

    async fn engine(&mut self, store: &Store) -> Result<(), Failure> {
        let durability = store.durability().await?;
        let args: [(&str, &dyn ToArg); 1] = [("engine", &durability.engine)];
        if durability.before_answer {
            self.good("doctor-engine", &args)
        } else {
            self.bad("doctor-engine-lazy", &args)
        }
    }

    /// A clock behind the last entry was set back, or belongs to a machine that has just lost it.
    async fn clock(&mut self, store: &Store) -> Result<(), Failure> {
        let now = system::context()?.now();
        let newest = AuditQuery {
            limit: 1,
            ..AuditQuery::default()
        };
        let last = store
            .audit_entries(
                &Scope::bypass("the newest instant of all is looked for"),
                &newest,
            )
            .await?
            .first()
            .map(|entry| entry.at);
        let moment = |at: vocab::Instant| self.words.pages.moment(&at.in_vietnam().datetime());
        let shown = moment(now);
        let last_shown = last.map(moment).unwrap_or_default();
        let args: [(&str, &dyn ToArg); 2] = [("now", &shown), ("last", &last_shown)];
        if now.in_vietnam().year() < MADE_IN || last.is_some_and(|last| last > now) {
            self.bad("doctor-clock-behind", &args)
        } else {
            self.good("doctor-clock", &args)
        }
    }

    fn audit(&mut self, report: &Report) -> Result<(), Failure> {
        let findings = report
            .findings
            .iter()
            .filter(|finding| !finding.kind.starts_with("file-"));
        let lines: Vec<String> = findings
            .map(|finding| audit_verify::line(finding, self.words))
            .collect();
        if lines.is_empty() {
            return self.good("doctor-audit", &[("versions", &report.versions)]);
        }
        self.bad("doctor-audit-broken", &[("count", &lines.len())])?;
        terminal::print(&lines.join("\n"))
    }

    fn files(&mut self, report: &Report) -> Result<(), Failure> {
        let findings = report
            .findings
            .iter()
            .filter(|finding| finding.kind.starts_with("file-"));
        let lines: Vec<String> = findings
            .map(|finding| audit_verify::line(finding, self.words))
            .collect();
        if lines.is_empty() {
            return self.good("doctor-files", &[("count", &report.files)]);
        }
        self.bad("doctor-files-broken", &[("count", &lines.len())])?;
        terminal::print(&lines.join("\n"))
    }

    async fn units(&mut self, province: &Province) -> Result<(), Failure> {
        let units = province.directory.units().await?;
        if units.is_empty() {
            return self.bad("doctor-units-missing", &[]);
        }
        let args: [(&str, &dyn ToArg); 2] =
            [("count", &units.len()), ("groups", &units.groups().len())];
        self.good("doctor-units", &args)
    }

    async fn plan(&mut self, province: &Province) -> Result<(), Failure> {
        match province.plans.view().await? {
            None => self.bad("doctor-plan-missing", &[]),
            Some(plan) => self.good(
                "doctor-plan",
                &[
                    ("symbol", &plan.body.symbol),
                    ("targets", &plan.targets.len()),
                    ("projects", &plan.projects.len()),
                ],
            ),
        }
    }

    /// Webhooks that the program gave up, and those whose job is dead.
    async fn hooks(&mut self, province: &Province) -> Result<(), Failure> {
        let registry = province.plans.registry();
        let hooks = registry.hooks().await?;
        let mut lines = Vec::new();
        for hook in &hooks {
            let key = match (hook.why.is_some(), hook.is_active()) {
                (true, _) => "doctor-hook-given-up",
                (_, true) if registry.hook_standing(hook.id()).await?.is_none() => {
                    "doctor-hook-dead"
                }
                _ => continue,
            };
            lines.push(format!(
                "  - {}",
                self.words.t_args(key, &[("name", &hook.name)])
            ));
        }
        if lines.is_empty() {
            return self.good("doctor-hooks", &[("count", &hooks.len())]);
        }
        self.bad("doctor-hooks-bad", &[("count", &lines.len())])?;
        terminal::print(&lines.join("\n"))
    }

    fn end(&self) -> Result<ExitCode, Failure> {
        if self.wrong == 0 {
            terminal::print(&self.words.t("doctor-well"))?;
            return Ok(ExitCode::SUCCESS);
        }
        terminal::print(
            &self
                .words
                .t_args("doctor-unwell", &[("count", &self.wrong)]),
        )?;
        Ok(ExitCode::from(1))
    }
}
