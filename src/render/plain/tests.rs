use proptest::prelude::*;

use super::*;
use crate::{
    model::TellKind,
    render::{
        Occasion, digest,
        discord::tests::{development, names, report, told},
        safe::{clean, escape, tests::hostile},
    },
};

#[test]
fn the_message_reads_well_without_markup() {
    let reports = vec![
        report("daily", "Court wants Example *arrested*", "https://daily.test/a"),
        report("weekly", "Example [sought] @everyone", "https://weekly.test/b(1)"),
    ];
    let expected = "\
The International Criminal Court issued an arrest warrant for Ann Example.
  “Court wants Example *arrested*” (daily)
  Status    Reported by 2 independent sources
  Date      5 March 2024
  Body      International Criminal Court (ICC)
  Case      The Prosecutor v. Ann Example
  States    Ruritania
  Persons   Ann Example
  Sources   daily/daily.test <https://daily.test/a>: “Court wants Example *arrested*”
            weekly/weekly.test <https://weekly.test/b%281%29>: “Example [sought] @everyone”
  Pings     7, 8
  #K7Q2M
";
    assert_eq!(block(&told(&development(reports), TellKind::New), false), expected);
}

#[test]
fn colour_comes_from_us_and_never_from_a_source() {
    let reports = || vec![report("daily", "\u{1b}[31mred\u{1b}[0m \u{9b}31m", "https://d.test/")];
    let plain = block(&told(&development(reports()), TellKind::New), false);
    assert!(!plain.contains(['\u{1b}', '\u{9b}']), "{plain:?}");
    let coloured = block(&told(&development(reports()), TellKind::New), true);
    assert!(coloured.starts_with("\u{1b}[1mThe International"), "{coloured:?}");
    assert!(!coloured.contains("\u{1b}[31m"));
}

proptest! {
    #[test]
    fn what_was_made_safe_reads_as_it_was(source in hostile()) {
        let clean = clean(&source);
        prop_assert_eq!(words(&escape(&clean, usize::MAX)), clean);
    }
}

#[test]
fn a_digest_keeps_its_lines_and_loses_its_markup() {
    let one = development(vec![report("daily", "Sought", "https://daily.test/a")]);
    let part = digest(&[(&one, TellKind::New)], Occasion::Backlog, &names());
    let message = Message { embed: part[0].embed.clone(), ..told(&one, TellKind::New) };
    let shown = block(&Message { mention_roles: Vec::new(), ..message }, false);
    let expected = "\
Digest: 1 development
  Told late: this channel could not be reached for some time.
  
  Arrest warrants
  - Reported by one source: The International Criminal Court issued an arrest warrant for Ann Example. 5 March 2024 · daily/daily.test <https://daily.test/a> · #K7Q2M
  
";
    assert_eq!(shown, expected);
}
