//! The crash suite: the real program, with its real store, is killed wherever that can be done, and
//! a fake Discord judges whether anything was lost or said twice.
//!
//! Needs the feature `failpoints`. `HAGUEWATCH_CRASH=full` runs all of it, else a share; words on
//! the command line choose stages. What was exercised is printed as a table; whatever is wrong is
//! printed above it, and the exit code is 1.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod ambiguity;
mod chance;
mod controls;
mod crowd;
mod images;
mod judge;
mod life;
mod points;
mod recording;
mod syscalls;
mod table;
mod timed;
mod town;
#[expect(dead_code, reason = "the other integration tests use the rest of it")]
#[path = "../it/world/mod.rs"]
mod world;

use std::{process::ExitCode, time::Instant};

use table::Row;

/// How much is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    /// What fits beside the other tests.
    Share,
    /// All of it.
    Full,
}

impl Scale {
    /// So many of something.
    fn of(self, share: usize, full: usize) -> usize {
        match self {
            Self::Share => share,
            Self::Full => full,
        }
    }
}

type Stage = fn(Scale) -> Row;

const STAGES: &[(&str, Stage)] = &[
    ("S0", controls::run),
    ("S1", points::run),
    ("S2", syscalls::kills),
    ("S3", timed::run),
    ("S4", images::run),
    ("S5", syscalls::failures),
];

fn main() -> ExitCode {
    let full = std::env::var("HAGUEWATCH_CRASH").is_ok_and(|scale| scale == "full");
    let scale = if full { Scale::Full } else { Scale::Share };
    let chosen: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _entered = runtime.enter();
    let mut rows = Vec::new();
    for (name, stage) in STAGES {
        if !chosen.is_empty() && !chosen.iter().any(|word| word.eq_ignore_ascii_case(name)) {
            continue;
        }
        let began = Instant::now();
        let row = stage(scale);
        for wrong in &row.wrong {
            println!("{name}: {wrong}");
        }
        let row = Row { name, seconds: began.elapsed().as_secs(), ..row };
        println!("{}", row.line());
        rows.push(row);
    }
    table::print(&rows);
    if rows.iter().all(Row::is_right) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
