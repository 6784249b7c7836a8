//! The outbox to Discord.
//!
//! [`Sender`] makes one attempt at a time and says what came of it as a value; [`outbox`] decides,
//! purely, what is attempted next and what an answer makes of a delivery. The loop that reads the
//! outbox, records and waits lives elsewhere, as does the clock.
//!
//! What is sent is composed with serenity's builders and routes, but sent with a client of our own:
//! serenity's rate limiter lets other channels through a global limit, sends again at once on an
//! odd header, and without it the wait that Discord asked for is lost.
//!
//! # Nothing twice
//! Before an attempt the delivery is recorded as begun ([`outbox::begin`]). The message carries a
//! nonce with `enforce_nonce`: within a few minutes Discord answers a second request with the first
//! one's message. An attempt of unknown outcome is therefore repeated with the same nonce while that
//! holds ([`outbox::NONCE_HOLDS`]), and later only after the channel was searched for the message
//! ([`Sender::find`]). Where the channel cannot be read, it is not sent again. A webhook has neither
//! nonce nor sight: by it, an attempt of unknown outcome is never repeated ([`outbox::Guard`]).

pub mod answer;
pub mod edits;
mod lookup;
pub mod outbox;
mod pace;
mod payload;
mod sender;

pub use answer::{Answer, Scope};
pub use lookup::Lookup;
pub use sender::{DeliverError, Sender};
