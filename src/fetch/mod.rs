//! The one way out to servers: every request for a source goes through here.
//!
//! It owns the HTTP client and what a request may and may not be: which addresses may be
//! connected to (checked on every hop, before and after its name is resolved), how
//! redirects are followed, what is sent (both validators verbatim, never a cookie or a referrer),
//! how long and how much an answer may be, and what an answer's status and headers mean. Failure
//! is a value, [`Outcome::Failed`](crate::model::Outcome::Failed), with its cause and a sentence
//! for the operator.
//!
//! It does not decide when to ask (`schedule`) nor what a document says (`parse`), keeps nothing
//! between two requests but open connections, and never retries.

mod client;
mod guard;
mod network;
mod registry;
mod resolve;
mod redirects;
mod request;
mod response;
mod pacing;
mod body;
mod trouble;
mod host;
mod local;

pub use client::{FetchError, Fetcher, Policy};
pub use local::{LocalError, get_local};
pub use network::{Network, NetworkError};
