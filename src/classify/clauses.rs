//! Sentences and clauses: what is said in the main clause can be news, what stands after `after`,
//! `despite` or `who` mostly recalls.

use super::{
    definition::{Cue, Reach},
    forms::Form,
    lexicon::{Lexicon, Mention, What},
    marks::Marks,
    tokens::{Shape, Tokens},
    words::Traits,
};
use crate::model::{Because, Field};

/// A clause. Its tokens need not be neighbours: a main clause goes on behind a relative one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Which sentence it belongs to.
    pub(crate) sentence: usize,
    /// The cue that opened it, where it is a dependent one.
    pub(crate) opened_by: Option<usize>,
    /// What its opening makes of it; `None` for a main clause.
    pub(crate) because: Option<Because>,
    /// The clause whose actor acts here too (`convicts the general, acquits his aide`).
    pub(crate) shares: Option<usize>,
}

/// The clauses of an article.
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    /// The clause of each token.
    pub(crate) of: Vec<usize>,
    pub(crate) list: Vec<Clause>,
    /// Per sentence: its field, its first token, one past its last, and whether it asks.
    pub(crate) sentences: Vec<Sentence>,
    /// Whether any clause shares its actor with another.
    pub(crate) joined: bool,
}

/// A sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) field: Field,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) question: bool,
    /// Its place within its field, from 0.
    pub(crate) place: usize,
}

/// The cue that opens a clause on whoever was named before it.
const RELATIVE: &str = "who";

/// Words before a dot that end no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "gen", "lt", "col", "sgt", "sen", "rep", "gov", "st", "v", "vs", "no",
    "prof", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec", "art", "inc",
    "rev", "capt", "maj", "adm", "hon", "jr", "sr", "ee", "uu", "nn", "rr", "sra", "dra", "gral",
    "mme", "mlle", "etc", "dept", "intl", "supt", "brig", "cmdr", "pres", "bros",
];

impl Clauses {
    /// Parts an article, in the place of the last.
    pub(crate) fn part(&mut self, tokens: &Tokens, mentions: &[Mention], cues: &Openers<'_>) {
        self.of.clear();
        self.list.clear();
        self.sentences.clear();
        self.joined = false;
        let mut next_mention = 0;
        let mut begin = 0;
        let mut places = (0, 0);
        while begin < tokens.list.len() {
            let field = tokens.list[begin].field;
            let (end, question) = sentence_end(tokens, begin);
            let place = match field {
                Field::Title => &mut places.0,
                Field::Text => &mut places.1,
            };
            let sentence = Sentence { field, from: begin, to: end, question, place: *place };
            *place += 1;
            self.sentences.push(sentence);
            next_mention = self.part_sentence(tokens, mentions, next_mention, cues);
            begin = end;
        }
    }

    /// Parts the sentence that was pushed last.
    fn part_sentence(
        &mut self,
        tokens: &Tokens,
        mentions: &[Mention],
        mut next: usize,
        cues: &Openers<'_>,
    ) -> usize {
        let sentence = self.sentences.len() - 1;
        let Sentence { from, to, .. } = self.sentences[sentence];
        let mut main = self.open(sentence, None, None);
        let mut current = main;
        let mut content: Option<Opening> = None;
        for at in from..to {
            while mentions.get(next).is_some_and(|mention| mention.from < at) {
                next += 1;
            }
            let here = mentions[next..].iter().take_while(|mention| mention.from == at);
            for opening in here.filter_map(|mention| cues.opens(mention)) {
                if opening.at == at {
                    current = self.open(sentence, Some(opening.cue), opening.because);
                    break;
                } else if cues.begins_content(tokens, &mentions[next..], opening.at) {
                    content = Some(opening);
                }
            }
            if let Some(opening) = content.filter(|opening| opening.at == at) {
                let shared = current;
                current = self.open(sentence, Some(opening.cue), opening.because);
                if cues.lacks_actor(tokens, &mentions[next..], at) {
                    self.list[current].shares = Some(shared);
                    self.joined = true;
                }
            }
            match tokens.list[at].shape {
                Shape::Break => {
                    main = self.open(sentence, None, None);
                    current = main;
                }
                Shape::Comma if current != main => current = main,
                _ if current != main && self.resumes(tokens, (mentions, next), cues, at) => {
                    current = main;
                }
                _ if current == main && joins(tokens, at) => {
                    let said = &mentions[..next];
                    let verbs = said.iter().rev().take_while(|mention| mention.from >= from);
                    // What a comma opens is an aside, which the next one closes.
                    let aside = |verb: &Mention| {
                        let before = verb.from.saturating_sub(1);
                        tokens.list[before].shape == Shape::Comma && self.of[before] == main
                    };
                    let verbs = verbs.filter(|verb| self.of[verb.from] == main && !aside(verb));
                    let forms = cues.forms(tokens, verbs, at);
                    let begun = cues.begins(tokens, &mentions[next..], at + 1, forms);
                    if let Some(begun) = begun {
                        self.of.push(current);
                        let shares = (begun == Begun::Joined).then_some(main);
                        main = self.open(sentence, None, None);
                        self.list[main].shares = shares;
                        self.joined |= shares.is_some();
                        current = main;
                        continue;
                    }
                }
                _ => {}
            }
            self.of.push(current);
        }
        next
    }

    /// Whether the main verb stands at a token behind a clause on its subject: `The general who led
    /// the militia was convicted`.
    fn resumes(
        &self,
        tokens: &Tokens,
        (mentions, next): (&[Mention], usize),
        cues: &Openers<'_>,
        at: usize,
    ) -> bool {
        if !tokens.is(at, Traits::BE) || at < 4 {
            return false;
        }
        let Some(&clause) = self.of.last() else { return false };
        let first = self.of.iter().rposition(|&of| of != clause).map_or(0, |before| before + 1);
        // Not `whose`: there somebody else acts.
        let relative = self.list[clause].opened_by.is_some_and(|cue| cues.cues[cue].id == RELATIVE)
            && matches!(tokens.word(first), "who" | "which" | "qui");
        // Behind `who`, the verb of the clause and what it acts on stand at least.
        let small = Traits::SKIPPED.or(Traits::BEFORE_VERB).or(Traits::JOIN).or(Traits::HAVE);
        let begun = |back: usize| self.of[at - back] == self.of[at - 1];
        let pronoun = ["he", "she", "it", "they", "that", "who", "which"];
        relative
            && (2..=3).all(begun)
            && !tokens.is(at - 1, small)
            && !pronoun.contains(&tokens.word(at - 1))
            && mentions[next..].iter().take_while(|verb| verb.from <= at + 2).any(|verb| {
                matches!(cues.lexicon.what(verb), What::Verb(form)
                    if verb.from > at && form.has(Form::PARTICIPLE))
            })
    }

    fn open(
        &mut self,
        sentence: usize,
        opened_by: Option<usize>,
        because: Option<Because>,
    ) -> usize {
        self.list.push(Clause { sentence, opened_by, because, shares: None });
        self.list.len() - 1
    }

    /// Whether two clauses are of verbs of the same actor.
    pub(crate) fn share(&self, one: usize, other: usize) -> bool {
        one == other || self.joined && self.first_of(one) == self.first_of(other)
    }

    /// The clause whose actor acts in a clause.
    pub(crate) fn first_of(&self, clause: usize) -> usize {
        self.list[clause].shares.map_or(clause, |earlier| self.first_of(earlier))
    }

    /// The clause of a token.
    pub(crate) fn at(&self, token: usize) -> Clause {
        self.list[self.of[token]]
    }

    /// The sentence of a token.
    pub(crate) fn sentence_at(&self, token: usize) -> Sentence {
        self.sentences[self.at(token).sentence]
    }
}

/// The cues that open clauses.
pub(crate) struct Openers<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) cues: &'a [Cue],
}

/// A clause that a cue opens.
#[derive(Clone, Copy, Debug)]
struct Opening {
    cue: usize,
    because: Option<Because>,
    /// Its first token.
    at: usize,
}

/// What begins a further main clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begun {
    /// Another actor with a verb of its own: `Aland joins, Beland leaves`.
    Another,
    /// A further verb of the same actor, with objects of its own.
    Joined,
}

impl Openers<'_> {
    /// The finite forms in which the verbs of a clause stand before its end, where anything follows
    /// them.
    fn forms<'m>(
        &self,
        tokens: &Tokens,
        verbs: impl Iterator<Item = &'m Mention>,
        end: usize,
    ) -> Form {
        let mut forms = Form::default();
        for verb in verbs {
            let What::Verb(form) = self.lexicon.what(verb) else { continue };
            let infinitive = form.has(Form::BASE)
                && verb.from.checked_sub(1).is_some_and(|at| tokens.is(at, Traits::BEFORE_VERB));
            if !infinitive && verb.to < end {
                forms = forms.with(form);
            }
        }
        forms
    }

    /// What main clause begins at a token, behind verbs in these forms.
    fn begins(
        &self,
        tokens: &Tokens,
        mentions: &[Mention],
        at: usize,
        forms: Form,
    ) -> Option<Begun> {
        if forms == Form::default() {
            return None;
        }
        let near = || mentions.iter().take_while(|mention| mention.from < at + 8);
        let verb_at = |at: usize| {
            near().filter(move |verb| verb.from == at).find_map(|verb| {
                match self.lexicon.what(verb) {
                    // `…, the minister says` ends what somebody says and begins nothing.
                    What::Verb(form) if !tokens.is(at, Traits::SAYS) => Some((form, verb.to)),
                    _ => None,
                }
            })
        };
        let actor = |mention: &&Mention| {
            let what = self.lexicon.what(mention);
            mention.from == at && matches!(what, What::State(_) | What::Body(_) | What::Person(_))
        };
        let acts =
            |actor: &Mention| verb_at(actor.to).is_some_and(|(form, _)| form.has(Form::THIRD));
        if near().filter(actor).any(acts) {
            return Some(Begun::Another);
        }
        let first =
            at + usize::from(tokens.list.get(at).is_some_and(|_| tokens.is(at, Traits::SKIPPED)));
        let (form, to) = verb_at(first)?;
        // A verb with a preposition can be a noun (`and charges against`) or stand in the passive.
        let has_object = tokens.list.get(to).is_some_and(|next| {
            next.shape == Shape::Word
                && !next.traits.has(Traits::PREPOSITION.or(Traits::JOIN).or(Traits::BY))
        });
        let agrees = [Form::THIRD, Form::PAST].iter().any(|one| form.has(*one) && forms.has(*one));
        // `…, rules the World Court` ends what is said.
        let behind =
            to + usize::from(tokens.list.get(to).is_some_and(|_| tokens.is(to, Traits::ARTICLE)));
        let inverted = near().any(|mention| {
            mention.from == behind && self.lexicon.marks(mention).has(Marks::BODY.or(Marks::BENCH))
        });
        (has_object && agrees && !inverted).then_some(Begun::Joined)
    }

    fn opens(&self, mention: &Mention) -> Option<Opening> {
        if !self.lexicon.marks(mention).has(Marks::OPENS) {
            return None;
        }
        let What::Cue(cue) = self.lexicon.what(mention) else { return None };
        let Cue { because, reach, .. } = self.cues[cue];
        let at = if reach == Reach::Content { mention.to } else { mention.from };
        Some(Opening { cue, because, at })
    }
}

/// Whether a token can join two main clauses: a comma, `and`, `but`. A bracket cannot.
fn joins(tokens: &Tokens, at: usize) -> bool {
    let spaced = |at: usize| at > 0 && tokens.list[at].start > tokens.list[at - 1].end;
    let comma = |at: usize| tokens.list[at].shape == Shape::Comma;
    let bracket = |at: usize| (at.saturating_sub(8)..=at).any(|near| comma(near) && spaced(near));
    comma(at) && !bracket(at) || tokens.is(at, Traits::JOIN)
}

/// One past the last token of the sentence that begins at `from`, and whether it asks.
fn sentence_end(tokens: &Tokens, from: usize) -> (usize, bool) {
    let field = tokens.list[from].field;
    for at in from..tokens.list.len() {
        let token = &tokens.list[at];
        if token.field != field {
            return (at, false);
        }
        match token.shape {
            Shape::Question => return (at + 1, true),
            Shape::Stop if !abbreviates(tokens, at) => return (at + 1, false),
            _ => {}
        }
    }
    (tokens.list.len(), false)
}

/// Whether the dot at `at` belongs to an abbreviation or an initial.
pub(crate) fn abbreviates(tokens: &Tokens, at: usize) -> bool {
    let last = tokens.list.get(at + 1).is_none_or(|next| next.field != tokens.list[at].field);
    if at == 0 || last || tokens.list[at - 1].end != tokens.list[at].start {
        return false;
    }
    let word = tokens.word(at - 1);
    tokens.list[at].end == tokens.list[at].start + 1
        && (word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic()
            || ABBREVIATIONS.contains(&word))
}
