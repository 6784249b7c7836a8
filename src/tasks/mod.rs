//! The three loops and what turns them: poll, publish, deliver.
//!
//! They never call each other. Each reads the state, lets pure code decide, commits the complete
//! list of writes and wakes the next. Owns the wall clock, concurrency and what is logged; decides
//! nothing about sources, texts or messages.

pub mod board;
mod clock;
pub mod deliver;
pub mod drive;
pub mod poll;
pub mod publish;

pub use board::{Beat, Board, Reason};
pub use clock::now;
pub use deliver::{Deliver, Outlet, TERMINAL};
pub use drive::{Rhythm, Turn, drive};
pub use poll::{Poll, Taken, Trouble};
pub use publish::{Published, publish};

use tokio::task::spawn_blocking;

/// Runs what waits for the disk or computes for long where it holds nobody up. What it panics
/// with goes on here.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The runtime goes down, and with it whoever waits here.
            Err(_) => std::future::pending().await,
        },
    }
}
