//! The periodic report on a plan: drafted from the figures, written by several people section
//! by section, signed, and then as it was signed for good.
//!
//! A report and its sections are records of their own, so that two people who write at once
//! meet only in one section, and there see both texts. Figures inside the text are codes
//! (`[[mt12]]`) that follow the figures until the report is signed; the signed report keeps
//! what it said, and the observations, by version, that each figure was made of. How it is
//! laid out and what is drafted into it is data ([`Layout`]).
//!
//! To draft something new into sections: a [`layout::Drafter`], its sentence in
//! [`layout::Drafts`], what it says in `drafting.rs`. A new figure to write about: a code in
//! `placeholder.rs`.

mod begin;
mod compare;
mod docx;
mod drafting;
mod edit;
mod figures;
mod headings;
pub mod layout;
mod layouts;
mod obstacles;
mod paper;
mod placeholder;
mod print;
mod read;
mod records;
mod steps;
mod xlsx;

pub use compare::{Difference, SourceDifference};
pub use docx::{Marks, write_docx};
pub use headings::Headings;
pub use layout::{Layout, LayoutError};
pub use layouts::KeptLayout;
pub use paper::{Paper, PaperAnnex, PaperCell, PaperRow, PaperSection};
pub use placeholder::Piece;
pub use print::{TEMPLATE, print_data, print_title};
pub use read::{Periodic, PeriodicHead, Section};
pub(crate) use records::declarations;
pub use records::{
    Around, KeptFigure, KeptSource, KeptValue, LONGEST_LINE, LONGEST_SECTION, PERIODIC_REPORT,
    PeriodicBody, REPORT_LAYOUT, REPORT_SECTION, SectionBody, Signed, states,
};
pub use steps::PeriodicStep;
pub use xlsx::write_xlsx;
