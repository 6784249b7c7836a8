//! Sentences and clauses: what is said in the main clause can be news, what stands after `after`,
//! `despite` or `who` mostly recalls.

use super::{
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
}

/// The clauses of an article.
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    /// The clause of each token.
    pub(crate) of: Vec<usize>,
    pub(crate) list: Vec<Clause>,
    /// Per sentence: its field, its first token, one past its last, and whether it asks.
    pub(crate) sentences: Vec<Sentence>,
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

/// Words before a dot that end no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "gen", "lt", "col", "sgt", "sen", "rep", "gov", "st", "v", "vs", "no",
    "prof", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec", "art", "inc",
    "rev", "capt", "maj", "adm", "hon", "jr", "sr",
];

impl Clauses {
    /// Parts an article, in the place of the last.
    pub(crate) fn part(&mut self, tokens: &Tokens, mentions: &[Mention], cues: &Openers<'_>) {
        self.of.clear();
        self.list.clear();
        self.sentences.clear();
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
        for at in from..to {
            while mentions.get(next).is_some_and(|mention| mention.from < at) {
                next += 1;
            }
            let mut here = mentions[next..].iter().take_while(|mention| mention.from == at);
            if let Some((cue, because)) = here.find_map(|mention| cues.opens(mention)) {
                current = self.open(sentence, Some(cue), because);
            }
            match tokens.list[at].shape {
                Shape::Break => {
                    main = self.open(sentence, None, None);
                    current = main;
                }
                Shape::Comma if current != main => current = main,
                _ if current == main
                    && joins(tokens, at)
                    && cues.has_verb(&mentions[..next], from)
                    && cues.begin(tokens, &mentions[next..], at + 1) =>
                {
                    // `Aland joins, Beland leaves`: another actor with a verb of its own.
                    self.of.push(current);
                    main = self.open(sentence, None, None);
                    current = main;
                    continue;
                }
                _ => {}
            }
            self.of.push(current);
        }
        next
    }

    fn open(
        &mut self,
        sentence: usize,
        opened_by: Option<usize>,
        because: Option<Because>,
    ) -> usize {
        self.list.push(Clause { sentence, opened_by, because });
        self.list.len() - 1
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
    pub(crate) cues: &'a [super::definition::Cue],
}

impl Openers<'_> {
    /// Whether a main clause begins at a token: who acts, and at once a verb in the present that is
    /// no verb of saying (`…, the minister says` ends what is said).
    fn begin(&self, tokens: &Tokens, mentions: &[Mention], at: usize) -> bool {
        const SAYING: &[&str] =
            &["says", "tells", "claims", "warns", "argues", "insists", "reports", "announces"];
        let near = mentions.iter().take_while(|mention| mention.from < at + 8);
        let actor = |mention: &&Mention| {
            mention.from == at
                && matches!(
                    self.lexicon.what(mention),
                    What::State(_) | What::Body(_) | What::Person(_)
                )
        };
        let acts = |verb: &Mention| {
            matches!(self.lexicon.what(verb), What::Verb(form) if form.has(Form::THIRD))
                && !SAYING.contains(&tokens.word(verb.from))
        };
        near.clone()
            .filter(actor)
            .any(|actor| near.clone().any(|verb| verb.from == actor.to && acts(verb)))
    }

    /// Whether a verb stands among these mentions from a token on.
    fn has_verb(&self, mentions: &[Mention], from: usize) -> bool {
        let mut here = mentions.iter().rev().take_while(|mention| mention.from >= from);
        here.any(|mention| matches!(self.lexicon.what(mention), What::Verb(_)))
    }

    fn opens(&self, mention: &Mention) -> Option<(usize, Option<Because>)> {
        if !self.lexicon.marks(mention).has(Marks::OPENS) {
            return None;
        }
        let What::Cue(index) = self.lexicon.what(mention) else { return None };
        Some((index, self.cues[index].because))
    }
}

/// Whether a token can join two main clauses: a comma, `and`, `but`.
fn joins(tokens: &Tokens, at: usize) -> bool {
    tokens.list[at].shape == Shape::Comma || tokens.is(at, Traits::JOIN)
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
