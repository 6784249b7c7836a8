//! The forms of English verbs, made from their base form.

/// Which form a word is. A word can be several at once (`put`, `issued`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Form(u8);

impl Form {
    pub(crate) const BASE: Self = Self(1);
    /// Third person singular.
    pub(crate) const THIRD: Self = Self(2);
    pub(crate) const PAST: Self = Self(4);
    pub(crate) const PARTICIPLE: Self = Self(8);
    pub(crate) const GERUND: Self = Self(16);
    /// A noun of the act (`accession`).
    pub(crate) const NOMINAL: Self = Self(32);

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Every form of a verb phrase: its first word is inflected, the rest stays (`hand down`).
pub(crate) fn forms(phrase: &str) -> Vec<(String, Form)> {
    let (verb, rest) = match phrase.split_once(' ') {
        Some((verb, rest)) => (verb, format!(" {rest}")),
        None => (phrase, String::new()),
    };
    let (past, participle) = past(verb);
    let mut all: Vec<(String, Form)> = Vec::new();
    let words = [
        (verb.to_owned(), Form::BASE),
        (third(verb), Form::THIRD),
        (past, Form::PAST),
        (participle, Form::PARTICIPLE),
        (gerund(verb), Form::GERUND),
    ];
    for (word, form) in words {
        let word = format!("{word}{rest}");
        match all.iter_mut().find(|(known, _)| *known == word) {
            Some((_, known)) => *known = known.with(form),
            None => all.push((word, form)),
        }
    }
    all
}

/// Verbs whose past and participle follow no rule: base, past, participle.
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("be", "was", "been"),
    ("become", "became", "become"),
    ("begin", "began", "begun"),
    ("bid", "bid", "bid"),
    ("bind", "bound", "bound"),
    ("break", "broke", "broken"),
    ("bring", "brought", "brought"),
    ("cast", "cast", "cast"),
    ("choose", "chose", "chosen"),
    ("come", "came", "come"),
    ("cut", "cut", "cut"),
    ("deal", "dealt", "dealt"),
    ("draw", "drew", "drawn"),
    ("drop", "dropped", "dropped"),
    ("find", "found", "found"),
    ("fly", "flew", "flown"),
    ("forbid", "forbade", "forbidden"),
    ("free", "freed", "freed"),
    ("freeze", "froze", "frozen"),
    ("get", "got", "got"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("hear", "heard", "heard"),
    ("hit", "hit", "hit"),
    ("hold", "held", "held"),
    ("keep", "kept", "kept"),
    ("land", "landed", "landed"),
    ("lay", "laid", "laid"),
    ("lead", "led", "led"),
    ("leave", "left", "left"),
    ("let", "let", "let"),
    ("lift", "lifted", "lifted"),
    ("make", "made", "made"),
    ("meet", "met", "met"),
    ("open", "opened", "opened"),
    ("overthrow", "overthrew", "overthrown"),
    ("overturn", "overturned", "overturned"),
    ("put", "put", "put"),
    ("quit", "quit", "quit"),
    ("say", "said", "said"),
    ("see", "saw", "seen"),
    ("seek", "sought", "sought"),
    ("send", "sent", "sent"),
    ("set", "set", "set"),
    ("slam", "slammed", "slammed"),
    ("split", "split", "split"),
    ("stand", "stood", "stood"),
    ("strike", "struck", "struck"),
    ("submit", "submitted", "submitted"),
    ("sue", "sued", "sued"),
    ("swear", "swore", "sworn"),
    ("take", "took", "taken"),
    ("tell", "told", "told"),
    ("think", "thought", "thought"),
    ("throw", "threw", "thrown"),
    ("undo", "undid", "undone"),
    ("uphold", "upheld", "upheld"),
    ("visit", "visited", "visited"),
    ("withdraw", "withdrew", "withdrawn"),
    ("withhold", "withheld", "withheld"),
    ("win", "won", "won"),
    ("write", "wrote", "written"),
];

/// Verbs of more than one syllable whose last consonant doubles all the same.
const DOUBLED: &[&str] = &[
    "acquit", "admit", "commit", "permit", "refer", "defer", "transfer", "submit", "confer",
    "deter", "compel", "expel", "rebut", "remit", "omit", "occur", "prefer", "quit", "cancel",
    "enrol",
];

fn past(verb: &str) -> (String, String) {
    if let Some((_, past, participle)) = IRREGULAR.iter().find(|(base, ..)| *base == verb) {
        return ((*past).to_owned(), (*participle).to_owned());
    }
    let word = if verb.ends_with('e') {
        format!("{verb}d")
    } else if let Some(stem) = consonant_y(verb) {
        format!("{stem}ied")
    } else if doubles(verb) {
        format!("{verb}{}ed", &verb[verb.len() - 1..])
    } else {
        format!("{verb}ed")
    };
    (word.clone(), word)
}

fn third(verb: &str) -> String {
    match verb {
        "be" => "is".to_owned(),
        "have" => "has".to_owned(),
        _ => {
            if let Some(stem) = consonant_y(verb) {
                format!("{stem}ies")
            } else if ["s", "sh", "ch", "x", "z", "o"].iter().any(|end| verb.ends_with(end)) {
                format!("{verb}es")
            } else {
                format!("{verb}s")
            }
        }
    }
}

fn gerund(verb: &str) -> String {
    if let Some(stem) = verb.strip_suffix("ie") {
        format!("{stem}ying")
    } else if verb.ends_with('e') && !verb.ends_with("ee") && verb.len() > 2 {
        format!("{}ing", &verb[..verb.len() - 1])
    } else if doubles(verb) {
        format!("{verb}{}ing", &verb[verb.len() - 1..])
    } else {
        format!("{verb}ing")
    }
}

fn consonant_y(verb: &str) -> Option<&str> {
    verb.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']))
}

/// Consonant, vowel, consonant in a verb of one syllable, or one of the known longer ones.
fn doubles(verb: &str) -> bool {
    if DOUBLED.contains(&verb) {
        return true;
    }
    let bytes = verb.as_bytes();
    let vowel = |byte: u8| b"aeiou".contains(&byte);
    let [.., before, middle, last] = bytes else { return false };
    let syllables = bytes.windows(2).filter(|pair| vowel(pair[1]) && !vowel(pair[0])).count()
        + usize::from(vowel(bytes[0]));
    syllables == 1 && !vowel(*before) && vowel(*middle) && !vowel(*last) && !b"wxy".contains(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrase: &str, expected: &[&str]) {
        let words: Vec<String> = forms(phrase).into_iter().map(|(word, _)| word).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn regular_verbs() {
        check("issue", &["issue", "issues", "issued", "issuing"]);
        check("reject", &["reject", "rejects", "rejected", "rejecting"]);
        check("ratify", &["ratify", "ratifies", "ratified", "ratifying"]);
        check("join", &["join", "joins", "joined", "joining"]);
        check("launch", &["launch", "launches", "launched", "launching"]);
    }

    #[test]
    fn doubled_consonants() {
        check("drop", &["drop", "drops", "dropped", "dropping"]);
        check("acquit", &["acquit", "acquits", "acquitted", "acquitting"]);
        check("deposit", &["deposit", "deposits", "deposited", "depositing"]);
        check("bar", &["bar", "bars", "barred", "barring"]);
    }

    #[test]
    fn irregular_and_phrasal_verbs() {
        check("hand down", &["hand down", "hands down", "handed down", "handing down"]);
        check("leave", &["leave", "leaves", "left", "leaving"]);
        check("throw out", &["throw out", "throws out", "threw out", "thrown out", "throwing out"]);
    }
}
