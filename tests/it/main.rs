//! The integration tests: one binary and its fake world.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod architecture;
mod backtest;
mod bot;
mod commands;
mod corpus;
mod deliver;
mod digests;
mod denials;
mod edits;
mod fetch;
mod grammar;
mod headlines;
mod hostile;
mod notices;
mod outage;
mod persons;
mod reading;
mod readme;
mod replay;
mod review;
mod story;
mod stream;
mod webhooks;
mod world;
