//! The mark of a seen item: 16 bytes of content hash and one of revisions. There is one for every
//! rung of every item that ever was, kept for ever, so it is as small as it can be; its length is
//! its version.

use super::Unreadable;
use crate::model::SeenMark;

const LENGTH_V1: usize = 17;

pub(in crate::state) fn encode(mark: SeenMark) -> [u8; LENGTH_V1] {
    let mut bytes = [mark.revisions; LENGTH_V1];
    bytes[..16].copy_from_slice(&mark.content);
    bytes
}

pub(in crate::state) fn decode(bytes: &[u8]) -> Result<SeenMark, Unreadable> {
    let (content, revisions) =
        bytes.split_first_chunk().ok_or_else(|| format!("only {} bytes", bytes.len()))?;
    match revisions {
        [revisions] => Ok(SeenMark { content: *content, revisions: *revisions }),
        _ => Err(format!("{} bytes instead of {LENGTH_V1}", bytes.len())),
    }
}
