//! Papers: a Typst template and the data that it is to say, made into a PDF.
//!
//! ```text
//! let paper = Paper { title: "Giấy chứng nhận", template: &text, data: &[("record", record)], .. };
//! let printed = print::pdf(&paper, &Limits::default())?;
//! ```
//!
//! A template sees what it is given and nothing else: no file, no network, no clock, no package.
//! It is set in Tinos, whose letters are as wide as those of Times New Roman and which has every
//! letter of Vietnamese; `typ/paper.typ` has the parts of an official paper for it. What is wrong
//! with a template is told with its place in the template ([`Fault`]).
//!
//! - `world` is all that a template finds, `data` what it is given, `qr` the code that leads back.
//! - `work` makes papers one beside another, never more than the machine has processors, and gives
//!   up on one that takes too long.
//!
//! This crate is at the edge: nothing but the face and the program waits for its compiler.

mod data;
mod fault;
mod fonts;
mod qr;
mod work;
mod world;

pub use fault::Fault;
pub use fonts::LICENCE;
pub use work::{Limits, PrintError, Printed, check, pdf};

use serde_json::Value;
use vocab::Instant;

/// What is to be printed.
#[derive(Clone, Debug)]
pub struct Paper<'a> {
    /// What the file says it is.
    pub title: &'a str,
    /// The template, in Typst.
    pub template: &'a str,
    /// What it finds, by name; a name is one of Typst's: letters, digits, `-` and `_`.
    pub data: &'a [(&'static str, Value)],
    /// Where the code leads that the template finds as `qr` in `record`; none for no code.
    pub verify: Option<&'a str>,
    /// What it is printed on.
    pub size: Size,
    /// When the paper was made, as the file says it; none for no day.
    pub made: Option<Instant>,
}

/// A size of paper; a template may choose another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 148 × 210 mm.
    A5,
}

impl Size {
    /// Its name in templates, and the margins in millimetres: above and below, left, right. Those
    /// of A4 are what NĐ 30/2020/NĐ-CP asks for.
    const fn page(self) -> (&'static str, [u8; 3]) {
        match self {
            Self::A4 => ("a4", [20, 30, 15]),
            Self::A5 => ("a5", [15, 20, 10]),
        }
    }
}
