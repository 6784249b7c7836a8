//! Who does what to what: the roles around a trigger, whatever the voice of the verb.

use super::{
    Article,
    classes::ClassSet,
    clauses::Clauses,
    compile::{Compiled, CompiledRule},
    forms::Form,
    grammar::Grammar,
    lexicon::{Class, Mention, What},
    marks::Marks,
    noted::Noted,
    tokens::{Shape, Tokens},
    words::Traits,
};

/// An article under analysis.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub(crate) article: &'a Article<'a>,
    pub(crate) compiled: &'a Compiled,
    pub(crate) tokens: &'a Tokens,
    /// What is mentioned, in order of the first token.
    pub(crate) mentions: &'a [Mention],
    pub(crate) clauses: &'a Clauses,
    pub(crate) noted: &'a Noted,
    /// The rules that could fit, in order.
    pub(crate) open: &'a [usize],
}

/// A rule that fits a trigger. Numbers are places in the list of mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) rule: usize,
    pub(crate) trigger: usize,
    pub(crate) subject: Option<usize>,
    pub(crate) object: Option<usize>,
    pub(crate) grammar: Grammar,
}

/// Why a rule does not fit a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Miss {
    /// Nobody acts, and the rule needs somebody.
    NoSubject,
    /// Somebody else acts.
    WrongSubject(usize),
    /// The verb acts on nothing that the rule wants.
    NoObject,
    /// Something stands in the clause that the rule excludes.
    Without(usize),
    /// A group of words that the rule needs is missing.
    NoWith(usize),
    /// Nothing in headline and lead gives the context that the rule needs.
    NoContext,
    /// A group of words that headline or lead must have is missing.
    NoAbout(usize),
    /// The word stands where nouns do (`its order on`, `court order`).
    Noun,
}

/// How far an object may stand from its verb, in tokens.
const OBJECT_REACH: usize = 16;
/// How far a subject may stand from its verb, in tokens.
const SUBJECT_REACH: usize = 26;
/// How far the roles of a noun may stand from it, in tokens.
const NOMINAL_REACH: usize = 12;

impl View<'_> {
    /// Whether a rule cannot fit a trigger, as far as the classes around it tell.
    pub(crate) fn cannot_fit(&self, rule: usize, trigger: usize) -> bool {
        let rule = &self.compiled.rules[rule];
        let clause = self.clauses.of[self.mentions[trigger].from];
        let sentence = self.clauses.list[clause].sentence;
        self.noted.presence.clause_has(clause, &rule.without)
            || rule.with.iter().any(|group| !self.noted.presence.sentence_has(sentence, group))
    }

    /// Fits a rule to a trigger.
    pub(crate) fn fit(&self, rule_index: usize, trigger: usize) -> Result<Frame, Miss> {
        let grammar = self.grammar(trigger);
        if self.is_noun(trigger, grammar) {
            return Err(Miss::Noun);
        }
        let bare = Frame { rule: rule_index, trigger, subject: None, object: None, grammar };
        self.fit_as(&self.compiled.rules[rule_index], bare)
    }

    /// Fits a rule as it is given to the trigger of a bare frame, which counts as a verb if it can:
    /// `explain` takes away what is missed, to see what else would be.
    pub(crate) fn fit_as(&self, rule: &CompiledRule, bare: Frame) -> Result<Frame, Miss> {
        let trigger = bare.trigger;
        let (subject, object, grammar) = self.roles(rule, trigger, bare.grammar)?;
        let clause = self.clauses.of[self.mentions[trigger].from];
        // Around a noun every verb of the sentence's actor counts, around a verb its own objects.
        let near =
            |other: usize| other == clause || grammar.nominal && self.clauses.share(other, clause);
        // Who acts stands with the first verb, and acts in every clause.
        let first = self.sharing_verb(clause);
        let inside = |index: usize| {
            let own = self.clauses.of[self.mentions[index].from];
            near(own) || first.is_some_and(|verb| index < verb && self.clauses.share(own, clause))
        };
        let may = self.clauses.joined || self.noted.presence.clause_has(clause, &rule.without);
        let own = self.in_sentence(self.clauses.list[clause].sentence);
        let excluded = |index: &usize| inside(*index) && self.lexicon_is(*index, &rule.without);
        if let Some(excluded) = own.clone().filter(|_| may).find(excluded) {
            return Err(Miss::Without(excluded));
        }
        for (group, classes) in rule.with.iter().enumerate() {
            let found = own.clone().any(|index| {
                self.is_besides(index, classes, rule, trigger)
                    && !self.is_of_later_verb(index, clause)
            });
            if !found {
                return Err(Miss::NoWith(group));
            }
        }
        if !rule.context.is_empty() && !self.noted.presence.article_has(&rule.context) {
            return Err(Miss::NoContext);
        }
        for (group, classes) in rule.about.iter().enumerate() {
            let found = (0..self.mentions.len())
                .any(|index| self.is_besides(index, classes, rule, trigger));
            if !found {
                return Err(Miss::NoAbout(group));
            }
        }
        Ok(Frame { subject, object, grammar, ..bare })
    }

    /// Whether a mention belongs to a later verb of the actor who acts in a clause: `orders a halt,
    /// rejects the demand`. What was said before it a later verb may mean too.
    fn is_of_later_verb(&self, index: usize, clause: usize) -> bool {
        let own = self.clauses.of[self.mentions[index].from];
        own > clause && self.clauses.share(own, clause)
    }

    /// Whether a verb stands where nouns do, or only describes one.
    pub(crate) fn is_noun(&self, trigger: usize, grammar: Grammar) -> bool {
        let form = self.form(trigger);
        let at = self.mentions[trigger].from;
        let noun = || form == Form::BASE && !self.acts_as_verb(at) && self.stands_as_noun(trigger);
        let describes =
            || form.has(Form::PARTICIPLE) && !grammar.passive && self.describes(trigger);
        !grammar.nominal && (noun() || describes())
    }

    fn roles(
        &self,
        rule: &CompiledRule,
        trigger: usize,
        grammar: Grammar,
    ) -> Result<(Option<usize>, Option<usize>, Grammar), Miss> {
        if grammar.nominal {
            return self.nominal_roles(rule, trigger).map(|(s, o)| (s, o, grammar));
        }
        let reduced = self.form(trigger).has(Form::PARTICIPLE) && !grammar.passive;
        if grammar.passive {
            return self.passive_roles(rule, trigger).map(|(s, o)| (s, o, grammar));
        }
        let active = self.active_roles(rule, trigger).map(|(s, o)| (s, o, grammar));
        if active.is_err() && reduced {
            let passive = Grammar { passive: true, reduced: true, ..grammar };
            return self.passive_roles(rule, trigger).map(|(s, o)| (s, o, passive)).or(active);
        }
        active
    }

    fn active_roles(
        &self,
        rule: &CompiledRule,
        trigger: usize,
    ) -> Result<(Option<usize>, Option<usize>), Miss> {
        if let Some(inverted) = self.inverted_roles(rule, trigger) {
            return Ok(inverted);
        }
        let shared = self.joined_verb(trigger).unwrap_or(trigger);
        let actor = self.actor_before(rule, shared).or_else(|| self.heading_actor(shared));
        let actor = actor.or_else(|| self.actor_of_content(rule, trigger));
        let subject = self.subject(rule, actor)?;
        let object = self.object(rule, self.after(trigger, OBJECT_REACH))?;
        Ok((subject, object))
    }

    /// The roles of a verb that follows what it says: `…, rules the World Court`.
    fn inverted_roles(
        &self,
        rule: &CompiledRule,
        trigger: usize,
    ) -> Option<(Option<usize>, Option<usize>)> {
        let mention = self.mentions[trigger];
        let behind = self.tokens.list.get(mention.from.checked_sub(1)?)?.shape;
        if !matches!(behind, Shape::Comma | Shape::Quote) {
            return None;
        }
        let subject =
            self.after(trigger, 2).find(|&index| self.lexicon_is(index, &rule.subject))?;
        let sentence = self.clauses.sentence_at(mention.from);
        if rule.object.is_empty() {
            return Some((Some(subject), None));
        }
        let inside = |index: &usize| self.mentions[*index].from >= sentence.from;
        let object = (0..trigger)
            .rev()
            .take_while(inside)
            .find(|&index| self.lexicon_is(index, &rule.object))?;
        Some((Some(subject), Some(object)))
    }

    /// The actor who alone stands before the colon of a headline: `World Court: order binds Ruritania`.
    fn heading_actor(&self, trigger: usize) -> Option<usize> {
        let at = self.mentions[trigger].from;
        let sentence = self.clauses.sentence_at(at);
        let colon = (sentence.from..at)
            .rev()
            .find(|&token| self.tokens.list[token].shape == Shape::Break)?;
        let from = (sentence.from..colon)
            .rev()
            .find(|&token| self.tokens.list[token].shape == Shape::Break)
            .map_or(sentence.from, |token| token + 1);
        // All that stands there is the actor, with an article or a word more.
        (0..trigger).find(|&index| {
            let mention = self.mentions[index];
            let alone = from <= mention.from
                && mention.to <= colon
                && colon - from <= mention.to - mention.from + 1;
            alone && self.can_act(index)
        })
    }

    fn passive_roles(
        &self,
        rule: &CompiledRule,
        trigger: usize,
    ) -> Result<(Option<usize>, Option<usize>), Miss> {
        let agent = self.agent(trigger);
        let subject = match agent {
            None if rule.subject_may_lack || rule.subject.is_empty() => None,
            None => return Err(Miss::NoSubject),
            some => self.subject(rule, some)?,
        };
        let object = self.object(rule, self.before(trigger, SUBJECT_REACH))?;
        Ok((subject, object))
    }

    fn nominal_roles(
        &self,
        rule: &CompiledRule,
        trigger: usize,
    ) -> Result<(Option<usize>, Option<usize>), Miss> {
        let near: Vec<usize> =
            self.before(trigger, NOMINAL_REACH).chain(self.after(trigger, NOMINAL_REACH)).collect();
        let find = |classes: &ClassSet| {
            near.iter().copied().find(|&index| self.lexicon_is(index, classes))
        };
        let object = find(&rule.object);
        if object.is_none() && !rule.object.is_empty() {
            return Err(Miss::NoObject);
        }
        let shared = || {
            let verb = self.sharing_verb(self.clauses.of[self.mentions[trigger].from])?;
            self.before(verb, SUBJECT_REACH).find(|&index| self.lexicon_is(index, &rule.subject))
        };
        let subject = find(&rule.subject).or_else(shared);
        if subject.is_none() && !rule.subject.is_empty() && !rule.subject_may_lack {
            return Err(Miss::NoSubject);
        }
        Ok((subject, object))
    }

    fn subject(&self, rule: &CompiledRule, actor: Option<usize>) -> Result<Option<usize>, Miss> {
        if rule.subject.is_empty() {
            return Ok(actor);
        }
        match actor {
            // One phrase can mean two things (`the court` the body, or a court): any may act.
            Some(index) => {
                match self.same_span(index).find(|&other| self.lexicon_is(other, &rule.subject)) {
                    Some(right) => Ok(Some(right)),
                    None => Err(Miss::WrongSubject(index)),
                }
            }
            None if rule.subject_may_lack => Ok(None),
            None => Err(Miss::NoSubject),
        }
    }

    fn object(
        &self,
        rule: &CompiledRule,
        mut candidates: impl Iterator<Item = usize>,
    ) -> Result<Option<usize>, Miss> {
        if rule.object.is_empty() {
            return Ok(None);
        }
        candidates
            .find(|&index| self.lexicon_is(index, &rule.object))
            .map(Some)
            .ok_or(Miss::NoObject)
    }

    /// The nearest actor before a verb in its clause, or the nearest of what the rule lets act.
    /// Those inside a prepositional phrase (`judges at the World Court`) are passed over unless
    /// there is no other.
    fn actor_before(&self, rule: &CompiledRule, trigger: usize) -> Option<usize> {
        let mut fallback = None;
        let aside = self.aside_before(self.mentions[trigger].from);
        for index in self.before(trigger, SUBJECT_REACH) {
            let acts = self.may_act(rule, index);
            let beside = aside.is_some_and(|from| self.mentions[index].from >= from);
            if !acts || beside || self.is_part_of_actor(index) {
                continue;
            }
            if self.in_preposition(index) {
                fallback = fallback.or(Some(index));
                continue;
            }
            return Some(index);
        }
        fallback
    }

    /// Whether a name only tells which noun acts (`the World Court judge resigns`).
    fn is_part_of_actor(&self, index: usize) -> bool {
        let mention = self.mentions[index];
        mention.inside
            && self.mentions.iter().any(|other| {
                !other.inside
                    && other.from <= mention.from
                    && mention.to <= other.to
                    && other.to - other.from > mention.to - mention.from
                    && matches!(self.compiled.lexicon.what(other), What::Noun)
            })
    }

    /// The first actor after `by`.
    fn agent(&self, trigger: usize) -> Option<usize> {
        let from = self.mentions[trigger].to;
        let clause = self.clauses.of[self.mentions[trigger].from];
        let by = (from..self.tokens.list.len().min(from + OBJECT_REACH))
            .take_while(|&at| self.clauses.of[at] == clause)
            .find(|&at| self.tokens.is(at, Traits::BY))?;
        self.after(trigger, OBJECT_REACH + 8)
            .find(|&index| self.mentions[index].from > by && self.can_act(index))
    }

    /// Whether a mention is of an actor, or of what the rule lets act.
    pub(crate) fn may_act(&self, rule: &CompiledRule, index: usize) -> bool {
        self.can_act(index) || self.lexicon_is(index, &rule.subject)
    }

    fn can_act(&self, index: usize) -> bool {
        self.compiled.lexicon.marks(&self.mentions[index]).has(Marks::ACTOR)
    }

    /// Whether a mention is of one of the classes, and is not only what triggers the rule.
    fn is_besides(
        &self,
        index: usize,
        classes: &ClassSet,
        rule: &CompiledRule,
        trigger: usize,
    ) -> bool {
        let own = &self.compiled.lexicon.entries[self.mentions[index].entry].classes;
        let besides = |class: &Class| index != trigger || !rule.triggers.has(*class);
        own.iter().any(|class| classes.has(*class) && besides(class))
    }

    #[inline]
    fn lexicon_is(&self, index: usize, classes: &ClassSet) -> bool {
        self.compiled.lexicon.is_any(&self.mentions[index], classes)
    }
}
