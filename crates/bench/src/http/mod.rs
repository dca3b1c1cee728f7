//! What needs the whole server: the program itself in a process of its own, asked over TCP.

mod client;
mod crash;
mod load;
mod loading;
mod memory;
mod mix;
mod office;
mod process;
mod record;
mod shown;
mod systems;

pub(crate) mod peer;

pub(crate) use crash::recovery;
pub(crate) use memory::resident;
pub(crate) use record::measure;
pub(crate) use systems::systems;
