//! What was exercised, as a table.

use std::{ops::AddAssign, time::Duration};

use crate::ambiguity::Classes;

/// What came of a stage, or of a part of one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// How many worlds were lived through, each from a seed or a case of its own.
    pub(crate) worlds: usize,
    /// How often the program was cut off, or its disk put back.
    pub(crate) kills: usize,
    pub(crate) developments: usize,
    /// How many messages stood in the channels at the end.
    pub(crate) messages: usize,
    pub(crate) lost: usize,
    pub(crate) doubled: usize,
    pub(crate) ambiguous: Classes,
    /// Flaws that were put in, and how many of them were noticed.
    pub(crate) flaws: (usize, usize),
    /// How long each start took until the bot watched again.
    pub(crate) recoveries: Vec<Duration>,
    pub(crate) seconds: u64,
    /// Everything that is not as it should be, losses and doubles too.
    pub(crate) wrong: Vec<String>,
    /// Why nothing was done.
    pub(crate) skipped: Option<&'static str>,
}

impl AddAssign for Row {
    fn add_assign(&mut self, other: Self) {
        self.worlds += other.worlds;
        self.kills += other.kills;
        self.developments += other.developments;
        self.messages += other.messages;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.ambiguous += other.ambiguous;
        self.flaws.0 += other.flaws.0;
        self.flaws.1 += other.flaws.1;
        self.seconds += other.seconds;
        self.recoveries.extend(other.recoveries);
        self.wrong.extend(other.wrong);
    }
}

impl Row {
    /// Whether nothing is wrong.
    pub(crate) fn is_right(&self) -> bool {
        self.wrong.is_empty()
    }

    /// The row in words.
    pub(crate) fn line(&self) -> String {
        if let Some(why) = self.skipped {
            return format!("{}: SKIPPED: {why}", self.name);
        }
        let Self { name, worlds, kills, developments, messages, lost, doubled, .. } = self;
        let Self { ambiguous, flaws, seconds, .. } = self;
        let flaws = match flaws {
            (0, _) => String::new(),
            (all, noticed) => format!("; {noticed} of {all} flaws noticed"),
        };
        let times = self.percentiles().map(|times| format!("; {times}")).unwrap_or_default();
        format!(
            "{name}: {worlds} worlds, {kills} kills, {developments} developments, {messages} messages, {lost} lost, {doubled} doubled; {ambiguous}{flaws}{times}; {seconds} s"
        )
    }

    fn percentiles(&self) -> Option<String> {
        let mut sorted = self.recoveries.clone();
        sorted.sort();
        let at = |percent: usize| sorted[(sorted.len() - 1) * percent / 100].as_millis();
        (!sorted.is_empty()).then(|| {
            let (half, most, all) = (at(50), at(99), at(100));
            format!("{} recoveries, p50 {half} ms, p99 {most} ms, max {all} ms", sorted.len())
        })
    }
}

/// Prints the rows and their sum.
pub(crate) fn print(rows: &[Row]) {
    let mut sum = Row { name: "sum", ..Row::default() };
    println!();
    for row in rows {
        println!("{}", row.line());
        sum += row.clone();
    }
    println!("{}", sum.line());
}
