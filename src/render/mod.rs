//! Every sentence the bot can say.
//!
//! A message is composed from extracted facts and the source's own headline: who did what, by whose
//! account, with links. Text that comes from a source passes through [`safe`] and is never markup.
//! What is told to whom is decided elsewhere; nothing here knows of sending.

pub mod digest;
pub mod discord;
pub mod html;
pub mod limits;
pub mod names;
pub mod notice;
pub mod plain;
pub mod safe;
pub mod sentence;
mod counted;
mod phrase;
mod sources;
mod status;

pub use digest::{Occasion, digest};
pub use discord::{To, mentions, message};
pub use names::{BodyName, Names};
pub use notice::{Notice, notice};
