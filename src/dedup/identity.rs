//! The identity ladder: guid, canonical address, content. An item is known if any rung is known,
//! so a site may change one of them without the item coming back as new.

use std::collections::HashMap;

use jiff::Timestamp;
use unicode_normalization::UnicodeNormalization;

use super::address::{address_key, canonical_url};
use crate::model::{Item, ItemKey, Posting, Source, Taken};

/// Content shorter than this many characters, or without a lead, is no identity beside a guid or an
/// address: the same headline half a year later would be taken for known and never read. An item
/// taken for new once too often is caught by the ledger; one taken for known is lost.
const TELLING_CONTENT: usize = 200;

/// Gives one posting its identity.
pub fn identify(source: &Source, posting: Posting, now: Timestamp) -> Item {
    Document::default().identify(source, posting, now)
}

/// Gives the postings of one document their identities. A guid or address that several of them
/// share does not tell them apart and is no rung for them.
pub fn identify_all(source: &Source, postings: Vec<Posting>, now: Timestamp) -> Vec<Item> {
    let document = Document::of(&postings);
    postings.into_iter().map(|posting| document.identify(source, posting, now)).collect()
}

/// How often each guid and address occurs in one document.
#[derive(Default)]
struct Document {
    guids: HashMap<String, u32>,
    addresses: HashMap<String, u32>,
    pairs: HashMap<String, u32>,
}

impl Document {
    fn of(postings: &[Posting]) -> Self {
        let mut document = Self::default();
        for posting in postings {
            let (guid, address) = (guid(posting), address(posting).map(|url| address_key(&url)));
            for (counts, value) in [
                (&mut document.guids, guid.map(str::to_owned)),
                (&mut document.pairs, guid.map(|guid| pair(guid, address.as_deref()))),
                (&mut document.addresses, address),
            ] {
                if let Some(value) = value {
                    *counts.entry(value).or_default() += 1;
                }
            }
        }
        document
    }

    fn identify(&self, source: &Source, posting: Posting, now: Timestamp) -> Item {
        let url = address(&posting);
        let address = url.as_deref().map(address_key);
        let text = folded(&posting);
        let content = hash(&[text.as_bytes()]);
        let mut rungs = Vec::with_capacity(3);
        if let Some(guid) = guid(&posting) {
            let pair = pair(guid, address.as_deref());
            if alone(&self.guids, guid) {
                rungs.push(rung(source, "guid", guid));
            } else if alone(&self.pairs, &pair) {
                rungs.push(rung(source, "guid and address", &pair));
            }
        }
        if let Some(address) = address.filter(|address| alone(&self.addresses, address)) {
            rungs.push(rung(source, "address", &address));
        }
        let telling = !posting.text.trim().is_empty() && text.chars().count() >= TELLING_CONTENT;
        if rungs.is_empty() || telling {
            rungs.push(rung(source, "content", &text));
        }
        Item {
            key: rungs[0],
            rungs,
            content,
            source: source.id.clone(),
            owner: source.owner.clone(),
            posting,
            url,
            seen: now,
            taken: Taken::default(),
        }
    }
}

fn guid(posting: &Posting) -> Option<&str> {
    posting.guid.as_deref().map(str::trim).filter(|guid| !guid.is_empty())
}

fn address(posting: &Posting) -> Option<String> {
    posting.url.as_deref().and_then(canonical_url)
}

fn pair(guid: &str, address: Option<&str>) -> String {
    format!("{guid}\n{}", address.unwrap_or_default())
}

fn alone(counts: &HashMap<String, u32>, value: &str) -> bool {
    counts.get(value).is_none_or(|&count| count == 1)
}

/// Title and text with compatibility forms, case and spacing levelled; dates are left out, because
/// feeds touch those for nothing.
fn folded(posting: &Posting) -> String {
    let mut text = String::with_capacity(posting.title.len() + posting.text.len() + 1);
    level(&posting.title, &mut text);
    text.push('\n');
    level(&posting.text, &mut text);
    text
}

fn level(part: &str, into: &mut String) {
    // Most text is ASCII, of which every form is the same.
    let levelled: String = if part.is_ascii() {
        part.to_ascii_lowercase()
    } else {
        part.nfkc().flat_map(char::to_lowercase).collect()
    };
    for (index, word) in levelled.split_whitespace().enumerate() {
        if index > 0 {
            into.push(' ');
        }
        into.push_str(word);
    }
}

/// By what a headline is known again in a document; nothing for an empty one.
pub fn title_mark(title: &str) -> Option<u64> {
    let mut text = String::with_capacity(title.len());
    level(title, &mut text);
    let hash = blake3::hash(text.as_bytes());
    let mark = u64::from_le_bytes(*hash.as_bytes().first_chunk().expect("32 bytes hold 8"));
    (!text.is_empty()).then_some(mark)
}

fn rung(source: &Source, kind: &str, value: &str) -> ItemKey {
    ItemKey(hash(&[source.id.as_str().as_bytes(), kind.as_bytes(), value.as_bytes()]))
}

/// The first 16 bytes of BLAKE3 over the parts, each with its length so that none runs into the
/// next.
fn hash(parts: &[&[u8]]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    *hasher.finalize().as_bytes().first_chunk().expect("a BLAKE3 hash has 32 bytes")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;
    use url::Url;

    use super::*;
    use crate::model::SourceKind;

    fn source() -> Source {
        Source {
            id: "gazette".into(),
            kind: SourceKind::Feed,
            urls: vec![Url::parse("https://gazette.example/rss").unwrap()],
            every: Duration::from_mins(15),
            voice: None,
            owner: "gazette".into(),
        }
    }

    fn posting(guid: &str, url: &str, title: &str) -> Posting {
        Posting {
            guid: (!guid.is_empty()).then(|| guid.to_owned()),
            url: (!url.is_empty()).then(|| format!("https://gazette.example/{url}")),
            title: title.to_owned(),
            ..Posting::default()
        }
    }

    fn item(posting: Posting) -> Item {
        identify(&source(), posting, Timestamp::UNIX_EPOCH)
    }

    /// Whether `other` would be recognised by what is kept of `one`.
    #[track_caller]
    fn check(one: Posting, other: Posting, recognised: bool) {
        let (one, other) = (item(one), item(other));
        assert_eq!(other.rungs.iter().any(|rung| one.rungs.contains(rung)), recognised);
    }

    #[test]
    fn any_rung_recognises() {
        let lead = "Officials met in the capital for talks about trade. ".repeat(5);
        let long =
            |title: &str, guid, url| Posting { text: lead.clone(), ..posting(guid, url, title) };
        check(posting("7", "a", "One"), posting(" 7 ", "b", "Two"), true);
        check(posting("7", "a", "One"), posting("8", "a/?utm_source=x", "Two"), true);
        check(long("One item", "7", "a"), long("ONE ITEM", "8", "b"), true);
        check(long("One item", "7", "a"), long("Another item", "8", "b"), false);
        check(posting("7", "a", "One"), posting("8", "b", "Two"), false);
    }

    #[test]
    fn the_same_headline_under_a_new_guid_and_address_is_another_item() {
        let headline = "ICC issues arrest warrant for former minister of the interior";
        check(posting("7", "june", headline), posting("8", "november", headline), false);
    }

    #[test]
    fn a_short_content_beside_an_address_recognises_nothing() {
        check(posting("", "a", "Judgment"), posting("", "b", "Judgment"), false);
        check(posting("", "", "Judgment"), posting("", "", "Judgment"), true);
    }

    #[test]
    fn a_guid_of_one_kind_is_not_an_address_of_the_same_text() {
        check(posting("gazette.example/a", "", "One"), posting("", "a", "Two"), false);
    }

    #[test]
    fn another_source_shares_no_key() {
        let mut other = source();
        other.id = "herald".into();
        let there = identify(&other, posting("7", "a", "One"), Timestamp::UNIX_EPOCH);
        assert!(there.rungs.iter().all(|key| !item(posting("7", "a", "One")).rungs.contains(key)));
    }

    #[test]
    fn shared_guids_and_addresses_of_one_document_are_no_rungs() {
        let postings = vec![
            posting("same", "a", "One"),
            posting("same", "b", "Two"),
            posting("", "list", "Three"),
            posting("", "list", "Four"),
            posting("twin", "t", "Five"),
            posting("twin", "t", "Six"),
        ];
        let items = identify_all(&source(), postings, Timestamp::UNIX_EPOCH);
        let mut rungs: Vec<ItemKey> = items.iter().flat_map(|item| item.rungs.clone()).collect();
        let all = rungs.len();
        rungs.sort();
        rungs.dedup();
        assert_eq!(rungs.len(), all);
        assert!(items.iter().all(|item| !item.rungs.is_empty()));
    }

    #[test]
    fn content_ignores_spacing_and_forms_but_not_words() {
        let content = |title: &str| item(posting("1", "", title)).content;
        assert_eq!(content("The  \u{FB01}rst order"), content("the first\u{a0}order "));
        assert_ne!(content("The first order"), content("The second order"));
    }

    proptest! {
        #[test]
        fn edits_of_title_dates_and_tracking_do_not_move_an_item(
            title in ".{0,30}", edited in ".{0,30}", seconds in 0i64..2_000_000_000, with_guid: bool,
        ) {
            let guid = if with_guid { "g-1" } else { "" };
            let before = item(posting(guid, "a?id=3", &title));
            let mut after = posting(guid, "a?utm_medium=feed&id=3&fbclid=q", &edited);
            after.published = Timestamp::from_second(seconds).ok();
            after.updated = after.published;
            prop_assert_eq!(before.key, item(after).key);
        }
    }
}
