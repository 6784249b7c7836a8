//! What a page's selectors and date formats mean, compiled once.
//!
//! Everything that can be wrong with them is said here, by key, before any page is read.

use jiff::{civil::date, fmt::strtime, tz::TimeZone};
use scraper::Selector;

use super::date as dates;

/// How to find postings in a page, as the configuration writes it. Selectors are CSS.
#[derive(Clone, Debug)]
pub struct RecipeText {
    /// The row of one posting. Rows inside of rows are not looked at.
    pub item: String,
    /// Its headline; else the text of its link.
    pub title: Option<String>,
    /// Its link; else the first link that has text.
    pub link: Option<String>,
    /// Its date.
    pub date: Option<DateText>,
    /// Its lead.
    pub text: Option<String>,
}

/// How a page writes its dates.
#[derive(Clone, Debug)]
pub struct DateText {
    /// Where the date stands. A `datetime` attribute there is preferred to the text.
    pub selector: String,
    /// strptime formats, tried in order; without any, usual forms are understood.
    pub format: Vec<String>,
    /// The zone of dates that name none.
    pub timezone: TimeZone,
}

/// What is wrong with one key of a recipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipeProblem {
    /// The key below `page`: `item`, `title`, `link`, `text`, `date.selector` or `date.format`.
    pub key: &'static str,
    /// What is wrong with its value.
    pub what: String,
}

/// A page's compiled selectors and date formats.
#[derive(Clone, Debug)]
pub struct Recipe {
    pub(super) item: Chosen,
    pub(super) title: Option<Chosen>,
    pub(super) link: Option<Chosen>,
    pub(super) date: Option<DateRecipe>,
    pub(super) text: Option<Chosen>,
}

/// A selector beside its text, which people recognise.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    pub(super) text: String,
    pub(super) selector: Selector,
}

/// Where and how a page writes its dates.
#[derive(Clone, Debug)]
pub(super) struct DateRecipe {
    pub(super) chosen: Chosen,
    pub(super) formats: Vec<String>,
    pub(super) zone: TimeZone,
}

impl Recipe {
    /// Compiles a recipe, or says everything that is wrong with it.
    pub fn compile(text: &RecipeText) -> Result<Self, Vec<RecipeProblem>> {
        let mut problems = Vec::new();
        let item = choose("item", &text.item, &mut problems);
        let mut optional = |key, selector: Option<&String>| {
            selector.and_then(|selector| choose(key, selector, &mut problems))
        };
        let title = optional("title", text.title.as_ref());
        let link = optional("link", text.link.as_ref());
        let lead = optional("text", text.text.as_ref());
        let date = text.date.as_ref().and_then(|date| date_recipe(date, &mut problems));
        match item {
            Some(item) if problems.is_empty() => Ok(Self { item, title, link, date, text: lead }),
            _ => Err(problems),
        }
    }
}

fn choose(key: &'static str, selector: &str, problems: &mut Vec<RecipeProblem>) -> Option<Chosen> {
    match Selector::parse(selector) {
        Ok(compiled) => Some(Chosen { text: selector.to_owned(), selector: compiled }),
        Err(error) => {
            let what = format!("`{selector}` is no CSS selector: {error}");
            problems.push(RecipeProblem { key, what });
            None
        }
    }
}

fn date_recipe(text: &DateText, problems: &mut Vec<RecipeProblem>) -> Option<DateRecipe> {
    for format in &text.format {
        if let Some(what) = wrong_format(format) {
            problems.push(RecipeProblem { key: "date.format", what });
        }
    }
    let chosen = choose("date.selector", &text.selector, problems)?;
    Some(DateRecipe { chosen, formats: text.format.clone(), zone: text.timezone.clone() })
}

/// A format is sound if a date that it writes can be read back as that date.
fn wrong_format(format: &str) -> Option<String> {
    let sample = date(2025, 11, 28).at(13, 45, 9, 0).to_zoned_datetime(TimeZone::UTC).ok()?;
    let written = match strtime::format(format, &sample) {
        Ok(written) => written,
        Err(error) => return Some(format!("`{format}` is no date format: {error}")),
    };
    let read = dates::read_as(&written, format, &TimeZone::UTC);
    let day = read.map(|moment| TimeZone::UTC.to_datetime(moment).date());
    (day != Some(sample.date()))
        .then(|| format!("`{format}` does not name a day, a month and a year"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(edit: impl FnOnce(&mut RecipeText), expected: &[(&str, &str)]) {
        let mut text = RecipeText {
            item: "li.news, article".into(),
            title: Some("h3".into()),
            link: Some("h3 a[href]".into()),
            date: Some(DateText {
                selector: "time".into(),
                format: vec!["%d %B %Y".into(), "%Y-%m-%dT%H:%M:%S%:z".into(), "%b %e, %y".into()],
                timezone: TimeZone::UTC,
            }),
            text: Some(":scope > p".into()),
        };
        edit(&mut text);
        let problems = Recipe::compile(&text).err().unwrap_or_default();
        assert_eq!(problems.len(), expected.len(), "{problems:?}");
        for (problem, (key, what)) in problems.iter().zip(expected) {
            assert_eq!(problem.key, *key);
            assert!(problem.what.contains(what), "{}", problem.what);
        }
    }

    #[test]
    fn a_sound_recipe_compiles() {
        check(|_| {}, &[]);
        check(|text| (text.title, text.link, text.date, text.text) = (None, None, None, None), &[]);
    }

    #[test]
    fn every_wrong_key_is_named() {
        check(
            |text| {
                text.item = "li[".into();
                text.title = Some(String::new());
                text.date.as_mut().unwrap().selector = "::".into();
            },
            &[("item", "`li[`"), ("title", "no CSS selector"), ("date.selector", "`::`")],
        );
    }

    #[test]
    fn a_format_must_name_a_whole_day() {
        let with = |format: &str| {
            let format = format.to_owned();
            move |text: &mut RecipeText| text.date.as_mut().unwrap().format = vec![format]
        };
        check(with("%B %Y"), &[("date.format", "does not name a day")]);
        check(with("%d %! %Y"), &[("date.format", "no date format")]);
        check(with("dd/mm/yyyy"), &[("date.format", "does not name a day")]);
        check(with("%A, %-d. %B %Y %H:%M"), &[]);
    }
}
