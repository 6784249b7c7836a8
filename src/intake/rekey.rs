//! A site that renames all its ids and addresses at once, as it does when it moves to another
//! system: nearly everything in its document is new by every rung, and nearly every headline stood
//! in the document before. That is no news.

use std::collections::BTreeSet;

use crate::{dedup::title_mark, model::Item};

/// With fewer items a document says nothing: two headlines may come back by chance.
const FEWEST: usize = 5;
/// Headlines that are remembered of a document, at most: as many items as are taken from one.
const MOST: usize = 500;

/// The marks of a document's headlines, to know them again.
pub(super) fn titles(items: &[Item]) -> Vec<u64> {
    let marks: BTreeSet<u64> = items.iter().filter_map(mark).take(MOST).collect();
    marks.into_iter().collect()
}

/// The marks of the headlines that only got other ids; empty unless the whole document was re-keyed.
/// `known` are the headlines of the document before, `is_new` says that no rung of an item is known.
pub(super) fn renamed(
    items: &[Item],
    known: &[u64],
    is_new: impl Fn(&Item) -> bool,
) -> BTreeSet<u64> {
    // A headline that stands there twice (`Order`) counts once.
    let new = items.iter().filter(|item| is_new(item)).filter_map(mark);
    let renamed: BTreeSet<u64> = new.filter(|mark| known.contains(mark)).collect();
    let distinct = titles(items).len();
    let all = distinct >= FEWEST && renamed.len() * 5 >= distinct * 4;
    if all { renamed } else { BTreeSet::new() }
}

pub(super) fn mark(item: &Item) -> Option<u64> {
    title_mark(&item.posting.title)
}
