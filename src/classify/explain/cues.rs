//! How far each cue reaches.

use super::{
    super::{
        definition::{Cue, Reach},
        frames::View,
        lexicon::What,
        status::Ground,
    },
    attempts::Attempt,
    doubts::{DoubtNote, GroundNote},
    places::{Place, Quote},
};
use crate::model::Because;

/// A phrase that says whether what stands near it has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueNote {
    /// The phrase.
    pub quote: Quote,
    /// The cue's name in `cues.toml`.
    pub id: String,
    /// What it makes of what it reaches; `None` where it asserts, or only looks like a cue.
    pub because: Option<Because>,
    /// Which way it works.
    pub reach: Reach,
    /// What it reaches.
    pub scope: Vec<Place>,
    /// Whether something that fits is doubted for its sake, even where its rule accepts that.
    pub decides: bool,
}

impl View<'_> {
    pub(super) fn cue_notes(&self, tried: &[Attempt]) -> Vec<CueNote> {
        let genre = self.genre().map(|doubt| doubt.ground);
        let fitted = tried.iter().filter_map(|attempt| attempt.fitted.as_ref());
        let doubts: Vec<&DoubtNote> = fitted.filter_map(|one| one.doubt.as_ref()).collect();
        let mut notes: Vec<CueNote> = Vec::new();
        for index in 0..self.mentions.len() {
            let Some(cue) = self.cue(index) else { continue };
            let quote = self.quote(index);
            let whole = genre == Some(Ground::Cue(index));
            let note = CueNote {
                id: cue.id.clone(),
                because: cue.because,
                reach: cue.reach,
                scope: self.places(self.reached(index, whole)),
                decides: whole || doubts.iter().any(|doubt| rests_on(doubt, cue, &quote)),
                quote,
            };
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        notes
    }

    /// The tokens that a cue works on.
    fn reached(&self, index: usize, whole: bool) -> impl Iterator<Item = usize> {
        let mention = self.mentions[index];
        let clause = self.clauses.of[mention.from];
        let opens = matches!(self.compiled.lexicon.what(&mention), What::Cue(cue)
            if self.clauses.list[clause].opened_by == Some(cue))
            && self.opener(clause) == Some(index);
        (0..self.tokens.list.len()).filter(move |&at| {
            let outside = at < mention.from || at >= mention.to;
            outside
                && (whole
                    || self.reaches(index, at, at + 1)
                    || opens && self.clauses.of[at] == clause)
        })
    }
}

/// Whether a doubt rests on this cue, and not on another that the same phrase is.
fn rests_on(doubt: &DoubtNote, cue: &Cue, quote: &Quote) -> bool {
    let opens = cue.reach.opens();
    let ground = match &doubt.ground {
        GroundNote::Cue(ground) if !opens => ground,
        GroundNote::Clause(Some(ground)) if opens => ground,
        _ => return false,
    };
    ground == quote && cue.because == Some(doubt.because)
}
