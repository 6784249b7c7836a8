//! What may be asked of developments and of the ledger, on the command line and over HTTP alike.

use jiff::civil::Date;
use url::form_urlencoded;

use crate::model::{BodyId, Kind};

/// Which developments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DevelopmentQuery {
    /// Acts of this day and later.
    pub since: Option<Date>,
    /// Of these kinds; empty for all.
    pub kinds: Vec<Kind>,
    /// Only moves that are illegal by the ledger and wait for a person.
    pub review: bool,
}

/// A part of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Topic {
    /// Who is a member, and who joins or leaves.
    Members,
    /// Who is sought.
    Warrants,
    /// What was ruled.
    Rulings,
    /// What is before the courts.
    Cases,
}

impl Topic {
    const ALL: [(Self, &str, Kind); 4] = [
        (Self::Members, "members", Kind::Membership),
        (Self::Warrants, "warrants", Kind::Warrant),
        (Self::Rulings, "rulings", Kind::Ruling),
        (Self::Cases, "cases", Kind::Proceedings),
    ];

    fn row(self) -> (Self, &'static str, Kind) {
        let found = Self::ALL.into_iter().find(|(topic, ..)| *topic == self);
        found.expect("every topic has a row")
    }

    /// The kind of its rows.
    pub fn kind(self) -> Kind {
        self.row().2
    }

    /// Its word.
    pub fn as_str(self) -> &'static str {
        self.row().1
    }
}

/// Which rows of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerQuery {
    /// Of this part; all where none is named.
    pub topic: Option<Topic>,
    /// Of this body.
    pub body: Option<BodyId>,
    /// As known at the end of this day; today where none is named.
    pub as_of: Option<Date>,
}

impl DevelopmentQuery {
    /// Reads `since=2026-01-01&kind=warrant&kind=ruling&review=true`.
    pub fn parse(query: &str) -> Result<Self, String> {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "since" => asked.since = Some(day(&value)?),
                "kind" => asked.kinds.push(kind(&value)?),
                "review" => asked.review = flag(&value)?,
                _ => return Err(unknown(&name, "since, kind and review")),
            }
        }
        Ok(asked)
    }

    /// Writes what [`DevelopmentQuery::parse`] reads.
    pub fn to_query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.since.map(|since| ("since", since.to_string())));
        query.extend_pairs(self.kinds.iter().map(|kind| ("kind", kind.as_str())));
        query.extend_pairs(self.review.then_some(("review", "true")));
        query.finish()
    }
}

impl LedgerQuery {
    /// Reads `topic=warrants&body=ICC&as_of=2025-01-01`.
    pub fn parse(query: &str) -> Result<Self, String> {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "topic" => asked.topic = Some(topic(&value)?),
                "body" => asked.body = Some(value.as_ref().into()),
                "as_of" => asked.as_of = Some(day(&value)?),
                _ => return Err(unknown(&name, "topic, body and as_of")),
            }
        }
        Ok(asked)
    }

    /// Writes what [`LedgerQuery::parse`] reads.
    pub fn to_query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.topic.map(|topic| ("topic", topic.as_str())));
        query.extend_pairs(self.body.as_ref().map(|body| ("body", body.as_str())));
        query.extend_pairs(self.as_of.map(|day| ("as_of", day.to_string())));
        query.finish()
    }
}

/// Reads a day.
pub fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_wrong| "write a day such as 2026-01-31".to_owned())
}

/// Reads a kind.
pub fn kind(text: &str) -> Result<Kind, String> {
    Kind::parse(text).ok_or_else(|| {
        let all: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("write one of {}", all.join(", "))
    })
}

fn flag(text: &str) -> Result<bool, String> {
    text.parse().map_err(|_wrong| "write true or false".to_owned())
}

fn topic(text: &str) -> Result<Topic, String> {
    let found = Topic::ALL.into_iter().find(|(_, word, _)| *word == text);
    found
        .map(|(topic, ..)| topic)
        .ok_or_else(|| "write one of members, warrants, rulings, cases".to_owned())
}

fn unknown(name: &str, known: &str) -> String {
    format!("`{name}` is not asked for here; there are {known}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_read_back_as_they_are_written() {
        let asked = DevelopmentQuery {
            since: Some("2026-02-03".parse().unwrap()),
            kinds: vec![Kind::Warrant, Kind::Ruling],
            review: true,
        };
        assert_eq!(asked.to_query(), "since=2026-02-03&kind=warrant&kind=ruling&review=true");
        assert_eq!(DevelopmentQuery::parse(&asked.to_query()), Ok(asked));
        let asked = LedgerQuery {
            topic: Some(Topic::Members),
            body: Some("A & B".into()),
            as_of: Some("2026-02-03".parse().unwrap()),
        };
        assert_eq!(LedgerQuery::parse(&asked.to_query()), Ok(asked));
        assert_eq!(LedgerQuery::parse(""), Ok(LedgerQuery::default()));
    }

    #[test]
    fn a_wrong_query_is_answered_with_what_to_write() {
        assert!(DevelopmentQuery::parse("kind=warant").unwrap_err().contains("warrant"));
        assert!(DevelopmentQuery::parse("since=yesterday").unwrap_err().contains("2026-01-31"));
        assert!(LedgerQuery::parse("asof=1").unwrap_err().contains("as_of"));
    }
}
