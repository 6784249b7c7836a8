//! Newtypes for every id, so that one can never be passed for another.

use std::{borrow::Borrow, fmt, sync::Arc};

macro_rules! text_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as it is written in config, JSON and messages.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

text_ids! {
    /// A source of `sources.toml`, such as `icj-press`.
    SourceId;
    /// Who publishes a source. Reports of one owner count once.
    OwnerId;
    /// A court, organ or coalition, such as `ICC` or `HAGUE-GROUP`; operators may add their own.
    BodyId;
    /// A case before a body, such as `ICJ-192`.
    CaseId;
    /// A person by the full name that the lexicon gives, or as written where it knows none.
    PersonName;
    /// A rule of `rules/`, such as `warrant.issued`.
    RuleId;
    /// The short id of a development that people see and quote (`K7Q2M`): five or more characters
    /// of Crockford's base 32, derived from what was first known of it.
    DevelopmentId;
    /// The identity of a message and its Discord nonce: at most 25 characters, derived from what
    /// the message says to whom, so that the same intent gives the same key after a crash.
    MessageKey;
}

/// A Discord channel's snowflake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChannelId(pub u64);

impl fmt::Display for ChannelId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One rung of an item's identity: the first 16 bytes of a BLAKE3 hash over the source and a guid,
/// a canonical address or the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey(pub [u8; 16]);

impl fmt::Display for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A state by its ISO 3166-1 alpha-3 code; Palestine is `PSE`, Kosovo `XKX`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateCode([u8; 3]);

impl StateCode {
    /// Reads three capital ASCII letters; anything else is not a code.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 3] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The code's three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a code is made of ASCII letters only")
    }
}

impl fmt::Display for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
