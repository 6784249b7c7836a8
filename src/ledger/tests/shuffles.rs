//! Any order within a day, twice over, after a restart: the same developments.

use proptest::prelude::*;

use super::*;

fn any_report() -> impl Strategy<Value = String> {
    let steps = [
        "ruling.order",
        "ruling.judgment",
        "warrant.issued",
        "warrant.sought",
        "membership.joined",
        "enforcement.measure",
        "pressure.sanctions",
    ];
    let owners = ["gazette", "herald", "tribune"];
    let states = ["-", "AAA", "BBB", "AAA,BBB", "AAA,CCC"];
    let persons = ["-", "Cem", "Dan", "Cem,Dan"];
    let pick = proptest::sample::select::<&str>;
    (
        1..28u8,
        pick(owners.to_vec()),
        pick(steps.to_vec()),
        pick(states.to_vec()),
        pick(persons.to_vec()),
    )
        .prop_map(|(day, owner, step, states, persons)| {
            format!("2024-06-{day:02} {owner} {step} ICC {states} {persons}")
        })
}

/// Feeds the reports in the order of day and text, as callers do; returns those told as new.
fn feed(ledger: &mut Ledger, reports: &[String]) -> Vec<String> {
    let mut sorted = reports.to_vec();
    sorted.sort();
    let mut is_new = |text: &&String| run(ledger, text).tell == Some(TellKind::New);
    sorted.iter().filter(|text| is_new(text)).cloned().collect()
}

proptest! {
    #[test]
    fn neither_the_order_within_a_day_nor_a_second_feeding_changes_anything(
        reports in proptest::collection::vec(any_report(), 1..24),
        shuffled in any::<proptest::sample::Index>(),
    ) {
        let mut ledger = Ledger::new(baseline(), vec![], vec![]);
        let told = feed(&mut ledger, &reports);
        let developments: Vec<_> = ledger.developments().cloned().collect();
        let facts: Vec<_> = ledger.facts().cloned().collect();

        let mut rotated = reports.clone();
        rotated.rotate_left(shuffled.index(reports.len()));
        rotated.extend(reports.clone());
        let mut other = Ledger::new(baseline(), vec![], vec![]);
        prop_assert_eq!(feed(&mut other, &rotated), told);
        prop_assert_eq!(other.developments().cloned().collect::<Vec<_>>(), developments.clone());

        let learned = facts.iter().filter(|fact| fact.origin != Origin::Baseline).cloned().collect();
        let mut restarted = Ledger::new(baseline(), learned, developments);
        prop_assert_eq!(feed(&mut restarted, &reports), Vec::<String>::new());
    }
}
