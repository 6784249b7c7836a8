//! When a channel hears: at once, every so often or at a time of the day, and when never.
//!
//! Local times follow the clocks of their place. A time that the clocks skip is the moment at which
//! they do; one that they show twice is the first of the two. The clock itself is not read here.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

use super::Channel;

/// When a channel is told what happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// As soon as it is known.
    #[default]
    AtOnce,
    /// In a digest at the full multiples of this time since the beginning of 1970 in UTC: an hour
    /// gives every full hour.
    Every(SignedDuration),
    /// In a digest at a time of the day.
    Daily {
        /// The local time.
        time: Time,
        /// The days of the week, at least one; one day makes it weekly.
        days: Vec<Weekday>,
        /// Whose clocks.
        timezone: TimeZone,
    },
}

/// Hours of the day in which a channel hears of nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// The local time at which they begin.
    pub from: Time,
    /// The local time at which they end: on the next day where it is not after `from`.
    pub to: Time,
    /// Whose clocks.
    pub timezone: TimeZone,
}

/// When what waits for the channel since `since` is told: `now` where it is due, else the moment at
/// which it will be. A moment that passed unused, because the program was down, is made up for now.
pub fn due(channel: &Channel, since: Timestamp, now: Timestamp) -> Timestamp {
    let moment = channel.when.after(since).max(now);
    channel.quiet.as_ref().and_then(|quiet| quiet.end(moment)).unwrap_or(moment)
}

impl When {
    /// The first moment for what is known since then: later than `since`, or just then where it is
    /// told at once.
    fn after(&self, since: Timestamp) -> Timestamp {
        match self {
            Self::AtOnce => since,
            Self::Every(period) => {
                let period = period.as_secs().max(1);
                let next = (since.as_second().div_euclid(period) + 1) * period;
                Timestamp::from_second(next).unwrap_or(Timestamp::MAX)
            }
            Self::Daily { time, days, timezone } => around(timezone, since)
                .filter(|day| days.contains(&day.weekday()))
                .map(|day| moment(timezone, day, *time))
                .find(|moment| *moment > since)
                .unwrap_or(since),
        }
    }
}

impl Quiet {
    /// The end of the quiet hours that the moment lies in; `None` outside of them.
    fn end(&self, now: Timestamp) -> Option<Timestamp> {
        around(&self.timezone, now).find_map(|day| {
            let last = if self.to > self.from { day } else { day.tomorrow().ok()? };
            let begin = moment(&self.timezone, day, self.from);
            let end = moment(&self.timezone, last, self.to);
            (begin <= now && now < end).then_some(end)
        })
    }
}

/// The days of a place from before a moment to more than a week after it.
fn around(timezone: &TimeZone, moment: Timestamp) -> impl Iterator<Item = Date> {
    let today = timezone.to_datetime(moment).date();
    let first = today.yesterday().unwrap_or(today);
    first.series(jiff::Span::new().days(1)).take(10)
}

/// The moment at which the clocks of a place show this time on this day.
fn moment(timezone: &TimeZone, day: Date, time: Time) -> Timestamp {
    let shown = day.to_datetime(time);
    let Ok(earlier) = timezone.to_ambiguous_timestamp(shown).earlier() else {
        return Timestamp::MAX;
    };
    if timezone.to_datetime(earlier) == shown {
        return earlier;
    }
    // In a gap the earlier reading lies before the clocks are put on, and that is the moment.
    timezone.following(earlier).next().map_or(earlier, |change| change.timestamp())
}

#[cfg(test)]
mod tests;
