//! What speaks for and against a frame, as a sum and a doubt.

use super::{
    frames::{Frame, View},
    words::Traits,
};
use crate::model::{Because, Evidence, Field, Step};

/// What a finding must be worth to be reported.
pub(super) const REPORT: i32 = 90;

/// How long before publication a day that a lead names makes its step one of these days.
const RECENT_DAYS: i32 = 3;

/// A frame that was weighed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) frame: Frame,
    pub(super) step: Step,
    /// The body, as a place in the definitions.
    pub(super) body: Option<usize>,
    pub(super) field: Field,
    pub(super) score: i32,
    /// Whether the text itself dates it to the days before publication.
    pub(super) recent: bool,
    pub(super) doubt: Option<Because>,
}

impl View<'_> {
    /// Weighs a frame; `None` where its rule needs a body that the article does not name, or reads
    /// only what is announced or refused.
    pub(super) fn weigh(&self, frame: Frame, genre: Option<Because>) -> Option<Candidate> {
        let article = self.article;
        let definition = &self.compiled.definitions.rules[frame.rule];
        let (body, nearness) = self.body(&frame, article.voice)?;
        let found = self.doubt(&frame, article.published).map(|doubt| doubt.because);
        let accepted = found.is_some_and(|because| definition.accept.contains(&because));
        if definition.only && !accepted {
            return None;
        }
        let score = definition.score + nearness + self.place(&frame);
        let weak = (score < REPORT).then_some(Because::Weak);
        let doubt = genre.or(found.filter(|_| !accepted)).or(weak);
        let field = self.tokens.list[self.mentions[frame.trigger].from].field;
        let recent = self.is_recent(&frame);
        Some(Candidate { frame, step: definition.step, body, field, score, recent, doubt })
    }

    /// Whether the text itself dates a step to the days before publication.
    fn is_recent(&self, frame: &Frame) -> bool {
        let published = self.article.published;
        self.day(frame, published).is_some_and(|day| {
            let age = published.since(day.latest).map(|age| age.get_days());
            day.exact && age.is_ok_and(|age| (0..=RECENT_DAYS).contains(&age))
        })
    }

    /// What the place of the trigger is worth.
    fn place(&self, frame: &Frame) -> i32 {
        self.placing(frame).iter().map(|(_, worth)| worth).sum()
    }

    /// The parts of what the place is worth, in the words of `explain`.
    pub(super) fn placing(&self, frame: &Frame) -> [(&'static str, i32); 3] {
        let trigger = self.mentions[frame.trigger].from;
        let sentence = self.clauses.sentence_at(trigger);
        let nominal = ("noun", if frame.grammar.nominal { -10 } else { 0 });
        if sentence.field == Field::Title {
            return [("headline", 20), nominal, ("", 0)];
        }
        // What a lead opens with and dates to these days is what its headline hints at.
        let on_topic = || self.noted.topical || sentence.place == 0 && self.is_recent(frame);
        let topic = ("headline off topic", if on_topic() { 0 } else { -25 });
        let early = match sentence.place {
            0 => ("first sentence", 10),
            1 => ("second sentence", 5),
            _ => ("further down", -10),
        };
        [early, topic, nominal]
    }

    /// Whether what is acted on is called a further one.
    pub(super) fn calls_it_another(&self, frame: &Frame) -> bool {
        let at = self.mentions[frame.object.unwrap_or(frame.trigger)].from;
        at.checked_sub(1).is_some_and(|before| self.tokens.is(before, Traits::FURTHER))
    }

    /// The stretch of text that a frame rests on.
    pub(super) fn evidence(&self, frame: &Frame) -> Evidence {
        let parts = [Some(frame.trigger), frame.subject, frame.object];
        let spans = parts.iter().flatten().map(|&index| self.mentions[index]);
        let trigger = self.tokens.list[self.mentions[frame.trigger].from];
        let (mut start, mut end) = (trigger.start, trigger.end);
        for mention in spans {
            let (first, last) = (self.tokens.list[mention.from], self.tokens.list[mention.to - 1]);
            if first.field == trigger.field {
                start = start.min(first.start);
                end = end.max(last.end);
            }
        }
        Evidence {
            field: trigger.field,
            start: start as usize,
            end: end as usize,
            rule: self.compiled.definitions.rules[frame.rule].id.clone(),
        }
    }
}
