//! The words that every other crate shares.
//!
//! Identifiers, instants, periods, the working-time calendar, numbers and money, text that
//! carries Vietnamese diacritics, and the problem type that every refusal speaks in.
//! Pure: no files, no network, no clock and no randomness of its own ([`Context`] brings
//! both in from outside).

pub mod area_code;
pub mod bilingual;
pub mod calendar;
pub mod canonical;
pub mod citizen_id;
pub mod collate;
pub mod context;
pub mod decimal;
pub mod document;
pub mod fold;
pub mod hex;
pub mod id;
pub mod instant;
pub mod money;
pub mod number;
pub mod period;
pub mod phone;
pub mod problem;
pub mod ratio;
pub mod sentence;
pub mod tax_code;
mod text_form;
pub mod unit_code;

pub use area_code::{AreaCode, AreaLevel};
pub use bilingual::{Bilingual, Lang};
pub use calendar::{OfficeHours, Stopwatch, Term, WorkingCalendar, WorkingDays};
pub use citizen_id::CitizenId;
pub use context::{Clock, Context, Entropy};
pub use decimal::{Decimal, DecimalError};
pub use document::{DocumentKind, DocumentSymbol, LegalReference};
pub use id::Id;
pub use instant::Instant;
pub use money::{MoneyError, Vnd};
pub use number::{Evidence, Form, NumberError, Parsed, parse_number};
pub use period::{Period, PeriodError, PeriodKind};
pub use phone::{Phone, PhoneKind};
pub use problem::{FieldProblem, Problem};
pub use ratio::Ratio;
pub use sentence::sentence_case;
pub use tax_code::TaxCode;
pub use unit_code::{LegacyUnitCode, UnitCode};
