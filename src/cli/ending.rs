//! How a command ends: its exit code and its last words.

use std::{io, process::ExitCode};

/// How a command that could run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// All was done: exit code 0.
    Done,
    /// Something failed, and stderr says what: exit code 1.
    Failed,
}

impl End {
    /// [`End::Failed`] where something failed.
    pub(super) fn failed_if(failed: bool) -> Self {
        if failed { Self::Failed } else { Self::Done }
    }
}

/// Usage or configuration is wrong and nothing was started: exit code 2. Says it whole.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refused(pub(super) String);

/// Says what went wrong, if anything did, and gives the exit code.
pub(super) fn report(ended: anyhow::Result<End>) -> ExitCode {
    match ended {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Failed) => ExitCode::FAILURE,
        Err(error) if reader_left(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", sentence(&error));
            if error.is::<Refused>() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

/// An error with its causes, each told once: some errors already say what caused them.
fn sentence(error: &anyhow::Error) -> String {
    error.chain().skip(1).fold(error.to_string(), |said, cause| {
        let cause = cause.to_string();
        if said.contains(&cause) { said } else { format!("{said}: {cause}") }
    })
}

/// Whether whoever read our output (`… | head`) has seen enough, which is no failure.
fn reader_left(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let written = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let as_json = || cause.downcast_ref::<serde_json::Error>()?.io_error_kind();
        written.or_else(as_json) == Some(io::ErrorKind::BrokenPipe)
    })
}
