//! Where log lines go and how they look: to stderr, one readable sentence with its fields.
//!
//! Decides format and loudness only. What is worth a line is decided where it happens; nothing
//! logs a secret, because secrets have no readable form.

use std::io::stderr;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{EnvFilter, fmt};

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug)]
pub struct Telemetry {
    /// Their form.
    pub format: LogFormat,
    /// The least severe level that is written.
    pub level: LevelFilter,
    /// Whether lines carry the time; a command that is over in a moment needs none.
    pub timed: bool,
    /// Whether text lines are coloured.
    pub colour: bool,
}

/// Begins to write log lines. A second call changes nothing.
pub fn start(telemetry: Telemetry) {
    // Other crates speak up only when something is wrong: their chatter is not about us.
    let others = telemetry.level.min(LevelFilter::WARN);
    let filter = EnvFilter::default()
        .add_directive(others.into())
        .add_directive(format!("haguewatch={}", telemetry.level).parse().expect("a level's name"));
    let lines = fmt().with_env_filter(filter).with_writer(stderr).with_target(false);
    // An error means that somebody listens already, as in a test.
    let _ = match (telemetry.format, telemetry.timed) {
        (LogFormat::Json, _) => lines.json().flatten_event(true).try_init(),
        (LogFormat::Text, true) => lines.with_ansi(telemetry.colour).try_init(),
        (LogFormat::Text, false) => lines.with_ansi(telemetry.colour).without_time().try_init(),
    };
}
