//! A world of our own on loopback: courts, newsrooms, Discord.

#[expect(dead_code, reason = "the tests that ask this world arrive with the edges they test")]
pub(crate) mod answer;
#[expect(dead_code, reason = "the tests that ask this world arrive with the edges they test")]
pub(crate) mod server;
