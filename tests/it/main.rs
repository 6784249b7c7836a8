//! The integration tests: one binary and its fake world.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its world stops there")]

mod fetch;
mod world;
