//! Any headline and lead, in whatever script, is read without a panic, the same twice, and every
//! span lies inside its field.

#![no_main]

use std::sync::LazyLock;

use haguewatch::{
    classify::{Article, classify, explain},
    config::{self, Config},
    model::Field,
};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

static CONFIG: LazyLock<Config> = LazyLock::new(config::embedded);

fuzz_target!(|text: &str| {
    // The first line is the headline, the rest the lead.
    let (title, lead) = text.split_once('\n').unwrap_or((text, ""));
    let article = Article { title, text: lead, published: date(2025, 6, 15), voice: None };
    let reading = classify(&CONFIG.rules, &article);
    assert_eq!(reading, classify(&CONFIG.rules, &article));
    let explanation = explain(&CONFIG.rules, &article);
    assert_eq!(reading, explanation.reading);
    let length = |field| match field {
        Field::Title => title.chars().count(),
        Field::Text => lead.chars().count(),
    };
    for span in &explanation.spans {
        assert!(span.start < span.end && span.end <= length(span.field), "{span:?}");
    }
    for finding in &reading.developments {
        for span in &finding.evidence {
            assert!(span.start < span.end && span.end <= length(span.field), "{span:?}");
        }
    }
});
