//! The one place where the clock is read.

use jiff::Timestamp;

/// The moment, by the wall clock.
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    #[cfg(feature = "failpoints")]
    let now = now + *AHEAD;
    now
}

/// The crash suite lives through weeks in minutes.
#[cfg(feature = "failpoints")]
static AHEAD: std::sync::LazyLock<jiff::SignedDuration> =
    std::sync::LazyLock::new(crate::config::clock_ahead);
