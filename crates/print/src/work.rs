//! Papers made one beside another, within limits.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::civil::DateTime;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};
use vocab::Instant;

use crate::world::Sheet;
use crate::{Fault, Paper};

/// The stack of a thread that makes a paper: templates nest deep.
const STACK_BYTES: usize = 64 << 20;
/// How many papers are made at once.
const AT_ONCE: usize = 2;
/// How many papers later what was remembered of one is forgotten.
const REMEMBERED: usize = 4;

/// How far a paper may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most pages.
    pub pages: usize,
    /// The most bytes of the file.
    pub bytes: usize,
    /// The longest that it may take once it is begun.
    pub time: Duration,
    /// The longest that it may wait to be begun.
    pub wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            pages: 1_000,
            bytes: 64 << 20,
            time: Duration::from_mins(1),
            wait: Duration::from_secs(20),
        }
    }
}

/// Why a paper was not made.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// Something is wrong with its template.
    #[error("a template that is wrong: {}", .0.first().map_or("", |fault| &fault.message))]
    Template(Vec<Fault>),
    /// It took longer than it may. What its thread does ends with the template's own work.
    #[error("a paper that took too long")]
    TooLong,
    /// Others are made, and it was not begun in time.
    #[error("too many papers at once")]
    Busy,
    /// It has more pages than it may.
    #[error("a paper of {pages} pages")]
    TooManyPages {
        /// How many.
        pages: usize,
    },
    /// Its file is larger than it may be.
    #[error("a paper of {bytes} bytes")]
    TooLarge {
        /// How large.
        bytes: usize,
    },
    /// No code holds an address as long as the one to be verified at.
    #[error("an address too long for a code")]
    CodeTooLong,
    /// The thread ended without an answer.
    #[error("a paper whose making broke off")]
    Broken,
}

/// A paper.
#[derive(Clone, PartialEq, Eq)]
pub struct Printed {
    /// The file.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// Makes a paper. It takes tenths of a second and all of a processor: call it where waiting is
/// allowed.
pub fn pdf(paper: &Paper<'_>, limits: &Limits) -> Result<Printed, PrintError> {
    let (sheet, limits) = (Sheet::new(paper)?, *limits);
    let made = paper.made;
    on_a_thread(limits, move || {
        let document = compiled(&sheet, limits)?;
        let options = PdfOptions {
            timestamp: made.and_then(timestamp),
            ..PdfOptions::default()
        };
        let pages = document.pages().len();
        let pdf = typst_pdf::pdf(&document, &options).map_err(|found| faults(&sheet, &found))?;
        if pdf.len() > limits.bytes {
            return Err(PrintError::TooLarge { bytes: pdf.len() });
        }
        Ok(Printed { pdf, pages })
    })
}

/// Sets a paper without making its file: whether its template is right.
pub fn check(paper: &Paper<'_>, limits: &Limits) -> Result<(), PrintError> {
    let (sheet, limits) = (Sheet::new(paper)?, *limits);
    on_a_thread(limits, move || compiled(&sheet, limits).map(drop))
}

fn compiled(sheet: &Sheet, limits: Limits) -> Result<PagedDocument, PrintError> {
    let document = typst::compile::<PagedDocument>(sheet).output;
    let document = document.map_err(|found| faults(sheet, &found))?;
    let pages = document.pages().len();
    if pages > limits.pages {
        return Err(PrintError::TooManyPages { pages });
    }
    Ok(document)
}

fn faults(sheet: &Sheet, found: &[typst::diag::SourceDiagnostic]) -> PrintError {
    PrintError::Template(found.iter().map(|one| Fault::of(sheet, one)).collect())
}

/// The moment as the file says it, by the clock of Viet Nam.
fn timestamp(made: Instant) -> Option<Timestamp> {
    let at: DateTime = made.in_vietnam().datetime();
    let part = |part: i8| u8::try_from(part).ok();
    let day = typst::foundations::Datetime::from_ymd_hms(
        at.year().into(),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )?;
    Timestamp::new_local(day, 7 * 60)
}

/// Works on a thread of its own with a deep stack and gives up when it takes too long. The place
/// among those at work is held until the thread ends, whoever still waits for it.
fn on_a_thread<T: Send + 'static>(
    limits: Limits,
    work: impl FnOnce() -> Result<T, PrintError> + Send + 'static,
) -> Result<T, PrintError> {
    let place = Place::take(limits.wait)?;
    let (answer, answered) = mpsc::sync_channel(1);
    let begun = thread::Builder::new()
        .name("print".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            let done = work();
            typst::comemo::evict(REMEMBERED);
            // Whoever asked may have gone.
            let _ = answer.send(done);
            drop(place);
        });
    begun.map_err(|_| PrintError::Broken)?;
    match answered.recv_timeout(limits.time) {
        Ok(done) => done,
        Err(RecvTimeoutError::Timeout) => Err(PrintError::TooLong),
        Err(RecvTimeoutError::Disconnected) => Err(PrintError::Broken),
    }
}

/// How many are at work.
static AT_WORK: (Mutex<usize>, Condvar) = (Mutex::new(0), Condvar::new());

/// A place among those at work.
struct Place;

impl Place {
    fn take(wait: Duration) -> Result<Self, PrintError> {
        let (count, freed) = &AT_WORK;
        let count = count.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut count, waited) = freed
            .wait_timeout_while(count, wait, |count| *count >= AT_ONCE)
            .unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() {
            return Err(PrintError::Busy);
        }
        *count += 1;
        Ok(Self)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let (count, freed) = &AT_WORK;
        *count.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        freed.notify_one();
    }
}
