//! The integration tests: one binary and its fake world.

mod world;
