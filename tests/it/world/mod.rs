//! A world of our own on loopback: courts, newsrooms, Discord.

pub(crate) mod discord;
