//! Finding the phrases of a text, and mending what one phrase alone cannot tell.

use super::{
    compile::Compiled,
    lexicon::{Mention, What},
    marks::Marks,
    tokens::{Case, Shape, Token, Tokens},
};

/// Finds the phrases, and mends two things that one phrase alone cannot tell: a court that is named
/// by its state is a local one, and an acronym beside the words of its namesake is somebody else's.
pub(super) fn scan(compiled: &Compiled, tokens: &Tokens, mentions: &mut Vec<Mention>) {
    let lexicon = &compiled.lexicon;
    lexicon.scan(tokens, mentions);
    let marks = mentions.iter().map(|mention| lexicon.marks(mention));
    let marks = marks.fold(Marks::default(), Marks::or);
    // Most texts have nothing to mend.
    if marks.has(Marks::ASIDE) {
        drop_namesakes(compiled, mentions);
    }
    if marks.has(Marks::ASSERTS) {
        drop_false_cues(compiled, mentions);
    }
    if !marks.has(Marks::BENCH.or(Marks::PROSECUTOR)) {
        return;
    }
    for index in 0..mentions.len() {
        let marks = lexicon.marks(&mentions[index]);
        // One prosecutor may be called by where he or she comes from, several are a state's.
        let several = || tokens.word(mentions[index].to - 1).ends_with('s');
        if !(marks.has(Marks::BENCH) || marks.has(Marks::PROSECUTOR) && several()) {
            continue;
        }
        let local = compiled.local.get(&mentions[index].entry);
        if let Some(&local) = local.filter(|_| of_a_state(compiled, tokens, mentions, index)) {
            mentions[index].entry = local;
        }
    }
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
    owned || inside || of_a_place(tokens, court)
}

/// Whether a court is called by a name that nothing here knows: `a Hillside court`. Where every
/// word has a capital, and at the beginning, that means nothing.
fn of_a_place(tokens: &Tokens, court: Mention) -> bool {
    let Some(before) = court.from.checked_sub(2) else { return false };
    let name = tokens.list[before + 1];
    let unknown = name.id == 0 && name.shape == Shape::Word && name.case == Case::Capital;
    let small = |token: &Token| token.field == name.field && token.case == Case::Lower;
    unknown
        && tokens.list[before].shape == Shape::Word
        && small(&tokens.list[before])
        && tokens.list.iter().any(|token| small(token) && token.end - token.start > 4)
}

/// A cue inside a phrase that only looks like one (`not` in `not only`) is none.
fn drop_false_cues(compiled: &Compiled, mentions: &mut Vec<Mention>) {
    let lexicon = &compiled.lexicon;
    let asserts = |mention: &Mention| lexicon.marks(mention).has(Marks::ASSERTS);
    let spans: Vec<(usize, usize)> =
        mentions.iter().filter(|mention| asserts(mention)).map(|m| (m.from, m.to)).collect();
    mentions.retain(|mention| {
        !lexicon.marks(mention).has(Marks::CUE)
            || asserts(mention)
            || !spans.iter().any(|(from, to)| *from <= mention.from && mention.to <= *to)
    });
}

/// An acronym beside the words of its namesake is somebody else's, unless the body is named in
/// full too. Phrases that only keep others from being found go with them.
fn drop_namesakes(compiled: &Compiled, mentions: &mut Vec<Mention>) {
    let lexicon = &compiled.lexicon;
    let (mut beside, mut full) = (Vec::new(), Vec::new());
    for mention in mentions.iter() {
        match lexicon.what(mention) {
            What::Beside(body) => beside.push(body),
            What::Body(body) if !lexicon.entries[mention.entry].acronym => full.push(body),
            _ => {}
        }
    }
    mentions.retain(|mention| match lexicon.what(mention) {
        What::Body(body) => {
            !lexicon.entries[mention.entry].acronym
                || !beside.contains(&body)
                || full.contains(&body)
        }
        What::Beside(_) | What::Nothing => false,
        _ => true,
    });
}
