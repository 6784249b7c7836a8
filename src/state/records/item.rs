//! An item of the archive.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Unreadable,
    scalar::{Hex, Text},
};
use crate::model::{Item, ItemKey, Posting, Taken};

#[derive(Serialize, Deserialize)]
enum ItemRecord<'a> {
    #[serde(rename = "1", borrow)]
    V1(ItemV1<'a>),
}

#[derive(Serialize, Deserialize)]
struct ItemV1<'a> {
    key: Hex<16>,
    rungs: Vec<Hex<16>>,
    content: Hex<16>,
    #[serde(borrow)]
    source: Cow<'a, str>,
    #[serde(borrow)]
    owner: Cow<'a, str>,
    #[serde(borrow)]
    posting: PostingV1<'a>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    url: Option<Cow<'a, str>>,
    seen: Text<Timestamp>,
    #[serde(default)]
    order: u32,
    #[serde(default = "fresh")]
    fresh: bool,
}

/// What was stored before it was noted counts as news.
fn fresh() -> bool {
    true
}

#[derive(Serialize, Deserialize)]
struct PostingV1<'a> {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    guid: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    url: Option<Cow<'a, str>>,
    #[serde(borrow)]
    title: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    published: Option<Text<Timestamp>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    updated: Option<Text<Timestamp>>,
}

pub(in crate::state) fn encode(item: &Item) -> Vec<u8> {
    super::encode(&ItemRecord::V1(item.into()))
}

pub(in crate::state) fn decode(bytes: &[u8]) -> Result<Item, Unreadable> {
    match super::decode(bytes)? {
        ItemRecord::V1(record) => Ok(record.into()),
    }
}

impl<'a> From<&'a Item> for ItemV1<'a> {
    fn from(item: &'a Item) -> Self {
        Self {
            key: Hex(item.key.0),
            rungs: item.rungs.iter().map(|rung| Hex(rung.0)).collect(),
            content: Hex(item.content),
            source: item.source.as_str().into(),
            owner: item.owner.as_str().into(),
            posting: (&item.posting).into(),
            url: item.url.as_deref().map(Cow::from),
            seen: Text(item.seen),
            order: item.taken.order,
            fresh: item.taken.fresh,
        }
    }
}

impl From<ItemV1<'_>> for Item {
    fn from(record: ItemV1<'_>) -> Self {
        Self {
            key: ItemKey(record.key.0),
            rungs: record.rungs.into_iter().map(|rung| ItemKey(rung.0)).collect(),
            content: record.content.0,
            source: record.source.as_ref().into(),
            owner: record.owner.as_ref().into(),
            posting: record.posting.into(),
            url: record.url.map(Cow::into_owned),
            seen: record.seen.0,
            taken: Taken { order: record.order, fresh: record.fresh },
        }
    }
}

impl<'a> From<&'a Posting> for PostingV1<'a> {
    fn from(posting: &'a Posting) -> Self {
        Self {
            guid: posting.guid.as_deref().map(Cow::from),
            url: posting.url.as_deref().map(Cow::from),
            title: posting.title.as_str().into(),
            text: posting.text.as_str().into(),
            published: posting.published.map(Text),
            updated: posting.updated.map(Text),
        }
    }
}

impl From<PostingV1<'_>> for Posting {
    fn from(record: PostingV1<'_>) -> Self {
        Self {
            guid: record.guid.map(Cow::into_owned),
            url: record.url.map(Cow::into_owned),
            title: record.title.into_owned(),
            text: record.text.into_owned(),
            published: record.published.map(|Text(at)| at),
            updated: record.updated.map(|Text(at)| at),
        }
    }
}
