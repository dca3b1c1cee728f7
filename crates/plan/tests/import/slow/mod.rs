//! What reads the whole decision again and again.

pub(crate) mod corpus;
mod damage;
mod metamorphic;
