//! The integration tests: one binary and its fake world.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod corpus;
mod deliver;
mod fetch;
mod reading;
mod world;
