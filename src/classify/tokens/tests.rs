use super::*;

fn check(text: &str, expected: &[&str]) {
    let tokens = Tokens::of(&Words::default(), text, "");
    let ends = |index: usize| tokens.list[index].start == tokens.list[index].end;
    let words: Vec<&str> = (0..tokens.list.len())
        .filter(|&index| tokens.list[index].shape != Shape::Quote && !ends(index))
        .map(|index| tokens.word(index))
        .collect();
    assert_eq!(words, expected, "{text}");
}

#[test]
fn case_and_accents_are_folded() {
    check("Félicien KABUGA", &["felicien", "kabuga"]);
    check("Türkiye's Ístanbul", &["turkiye", "'s", "istanbul"]);
}

#[test]
fn abbreviations_lose_their_dots() {
    check("U.S. and the I.C.C. agree.", &["us", "and", "the", "icc", "agree", "."]);
    check("The U.N.'s court", &["the", "un", "'s", "court"]);
}

#[test]
fn a_phrase_in_small_letters_folds_as_texts_write_it() {
    let mut tokens = Tokens::default();
    let mut check = |phrase: &str, expected: &[&str]| {
        tokens.read_phrase(&Words::default(), phrase);
        assert_eq!(tokens.words().collect::<Vec<_>>(), expected);
    };
    check("u.n. court", &["un", "court"]);
    check("karim a.a. khan", &["karim", "aa", "khan"]);
    check("congo v. uganda", &["congo", "v", "uganda"]);
}

#[test]
fn hyphens_part_words_and_spaced_dashes_part_clauses() {
    check("Lvova-Belova – a plea", &["lvova", "belova", "–", "a", "plea"]);
}

#[test]
fn elided_articles_are_words() {
    check(
        "L’Espagne et l'affaire d'Israël",
        &["l", "espagne", "et", "l", "affaire", "d", "israel"],
    );
    check("N'Djamena can't", &["n'djamena", "can't"]);
}

#[test]
fn numbers_keep_their_commas_and_points() {
    check("1,000 pages, 2.7 million", &["1,000", "pages", ",", "2.7", "million"]);
}

#[test]
fn offsets_count_characters() {
    let tokens = Tokens::of(&Words::default(), "Thaçi’s trial", "");
    let spans: Vec<_> = tokens.list.iter().map(|t| (t.start, t.end)).collect();
    assert_eq!(spans, [(0, 5), (5, 7), (8, 13), (13, 13), (0, 0)]);
}
