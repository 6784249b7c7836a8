//! What the loops are doing, for whoever watches: a board that each of them writes its line on.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::sync::watch;

/// Why a loop turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The process began.
    Start,
    /// Its time had come.
    Due,
    /// Another loop had something for it.
    Woken,
}

impl Reason {
    /// The word in logs and on pages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Due => "due",
            Self::Woken => "woken",
        }
    }
}

/// A loop's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beat {
    /// The loop's name.
    pub name: &'static str,
    /// The longest time between two turns while all is well.
    pub period: Duration,
    /// How often it turned.
    pub turns: u64,
    /// Why it turned last.
    pub reason: Reason,
    /// When its last turn began.
    pub began: Timestamp,
    /// When its last turn ended; `None` while it turns for the first time.
    pub ended: Option<Timestamp>,
    /// What came of the last turn that ended.
    pub result: Result<String, String>,
}

/// Where the loops write and everybody reads.
#[derive(Clone, Debug)]
pub struct Board(Arc<watch::Sender<Vec<Beat>>>);

impl Default for Board {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Vec::new())))
    }
}

impl Board {
    /// Every loop's line as it stands.
    pub fn read(&self) -> Vec<Beat> {
        self.0.borrow().clone()
    }

    /// Notes that a turn begins.
    pub fn begin(&self, name: &'static str, period: Duration, reason: Reason, now: Timestamp) {
        self.0.send_modify(|beats| match beats.iter_mut().find(|beat| beat.name == name) {
            Some(beat) => (beat.reason, beat.began) = (reason, now),
            None => beats.push(Beat {
                name,
                period,
                turns: 0,
                reason,
                began: now,
                ended: None,
                result: Ok("turning for the first time".to_owned()),
            }),
        });
    }

    /// Notes what came of it.
    pub fn end(&self, name: &'static str, result: Result<String, String>, now: Timestamp) {
        self.0.send_modify(|beats| {
            if let Some(beat) = beats.iter_mut().find(|beat| beat.name == name) {
                beat.turns += 1;
                beat.ended = Some(now);
                beat.result = result;
            }
        });
    }
}
