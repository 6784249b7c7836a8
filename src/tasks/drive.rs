//! What turns a loop: its time, a wake-up, or the end.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use jiff::Timestamp;
use tokio::{
    sync::Notify,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use tracing::debug;

use super::{
    board::{Board, Reason},
    clock,
};

/// How a loop turns.
#[derive(Clone, Debug)]
pub struct Rhythm {
    /// Its name in logs and on the board.
    pub name: &'static str,
    /// The longest time between two turns.
    pub period: Duration,
    /// Turns it at once. One wake-up is kept while it turns.
    pub wake: Arc<Notify>,
    /// Ends it.
    pub stop: CancellationToken,
    /// Where it writes what it does.
    pub board: Board,
}

/// What came of a turn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// What it did, in words; empty for nothing.
    pub did: String,
    /// When to turn again, where that is sooner than the period.
    pub again: Option<Timestamp>,
}

/// How long a turn that was begun may go on after the stop.
const GRACE: Duration = Duration::from_secs(5);

/// Turns until stopped. A turn that fails ends the loop with its error: what a loop cannot mend by
/// turning again, it must not hide.
pub async fn drive(
    rhythm: Rhythm,
    mut turn: impl AsyncFnMut(Timestamp) -> anyhow::Result<Turn>,
) -> anyhow::Result<()> {
    let Rhythm { name, period, wake, stop, board } = rhythm;
    let mut reason = Reason::Start;
    loop {
        let began = clock::now();
        board.begin(name, period, reason, began);
        let mut turning = std::pin::pin!(turn(began));
        let turned = tokio::select! {
            turned = &mut turning => turned,
            () = stop.cancelled() => match timeout(GRACE, turning).await {
                Ok(turned) => turned,
                Err(_) => return Ok(()),
            },
        };
        let ended = clock::now();
        let said =
            turned.as_ref().map(|turn| turn.did.clone()).map_err(|error| format!("{error:#}"));
        board.end(name, said, ended);
        let turn = turned.with_context(|| format!("the {name} loop ended"))?;
        if !turn.did.is_empty() {
            debug!(task.name = name, task.reason = reason.as_str(), "{}", turn.did);
        }
        let pause = turn.again.map_or(period, |again| until(again, ended).min(period));
        reason = tokio::select! {
            biased;
            () = stop.cancelled() => return Ok(()),
            () = wake.notified() => Reason::Woken,
            () = sleep(pause) => Reason::Due,
        };
    }
}

/// How long it is from `now` to a moment; nothing for one that has passed.
pub(super) fn until(moment: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(moment.duration_since(now)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rhythm() -> Rhythm {
        Rhythm {
            name: "test",
            period: Duration::from_hours(1),
            wake: Arc::default(),
            stop: CancellationToken::new(),
            board: Board::default(),
        }
    }

    #[tokio::test]
    async fn it_turns_at_the_start_and_when_woken_until_it_is_stopped() {
        let rhythm = rhythm();
        let Rhythm { wake, stop, board, .. } = rhythm.clone();
        let mut reasons = Vec::new();
        let seen = board.clone();
        let turn = async |_| {
            reasons.push(seen.read()[0].reason);
            if reasons.len() < 2 {
                wake.notify_one();
            } else {
                stop.cancel();
            }
            Ok(Turn { did: "something".to_owned(), again: None })
        };
        drive(rhythm, turn).await.unwrap();
        assert_eq!(reasons, [Reason::Start, Reason::Woken]);
        let beat = &board.read()[0];
        assert_eq!((beat.turns, &beat.result), (2, &Ok("something".to_owned())));
    }

    #[tokio::test]
    async fn a_moment_that_has_come_turns_it_before_its_period() {
        let rhythm = rhythm();
        let stop = rhythm.stop.clone();
        let mut turns = 0;
        let turn = async |now| {
            turns += 1;
            if turns == 2 {
                stop.cancel();
            }
            Ok(Turn { did: String::new(), again: Some(now) })
        };
        drive(rhythm, turn).await.unwrap();
        assert_eq!(turns, 2);
    }

    #[tokio::test]
    async fn a_turn_that_fails_ends_it_and_stays_on_the_board() {
        let rhythm = rhythm();
        let board = rhythm.board.clone();
        let ended = drive(rhythm, async |_| anyhow::bail!("the disk is full")).await;
        assert_eq!(format!("{:#}", ended.unwrap_err()), "the test loop ended: the disk is full");
        assert_eq!(board.read()[0].result, Err("the disk is full".to_owned()));
    }
}
