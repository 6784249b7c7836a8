//! haguewatch polls feeds and the press pages of the courts, works out what *happened*, and tells
//! a Discord channel once per development.

pub mod model;
// The pure stages: each knows `model` only.
pub mod schedule;
pub mod parse;
pub mod dedup;
pub mod classify;
pub mod ledger;
pub mod digest;
pub mod render;
// Their composition, as pure.
pub mod intake;
pub mod edition;
// The edges: each owns one outside thing.
pub mod config;
pub mod fetch;
pub mod state;
pub mod deliver;
// Running it.
pub mod tasks;
pub mod ops;
pub mod app;
pub mod cli;
