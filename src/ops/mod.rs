//! Watching the program run: logs, checks, metrics and the ops page.
//!
//! Everything here only reads. The rows are shared by the page's JSON and by the commands that
//! print the same from the state or from a running daemon.

pub mod checks;
pub mod metrics;
mod moments;
pub mod page;
pub mod query;
pub mod review;
pub mod rows;
pub mod server;
pub mod telemetry;

pub use checks::{LoopRow, SourceRow, Status, reasons, status};
pub use query::{DevelopmentQuery, LedgerQuery, Topic};
pub use review::ReviewRow;
pub use rows::{DevelopmentRow, ItemRow, LedgerRow, developments, items, ledger};
pub use server::{Watched, serve};
