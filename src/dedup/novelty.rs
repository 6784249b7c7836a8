//! Old against new, from the marks that are kept of what was seen.

use crate::model::{Item, ItemKey, Novelty, SeenMark};

/// An item that changes at every fetch is read this many times again, and then no more.
pub const MAX_REVISIONS: u8 = 24;

/// Judges an item by the mark of the best rung that has one. `baseline` says whether its source
/// was ever read before: an empty first document is a baseline too, so that the first item of a
/// quiet court page is news.
pub fn novelty(
    item: &Item,
    seen: impl Fn(&ItemKey) -> Option<SeenMark>,
    baseline: bool,
) -> (Novelty, SeenMark) {
    let found = item.rungs.iter().find_map(seen);
    let fresh = SeenMark { content: item.content, revisions: 0 };
    match found {
        None if baseline => (Novelty::New, fresh),
        None => (Novelty::Backfill, fresh),
        Some(mark) if mark.content == item.content || mark.revisions >= MAX_REVISIONS => {
            (Novelty::Known, mark)
        }
        Some(mark) => {
            (Novelty::Revised, SeenMark { content: item.content, revisions: mark.revisions + 1 })
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::{Posting, Taken};

    fn item(content: u8) -> Item {
        Item {
            key: ItemKey([1; 16]),
            rungs: vec![ItemKey([1; 16]), ItemKey([2; 16])],
            content: [content; 16],
            source: "court".into(),
            owner: "court".into(),
            posting: Posting::default(),
            url: None,
            seen: Timestamp::UNIX_EPOCH,
            taken: Taken::default(),
        }
    }

    /// What is judged of an item with content 7 when `marks` are kept, and the mark to keep.
    #[track_caller]
    fn check(marks: &[(u8, u8, u8)], baseline: bool, novelty: Novelty, mark: (u8, u8)) {
        let seen = |key: &ItemKey| {
            let found = marks.iter().find(|(rung, ..)| key.0 == [*rung; 16])?;
            Some(SeenMark { content: [found.1; 16], revisions: found.2 })
        };
        let expected = SeenMark { content: [mark.0; 16], revisions: mark.1 };
        assert_eq!(super::novelty(&item(7), seen, baseline), (novelty, expected));
    }

    #[test]
    fn never_seen_is_new_once_the_source_has_a_baseline() {
        check(&[], true, Novelty::New, (7, 0));
        check(&[], false, Novelty::Backfill, (7, 0));
        check(&[(9, 7, 0)], true, Novelty::New, (7, 0));
    }

    #[test]
    fn any_rung_makes_it_known_and_the_best_one_speaks() {
        check(&[(1, 7, 0)], true, Novelty::Known, (7, 0));
        check(&[(2, 7, 3)], true, Novelty::Known, (7, 3));
        check(&[(1, 7, 0), (2, 5, 0)], true, Novelty::Known, (7, 0));
    }

    #[test]
    fn a_change_is_read_again_a_bounded_number_of_times() {
        check(&[(1, 5, 0)], true, Novelty::Revised, (7, 1));
        check(&[(1, 5, 23)], true, Novelty::Revised, (7, 24));
        check(&[(1, 5, 24)], true, Novelty::Known, (5, 24));
    }
}
