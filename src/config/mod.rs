//! `config/*.toml` and the environment, read into values that need no further check.
