//! Who says that something happened.

use std::sync::Arc;

use jiff::Timestamp;

use super::{BodyId, Evidence, ItemKey, OwnerId, SourceId};

/// One item's report of a development.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The item.
    pub item: ItemKey,
    /// The source that brought it.
    pub source: SourceId,
    /// Its owner: reports of one owner count once.
    pub owner: OwnerId,
    /// The body whose own voice this is.
    pub voice: Option<BodyId>,
    /// Its headline.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// When it was published.
    pub at: Timestamp,
    /// The score of the reading.
    pub score: i32,
    /// The spans that the reading rests on.
    pub evidence: Vec<Evidence>,
    /// How it stands to the others.
    pub joined: Joined,
}

impl Report {
    /// Whose account it is: the owner's, or that of the owner whose text it carries.
    pub fn origin(&self) -> &OwnerId {
        self.joined.copy_of.as_ref().unwrap_or(&self.owner)
    }
}

/// How a report stands to the others of its development.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// What it says of the development.
    pub stance: Stance,
    /// The owner whose text it carries, where it is wire copy or syndicated.
    pub copy_of: Option<OwnerId>,
    /// What is compared of its text.
    pub sketch: Sketch,
    /// Why it was taken for a report of this development, in a sentence.
    pub why: String,
}

/// What a report says of its development.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// It happened.
    #[default]
    Reports,
    /// It did not.
    Denies,
    /// The item reported it once and denies it now.
    TakesBack,
}

impl Stance {
    /// Every stance.
    pub const ALL: &'static [Self] = &[Self::Reports, Self::Denies, Self::TakesBack];

    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Denies => "denies",
            Self::TakesBack => "takes-back",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|stance| stance.as_str() == word)
    }
}

/// A sample of a text's shingles: the smallest of their hashes, in order, so that two samples tell
/// how much two texts have in common. Of a short text it holds all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch(pub Arc<[u32]>);

impl Sketch {
    /// How many hashes are kept.
    pub const SIZE: usize = 32;
    /// With fewer shingles than this below the common threshold, likeness says nothing: courts'
    /// names and formulas make short headlines alike.
    const TELLING: usize = 8;

    /// Whether one text carries the other, cut or lightly edited: three in five of the shingles of
    /// the shorter one stand in the longer one. Below the smaller of both thresholds the samples
    /// are whole, so that texts of different length compare.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        let threshold = self.threshold().min(other.threshold());
        let below = |sketch: &Self| sketch.0.partition_point(|hash| *hash <= threshold);
        let (own, others) = (&self.0[..below(self)], &other.0[..below(other)]);
        let shared = own.iter().filter(|hash| others.binary_search(hash).is_ok()).count();
        let fewest = own.len().min(others.len());
        fewest >= Self::TELLING && shared * 5 >= fewest * 3
    }

    /// The largest hash up to which nothing is left out.
    fn threshold(&self) -> u32 {
        if self.0.len() < Self::SIZE { u32::MAX } else { self.0[Self::SIZE - 1] }
    }
}
