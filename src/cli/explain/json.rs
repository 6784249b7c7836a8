//! An explanation for programs: everything, under keys that stay. `start` and `end` count Unicode
//! scalar values of the field as it came.

mod rules;

use serde::Serialize;

use super::{clauses::role, told::Told};
use crate::{
    classify::{ClauseNote, CueNote, Explanation, Place, Quote, definition::Reach},
    cli::lines::ReadingOut,
    model::Because,
    ops::{DevelopmentRow, ItemRow, LedgerRow},
};
use rules::RuleOut;

/// The whole answer.
#[derive(Serialize)]
pub(super) struct Out<'a> {
    /// The one that was asked for, or that the item joined.
    development: Option<&'a DevelopmentRow>,
    ledger: Vec<&'a LedgerRow>,
    items: Vec<ItemOut<'a>>,
}

#[derive(Serialize)]
struct ItemOut<'a> {
    #[serde(flatten)]
    item: &'a ItemRow,
    joined: Vec<&'a str>,
    /// The sentences of the verdict.
    verdict: Vec<String>,
    reading: ReadingOut<'a>,
    /// How many characters of each field are read.
    read: Read,
    /// What the whole article is taken for, in words.
    genre: Option<String>,
    spans: Vec<SpanOut<'a>>,
    clauses: Vec<ClauseOut<'a>>,
    cues: Vec<CueOut<'a>>,
    rules: Vec<RuleOut<'a>>,
}

#[derive(Serialize)]
struct Read {
    title: usize,
    text: usize,
}

#[derive(Serialize)]
struct PlaceOut {
    field: &'static str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct QuoteOut<'a> {
    #[serde(flatten)]
    place: PlaceOut,
    words: &'a str,
}

#[derive(Serialize)]
struct SpanOut<'a> {
    #[serde(flatten)]
    place: PlaceOut,
    meanings: &'a [String],
    /// The id, code or name of what it names.
    names: Option<String>,
}

#[derive(Serialize)]
struct ClauseOut<'a> {
    role: &'static str,
    because: Option<&'static str>,
    opened_by: Option<QuoteOut<'a>>,
    places: Vec<PlaceOut>,
}

#[derive(Serialize)]
struct CueOut<'a> {
    cue: &'a str,
    #[serde(flatten)]
    quote: QuoteOut<'a>,
    because: Option<&'static str>,
    reach: &'static str,
    scope: Vec<PlaceOut>,
    /// Whether something that fits is doubted for its sake.
    decides: bool,
}

impl<'a> Out<'a> {
    /// Puts the parts together.
    pub(super) fn of(development: Option<&'a DevelopmentRow>, told: &'a [Told<'_>]) -> Self {
        let joined = || told.iter().find_map(|one| one.joined.first().copied());
        let mut ledger: Vec<&LedgerRow> = Vec::new();
        for row in told.iter().flat_map(|one| &one.ledger) {
            if !ledger.contains(row) {
                ledger.push(row);
            }
        }
        let items = told.iter().map(ItemOut::of).collect();
        Self { development: development.or_else(joined), ledger, items }
    }
}

impl<'a> ItemOut<'a> {
    fn of(told: &'a Told<'_>) -> Self {
        let Told { item, explanation, names, joined, .. } = told;
        let Explanation { reading, genre, spans, clauses, cues, tried, .. } = explanation;
        let place = |field, start, end| Place { field, start, end };
        let spans = spans.iter().map(|span| SpanOut {
            place: place(span.field, span.start, span.end).into(),
            meanings: &span.meanings,
            names: span.names.as_ref().map(ToString::to_string),
        });
        Self {
            item,
            joined: joined.iter().map(|row| row.id.as_str()).collect(),
            verdict: told.verdicts().into_iter().map(|verdict| verdict.sentence).collect(),
            reading: ReadingOut::of(&item.key, reading),
            read: Read { title: explanation.title_read, text: explanation.text_read },
            genre: genre.as_ref().map(ToString::to_string),
            spans: spans.collect(),
            clauses: clauses.iter().map(ClauseOut::from).collect(),
            cues: cues.iter().map(CueOut::from).collect(),
            rules: tried.iter().map(|attempt| RuleOut::of(attempt, explanation, names)).collect(),
        }
    }
}

impl From<Place> for PlaceOut {
    fn from(place: Place) -> Self {
        Self { field: place.field.as_str(), start: place.start, end: place.end }
    }
}

impl<'a> From<&'a Quote> for QuoteOut<'a> {
    fn from(quote: &'a Quote) -> Self {
        Self { place: quote.place.into(), words: &quote.words }
    }
}

impl<'a> From<&'a ClauseNote> for ClauseOut<'a> {
    fn from(clause: &'a ClauseNote) -> Self {
        Self {
            role: role(clause),
            because: clause.because.map(Because::as_str),
            opened_by: clause.opened_by.as_ref().map(QuoteOut::from),
            places: clause.places.iter().map(|place| PlaceOut::from(*place)).collect(),
        }
    }
}

impl<'a> From<&'a CueNote> for CueOut<'a> {
    fn from(cue: &'a CueNote) -> Self {
        Self {
            cue: &cue.id,
            quote: (&cue.quote).into(),
            because: cue.because.map(Because::as_str),
            reach: reach(cue.reach),
            scope: cue.scope.iter().map(|place| PlaceOut::from(*place)).collect(),
            decides: cue.decides,
        }
    }
}

/// The word that `cues.toml` has for it.
fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::Forward => "forward",
        Reach::Backward => "backward",
        Reach::Sentence => "sentence",
        Reach::Opening => "opening",
        Reach::Headline => "headline",
        Reach::Clause => "clause",
        Reach::Content => "content",
        Reach::Both => "both",
    }
}
