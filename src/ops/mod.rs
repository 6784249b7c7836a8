//! Watching the program run: logs, checks, metrics and the ops page.

pub mod telemetry;
