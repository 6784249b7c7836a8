//! What one text says happened: rules as data, applied to headline and lead.
//!
//! Reading goes in steps, each in its own file: [`tokens`] folds the text, [`lexicon`] finds every
//! known phrase in one pass, [`clauses`] parts what is said from what is recalled, [`frames`] fits
//! the rules' roles around each trigger, [`status`] asks what speaks against taking it as news, and
//! [`slots`] says whom it concerns. The same text gives the same reading, whatever came before it;
//! whether the fact is new is the ledger's to say.

mod bodies;
mod classes;
mod clauses;
mod compile;
mod dates;
pub mod definition;
mod explain;
mod forms;
mod frames;
mod grammar;
mod lexicon;
mod slots;
mod status;
mod targets;
mod tokens;
mod words;
mod written;

use std::cell::OnceCell;

use jiff::civil::Date;

use classes::Presence;
use clauses::{Clauses, Openers};
use compile::Compiled;
pub use compile::UnknownWord;
use definition::{Definitions, Reach};
pub use explain::{
    Attempt, ClauseNote, CueNote, Demand, DoubtNote, Entity, Explanation, Fate, Fitted, GroundNote,
    Key, Place, Points, Quote, Span, Wanted, explain,
};
use frames::{Frame, View};
use lexicon::{Mention, What};
use slots::Concerned;
use tokens::Tokens;
use words::Traits;

use crate::model::{Because, BodyId, Evidence, Field, Finding, Reading, Recalled, Step};

/// The compiled lexicon, rules and cues.
#[derive(Debug, Default)]
pub struct Rules(Compiled);

impl Rules {
    /// Compiles definitions; words that nothing defines are reported and left out.
    pub fn compile(definitions: Definitions) -> (Self, Vec<UnknownWord>) {
        let (compiled, unknown) = Compiled::new(definitions);
        (Self(compiled), unknown)
    }

    /// What it was compiled from.
    pub fn definitions(&self) -> &Definitions {
        &self.0.definitions
    }
}

/// What is read.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// The headline.
    pub title: &'a str,
    /// The lead.
    pub text: &'a str,
    /// The day of publication.
    pub published: Date,
    /// The body whose own voice this is.
    pub voice: Option<&'a BodyId>,
}

/// What a finding must be worth to be reported.
const REPORT: i32 = 90;

/// Reads an article.
pub fn classify(rules: &Rules, article: &Article<'_>) -> Reading {
    let compiled = &rules.0;
    let tokens = Tokens::read(compiled.lexicon.words(), article.title, article.text);
    let mentions = scan(compiled, &tokens);
    if !mentions.iter().any(|mention| triggers(compiled, mention)) {
        return Reading::default();
    }
    let openers = Openers { lexicon: &compiled.lexicon, cues: compiled.cues() };
    let clauses = Clauses::part(&tokens, &mentions, &openers);
    let presence = Presence::of(&compiled.lexicon, &mentions, &clauses);
    let view = View {
        article,
        compiled,
        tokens: &tokens,
        mentions: &mentions,
        clauses: &clauses,
        presence: &presence,
        days: OnceCell::new(),
    };
    read(&view, article)
}

/// Tries every rule on every trigger, and weighs what fits.
fn read(view: &View<'_>, article: &Article<'_>) -> Reading {
    let genre = view.genre().map(|doubt| doubt.because);
    let bodies = view.possible_bodies(article.voice);
    let candidates = view
        .triggered()
        .filter(|&(trigger, index)| {
            let rule = &view.compiled.rules[index];
            rule.may_fit(view.presence) && bodies.allow(rule) && !view.cannot_fit(index, trigger)
        })
        .filter_map(|(trigger, rule)| view.fit(rule, trigger).ok())
        .filter_map(|frame| view.weigh(&frame, genre, article))
        .collect();
    gather(candidates)
}

/// Finds the phrases, and mends two things that one phrase alone cannot tell: a court that is named
/// by its state is a local one, and an acronym beside the words of its namesake is somebody else's.
fn scan(compiled: &Compiled, tokens: &Tokens) -> Vec<Mention> {
    let lexicon = &compiled.lexicon;
    let mut mentions = lexicon.scan(tokens);
    let beside: Vec<usize> = mentions
        .iter()
        .filter_map(|mention| match lexicon.what(mention) {
            What::Beside(body) => Some(body),
            _ => None,
        })
        .collect();
    let full: Vec<usize> = mentions
        .iter()
        .filter_map(|mention| match lexicon.what(mention) {
            What::Body(body) if !lexicon.entries[mention.entry].acronym => Some(body),
            _ => None,
        })
        .collect();
    mentions.retain(|mention| match lexicon.what(mention) {
        What::Body(body) => {
            !lexicon.entries[mention.entry].acronym
                || !beside.contains(&body)
                || full.contains(&body)
        }
        What::Beside(_) | What::Nothing => false,
        _ => true,
    });
    drop_false_cues(compiled, &mut mentions);
    for index in 0..mentions.len() {
        if !lexicon.is(&mentions[index], compiled.known.bench) {
            continue;
        }
        if let Some(local) =
            compiled.local_entry.filter(|_| of_a_state(compiled, tokens, &mentions, index))
        {
            mentions[index].entry = local;
        }
    }
    mentions
}

/// Whether a court is a state's own: `a Moscow court`, `a court in the Netherlands`.
fn of_a_state(compiled: &Compiled, tokens: &Tokens, mentions: &[Mention], index: usize) -> bool {
    let state = |other: &&Mention| matches!(compiled.lexicon.what(other), What::State(_));
    let court = mentions[index];
    let before = mentions[..index].iter().rev().find(|other| other.to <= court.from);
    let owned = before
        .filter(state)
        .is_some_and(|other| (other.to..court.from).all(|at| tokens.word(at) == "'s"));
    let after = mentions[index..].iter().find(|other| other.from > court.to);
    let inside = after.filter(state).is_some_and(|other| {
        tokens.word(court.to) == "in"
            && (court.to + 1..other.from).all(|at| tokens.word(at) == "the")
    });
    owned || inside
}

/// A cue inside a phrase that only looks like one (`not` in `not only`) is none.
fn drop_false_cues(compiled: &Compiled, mentions: &mut Vec<Mention>) {
    let asserts = |mention: &Mention| match compiled.lexicon.what(mention) {
        What::Cue(cue) => {
            let cue = &compiled.cues()[cue];
            cue.because.is_none() && cue.reach == Reach::Forward
        }
        _ => false,
    };
    let spans: Vec<(usize, usize)> =
        mentions.iter().filter(|mention| asserts(mention)).map(|m| (m.from, m.to)).collect();
    if spans.is_empty() {
        return;
    }
    mentions.retain(|mention| {
        !matches!(compiled.lexicon.what(mention), What::Cue(_))
            || asserts(mention)
            || !spans.iter().any(|(from, to)| *from <= mention.from && mention.to <= *to)
    });
}

fn triggers(compiled: &Compiled, mention: &Mention) -> bool {
    compiled.lexicon.is_any(mention, &compiled.triggers)
}

/// A frame with everything weighed.
struct Candidate {
    finding: Finding,
    doubt: Option<Because>,
}

impl View<'_> {
    /// Every trigger with every rule that it triggers, in order.
    fn triggered(&self) -> impl Iterator<Item = (usize, usize)> {
        self.mentions.iter().enumerate().flat_map(move |(trigger, mention)| {
            let classes = &self.compiled.lexicon.entries[mention.entry].classes;
            classes.iter().flat_map(move |class| {
                let rules = &self.compiled.by_trigger[usize::from(*class)];
                rules.iter().map(move |&rule| (trigger, rule))
            })
        })
    }

    fn weigh(
        &self,
        frame: &Frame,
        genre: Option<Because>,
        article: &Article<'_>,
    ) -> Option<Candidate> {
        let definition = &self.compiled.definitions.rules[frame.rule];
        let (body, nearness) = self.body(frame, article.voice)?;
        let found = self.doubt(frame, article.published).map(|doubt| doubt.because);
        let accepted = found.is_some_and(|because| definition.accept.contains(&because));
        if definition.only && !accepted {
            return None;
        }
        let mut doubt = genre.or(found.filter(|_| !accepted));
        let step = definition.step;
        let Concerned { states, persons, case } = self.concerned(frame, step, body);
        let score = definition.score + nearness + self.place(frame);
        if doubt.is_none() && score < REPORT {
            doubt = Some(Because::Weak);
        }
        let day = self.day(frame, article.published).filter(|day| day.exact);
        let body = body.map(|body| self.compiled.definitions.bodies[body].id.clone());
        let evidence = vec![self.evidence(frame)];
        let finding = Finding {
            step,
            body,
            case,
            states,
            persons,
            date: day.map_or(article.published, |day| day.latest.min(article.published)),
            dated: day.is_some(),
            again: self.calls_it_another(frame),
            score,
            evidence,
        };
        Some(Candidate { finding, doubt })
    }

    /// What the place of the trigger is worth.
    fn place(&self, frame: &Frame) -> i32 {
        self.placing(frame).iter().map(|(_, worth)| worth).sum()
    }

    /// The parts of what the place is worth, in the words of `explain`.
    fn placing(&self, frame: &Frame) -> [(&'static str, i32); 3] {
        let trigger = self.mentions[frame.trigger].from;
        let sentence = self.clauses.sentence_at(trigger);
        let nominal = ("noun", if frame.grammar.nominal { -10 } else { 0 });
        if sentence.field == Field::Title {
            return [("headline", 20), nominal, ("", 0)];
        }
        let topical = self.mentions.iter().any(|mention| {
            self.tokens.list[mention.from].field == Field::Title
                && self.compiled.lexicon.is_any(mention, &self.compiled.known.topic)
        });
        let topic = ("headline off topic", if topical { 0 } else { -25 });
        let early = match sentence.place {
            0 => ("first sentence", 10),
            1 => ("second sentence", 5),
            _ => ("further down", -10),
        };
        [early, topic, nominal]
    }

    /// Whether what is acted on is called a further one.
    fn calls_it_another(&self, frame: &Frame) -> bool {
        let at = self.mentions[frame.object.unwrap_or(frame.trigger)].from;
        at.checked_sub(1).is_some_and(|before| self.tokens.is(before, Traits::FURTHER))
    }

    fn evidence(&self, frame: &Frame) -> Evidence {
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

/// Joins what headline and lead say of one step, and drops from the background what is reported.
fn gather(candidates: Vec<Candidate>) -> Reading {
    let mut reading = Reading::default();
    let (told, doubted): (Vec<_>, Vec<_>) =
        heed_headline(candidates).into_iter().partition(|candidate| candidate.doubt.is_none());
    for candidate in main_steps(told) {
        let finding = candidate.finding;
        match reading.developments.iter_mut().find(|known| same(known, &finding)) {
            Some(known) => join(known, finding),
            None => reading.developments.push(finding),
        }
    }
    for Candidate { finding, doubt } in doubted {
        let because = doubt.expect("what is in this half has a doubt");
        let reported = reading.developments.iter().any(|known| same(known, &finding));
        let known = reading.background.iter().any(|known| same(&known.finding, &finding));
        if !reported && !known {
            reading.background.push(Recalled { finding, because });
        }
    }
    reading
}

/// Where the headline only recalls, urges or expects a step, the lead does not report it: it says
/// what the headline is about.
fn heed_headline(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let in_title = |candidate: &Candidate| candidate.finding.evidence[0].field == Field::Title;
    let spoken: Vec<(Step, Option<Because>)> = candidates
        .iter()
        .filter(|candidate| in_title(candidate))
        .map(|candidate| (candidate.finding.step, candidate.doubt))
        .collect();
    for candidate in &mut candidates {
        let step = candidate.finding.step;
        let said = || spoken.iter().filter(move |(other, _)| *other == step);
        let told = said().any(|(_, doubt)| matches!(doubt, None | Some(Because::Weak)));
        if !in_title(candidate) && !told {
            candidate.doubt = candidate.doubt.or(said().find_map(|(_, doubt)| *doubt));
        }
    }
    candidates
}

/// Where the headline names a step of a kind, further steps of that kind in the lead only surround
/// it (`the judges also…`).
fn main_steps(told: Vec<Candidate>) -> Vec<Candidate> {
    let field = |candidate: &Candidate| candidate.finding.evidence[0].field;
    let heads: Vec<Step> = told
        .iter()
        .filter(|candidate| field(candidate) == Field::Title)
        .map(|candidate| candidate.finding.step)
        .collect();
    let surrounds = |candidate: &Candidate| {
        let step = candidate.finding.step;
        field(candidate) == Field::Text
            && !heads.contains(&step)
            && heads.iter().any(|head| head.kind == step.kind)
    };
    told.into_iter().filter(|candidate| !surrounds(candidate)).collect()
}

fn same(known: &Finding, other: &Finding) -> bool {
    let step: Step = other.step;
    known.step == step && known.body == other.body
}

fn join(known: &mut Finding, other: Finding) {
    known.score = known.score.max(other.score);
    known.states.extend(other.states);
    known.states.sort_unstable();
    known.states.dedup();
    known.persons.extend(other.persons);
    known.persons.sort_unstable();
    known.persons.dedup();
    known.case = known.case.take().or(other.case);
    known.again |= other.again;
    if other.dated && !known.dated {
        known.date = other.date;
        known.dated = true;
    }
    for evidence in other.evidence {
        if !known.evidence.contains(&evidence) {
            known.evidence.push(evidence);
        }
    }
}
