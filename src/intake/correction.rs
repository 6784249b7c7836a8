//! Whether an item says of itself that it corrects what was published before.

use crate::model::Posting;

/// What a headline begins with, in lower case.
const LABELS: &[&str] = &["correction", "corrected", "corrects", "retraction", "erratum"];

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

pub(super) fn is_correction(posting: &Posting) -> bool {
    let title = posting.title.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let labelled = LABELS.iter().any(|label| {
        // `Correction: …`, `CORRECTED-…`; not `Corrections officer is charged`.
        let rest = title.strip_prefix(label);
        rest.is_some_and(|rest| {
            rest.trim_start().starts_with([':', '-', '\u{2013}', '\u{2014}', ']', ')'])
        })
    });
    labelled || {
        let text = posting.text.to_lowercase();
        NOTES.iter().any(|note| text.contains(note))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, text: &str, expected: bool) {
        let posting = Posting { title: title.into(), text: text.into(), ..Posting::default() };
        assert_eq!(is_correction(&posting), expected, "{title} {text}");
    }

    #[test]
    fn an_item_says_of_itself_that_it_corrects() {
        check("Correction: ICC issues warrant for Ann Example", "", true);
        check("CORRECTED-UPDATE 1-Court orders halt", "", true);
        check("[Corrected] Court orders halt", "", true);
        check("Court orders halt", "An earlier version of this article named another.", true);
    }

    #[test]
    fn what_is_only_about_corrections_is_none() {
        check("Corrections officer is charged", "", false);
        check("Corrected maps show the border", "The maps were corrected in May.", false);
        check("Court orders halt", "", false);
    }
}
