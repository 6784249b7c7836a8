//! A court, two states, a general, five words and three rules.

use crate::{
    classify::{
        Rules,
        definition::{
            Body, BodyClass, Cue, Definitions, Noun, Person, PersonClass, Reach, Rule, State, Verb,
        },
    },
    model::{Because, BodyId, StateCode, Step},
};

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

fn court() -> Body {
    Body {
        id: "CT".into(),
        name: "Court of Tides".into(),
        class: BodyClass::Court,
        names: Vec::new(),
        shared: Vec::new(),
        acronyms: texts(&["CT"]),
        organs: Vec::new(),
        treaties: Vec::new(),
        not_beside: Vec::new(),
        hosts: Vec::new(),
        member: "member".into(),
    }
}

fn state(code: &str, name: &str) -> State {
    State {
        code: StateCode::parse(code).unwrap(),
        name: name.into(),
        names: Vec::new(),
        demonyms: Vec::new(),
        seats: Vec::new(),
        acronyms: Vec::new(),
        not: Vec::new(),
    }
}

fn noun(id: &str, words: &[&str], actor: bool) -> Noun {
    Noun { id: id.into(), words: texts(words), actor }
}

fn verb(id: &str, words: &[&str]) -> Verb {
    Verb { id: id.into(), words: texts(words), finite: Vec::new(), nominal: Vec::new() }
}

fn cue(id: &str, because: Because, words: &[&str], reach: Reach) -> Cue {
    let (words, verbs) = (texts(words), Vec::new());
    Cue { id: id.into(), because: Some(because), words, verbs, reach, scope: 9 }
}

fn rule(id: &str, verb: &str, subject: &[&str], object: &[&str]) -> Rule {
    Rule {
        id: id.into(),
        step: Step::parse(id).unwrap(),
        score: 75,
        verbs: texts(&[verb]),
        nouns: Vec::new(),
        subject: texts(subject),
        subject_may_lack: false,
        object: texts(object),
        with: Vec::new(),
        without: Vec::new(),
        context: Vec::new(),
        about: Vec::new(),
        bodies: vec![BodyId::from("CT")],
        body: None,
        accept: Vec::new(),
        only: false,
        examples: Vec::new(),
        counter: Vec::new(),
    }
}

pub(super) fn rules() -> Rules {
    let zero = Person {
        name: "Hans Zero".into(),
        names: texts(&["Zero"]),
        not: Vec::new(),
        states: vec![StateCode::parse("RUR").unwrap()],
        class: PersonClass::Suspect,
        roles: Vec::new(),
    };
    let definitions = Definitions {
        bodies: vec![court()],
        states: vec![state("RUR", "Ruritania"), state("FRE", "Freedonia")],
        places: Vec::new(),
        persons: vec![zero],
        cases: Vec::new(),
        nouns: vec![
            noun("bench", &["judges"], true),
            noun("warrant", &["arrest warrant", "warrant"], false),
            noun("copula", &["is"], false),
            noun("police", &["police"], true),
        ],
        verbs: vec![verb("issue", &["issue"]), verb("withdraw", &["withdraw"])],
        cues: vec![
            cue("urge", Because::Urged, &["urge", "urges", "urged"], Reach::Forward),
            cue("after", Because::Recalled, &["after"], Reach::Clause),
            cue("explainer", Because::Opinion, &["explained"], Reach::Headline),
        ],
        rules: vec![
            Rule {
                without: texts(&["police"]),
                ..rule("warrant.issued", "issue", &["court", "bench"], &["warrant"])
            },
            rule("warrant.withdrawn", "withdraw", &["court", "bench"], &["warrant"]),
            Rule {
                context: texts(&["bench"]),
                ..rule("ruling.order", "issue", &["state"], &["police"])
            },
        ],
    };
    let (rules, unknown) = Rules::compile(definitions);
    assert!(unknown.is_empty(), "{unknown:?}");
    rules
}
