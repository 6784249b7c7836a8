//! How fast Discord lets us go, as far as it told us.
//!
//! Kept in memory only: after a restart the first answers tell it anew.

use std::collections::HashMap;

use jiff::{Timestamp, ToSpan as _};
use reqwest::header::HeaderMap;

use crate::model::ChannelId;

use super::answer::{self, Answer, Scope};

/// Requests a second over all channels; Discord allows fifty.
const A_SECOND: u32 = 45;

/// Until when nothing may be asked, of one channel or of all.
#[derive(Debug, Default)]
pub(super) struct Pace {
    everywhere: Option<Timestamp>,
    channels: HashMap<ChannelId, Timestamp>,
    second: i64,
    asked: u32,
}

impl Pace {
    /// Takes a place for one request; or says why it must wait.
    pub(super) fn enter(&mut self, channel: ChannelId, now: Timestamp) -> Result<(), Answer> {
        self.channels.retain(|_, until| *until > now);
        self.everywhere = self.everywhere.filter(|until| *until > now);
        if let Some(until) = self.everywhere {
            return Err(Answer::Wait { until, scope: Scope::Global });
        }
        if let Some(until) = self.channels.get(&channel) {
            return Err(Answer::Wait { until: *until, scope: Scope::Route });
        }
        if self.second != now.as_second() {
            (self.second, self.asked) = (now.as_second(), 0);
        }
        if self.asked >= A_SECOND {
            let until = now.checked_add(1.second()).unwrap_or(Timestamp::MAX);
            return Err(Answer::Wait { until, scope: Scope::Global });
        }
        self.asked += 1;
        Ok(())
    }

    /// Learns from an answer that arrived at `now`.
    pub(super) fn learn(
        &mut self,
        channel: ChannelId,
        answer: &Answer,
        headers: &HeaderMap,
        now: Timestamp,
    ) {
        match answer {
            Answer::Wait { until, scope: Scope::Global } => {
                self.everywhere = self.everywhere.max(Some(*until));
            }
            Answer::Wait { until, .. } => self.hold(channel, *until),
            _ => {
                if let Some(until) = answer::rest(headers, now) {
                    self.hold(channel, until);
                }
            }
        }
    }

    fn hold(&mut self, channel: ChannelId, until: Timestamp) {
        let held = self.channels.entry(channel).or_insert(until);
        *held = until.max(*held);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    fn limited(seconds: i64, scope: Scope) -> Answer {
        Answer::Wait { until: at(seconds), scope }
    }

    #[test]
    fn a_channels_limit_holds_that_channel_until_it_is_over() {
        for scope in [Scope::Route, Scope::Shared] {
            let mut pace = Pace::default();
            pace.learn(ChannelId(1), &limited(10, scope), &HeaderMap::new(), at(0));
            assert_eq!(pace.enter(ChannelId(1), at(9)), Err(limited(10, Scope::Route)));
            assert_eq!(pace.enter(ChannelId(2), at(9)), Ok(()));
            assert_eq!(pace.enter(ChannelId(1), at(10)), Ok(()));
        }
    }

    #[test]
    fn a_global_limit_holds_every_channel() {
        let mut pace = Pace::default();
        pace.learn(ChannelId(1), &limited(10, Scope::Global), &HeaderMap::new(), at(0));
        pace.learn(ChannelId(1), &limited(5, Scope::Global), &HeaderMap::new(), at(0));
        assert_eq!(pace.enter(ChannelId(2), at(9)), Err(limited(10, Scope::Global)));
        assert_eq!(pace.enter(ChannelId(2), at(10)), Ok(()));
    }

    #[test]
    fn a_burst_is_spread_over_seconds() {
        let mut pace = Pace::default();
        let passed = (0..100).filter(|n| pace.enter(ChannelId(*n), at(0)).is_ok()).count();
        assert_eq!(passed, A_SECOND as usize);
        assert_eq!(pace.enter(ChannelId(1), at(0)), Err(limited(1, Scope::Global)));
        assert_eq!(pace.enter(ChannelId(1), at(1)), Ok(()));
    }
}
