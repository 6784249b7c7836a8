//! The outbox to Discord.
