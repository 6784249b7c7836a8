//! Why an article is read as it is: the same steps as reading, with everything written down.
//!
//! Decides nothing that reading does not: where it asks more (what else would a rule want? how far
//! does a cue reach?), it asks the engine's own functions again.

mod attempts;
mod cues;
mod demands;
mod doubts;
mod places;

use super::{Article, Rules, desk::Desk, read, weigh::REPORT};
use crate::model::{Field, Reading};

pub use attempts::{Attempt, Fate, Fitted, Points};
pub use cues::CueNote;
pub use demands::{Demand, Key, Wanted};
pub use doubts::{DoubtNote, GroundNote};
pub use places::{ClauseNote, Entity, Place, Quote, Span};

/// Everything that a reading rests on.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The reading itself.
    pub reading: Reading,
    /// How many characters of the headline are read: what stands further down is not looked at.
    pub title_read: usize,
    /// How many characters of the lead are read.
    pub text_read: usize,
    /// What the whole article is taken for, where that decides.
    pub genre: Option<DoubtNote>,
    /// The known phrases, in order.
    pub spans: Vec<Span>,
    /// The clauses, in order of their first word.
    pub clauses: Vec<ClauseNote>,
    /// The cues, in order.
    pub cues: Vec<CueNote>,
    /// The rules that were tried, each on each word that sets it off: those that fit first, then
    /// those that miss least.
    pub tried: Vec<Attempt>,
    /// What a score must reach to be reported.
    pub needed: i32,
}

/// Reads an article and writes down why.
pub fn explain(rules: &Rules, article: &Article<'_>) -> Explanation {
    let compiled = &rules.0;
    let mut desk = Desk::default();
    let view = desk.take(compiled, article);
    let reading = read(&view);
    let tried = view.attempts(&reading);
    Explanation {
        title_read: view.read_of(Field::Title),
        text_read: view.read_of(Field::Text),
        genre: view.genre().map(|doubt| view.doubt_note(doubt, None)),
        spans: view.spans(),
        clauses: view.clause_notes(),
        cues: view.cue_notes(&tried),
        tried,
        reading,
        needed: REPORT,
    }
}

#[cfg(test)]
mod tests;
