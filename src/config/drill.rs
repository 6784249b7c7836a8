//! What the crash suite asks for by the environment. Compiled in with the feature `failpoints` only.

use jiff::SignedDuration;

/// `HAGUEWATCH_DRILL`: where the process ends and what is wrong with it, as `points` reads it.
pub(crate) fn drill() -> String {
    std::env::var("HAGUEWATCH_DRILL").unwrap_or_default()
}

/// `HAGUEWATCH_CLOCK`: how many milliseconds the clock is ahead.
pub(crate) fn clock_ahead() -> SignedDuration {
    let ahead = std::env::var("HAGUEWATCH_CLOCK").ok();
    let ahead = ahead.map(|ahead| ahead.parse().expect("HAGUEWATCH_CLOCK is a number"));
    SignedDuration::from_millis(ahead.unwrap_or(0))
}
