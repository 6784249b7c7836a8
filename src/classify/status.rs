//! Whether a step that a text names is reported or only recalled, urged, planned, denied…

use jiff::civil::Date;

use super::{
    clauses::Sentence,
    dates,
    definition::Reach,
    forms::Form,
    frames::{Frame, View},
    lexicon::What,
    tokens::Shape,
    words::Traits,
};
use crate::model::{Because, Field, Kind};

/// What makes a mention not news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Doubt {
    pub(crate) because: Because,
    /// What it rests on.
    pub(crate) ground: Ground,
}

/// What a doubt rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// A cue, as a place in the list of mentions.
    Cue(usize),
    /// A clause that a cue opened: which of the cues.
    Clause(Option<usize>),
    /// The verb's own form.
    Form,
    /// A question.
    Question,
    /// A day that the sentence names.
    Day(Date),
}

/// Words that lead to the deed that an act is about, or from it to its day.
const DEEDS: &[&str] = &[
    "committed",
    "carried",
    "perpetrated",
    "killing",
    "murder",
    "murders",
    "killings",
    "massacre",
    "massacres",
    "atrocities",
    "downing",
    "over",
    "during",
    "attack",
    "attacks",
];

/// How long before publication the day that a text names may lie for a step to be news, in days.
const FRESH_DAYS: i32 = 8;

impl View<'_> {
    /// What the whole article is: an opinion, an explainer, a question.
    pub(crate) fn genre(&self) -> Option<Doubt> {
        let first = self.clauses.sentences.first()?;
        let asks = self.clauses.sentences.iter().any(|s| s.field == Field::Title && s.question);
        if asks {
            return Some(Doubt { because: Because::Opinion, ground: Ground::Question });
        }
        self.noted.cues.iter().find_map(|&index| {
            let mention = self.mentions[index];
            if self.tokens.list[mention.from].field != Field::Title {
                return None;
            }
            let cue = self.cue(index)?;
            let opening = cue.reach == Reach::Opening && opens(self, first.from, mention.from);
            let headline = cue.reach == Reach::Headline;
            let because = cue.because.filter(|_| opening || headline)?;
            Some(Doubt { because, ground: Ground::Cue(index) })
        })
    }

    /// What speaks against taking a frame as a report, if anything.
    pub(crate) fn doubt(&self, frame: &Frame, published: Date) -> Option<Doubt> {
        let mention = self.mentions[frame.trigger];
        let sentence = self.clauses.sentence_at(mention.from);
        if sentence.question {
            return Some(Doubt { because: Because::Question, ground: Ground::Question });
        }
        let clause = self.clauses.at(mention.from);
        if let Some(because) = clause.because {
            return Some(Doubt { because, ground: Ground::Clause(clause.opened_by) });
        }
        self.cued(frame).or_else(|| self.formed(frame)).or_else(|| self.dated(frame, published))
    }

    /// The strongest cue whose scope holds the trigger.
    fn cued(&self, frame: &Frame) -> Option<Doubt> {
        let trigger = self.mentions[frame.trigger];
        let clause = self.clauses.of[trigger.from];
        let sentence = self.clauses.at(trigger.from).sentence;
        let roles = [frame.subject, frame.object];
        // What is said of the object before it is named is said of the act: `says it will issue`.
        let object = frame.object.map_or(0, |object| self.mentions[object].from);
        let ahead = |mention: &super::lexicon::Mention, because| {
            mention.from >= trigger.to
                && mention.to <= object
                && matches!(because, Because::Planned | Because::Considered)
        };
        let mut found: Option<Doubt> = None;
        for &index in &self.noted.cues {
            let mention = &self.mentions[index];
            if self.clauses.at(mention.from).sentence != sentence
                || (mention.from, mention.to) == (trigger.from, trigger.to)
                || roles.contains(&Some(index))
            {
                continue;
            }
            let Some(cue) = self.cue(index) else { continue };
            let Some(because) = cue.because else { continue };
            let holds = self.reaches(index, trigger.from, trigger.to)
                || cue.reach == Reach::Forward
                    && self.clauses.of[mention.from] == clause
                    && ahead(mention, because);
            let stronger = found.is_none_or(|known| strength(because) > strength(known.because));
            if holds && stronger {
                found = Some(Doubt { because, ground: Ground::Cue(index) });
            }
        }
        found
    }

    /// Whether the cue that is mentioned there works on what stands in these tokens. What a cue of
    /// the whole article or of a clause of its own works on is not asked here.
    pub(crate) fn reaches(&self, index: usize, from: usize, to: usize) -> bool {
        let Some(cue) = self.cue(index) else { return false };
        let mention = self.mentions[index];
        let same_clause = self.clauses.of[mention.from] == self.clauses.of[from];
        match cue.reach {
            Reach::Forward => {
                same_clause
                    && mention.to <= from
                    && from - mention.to < cue.scope
                    && !self.ends_with_its_aside(mention.from, from)
                    && !self.asserted_between(mention.to, from)
            }
            Reach::Backward => same_clause && mention.from >= to && mention.from - to < cue.scope,
            Reach::Both => same_clause,
            Reach::Sentence => {
                self.clauses.at(mention.from).sentence == self.clauses.at(from).sentence
            }
            Reach::Opening | Reach::Headline | Reach::Clause | Reach::Content => false,
        }
    }

    /// Whether what a cue says is closed by a comma before a token: `The Court, denying reports,
    /// issued`.
    fn ends_with_its_aside(&self, cue: usize, token: usize) -> bool {
        let comma = |at: usize| self.tokens.list[at].shape == Shape::Comma;
        cue.checked_sub(1).is_some_and(comma) && (cue..token).any(comma)
    }

    fn formed(&self, frame: &Frame) -> Option<Doubt> {
        let grammar = frame.grammar;
        let trigger = self.mentions[frame.trigger].from;
        let step = self.compiled.definitions.rules[frame.rule].step;
        let described = || {
            let copula = self.compiled.known.copula;
            self.after(frame.trigger, 30)
                .any(|index| self.compiled.lexicon.is(&self.mentions[index], copula))
                || self.has_verb_of_its_own(frame.trigger)
        };
        // A list of finite forms may hold what looks like a participle (`wanted by`).
        let finite = grammar.nominal || self.form(frame.trigger) == Form::THIRD;
        let participle = grammar.reduced || finite && self.tokens.word(trigger).ends_with("ed");
        let because = if participle && (described() || self.is_aside(frame.trigger))
            || grammar.nominal && (self.is_fronted(trigger) || self.is_purpose(trigger))
        {
            Because::Recalled
        } else if (frame.subject.is_none() || step.kind != Kind::Ruling)
            && self.commands(frame.trigger)
        {
            Because::Urged
        } else if grammar.infinitive {
            let from = trigger.saturating_sub(8);
            if self.asserted_between(from, trigger) {
                return None;
            }
            Because::Planned
        } else if grammar.pluperfect && self.tokens.list[trigger].field == Field::Text
            || grammar.after_preposition
        {
            Because::Recalled
        } else {
            return None;
        };
        Some(Doubt { because, ground: Ground::Form })
    }

    fn dated(&self, frame: &Frame, published: Date) -> Option<Doubt> {
        // A present tense tells of today, whatever day its sentence names besides.
        let form = self.form(frame.trigger);
        if form == Form::THIRD || form == Form::BASE && !frame.grammar.infinitive {
            return None;
        }
        // Of what a state or somebody has done the day is the deed's, not the ruling's on it.
        let step = self.compiled.definitions.rules[frame.rule].step;
        let deed = step.kind == Kind::Ruling
            && frame.subject.is_some_and(|subject| {
                matches!(self.compiled.lexicon.what(&self.mentions[subject]), What::State(_))
            });
        let day = self.day(frame, published).filter(|_| !deed)?;
        let age = published.since(day.latest).ok()?.get_days();
        let old = age > FRESH_DAYS;
        old.then_some(Doubt { because: Because::Recalled, ground: Ground::Day(day.latest) })
    }

    /// The day that the trigger's clause names nearest to it.
    pub(crate) fn day(&self, frame: &Frame, published: Date) -> Option<dates::Named> {
        let trigger = self.mentions[frame.trigger];
        let clause = self.clauses.of[trigger.from];
        let days = self.noted.days.get_or_init(|| {
            let sentences = self.clauses.sentences.iter();
            let named = |sentence: &Sentence| {
                dates::named(self.tokens, sentence.from..sentence.to, published)
            };
            sentences.flat_map(named).collect()
        });
        // A day that is named for one verb is that of the actor's next one too.
        days.iter()
            .copied()
            .filter(|named| named.from < trigger.from || self.clauses.of[named.from] == clause)
            .filter(|named| self.clauses.share(self.clauses.of[named.from], clause))
            .filter(|named| named.exact || !self.is_of_a_deed(frame.trigger, named))
            .min_by_key(|named| named.from.abs_diff(trigger.from))
    }

    /// Whether a month or year is that of what an act is about: `in the 2009 coup`, `for murders
    /// committed in 2004`, `for the killing of a monk in 2009`.
    fn is_of_a_deed(&self, trigger: usize, named: &dates::Named) -> bool {
        let here = |at: usize| self.beginning(at);
        let next = self.tokens.list.get(named.to).filter(|next| next.shape == Shape::Word);
        let attribute = next.is_some_and(|next| {
            let small = Traits::PREPOSITION.or(Traits::JOIN).or(Traits::BE).or(Traits::HAVE);
            !next
                .traits
                .has(small.or(Traits::BEFORE_NOUN).or(Traits::BEFORE_VERB).or(Traits::SKIPPED))
                && !here(named.to).any(|mention| {
                    !matches!(self.compiled.lexicon.what(mention), What::Noun | What::State(_))
                })
        });
        let trigger = self.mentions[trigger];
        let committed = (trigger.to..named.from).any(|at| {
            let word = self.tokens.word(at);
            DEEDS.contains(&word)
        });
        attribute || committed
    }

    fn asserted_between(&self, from: usize, to: usize) -> bool {
        self.noted.cues.iter().any(|&index| {
            let mention = &self.mentions[index];
            mention.from >= from
                && mention.to <= to
                && self
                    .cue(index)
                    .is_some_and(|cue| cue.because.is_none() && cue.reach == Reach::Forward)
        })
    }

    pub(crate) fn cue(&self, index: usize) -> Option<&super::definition::Cue> {
        match self.compiled.lexicon.what(&self.mentions[index]) {
            What::Cue(cue) => Some(&self.compiled.cues()[cue]),
            _ => None,
        }
    }
}

/// Whether a token opens the headline, or what follows its first break (`Live: how…`).
fn opens(view: &View<'_>, first: usize, at: usize) -> bool {
    (first..at).all(|before| view.tokens.list[before].shape != Shape::Word)
        || at > first && matches!(view.tokens.list[at - 1].shape, Shape::Break)
        || at > first + 1
            && view.tokens.list[at - 1].shape == Shape::Quote
            && view.tokens.list[at - 2].shape == Shape::Break
}

/// Where two cues hold, the one that says more wins.
fn strength(because: Because) -> u8 {
    match because {
        Because::OutOfScope => 9,
        Because::Denied => 8,
        Because::Hypothetical | Because::Question => 7,
        Because::Urged => 6,
        Because::Considered => 5,
        Because::Planned => 4,
        Because::Opinion => 3,
        Because::Recalled => 2,
        Because::Weak => 1,
    }
}
