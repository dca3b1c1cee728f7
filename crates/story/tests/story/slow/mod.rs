//! What takes more than a second.

mod campaigns;
