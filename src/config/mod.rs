//! `config/*.toml` and the environment, read into values that need no further check.

#[allow(dead_code, reason = "the readers of the files follow")]
mod problem;
#[allow(dead_code, reason = "the readers of the files follow")]
mod reader;
#[allow(dead_code, reason = "the readers of the files follow")]
mod table;
#[allow(dead_code, reason = "the readers of the files follow")]
mod values;
#[allow(dead_code, reason = "the readers of the files follow")]
mod vocabulary;
#[allow(dead_code, reason = "the readers of the files follow")]
mod environment;
#[allow(dead_code, reason = "the readers of the files follow")]
mod settings;

pub use environment::Environment;
pub use problem::{Place, Problem, Problems};
