//! What is wrong with the configuration, where, and what to write instead.
//!
//! Owns the words of a complaint and the search for the word that was probably meant. Does not
//! decide what is right: the readers of each file do.

use std::{fmt, sync::Arc};

/// One thing that is wrong, with its place. Lines and columns start at 1; columns count characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub mend: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.place, self.what, self.mend)
    }
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as the operator named its directory.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: usize,
    /// The character within the line, from 1.
    pub column: usize,
}

impl Place {
    /// The beginning of a file: for what concerns the whole of it.
    pub(crate) fn start_of(file: &str) -> Self {
        Self { file: file.into(), line: 1, column: 1 }
    }

    /// A problem at this place.
    pub(crate) fn problem(&self, complaint: Complaint) -> Problem {
        Problem { place: self.clone(), what: complaint.what, mend: complaint.mend }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Everything that is wrong, by file, line and column; never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Sorts the problems by place; `None` where there are none.
    pub(crate) fn of(mut problems: Vec<Problem>) -> Option<Self> {
        problems.sort();
        problems.dedup();
        (!problems.is_empty()).then_some(Self(problems))
    }

    /// The problems, in the order of their places.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }
}

impl fmt::Display for Problems {
    /// One problem a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

/// A problem that does not know its place yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub mend: String,
}

impl Complaint {
    /// Says what is wrong and what to write instead. Texts that are quoted in it may hold control
    /// characters; they are replaced, so that a problem stays on its line.
    pub(crate) fn new(what: impl Into<String>, mend: impl Into<String>) -> Self {
        let plain = |text: String| text.replace(char::is_control, "\u{fffd}");
        Self { what: plain(what.into()), mend: plain(mend.into()) }
    }

    /// Says that a word is none of those known, and which of them was probably meant.
    /// `noun` carries its article: `a body`, `an action`.
    pub(crate) fn unknown<'w>(
        noun: &str,
        word: &str,
        known: impl IntoIterator<Item = &'w str> + Clone,
    ) -> Self {
        let mend = match nearest(word, known.clone()) {
            Some(near) => format!("write `{near}`"),
            None => one_of(known),
        };
        Self::new(format!("`{word}` is not {noun}"), mend)
    }
}

/// The known word that was probably meant, where one is near enough to say so.
pub(crate) fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let lower = word.to_lowercase();
    let allowed = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| {
            (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate)
        })
        .filter(|&(distance, candidate)| distance <= allowed && distance < candidate.len())
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many known words a complaint lists before it stops.
const LISTED: usize = 30;

fn one_of<'w>(known: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<&str> = known.into_iter().collect();
    let listed: Vec<String> = words.iter().take(LISTED).map(|word| format!("`{word}`")).collect();
    match (listed.as_slice(), words.len().saturating_sub(LISTED)) {
        ([], _) => "none is known yet".to_owned(),
        ([only], 0) => format!("write {only}"),
        (_, 0) => format!("write one of {}", listed.join(", ")),
        (_, more) => format!("write one of {} and {more} others", listed.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, known: &[&str], expected: &str) {
        let complaint = Complaint::unknown("a kind", word, known.iter().copied());
        assert_eq!(format!("{}; {}", complaint.what, complaint.mend), expected);
    }

    #[test]
    fn a_near_word_is_offered() {
        check("warant", &["ruling", "warrant"], "`warant` is not a kind; write `warrant`");
        check("waarrnat", &["ruling", "warrant"], "`waarrnat` is not a kind; write `warrant`");
    }

    #[test]
    fn case_does_not_count() {
        check("Ruling", &["ruling", "warrant"], "`Ruling` is not a kind; write `ruling`");
    }

    #[test]
    fn a_far_word_gets_the_whole_list() {
        check("cheese", &["ruling", "law"], "`cheese` is not a kind; write one of `ruling`, `law`");
        check("x", &["ruling"], "`x` is not a kind; write `ruling`");
        check("x", &[], "`x` is not a kind; none is known yet");
    }

    #[test]
    fn a_problem_stays_on_its_line() {
        check(
            "a\nb\u{1b}[31m",
            &["ruling"],
            "`a\u{fffd}b\u{fffd}[31m` is not a kind; write `ruling`",
        );
    }

    #[test]
    fn a_long_list_is_cut() {
        let known: Vec<String> = (0..40).map(|number| format!("word-number-{number}")).collect();
        let complaint = Complaint::unknown("a kind", "x", known.iter().map(String::as_str));
        assert!(complaint.mend.ends_with("`word-number-29` and 10 others"), "{}", complaint.mend);
    }

    #[test]
    fn problems_stand_in_the_order_of_their_places() {
        let at = |file: &str, line, column| Place { file: file.into(), line, column };
        let complaint = || Complaint::new("wrong", "mend it");
        let problems = Problems::of(vec![
            at("b.toml", 1, 1).problem(complaint()),
            at("a.toml", 10, 2).problem(complaint()),
            at("a.toml", 9, 20).problem(complaint()),
            at("a.toml", 9, 20).problem(complaint()),
        ])
        .unwrap();
        assert_eq!(
            problems.to_string(),
            "a.toml:9:20: wrong; mend it\na.toml:10:2: wrong; mend it\nb.toml:1:1: wrong; mend it"
        );
        assert_eq!(Problems::of(Vec::new()), None);
    }
}
