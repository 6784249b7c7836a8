//! Why an article is read as it is: the same steps as reading, with everything written down.

use std::cell::OnceCell;

use super::{
    Article, Clauses, Openers, Rules,
    classes::Presence,
    frames::{Frame, Miss, View},
    lexicon::What,
    read,
    scan::scan,
    status::{Doubt, Ground},
    tokens::Tokens,
};
use crate::model::{Because, BodyId, Field, Reading, RuleId, Step};

/// Everything that a reading rests on.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The reading itself.
    pub reading: Reading,
    /// What the whole article is taken for, where that decides (`opinion, because of "what to know"`).
    pub genre: Option<String>,
    /// The known phrases, in order.
    pub spans: Vec<Span>,
    /// The clauses, in order of their first word.
    pub clauses: Vec<ClauseNote>,
    /// The rules that were tried, those that fitted first.
    pub tried: Vec<Attempt>,
}

/// A known phrase. Offsets count Unicode scalar values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Title or text.
    pub field: Field,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it stands for, in the words of rules (`court`, `@issue`, `cue:urge`).
    pub meanings: Vec<String>,
}

/// A clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseNote {
    /// Title or text.
    pub field: Field,
    /// First character of its first word.
    pub start: usize,
    /// One past the last character of its last word.
    pub end: usize,
    /// What its opening makes of what it says; `None` for a main clause.
    pub because: Option<Because>,
}

/// A rule that was tried on a trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The rule.
    pub rule: RuleId,
    /// The step that it reads.
    pub step: Step,
    /// The word or phrase that triggered it.
    pub trigger: String,
    /// What came of it.
    pub outcome: Tried,
}

/// What came of trying a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    /// It fitted.
    Fitted {
        /// Who acts, as written.
        subject: Option<String>,
        /// What is acted on, as written.
        object: Option<String>,
        /// What speaks against news, with its ground.
        doubt: Option<String>,
        /// The score as a sum of named parts.
        score: Vec<(&'static str, i32)>,
    },
    /// It did not, and why.
    Missed(String),
}

/// Reads an article and writes down why.
pub fn explain(rules: &Rules, article: &Article<'_>) -> Explanation {
    let compiled = &rules.0;
    let tokens = Tokens::read(compiled.lexicon.words(), article.title, article.text);
    let mentions = scan(compiled, &tokens);
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
    let mut tried = view.attempts(article);
    tried.sort_by_key(|attempt| matches!(attempt.outcome, Tried::Missed(_)));
    Explanation {
        reading: read(&view, article),
        genre: view.genre().map(|doubt| view.describe(&doubt)),
        spans: view.spans(),
        clauses: view.clause_notes(),
        tried,
    }
}

impl View<'_> {
    fn attempts(&self, article: &Article<'_>) -> Vec<Attempt> {
        let mut attempts: Vec<Attempt> = Vec::new();
        for (trigger, rule) in self.triggered() {
            let definition = &self.compiled.definitions.rules[rule];
            let outcome = match self.fit(rule, trigger) {
                Ok(frame) => self.fitted(&frame, article),
                Err(miss) => Tried::Missed(self.missed(miss, definition)),
            };
            let attempt = Attempt {
                rule: definition.id.clone(),
                step: definition.step,
                trigger: self.phrase(trigger),
                outcome,
            };
            if !attempts.contains(&attempt) {
                attempts.push(attempt);
            }
        }
        attempts
    }

    fn fitted(&self, frame: &Frame, article: &Article<'_>) -> Tried {
        let definition = &self.compiled.definitions.rules[frame.rule];
        let Some((_, nearness)) = self.body(frame, article.voice) else {
            let bodies: Vec<&str> = definition.bodies.iter().map(BodyId::as_str).collect();
            return Tried::Missed(format!("none of its bodies is named ({})", bodies.join(", ")));
        };
        let doubt = self.doubt(frame, article.published).map(|doubt| {
            let accepted = definition.accept.contains(&doubt.because);
            let note = if accepted { ", which this rule accepts" } else { "" };
            format!("{}{note}", self.describe(&doubt))
        });
        if definition.only && doubt.is_none() {
            return Tried::Missed("it reads only what is announced or refused".to_owned());
        }
        Tried::Fitted {
            subject: frame.subject.map(|index| self.phrase(index)),
            object: frame.object.map(|index| self.phrase(index)),
            doubt,
            score: vec![
                ("rule", definition.score),
                ("body", nearness),
                ("place", self.place(frame)),
            ],
        }
    }

    fn missed(&self, miss: Miss, definition: &super::definition::Rule) -> String {
        match miss {
            Miss::NoSubject => format!("nobody acts; it wants {}", definition.subject.join(" or ")),
            Miss::WrongSubject(index) => format!(
                "\"{}\" acts; it wants {}",
                self.phrase(index),
                definition.subject.join(" or ")
            ),
            Miss::NoObject => format!("it acts on no {}", definition.object.join(" or ")),
            Miss::Without(index) => format!("\"{}\" stands in the clause", self.phrase(index)),
            Miss::NoWith(group) => {
                format!("the sentence has no {}", definition.with[group].join(" or "))
            }
            Miss::NoAbout(group) => {
                format!("headline and lead have no {}", definition.about[group].join(" or "))
            }
            Miss::Noun => "it stands where nouns do".to_owned(),
            Miss::NoContext => {
                format!("headline and lead have no {}", definition.context.join(" or "))
            }
        }
    }

    fn describe(&self, doubt: &Doubt) -> String {
        let because = doubt.because.as_str();
        match doubt.ground {
            Ground::Cue(index) => format!("{because}, because of \"{}\"", self.phrase(index)),
            Ground::Clause(opener) => {
                let opener = opener.map(|cue| self.compiled.cues()[cue].id.clone());
                format!("{because}, in a clause of \"{}\"", opener.unwrap_or_default())
            }
            Ground::Form => format!("{because}, by the form of the verb"),
            Ground::Question => format!("{because}, because it asks"),
            Ground::Day(day) => format!("{because}, because the text dates it to {day}"),
        }
    }

    /// A mention as it is folded.
    fn phrase(&self, index: usize) -> String {
        let mention = self.mentions[index];
        let words: Vec<&str> = (mention.from..mention.to).map(|at| self.tokens.word(at)).collect();
        words.join(" ")
    }

    fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for mention in self.mentions {
            let (first, last) = (self.tokens.list[mention.from], self.tokens.list[mention.to - 1]);
            let names = self.compiled.lexicon.class_names();
            let entry = &self.compiled.lexicon.entries[mention.entry];
            let mut meanings: Vec<String> =
                entry.classes.iter().map(|class| names[usize::from(*class)].clone()).collect();
            meanings.extend(self.entity(entry.what));
            let (start, end) = (first.start as usize, last.end as usize);
            match spans
                .iter_mut()
                .find(|span| (span.field, span.start, span.end) == (first.field, start, end))
            {
                Some(span) => span.meanings.extend(meanings),
                None => spans.push(Span { field: first.field, start, end, meanings }),
            }
        }
        for span in &mut spans {
            span.meanings.sort();
            span.meanings.dedup();
        }
        spans
    }

    fn entity(&self, what: What) -> Option<String> {
        let definitions = &self.compiled.definitions;
        match what {
            What::State(index) => Some(definitions.states[index].code.to_string()),
            What::Person(index) => Some(definitions.persons[index].name.to_string()),
            What::Case(index) => Some(definitions.cases[index].id.to_string()),
            _ => None,
        }
    }

    fn clause_notes(&self) -> Vec<ClauseNote> {
        (0..self.clauses.list.len())
            .filter_map(|clause| {
                let mut words = (0..self.tokens.list.len())
                    .filter(|&at| self.clauses.of[at] == clause)
                    .map(|at| self.tokens.list[at]);
                let first = words.next()?;
                let last = words.next_back().unwrap_or(first);
                Some(ClauseNote {
                    field: first.field,
                    start: first.start as usize,
                    end: last.end as usize,
                    because: self.clauses.list[clause].because,
                })
            })
            .collect()
    }
}
