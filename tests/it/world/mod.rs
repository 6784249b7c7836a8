//! A world of our own on loopback: courts, newsrooms, Discord.

pub(crate) mod answer;
pub(crate) mod desk;
pub(crate) mod discord;
pub(crate) mod server;
