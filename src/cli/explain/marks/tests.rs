use super::{super::page::Look, *};

fn mark(characters: Range<usize>, sign: char, label: &str) -> Mark {
    Mark { characters, sign, label: label.into(), ink: Ink::Role }
}

#[track_caller]
fn check(text: &str, marks: &[Mark], lines: Lines, expected: &str) {
    let mut page = Page::new(Look { width: 40, colour: false, full: false });
    draw(&mut page, 2, &Cells::of(text, usize::MAX), marks, lines);
    assert_eq!(page.text(), expected, "\n{}", page.text());
}

#[test]
fn labels_stand_below_each_other_where_there_is_no_room_beside() {
    check(
        "ICC issues a warrant for Zero",
        &[mark(0..3, '^', "actor"), mark(4..10, '^', "act"), mark(25..29, '-', "General Zero")],
        Lines::All,
        "  ICC issues a warrant for Zero
  ^^^ ^^^^^^               ----
  |   act                  General Zero
  actor
",
    );
}

#[test]
fn a_label_at_the_edge_is_moved_to_the_left() {
    check(
        "A warrant has been issued against Zero",
        &[mark(34..38, '-', "General Zero")],
        Lines::All,
        "  A warrant has been issued against Zero
                                    ----
                            General Zero
",
    );
}

#[test]
fn wide_and_combining_signs_shift_no_mark() {
    check(
        "逮捕状 👨‍👩‍👧 e\u{301}tat \u{1b}[1m\u{202e}ICC",
        &[mark(0..3, '^', "object"), mark(21..24, '-', "ICC")],
        Lines::All,
        "  逮捕状 👨‍👩‍👧 e\u{301}tat [1mICC
  ^^^^^^            ---
  object            ICC
",
    );
}

#[test]
fn the_first_of_two_marks_counts_where_they_overlap() {
    check(
        "the World Court acts",
        &[mark(4..15, '^', ""), mark(10..20, '~', "cue")],
        Lines::All,
        "  the World Court acts
      ^^^^^^^^^^^~~~~~
                 cue
",
    );
}

#[test]
fn a_mark_goes_on_in_the_next_line_and_unmarked_lines_may_be_left_out() {
    let text = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen \
                fifteen sixteen seventeen";
    check(
        text,
        &[mark(32..44, '.', "")],
        Lines::Marked,
        "  One two three four five six seven
                                  .
  eight nine ten eleven twelve thirteen
  ..........
  …
",
    );
}

#[test]
fn colours_stand_under_the_marks_alone() {
    let mut page = Page::new(Look { width: 40, colour: true, full: false });
    draw(&mut page, 0, &Cells::of("a ICC", 5), &[mark(2..5, '^', "")], Lines::All);
    let (on, off) = ("\u{1b}[1m\u{1b}[32m", "\u{1b}[0m");
    assert_eq!(page.text(), format!("a {on}ICC{off}\n  {on}^^^{off}\n"));
}
