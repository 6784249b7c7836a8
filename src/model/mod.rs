//! The words of the program: plain values that pass between stages.
//!
//! Nothing here does I/O, reads the clock or knows how it is stored. Ids are newtypes, time is
//! always a value that somebody handed in. The order of the modules is the order in which a fact
//! travels: from a [`Source`] over a [`Posting`] and an [`Item`] to a [`Finding`], a
//! [`Development`] and finally a [`Message`].

mod development;
mod finding;
mod ids;
mod item;
mod message;
mod report;
mod source;
mod vocabulary;
mod writes;

pub use development::{
    Decided, Decision, Development, Fact, Held, LedgerChange, Origin, Status, Subject,
};
pub use finding::{Because, Evidence, Field, Finding, Reading, Recalled};
pub use ids::{
    BodyId, CaseId, ChannelId, DevelopmentId, ItemKey, MessageKey, OwnerId, PersonName, RuleId,
    SourceId, StateCode,
};
pub use item::{Item, Novelty, Posting, Problem, SeenMark, Taken};
pub use message::{
    Delivery, DeliveryState, Embed, EmbedField, Message, Receipt, Setback, Spell, Standing, Telling,
};
pub use report::{Joined, Report, Sketch, Stance};
pub use source::{
    Cause, Document, Failure, FetchRequest, Fetched, Outcome, Pacing, Source, SourceKind,
    SourceRecord, Validators,
};
pub use vocabulary::{Action, Kind, Step};
pub use writes::{Attempt, Edition, Folding, Intake, Tell, TellKind, Turn, Waiting};
