//! Whether an item says of itself that it corrects what was published before.

use crate::model::Posting;

/// What a headline begins with that says something else than before, in lower case.
const CORRECTING: &[&str] = &["correction", "corrected", "corrects", "erratum"];
/// What a headline begins with that says what was wrong.
const RETRACTING: &[&str] = &["retraction", "retracted", "retracts"];

/// What editors write below a lead, in lower case.
const NOTES: &[&str] = &[
    "an earlier version of this",
    "a previous version of this",
    "this article has been corrected",
    "this article was corrected",
    "this story has been corrected",
    "this story was corrected",
    "this report has been corrected",
];
/// What a version is of, to be that of a text and not of a resolution.
const TEXTS: &[&str] = &["article", "story", "report", "headline", "piece", "post", "dispatch"];

/// What an item corrects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Corrects {
    /// What its owner reported, as its headline says.
    Report,
    /// An earlier version of itself, in some point or other.
    Itself,
    /// What its owner reported and what its headline repeats: that was wrong.
    Retracts,
}

pub(super) fn corrects(posting: &Posting) -> Option<Corrects> {
    let title = posting.title.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if is_labelled(&title, CORRECTING) {
        return Some(Corrects::Report);
    }
    if is_labelled(&title, RETRACTING) {
        return Some(Corrects::Retracts);
    }
    let text = posting.text.to_lowercase();
    let of_a_text = |rest: &str| TEXTS.iter().any(|word| rest.trim_start().starts_with(word));
    let noted = NOTES.iter().any(|note| {
        let rest = text.split_once(note).map(|(_, rest)| rest);
        rest.is_some_and(|rest| note.ends_with("corrected") || of_a_text(rest))
    });
    noted.then_some(Corrects::Itself)
}

/// `Correction: …`, `CORRECTED-…`; not `Corrections officer is charged`.
fn is_labelled(title: &str, labels: &[&str]) -> bool {
    labels
        .iter()
        .filter_map(|label| title.strip_prefix(label))
        .any(|rest| rest.trim_start().starts_with([':', '-', '\u{2013}', '\u{2014}', ']', ')']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, text: &str, expected: Option<Corrects>) {
        let posting = Posting { title: title.into(), text: text.into(), ..Posting::default() };
        assert_eq!(corrects(&posting), expected, "{title} {text}");
    }

    #[test]
    fn an_item_says_of_itself_that_it_corrects() {
        check("Correction: ICC issues warrant for Ann Example", "", Some(Corrects::Report));
        check("CORRECTED-UPDATE 1-Court orders halt", "", Some(Corrects::Report));
        check("[Corrected] Court orders halt", "", Some(Corrects::Report));
        check("Retraction: Court did not order a halt", "", Some(Corrects::Retracts));
        let note = "An earlier version of this article named another.";
        check("Court orders halt", note, Some(Corrects::Itself));
    }

    #[test]
    fn what_is_only_about_corrections_is_none() {
        check("Corrections officer is charged", "", None);
        check("Retracted statement haunts trial", "", None);
        check("Corrected maps show the border", "The maps were corrected in May.", None);
        check("Court orders halt", "", None);
        check("Court issues warrant", "A previous version of this warrant named no charges.", None);
    }
}
