//! What ends at a place of the trie: the meaning, with what finding phrases asks of it, so that it
//! is found without a look at the meaning itself.

use super::lexicon::{Entry, What};

/// How a phrase must be written to count: what counts by a later one counts by an earlier one too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Needs {
    Any,
    /// A capital, as names have.
    Capital,
    /// Capitals throughout, as acronyms have.
    Upper,
}

/// A meaning as it ends a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct End(pub(crate) u32);

/// The bits of an [`End`] that are the place of its entry.
const ENTRY: u32 = (1 << 26) - 1;
const CAPITAL: u32 = 1 << 26;
const UPPER: u32 = 1 << 27;
const HIDES: u32 = 1 << 28;
const NAMED: u32 = 1 << 29;
const WORD: u32 = 1 << 30;

impl End {
    /// The end for the entry at that place.
    pub(crate) fn of(at: u32, entry: &Entry) -> Self {
        assert!(at <= ENTRY, "a lexicon has thousands of meanings, not millions");
        let needs = match entry.needs {
            Needs::Any => 0,
            Needs::Capital => CAPITAL,
            Needs::Upper => UPPER,
        };
        let what = match entry.what {
            What::Case(_) | What::Cue(_) => 0,
            What::Place(_) | What::Title(_) => NAMED,
            What::State(_) | What::Person(_) | What::Body(_) | What::Treaty(_) => HIDES | NAMED,
            What::Noun | What::Verb(_) if entry.open => 0,
            What::Noun | What::Verb(_) => HIDES | WORD,
            What::Organ(_) | What::Beside(_) | What::Nothing => HIDES,
        };
        Self(at | needs | what)
    }

    /// Which entry.
    #[inline]
    pub(crate) fn entry(self) -> usize {
        (self.0 & ENTRY) as usize
    }

    /// How its phrase must be written.
    #[inline]
    pub(crate) fn needs(self) -> Needs {
        match self.0 & (CAPITAL | UPPER) {
            0 => Needs::Any,
            CAPITAL => Needs::Capital,
            _ => Needs::Upper,
        }
    }

    /// Whether it hides what its phrase holds: the names of cases and the cues hide nothing.
    #[inline]
    pub(crate) fn hides(self) -> bool {
        self.0 & HIDES != 0
    }

    /// Whether it counts however it is written, and hides what its phrase holds.
    #[inline]
    pub(crate) fn is_plain(self) -> bool {
        self.0 & (CAPITAL | UPPER | HIDES) == HIDES
    }

    /// Whether it names somebody or some place.
    #[inline]
    pub(crate) fn is_named(self) -> bool {
        self.0 & NAMED != 0
    }

    /// Whether it is only a noun or verb.
    #[inline]
    pub(crate) fn is_word(self) -> bool {
        self.0 & WORD != 0
    }
}
