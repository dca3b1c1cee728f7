//! `…/nhap/{import}`: one import, how far it came, what was refused, what can be done with it.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use directory::Act;
use office::Value as Cell;
use office::long::LongCell;
use registry::RegistryError;
use registry::system::imports::{
    FailedRows, Import, ImportState, ImportStep, Layout, Refused, Which,
};
use store::reads::Reading;
use vocab::Instant;

use super::super::download::Made;
use super::super::{Failure, Form, GoTo, Page};
use super::desk::{Desk, Sought};
use super::import::{reason_titles, state, step_address};
use super::list::{Asked, asked};
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::system_import::{ImportStepForm, PassShown, RefusedRow, SystemImport};

/// How many refused rows the page shows; all of them stand in the file.
pub(crate) const SHOWN: usize = 50;

pub(super) async fn show(desk: Desk) -> Result<Page<SystemImport>, Failure> {
    let import = desk.import().await?;
    desk.import_page(&import).await.map(Page)
}

/// `POST …/buoc/{step}`.
pub(super) async fn step(Sought(desk): Sought, Form(fields): Form) -> Result<Response, Failure> {
    let desk = desk?;
    let import = desk.import().await?;
    let caller = desk.sender(&fields);
    fields.done()?;
    let named = desk.param("step");
    let step = ImportStep::ALL
        .into_iter()
        .find(|step| step_address(*step) == named)
        .ok_or_else(|| Failure::not_found("no such step"))?;
    let stepped = desk.registry().step_import(&caller, import.id(), step);
    match stepped.await {
        Ok(_) => {}
        // It went on meanwhile: the page shows where it stands.
        Err(RegistryError::Refused(problem)) if problem.code == "step-not-open" => {}
        Err(error) => return Err(error.into()),
    }
    Ok(GoTo::link(&desk.import_link(&import, "")).into_response())
}

/// `…/loi`: the rows that a pass (`buoc` is `thu` or `nhap`) refused, in the layout of the file,
/// with the reasons.
pub(super) async fn failed(desk: Desk, Query(query): Query<Asked>) -> Result<Response, Failure> {
    let import = desk.import().await?;
    let which = match asked(&query, "buoc") {
        "nhap" => Which::Run,
        _ => Which::Trial,
    };
    desk.failed_file(&import, which).await
}

impl Desk {
    /// The file of the rows that a pass refused so far.
    pub(crate) async fn failed_file(
        &self,
        import: &Import,
        which: Which,
    ) -> Result<Response, Failure> {
        self.demand_rows(import)?;
        let rows = self.registry().failed_rows(import, which).await?;
        let made = match import.file().layout {
            Layout::Xlsx => Made::Xlsx,
            Layout::Csv | Layout::Geojson => Made::Csv,
        };
        let content = self.write_failed(rows, made).await?;
        let stem = format!("{}-loi", &*self.declared().record.id);
        made.sent(&stem, content)
    }

    /// Whose file an import is sees its rows as they sent them; others who see the import need
    /// what unmasks the records, and are noted.
    fn demand_rows(&self, import: &Import) -> Result<(), Failure> {
        let principal = &self.visitor.principal;
        let kind = self.kind();
        let Some(reader) = principal.account else {
            return Err(Failure::not_found("an import"));
        };
        if reader == import.starter() || kind.personal.is_empty() {
            return Ok(());
        }
        let permissions = principal.permissions();
        if permissions.clauses(Act::Unmask, kind.name).next().is_none() {
            return Err(Failure::denied(
                "denied-role-missing",
                "rows with personal data",
            ));
        }
        let personal: Vec<&'static str> = kind.personal.iter().copied().collect();
        self.app.store().note_reading(Reading {
            reader,
            subject: import.id(),
            kind: registry::system::imports::IMPORT,
            record: import.id(),
            fields: registry::system::shared(&personal),
            via: self.visitor.via(),
        });
        Ok(())
    }

    async fn write_failed(&self, mut rows: FailedRows, made: Made) -> Result<Vec<u8>, Failure> {
        let titles = reason_titles();
        // A file of refused rows that came again has its own reasons: these stand in their place.
        let kept: Vec<usize> = (0..rows.head.len())
            .filter(|at| !titles.contains(&rows.head[*at].text))
            .collect();
        let now = self.app.store().context().now();
        let mut out = Out::new(made, now).map_err(Failure::internal)?;
        let head = std::mem::take(&mut rows.head);
        let reason = self.words().t("system-import-reason");
        out = out.add(vec![(chosen(&head, &kept), reason)]).await?;
        while let Some(some) = rows.more().await? {
            let some = some
                .iter()
                .map(|(cells, problem)| (chosen(cells, &kept), self.reasons(problem)));
            out = out.add(some.collect()).await?;
        }
        out.finish().await
    }

    async fn import_page(&self, import: &Import) -> Result<SystemImport, Failure> {
        let words = self.words();
        let registry = self.registry();
        let latest = import.latest();
        let starter = self.app.directory.account(import.starter()).await?;
        let mut passes = Vec::new();
        for which in [Which::Trial, Which::Run, Which::Undo] {
            passes.extend(self.pass_shown(import, which));
        }
        let refusals = registry.refusals(import, latest).first(SHOWN).await?;
        let refused = refusals.iter().map(|one| self.refused_row(one));
        let steps = registry.import_steps(&self.visitor.principal, import);
        let steps = steps.into_iter().map(|step| self.step_form(import, step));
        Ok(SystemImport {
            kind: Link::new(self.link(""), self.say(&self.declared().record.title)),
            list: Link::new(self.link("nhap"), words.t("system-import-title")),
            address: self.import_link(import, ""),
            file: import.file().name.clone(),
            state: state(words, import),
            explained: self.explained(import),
            starter: starter.map_or_else(String::new, |account| account.name),
            began: import.began().in_vietnam().datetime(),
            at_work: import.state.is_at_work(),
            passes,
            refused: refused.collect(),
            steps: steps.collect(),
            shell: self.shell(),
        })
    }

    /// What where it stands means, and what comes next.
    fn explained(&self, import: &Import) -> String {
        let words = self.words();
        let run = import.pass(Which::Run).unwrap_or_default();
        match import.state {
            ImportState::Trying => words.t("system-import-next-trying"),
            ImportState::Tried if import.pass(Which::Trial).is_some_and(|it| it.good > 0) => {
                words.t("system-import-next-tried")
            }
            ImportState::Tried => words.t("system-import-next-nothing"),
            ImportState::Running => words.t("system-import-next-running"),
            ImportState::Done => words.t("system-import-next-done"),
            ImportState::Cancelled => words.t1("system-import-next-cancelled", "count", run.good),
            ImportState::Stopped => {
                let why = words.t(why(import.why().unwrap_or_default()));
                let stays = words.t1("system-import-next-stopped", "count", run.good);
                format!("{why} {stays}")
            }
            ImportState::Undoing => words.t("system-import-next-undoing"),
            ImportState::Undone => words.t("system-import-next-undone"),
        }
    }

    fn pass_shown(&self, import: &Import, which: Which) -> Option<PassShown> {
        let pass = import.pass(which)?;
        let words = self.words();
        let of = if import.latest() == which {
            import.rows()
        } else {
            Some(pass.rows)
        };
        let (title, good) = match which {
            Which::Trial => ("system-import-pass-trial", "system-import-good-trial"),
            Which::Run => ("system-import-pass-run", "system-import-good-run"),
            Which::Undo => ("system-import-pass-undo", "system-import-good-undo"),
        };
        let has_file = which != Which::Undo && pass.refused > 0 && import.holds_file();
        let name = if which == Which::Run { "nhap" } else { "thu" };
        let href = self.import_link(import, &format!("loi?buoc={name}"));
        Some(PassShown {
            title: words.t(title),
            rows: pass.rows,
            of,
            good: words.t1(good, "count", pass.good),
            refused: pass.refused,
            speed: pass.speed(),
            file: if has_file && self.demand_rows(import).is_ok() {
                href
            } else {
                String::new()
            },
        })
    }

    pub(crate) fn refused_row(&self, refused: &Refused) -> RefusedRow {
        let record = refused.problem.args.get("record");
        RefusedRow {
            line: (refused.line > 0).then_some(refused.line),
            href: record.map_or_else(String::new, |record| self.link(record)),
            why: self.reasons(&refused.problem),
            by: self.named_by(refused),
        }
    }

    /// The record that names the one that stays, where that is why.
    fn named_by(&self, refused: &Refused) -> Option<Link> {
        let args = &refused.problem.args;
        let kind = self.systems.kind(args.get("kind")?)?;
        let pack = &self.systems.pack(kind).declared.pack.id;
        let record = &self.systems.record(kind).declared.record;
        let href = links::system(pack, &record.id, args.get("by")?);
        Some(Link::new(href, self.say(&record.title)))
    }

    fn step_form(&self, import: &Import, step: ImportStep) -> ImportStepForm {
        let words = self.words();
        let (label, explained) = match step {
            ImportStep::Start => ("system-import-step-start", "system-import-step-start-hint"),
            ImportStep::Cancel if import.pass(Which::Run).is_none() => {
                ("system-import-step-drop", "system-import-step-drop-hint")
            }
            ImportStep::Cancel => (
                "system-import-step-cancel",
                "system-import-step-cancel-hint",
            ),
            ImportStep::Resume => (
                "system-import-step-resume",
                "system-import-step-resume-hint",
            ),
            ImportStep::Undo => ("system-import-step-undo", "system-import-step-undo-hint"),
        };
        ImportStepForm {
            action: self.import_link(import, &format!("buoc/{}", step_address(step))),
            label: words.t(label),
            explained: words.t(explained),
            is_main: matches!(step, ImportStep::Start | ImportStep::Resume),
        }
    }
}

/// The words for why an import stopped.
pub(crate) fn why(code: &str) -> &'static str {
    match code {
        "system-import-why-rights" => "system-import-why-rights",
        "system-import-why-gone" => "system-import-why-gone",
        "system-import-why-file" => "system-import-why-file",
        "system-import-why-large" => "system-import-why-large",
        "system-import-why-long" => "system-import-why-long",
        "system-import-why-broken" => "system-import-why-broken",
        _ => "system-import-why-failed",
    }
}

/// A row that is written: its cells, and why it was refused.
type Row = (Vec<LongCell>, String);

fn chosen(cells: &[LongCell], kept: &[usize]) -> Vec<LongCell> {
    let cell = |at: &usize| cells.get(*at).cloned().unwrap_or_default();
    kept.iter().map(cell).collect()
}

/// A file that grows away from the threads that answer.
enum Out {
    Csv(Box<office::csv::Writer<Vec<u8>>>),
    Xlsx(Box<office::xlsx::Writer>),
}

impl Out {
    fn new(made: Made, now: Instant) -> Result<Self, String> {
        Ok(if made == Made::Xlsx {
            let writer = office::xlsx::Writer::new("1", now);
            Self::Xlsx(Box::new(writer.map_err(|error| error.to_string())?))
        } else {
            let writer = office::csv::Writer::new(Vec::new());
            Self::Csv(Box::new(writer.map_err(|error| error.to_string())?))
        })
    }

    async fn add(self, rows: Vec<Row>) -> Result<Self, Failure> {
        away(move || {
            let mut out = self;
            for (cells, reason) in &rows {
                let cells = cells.iter().map(|cell| match cell.text.parse() {
                    Ok(number) if cell.is_number => Cell::Number(number),
                    _ if cell.text.is_empty() => Cell::Empty,
                    _ => Cell::Text(&cell.text),
                });
                let cells = cells.chain([Cell::Text(reason)]);
                match &mut out {
                    Self::Csv(writer) => writer.row(cells).map_err(|error| error.to_string())?,
                    Self::Xlsx(writer) => writer.row(cells).map_err(|error| error.to_string())?,
                }
            }
            Ok(out)
        })
        .await
    }

    async fn finish(self) -> Result<Vec<u8>, Failure> {
        away(move || match self {
            Self::Csv(writer) => writer.finish().map_err(|error| error.to_string()),
            Self::Xlsx(writer) => {
                let mut out = std::io::Cursor::new(Vec::new());
                writer.finish(&mut out).map_err(|error| error.to_string())?;
                Ok(out.into_inner())
            }
        })
        .await
    }
}

async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Failure::internal(format!("making a file: {error}")))?
        .map_err(|error| Failure::internal(format!("making a file: {error}")))
}
