//! What sites do to items that were told: nothing of it is told again.

use super::*;

/// A document of six: one headline that says something, and five that say nothing.
fn document(ids: &str, first: &str) -> Vec<String> {
    let quiet = ["Fair opens", "Bridge closes", "Rain expected", "Team wins", "Market falls"];
    let quiet = quiet.iter().enumerate().map(|(n, title)| format!("{ids}{n}: {title}"));
    [format!("{ids}: {first}")].into_iter().chain(quiet).collect()
}

#[track_caller]
fn check(world: &mut World, lines: &[String], told: usize) -> Intake {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    world.check(&lines, told)
}

/// A world that was told of an order against AAA and then saw so many hours pass.
fn told(hours: i64) -> World {
    let mut world = World::default();
    world.check(&[], 0);
    check(&mut world, &document("a", "ruling.order AAA"), 1);
    world.minutes += 60 * hours;
    world
}

#[test]
fn a_site_that_renames_all_its_ids_tells_nothing_again() {
    // Weeks later, when the ledger would take the same words for another order.
    let mut world = told(24 * 30);
    let intake = check(&mut world, &document("b", "ruling.order AAA"), 0);
    assert!(intake.items.is_empty(), "nothing of it is new");
    // The new ids are known from now on.
    check(&mut world, &document("b", "ruling.order AAA"), 0);
    check(&mut world, &document("b", "ruling.order BBB"), 1);
}

#[test]
fn what_came_with_the_renaming_is_news() {
    let mut world = told(24 * 30);
    let mut lines = document("b", "ruling.order AAA");
    lines.insert(0, "b9: ruling.order BBB".into());
    let intake = check(&mut world, &lines, 1);
    assert_eq!(intake.items.len(), 1);
}

#[test]
fn a_document_that_is_new_in_good_part_was_not_renamed() {
    let mut world = told(24 * 30);
    let lines: Vec<String> = document("b", "ruling.order AAA")
        .into_iter()
        .take(4)
        .chain(["c1: Snow falls".into(), "c2: ruling.order CCC".into()])
        .collect();
    check(&mut world, &lines, 2);
}

#[test]
fn a_few_headlines_that_come_back_are_no_renaming() {
    let mut world = World::default();
    world.check(&[], 0);
    world.check(&["1: ruling.order AAA", "2: Fair opens"], 1);
    world.minutes += 60 * 24 * 30;
    world.check(&["3: ruling.order AAA", "4: Fair opens"], 1);
}

#[test]
fn one_item_under_another_id_is_the_same_story() {
    let mut world = told(2);
    let mut lines = document("a", "Fair closes");
    lines.insert(0, "z: ruling.order AAA".into());
    let intake = check(&mut world, &lines, 0);
    assert_eq!(intake.developments[0].owners(), 1);
}

#[test]
fn a_live_blog_is_told_once_a_step_however_often_its_headline_changes() {
    let mut world = told(0);
    for (headline, told) in [
        ("Live: judges enter the hall", 0),
        ("ruling.order AAA more", 0),
        ("ruling.order", 0),
        ("ruling.order AAA", 0),
        ("warrant.issued BBB", 1),
        ("ruling.order AAA", 0),
        ("warrant.issued BBB again", 0),
    ] {
        world.minutes += 60;
        check(&mut world, &document("a", headline), told);
    }
}

#[test]
fn a_document_without_items_forgets_no_headline() {
    let mut world = told(24 * 30);
    world.check(&[], 0);
    check(&mut world, &document("b", "ruling.order AAA"), 0);
}
