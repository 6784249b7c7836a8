//! How far long work has come, on a terminal.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

use super::Ground;

/// A bar for so many items; nothing is drawn where nobody looks.
pub(super) fn progress(ground: &Ground, items: usize) -> ProgressBar {
    if ground.quiet || !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} items, {eta} left");
    ProgressBar::new(items as u64).with_style(style.expect("the template is right"))
}
