//! A sentence pattern and how its slots are filled.
//!
//! `{slot}` stands for a fact. `[a|b|c]` stands for the first alternative whose slots are all
//! known, or for nothing. A slot outside brackets is always known. Patterns are ours, never a
//! source's, and nest no brackets.

/// The facts that a pattern may name: `None` where nothing is known.
pub(super) type Slots<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The sentence: slots filled, first letter capital.
pub(super) fn fill(pattern: &str, slots: &Slots<'_>) -> String {
    let mut sentence = String::new();
    let mut rest = pattern;
    while let Some((before, group)) = rest.split_once('[') {
        sentence.push_str(&flat(before, slots).unwrap_or_default());
        let (alternatives, after) = group.split_once(']').unwrap_or((group, ""));
        sentence.push_str(
            &alternatives.split('|').find_map(|one| flat(one, slots)).unwrap_or_default(),
        );
        rest = after;
    }
    sentence.push_str(&flat(rest, slots).unwrap_or_default());
    capital(&sentence)
}

/// A pattern without groups; `None` where a slot of it is not known.
fn flat(pattern: &str, slots: &Slots<'_>) -> Option<String> {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, slot)) = rest.split_once('{') {
        let (name, after) = slot.split_once('}')?;
        text.push_str(before);
        text.push_str(&slots(name)?);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

/// The text with its first letter in capitals.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `Mali`, `Mali and Niger`, `Mali, Niger and Chad`, and past `most` `Mali, Niger and 3 more`.
pub(super) fn listing(names: &[&str], most: usize) -> String {
    let shown = if names.len() > most { most.max(1) } else { names.len() };
    let more = names.len() - shown;
    match (&names[..shown], more) {
        ([], _) => String::new(),
        ([one], 0) => (*one).to_owned(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (shown, more) => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_alternative_that_is_known_is_said() {
        let slots = |name: &str| (name == "who").then(|| "ann".to_owned());
        let check = |pattern: &str, expected: &str| assert_eq!(fill(pattern, &slots), expected);
        check("{who} left[ {where}].", "Ann left.");
        check("[{where}|{who}|somebody] left.", "Ann left.");
        check("[{where}|somebody] left[ with {who}].", "Somebody left with ann.");
        check("", "");
    }

    #[test]
    fn lists_are_cut_honestly() {
        let names = ["Mali", "Niger", "Chad", "Togo", "Benin"];
        assert_eq!(listing(&[], 3), "");
        assert_eq!(listing(&names[..1], 3), "Mali");
        assert_eq!(listing(&names[..2], 3), "Mali and Niger");
        assert_eq!(listing(&names[..3], 3), "Mali, Niger and Chad");
        assert_eq!(listing(&names, 3), "Mali, Niger, Chad and 2 more");
    }
}
