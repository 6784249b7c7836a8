//! Names that mean two things, and phrases that no text can have.
//!
//! Words of rules and cues may mean several things by design (`the court`), and the name of a case
//! hides nothing that it holds, so only like is held against like.

use rustc_hash::FxHashMap;

use super::{
    Fault, PhraseFault, Remark, Spot,
    phrases::{Alias, Sort, aliases, id_of},
};
use crate::classify::{
    compile::Compiled,
    definition::{Definitions, Reach},
    lexicon::What,
    tokens::Tokens,
};

/// Looks at every phrase.
pub(super) fn remarks(compiled: &Compiled) -> Vec<Remark<'_>> {
    let mut remarks = idle(&compiled.definitions);
    let mut known: FxHashMap<Vec<String>, Vec<Alias<'_>>> = FxHashMap::default();
    let mut words = Tokens::default();
    let aliases = aliases(&compiled.definitions);
    for &alias in &aliases {
        words.read_phrase(compiled.lexicon.words(), alias.at.text);
        let phrase = words.words().map(str::to_owned).collect();
        let others = known.entry(phrase).or_default();
        let clash = others.iter().find_map(|other| clash(&alias, other));
        others.push(alias);
        let fault = clash.or_else(|| misread(compiled, &alias));
        remarks.extend(fault.map(|fault| Remark { at: alias.at, fault: Fault::Phrase(fault) }));
    }
    remarks
}

/// What is wrong with a phrase where a text has it.
fn misread<'a>(compiled: &Compiled, alias: &Alias<'a>) -> Option<PhraseFault<'a>> {
    let written = alias.at.text;
    if !written.contains(char::is_alphanumeric) {
        return Some(PhraseFault::Unreadable);
    }
    let found = |text: &str| finds(compiled, alias, text);
    match alias.sort {
        Sort::Acronym if found(written) => None,
        Sort::Acronym if found(&written.to_uppercase()) => Some(PhraseFault::SmallLetters),
        Sort::Acronym => Some(PhraseFault::NotFound),
        Sort::Not => found(&capitalised(written)).then_some(PhraseFault::KeepsNothingApart),
        Sort::Beside => None,
        // A docket's full name is more than any text has.
        Sort::Case if alias.at.key == "name" => None,
        Sort::Name | Sort::Shared | Sort::Case | Sort::Place | Sort::Word => {
            let forms = [written.to_owned(), capitalised(written), written.to_uppercase()];
            (!forms.iter().any(|form| found(form))).then_some(PhraseFault::NotFound)
        }
    }
}

/// Whether the reader of a text finds the thing, by this phrase or by any other, or the class.
fn finds(compiled: &Compiled, alias: &Alias<'_>, text: &str) -> bool {
    let lexicon = &compiled.lexicon;
    let tokens = Tokens::of(lexicon.words(), "", text);
    let class = match alias.at.list {
        "noun" => lexicon.find_class(alias.at.id),
        "verb" => lexicon.find_class(&format!("@{}", alias.at.id)),
        "cue" => lexicon.find_class(&format!("cue:{}", alias.at.id)),
        _ => None,
    };
    let definitions = &compiled.definitions;
    let mut mentions = Vec::new();
    lexicon.scan(&tokens, &mut mentions);
    mentions.iter().any(|mention| {
        let thing = match lexicon.what(mention) {
            What::Body(index) | What::Organ(index) | What::Treaty(index) => {
                ("body", definitions.bodies[index].id.as_str())
            }
            What::State(index) => ("state", definitions.states[index].code.as_str()),
            What::Place(index) => ("place", id_of(&definitions.places[index])),
            What::Person(index) => ("person", definitions.persons[index].name.as_str()),
            What::Case(index) => ("case", definitions.cases[index].id.as_str()),
            _ => return class.is_some_and(|class| lexicon.is(mention, class)),
        };
        thing == (alias.at.list, alias.at.id)
    })
}

/// Every word with a capital.
fn capitalised(phrase: &str) -> String {
    let mut before = ' ';
    let capital = |letter: char| {
        let begins = !before.is_alphanumeric() && !matches!(before, '\'' | '’');
        before = letter;
        if begins { letter.to_uppercase().collect() } else { letter.to_string() }
    };
    phrase.chars().map(capital).collect()
}

/// What is wrong with two phrases that fold to the same words.
fn clash<'a>(alias: &Alias<'a>, other: &Alias<'a>) -> Option<PhraseFault<'a>> {
    let sorts = (other.sort, alias.sort);
    if alias.same_thing(other) {
        let own = matches!(
            sorts,
            (Sort::Name | Sort::Acronym, Sort::Not) | (Sort::Acronym, Sort::Beside)
        );
        return own.then_some(PhraseFault::OwnName(other.at));
    }
    if sorts == (Sort::Shared, Sort::Shared) {
        return None;
    }
    // Shared by one alone, it is a name like others.
    let sorts = (sorts.0.unshared(), sorts.1.unshared());
    let alike = sorts.0 == sorts.1
        && matches!(sorts.1, Sort::Name | Sort::Acronym | Sort::Case | Sort::Place);
    alike.then_some(PhraseFault::TwoThings(other.at))
}

/// Keys of cues and bodies that are of no use.
fn idle(definitions: &Definitions) -> Vec<Remark<'_>> {
    let mut remarks = Vec::new();
    for cue in &definitions.cues {
        let acts = cue.because.is_some() || cue.reach == Reach::Forward || cue.reach.opens();
        if !acts && !is_asked_for(definitions, &format!("cue:{}", cue.id)) {
            let at = Spot { list: "cue", id: &cue.id, key: "reach", text: "" };
            remarks.push(Remark { at, fault: Fault::Phrase(PhraseFault::Effectless) });
        }
    }
    for body in &definitions.bodies {
        if body.acronyms.is_empty() && !body.not_beside.is_empty() {
            let at = Spot { list: "body", id: body.id.as_str(), key: "not_beside", text: "" };
            remarks.push(Remark { at, fault: Fault::Phrase(PhraseFault::NoAcronym) });
        }
    }
    remarks
}

/// Whether a rule names the class.
fn is_asked_for(definitions: &Definitions, class: &str) -> bool {
    definitions.rules.iter().any(|rule| {
        let roles = [&rule.nouns, &rule.subject, &rule.object, &rule.without, &rule.context];
        let groups = roles.into_iter().chain(&rule.with).chain(&rule.about);
        groups.flatten().any(|word| word == class)
    })
}
