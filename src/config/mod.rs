//! `config/*.toml` and the environment, read into values that need no further check.

#[allow(dead_code, reason = "the readers of the files follow")]
mod problem;
#[allow(dead_code, reason = "the readers of the files follow")]
mod reader;
#[allow(dead_code, reason = "the readers of the files follow")]
mod table;
#[allow(dead_code, reason = "the readers of the files follow")]
mod values;

pub use problem::{Place, Problem, Problems};
