//! Worlds beside each other, as many at a time as there are processors.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crate::table::Row;

/// Lives through so many worlds, and what came of all of them.
pub(crate) fn each(worlds: usize, live: impl Fn(usize) -> Row + Sync) -> Row {
    let (next, sum) = (AtomicUsize::new(0), Mutex::new(Row::default()));
    let workers = thread::available_parallelism().map_or(1, usize::from).min(worlds.max(1));
    let runtime = tokio::runtime::Handle::current();
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let _entered = runtime.enter();
                loop {
                    let world = next.fetch_add(1, Ordering::Relaxed);
                    if world >= worlds {
                        break;
                    }
                    let row = live(world);
                    *sum.lock().unwrap() += row;
                }
            });
        }
    });
    sum.into_inner().unwrap()
}
