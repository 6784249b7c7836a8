//! How alike two texts are, for wire copy: forty outlets that carry one agency's report are one
//! account of it.
//!
//! Three words in a row make a shingle; a sample of their hashes by smallest value (bottom-k) stands
//! for the text. It is exact for a headline and lead, needs no tuning and compares texts that were
//! cut at different lengths, which fingerprints of one word each (`SimHash`) do badly on texts this
//! short, and indices of signatures (LSH) are for finding pairs among millions: here a report is
//! only compared with the few others of its development.

use crate::model::{Posting, Sketch};

/// Words of a shingle.
const WORDS: usize = 3;

/// The sample of a posting's headline and lead.
pub fn sketch(posting: &Posting) -> Sketch {
    let mut hashes: Vec<u32> = Vec::new();
    for part in [&posting.title, &posting.text] {
        let lower = part.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        hashes.extend(words.windows(WORDS).map(hash));
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(Sketch::SIZE);
    Sketch(hashes.into())
}

/// FNV-1a over the words, each with an end, and its bits mixed so that the smallest hashes are a
/// fair sample.
fn hash(words: &[&str]) -> u32 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0xff]));
    let fnv = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (fnv ^ (fnv >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    u32::try_from(mixed >> 32).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "Judges at the United Nations' top court ordered Aland on Friday to halt its \
        offensive in the border province at once, in a ruling on a request that Beland brought last \
        week. The order is binding, but the court has no means to enforce it. Aland rejects the charge \
        and says that it acts in self-defence against raids from the other side of the river.";

    fn of(title: &str, text: &str) -> Sketch {
        sketch(&Posting { title: title.into(), text: text.into(), ..Posting::default() })
    }

    #[track_caller]
    fn check(one: (&str, &str), other: (&str, &str), copy: bool) {
        let (one, other) = (of(one.0, one.1), of(other.0, other.1));
        assert_eq!((one.is_copy_of(&other), other.is_copy_of(&one)), (copy, copy));
    }

    #[test]
    fn wire_copy_is_known_under_another_headline_cut_or_lightly_edited() {
        let cut: String = WIRE.chars().take(180).collect();
        let edited = WIRE.replace("at once", "immediately").replace("last week", "in May");
        check(
            ("World court orders Aland to stop", WIRE),
            ("Aland told to halt offensive", WIRE),
            true,
        );
        check(("World court orders Aland to stop", WIRE), ("Halt, says court", &cut), true);
        check(("World court orders Aland to stop", WIRE), ("Top judges rule", &edited), true);
    }

    #[test]
    fn an_account_of_ones_own_is_no_copy() {
        let own = "The International Court of Justice told Aland to end its offensive in the border \
            province. Ministers in the capital called the ruling absurd; Beland's envoy spoke of a \
            historic day. It is the third order in the case since January.";
        check(
            ("World court orders Aland to stop", WIRE),
            ("World court orders Aland to stop", own),
            false,
        );
    }

    #[test]
    fn short_headlines_are_alike_by_their_formulas_and_say_nothing() {
        let short = "ICC issues arrest warrant for former minister";
        check((short, ""), (short, ""), false);
        check(("", ""), ("", ""), false);
    }
}
