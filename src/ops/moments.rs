//! Moments in JSON: RFC 3339, or null.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

#[expect(clippy::ref_option, reason = "serde hands fields over by reference")]
pub(super) fn serialize<S: Serializer>(
    moment: &Option<Timestamp>,
    out: S,
) -> Result<S::Ok, S::Error> {
    moment.map(|moment| moment.to_string()).serialize(out)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    input: D,
) -> Result<Option<Timestamp>, D::Error> {
    let text: Option<String> = Option::deserialize(input)?;
    text.map(|text| text.parse().map_err(D::Error::custom)).transpose()
}
