//! What `phusa serve` needs beside the pages themselves.

pub(crate) mod background;
pub(crate) mod demo;
pub(crate) mod hooks;
pub(crate) mod mails;
pub(crate) mod samples;
pub(crate) mod shipped;
pub(crate) mod stop;
