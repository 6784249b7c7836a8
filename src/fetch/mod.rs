//! The one way out to servers: every request for a source goes through here.
