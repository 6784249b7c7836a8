//! `sources.toml`: whom to ask.
//!
//! Checks what a source says of itself and that no two sources share an id or an address. Whether
//! an address answers is for `preview` to show; which addresses may be asked is for the fetcher.

use std::time::Duration;

use jiff::tz::TimeZone;

use super::{names::Names, problem::Complaint, settings, table::Table, taken::Taken, values};
use crate::{
    model::{Source, SourceKind},
    parse::{DateText, Recipe, RecipeText},
};

/// A source and, for a page, how to read it.
#[derive(Clone, Debug)]
pub struct ConfiguredSource {
    /// The source.
    pub source: Source,
    /// The page's recipe; `None` for a feed.
    pub recipe: Option<Recipe>,
}

/// Reads the file's top table. `every` is the cadence of sources that name none.
pub(crate) fn read(mut root: Table<'_>, every: Duration, names: &Names) -> Vec<ConfiguredSource> {
    let mut ids = Taken::new("source");
    let mut addresses = Taken::new("address");
    let mut sources = Vec::new();
    for mut table in root.tables("source") {
        let read = source(&mut table, every, names);
        if let Some(id) = table.optional_text("id") {
            ids.claim(&table, "id", &id);
        }
        if let Some(ConfiguredSource { source, .. }) = &read {
            for url in &source.urls {
                addresses.claim(&table, "urls", url.as_str());
            }
        }
        table.finish();
        sources.extend(read);
    }
    root.finish();
    sources
}

fn source(table: &mut Table<'_>, every: Duration, names: &Names) -> Option<ConfiguredSource> {
    let id = table.convert("id", "\"icj-press\"", simple_id);
    let kind = table.one_of("kind", &[("feed", SourceKind::Feed), ("page", SourceKind::Page)]);
    let urls = table.convert_some("urls", values::url);
    let own_every = settings::cadence(table);
    let voice = table.optional_convert("voice", "\"ICJ\"", |text| names.body(text));
    let owner = table.optional_convert("owner", "\"icj\"", simple_id);
    let recipe = match (kind, table.has("page")) {
        (Some(SourceKind::Feed), true) => {
            let complaint = Complaint::new("a feed needs no [source.page]", "leave the table out");
            table.refuse("page", complaint);
            None
        }
        (Some(SourceKind::Page), false) => {
            table.complain(
                "page",
                "a page needs a recipe",
                "add a table [source.page] with `item`, `title`, `link` and `date`",
            );
            return None;
        }
        _ => table.table("page").map(recipe),
    };
    let recipe = match recipe {
        Some(read) => Some(read?),
        None => None,
    };
    let id = id?;
    let source = Source {
        owner: owner.unwrap_or_else(|| id.clone()).into(),
        id: id.into(),
        kind: kind?,
        urls,
        every: own_every.unwrap_or(every),
        voice,
    };
    Some(ConfiguredSource { source, recipe })
}

/// An id that can stand in addresses, metrics and commands.
fn simple_id(text: &str) -> Result<String, Complaint> {
    let simple = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if text.bytes().all(simple) && !text.starts_with('-') {
        return Ok(text.to_owned());
    }
    Err(Complaint::new(
        format!("`{text}` is not a simple id"),
        "write small letters, digits and hyphens, such as \"icj-press\"",
    ))
}

fn recipe(mut table: Table<'_>) -> Option<Recipe> {
    let item = table.text("item");
    let title = table.optional_convert("title", "\"…\"", owned);
    let link = table.optional_convert("link", "\"…\"", owned);
    let text = table.optional_convert("text", "\"…\"", owned);
    let mut date_table = table.table("date");
    let date = match &mut date_table {
        Some(date_table) => Some(date(date_table)?),
        None => None,
    };
    let compiled = Recipe::compile(&RecipeText { item: item?, title, link, date, text });
    for problem in compiled.as_ref().err().into_iter().flatten() {
        let (inner, key) = match (problem.key.split_once('.'), &date_table) {
            (Some(("date", key)), Some(inner)) => (inner, key),
            _ => (&table, problem.key),
        };
        let mend = match key {
            "format" => "write a format such as \"%d %B %Y\"",
            _ => "write a CSS selector such as \"h2 > a\"",
        };
        inner.complain(key, problem.what.clone(), mend);
    }
    table.finish();
    if let Some(date_table) = date_table {
        date_table.finish();
    }
    compiled.ok()
}

fn date(table: &mut Table<'_>) -> Option<DateText> {
    let selector = table.text("selector");
    let format = table.one_or_more_texts("format");
    let timezone = table.optional_convert("timezone", "\"Europe/Amsterdam\"", values::timezone);
    Some(DateText { selector: selector?, format, timezone: timezone.unwrap_or(TimeZone::UTC) })
}

#[expect(clippy::unnecessary_wraps, reason = "it stands for a reading that can fail")]
fn owned(text: &str) -> Result<String, Complaint> {
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::{
        config::trial::{assembled, check},
        model::SourceKind,
    };

    const GOOD: &str = r#"
[[source]]
id = "icj-press"
kind = "page"
urls = ["https://icj.example/press", "http://old.icj.example/press"]
every = "10m"
voice = "ICJ"
owner = "icj"
[source.page]
item = "li"
title = "a"
link = "a"
date = { selector = "time", format = "%d %B %Y", timezone = "Europe/Amsterdam" }
text = "p"

[[source]]
id = "paper"
kind = "feed"
urls = ["https://paper.example/feed"]
"#;

    #[test]
    fn a_page_and_a_feed_are_read_whole() {
        let config = assembled(&[("sources.toml", GOOD)]).unwrap();
        let [page, feed] = config.sources.as_slice() else { panic!("two sources") };
        assert_eq!(page.source.id.as_str(), "icj-press");
        assert_eq!(page.source.kind, SourceKind::Page);
        assert_eq!(page.source.urls[1].as_str(), "http://old.icj.example/press");
        assert_eq!(page.source.every.as_secs(), 600);
        assert_eq!(page.source.voice, Some("ICJ".into()));
        assert_eq!(page.source.owner.as_str(), "icj");
        assert!(page.recipe.is_some());
        assert_eq!(feed.source.kind, SourceKind::Feed);
        assert_eq!(feed.source.every.as_secs(), 900, "poll.every by default");
        assert_eq!(feed.source.voice, None);
        assert_eq!(feed.source.owner.as_str(), "paper", "the id by default");
        assert!(feed.recipe.is_none());
    }

    #[test]
    fn a_source_takes_its_cadence_from_the_settings() {
        let settings = ("haguewatch.toml", "[poll]\nevery = \"2h\"");
        let config = assembled(&[settings, ("sources.toml", GOOD)]).unwrap();
        let cadences: Vec<u64> =
            config.sources.iter().map(|configured| configured.source.every.as_secs()).collect();
        assert_eq!(cadences, [600, 7200]);
    }

    #[test]
    fn what_a_source_needs_is_asked_for() {
        check(
            "sources.toml",
            "[[source]]\n",
            "\
sources.toml:1:1: `id` is missing; add a line `id = \"icj-press\"`
sources.toml:1:1: `kind` is missing; add a line `kind = \"feed\" or \"page\"`
sources.toml:1:1: `urls` is missing; add a line `urls = [\"…\"]`",
        );
    }

    #[test]
    fn every_value_is_checked() {
        check(
            "sources.toml",
            r#"
[[source]]
id = "ICJ press"
kind = "pagee"
urls = ["ftp://icj.example", "https://icj.example"]
every = "30s"
voice = "ICI"
owner = "-"
colour = "blue"
"#,
            "\
sources.toml:3:6: `ICJ press` is not a simple id; write small letters, digits and hyphens, such as \"icj-press\"
sources.toml:4:8: `pagee` is not one of the words for `kind`; write `page`
sources.toml:5:9: `ftp://icj.example` is not an http(s) address; write one that begins with https:// or http://
sources.toml:6:9: `every` is less than a minute; write \"1m\" or more
sources.toml:7:9: `ICI` is not a body of rules/bodies.toml; write `ICC`
sources.toml:8:9: `-` is not a simple id; write small letters, digits and hyphens, such as \"icj-press\"
sources.toml:9:1: `colour` is not a key of this table; write one of `every`, `id`, `kind`, `owner`, `page`, `urls`, `voice`",
        );
    }

    #[test]
    fn a_page_needs_a_recipe_and_a_feed_has_none() {
        check(
            "sources.toml",
            r#"
[[source]]
id = "a"
kind = "page"
urls = ["https://a.example"]
[[source]]
id = "b"
kind = "feed"
urls = ["https://b.example"]
[source.page]
item = "li"
"#,
            "\
sources.toml:2:1: a page needs a recipe; add a table [source.page] with `item`, `title`, `link` and `date`
sources.toml:10:9: a feed needs no [source.page]; leave the table out",
        );
    }

    #[test]
    fn a_recipe_is_compiled() {
        check(
            "sources.toml",
            r#"
[[source]]
id = "a"
kind = "page"
urls = ["https://a.example"]
[source.page]
item = "li["
titel = "a"
date = { selector = "::", timezone = "Europe/Amsterdm", locale = "nl" }
"#,
            "\
sources.toml:7:8: `li[` is no CSS selector: Unexpected EOL; write a CSS selector such as \"h2 > a\"
sources.toml:8:1: `titel` is not a key of this table; write `title`
sources.toml:9:21: `::` is no CSS selector: Unexpected EOL; write a CSS selector such as \"h2 > a\"
sources.toml:9:38: `Europe/Amsterdm` is not a time zone; write `Europe/Amsterdam`
sources.toml:9:57: `locale` is not a key of this table; write one of `format`, `selector`, `timezone`",
        );
    }

    #[test]
    fn ids_and_addresses_are_given_once() {
        check(
            "sources.toml",
            r#"
[[source]]
id = "a"
kind = "feed"
urls = ["https://a.example/feed"]
[[source]]
id = "a"
kind = "feed"
urls = ["https://b.example/feed", "https://A.example/feed"]
"#,
            "\
sources.toml:7:6: the source `a` stands already at sources.toml:3:6; keep one of the two
sources.toml:9:8: the address `https://a.example/feed` stands already at sources.toml:5:8; keep one of the two",
        );
    }
}
