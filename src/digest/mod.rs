//! What to tell to which channel.
