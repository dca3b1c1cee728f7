//! Signed messages out, over HTTPS, as Standard Webhooks has them (standardwebhooks.com).
//!
//! A [`Sender`] posts one [`Message`] to one [`Address`] and says what was answered. It follows
//! no redirect, waits and reads within limits, and connects to nothing that [`Allow`] keeps from
//! it: what a name stands for is looked up once, judged, and that very address is connected to. A
//! [`Key`] makes the secrets that messages are signed with. It knows nothing of what messages say
//! or of when to try again: that is for the job that calls it.

mod address;
mod allow;
mod send;
mod sign;

pub use address::{Address, AddressError};
pub use allow::{Allow, AllowError, is_public};
pub use send::{Answer, Limits, Message, Resolve, SendError, Sender};
pub use sign::{Key, KeyError, Secret, verify};
