//! Nobody gives more than they have, whatever they try.

mod cases;
mod meanwhile;
mod random;
