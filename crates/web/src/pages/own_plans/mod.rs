//! Units' own plans below the province's: who has issued one, one of them, its form.

pub mod form;
pub mod overview;
pub mod show;
