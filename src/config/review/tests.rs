use crate::config::trial::examined;

/// The words that the rules below use.
const WORDS: &str = r#"
[[noun]]
id = "pact"
words = ["pact", "treaty organisation"]
[[noun]]
id = "club"
words = ["club", "pact"]
[[noun]]
id = "none"
words = ["?!"]
[[verb]]
id = "join"
words = ["join"]
[[verb]]
id = "enter"
words = ["enter", "join"]
[[verb]]
id = "accession"
nominal = ["accession"]
[[cue]]
id = "will"
because = "planned"
reach = "forward"
words = ["will"]
[[cue]]
id = "maybe"
because = "considered"
reach = "headline"
words = ["maybe"]
"#;

/// The note that stands beside every trial here.
const UNREADABLE: &str = "note rules/words.toml:10:10: `?!` has neither letter nor digit, so no text has it; write the words, or leave it out";

/// Looks closely at a file and compares what is told, one a line: problems, or notes.
#[track_caller]
fn check(name: &str, text: &str, expected: &str) {
    let found = match examined(&[(name, text), ("rules/words.toml", WORDS)]) {
        Err(problems) => problems.to_string(),
        Ok(examined) => {
            let notes = examined.notes.iter().map(|note| format!("note {note}"));
            notes.filter(|note| note != UNREADABLE).collect::<Vec<_>>().join("\n")
        }
    };
    assert_eq!(found, expected, "\n{found}\n");
}

/// Looks at a rule `a` that triggers on `join` and has more lines, from line 5 on.
#[track_caller]
fn check_rule(lines: &str, expected: &str) {
    let head = "[[rule]]\nid = \"a\"\nstep = \"membership.joined\"\nverb = [\"join\"]\n";
    check("rules/ours.toml", &format!("{head}{lines}"), expected);
}

/// Looks at two rules with the same trigger; the second begins on line 10.
#[track_caller]
fn check_two(one: &str, other: &str, expected: &str) {
    let of = |id: &str, lines: &str| {
        let lines = format!("[[rule]]\nid = \"{id}\"\nverb = [\"join\"]\n{lines}");
        let blank = 9 - lines.lines().count();
        format!("{lines}{}", "\n".repeat(blank + 1))
    };
    check("rules/ours.toml", &format!("{}{}", of("a", one), of("b", other)), expected);
}

#[test]
fn a_rule_without_a_flaw_is_passed_over() {
    check_rule(
        "object = [\"pact\"]\nwithout = [\"@accession\"]\nexamples = [\"Aland joins the pact\"]",
        "",
    );
}

#[test]
fn a_class_without_words_is_fatal_where_it_is_needed() {
    check_rule(
        "object = [\"none\"]",
        "rules/ours.toml:5:11: rule `a` can never fire: `none` of `object` has no words; give the class its words, or leave it out",
    );
    check_rule(
        "with = [\"pact\", \"none | treaty\"]",
        "\
rules/ours.toml:5:17: rule `a` can never fire: `none` of `with` has no words; give the class its words, or leave it out
rules/ours.toml:5:17: rule `a` can never fire: `treaty` of `with` has no words; give the class its words, or leave it out",
    );
    check_rule(
        "about = [\"none\"]\ncontext = [\"none\"]\nsubject = [\"none\"]",
        "\
rules/ours.toml:5:10: rule `a` can never fire: `none` of `about` has no words; give the class its words, or leave it out
rules/ours.toml:6:12: rule `a` can never fire: `none` of `context` has no words; give the class its words, or leave it out
rules/ours.toml:7:12: rule `a` can never fire: `none` of `subject` has no words; give the class its words, or leave it out",
    );
}

#[test]
fn a_class_without_words_is_idle_beside_others() {
    check_rule(
        "object = [\"none\", \"pact\"]\nwithout = [\"none\"]\nsubject = [\"none\"]\nsubject_may_lack = true",
        "\
note rules/ours.toml:5:11: `none` of `object` does nothing for rule `a`: it has no words; give the class its words, or leave it out
note rules/ours.toml:6:12: `none` of `without` does nothing for rule `a`: it has no words; give the class its words, or leave it out
note rules/ours.toml:7:12: `none` of `subject` does nothing for rule `a`: it has no words; give the class its words, or leave it out",
    );
}

#[test]
fn what_is_needed_must_not_be_excluded() {
    check_rule(
        "subject = [\"court\"]\nwithout = [\"body\"]",
        "rules/ours.toml:5:12: rule `a` can never fire: `court` of `subject` is always `body` too, which `without` excludes; take `body` out of `without`, or `court` out of `subject`",
    );
    check_rule(
        "without = [\"@enter\"]",
        "rules/ours.toml:4:9: rule `a` can never fire: `join` of `verb` is always `@enter` too, which `without` excludes; take `@enter` out of `without`, or `join` out of `verb`",
    );
}

#[test]
fn what_is_excluded_by_its_own_name_is_told_so() {
    check_rule(
        "subject = [\"state\", \"court\"]\nwithout = [\"court\"]",
        "note rules/ours.toml:5:21: `court` of `subject` does nothing for rule `a`: it is what `without` excludes; take `court` out of `without`, or `court` out of `subject`",
    );
    check_rule(
        "without = [\"@join\"]",
        "rules/ours.toml:4:9: rule `a` can never fire: `join` of `verb` is what `without` excludes; take `@join` out of `without`, or `join` out of `verb`",
    );
}

#[test]
fn what_is_partly_excluded_may_still_stand() {
    // Not every pact is a club, and another clause of the sentence may name a court.
    check_rule("object = [\"pact\"]\nwithout = [\"club\"]", "");
    check_rule("with = [\"court\"]\nwithout = [\"court\"]", "");
}

#[test]
fn a_status_must_be_one_that_a_cue_gives() {
    let never = "is a status that no cue gives to a single step; write one that a cue of cues.toml gives, or leave it out";
    check_rule(
        "accept = [\"considered\"]\nonly = true",
        &format!("rules/ours.toml:5:11: rule `a` can never fire: `considered` of `accept` {never}"),
    );
    check_rule(
        "accept = [\"planned\", \"denied\"]\nonly = true",
        &format!(
            "note rules/ours.toml:5:22: `denied` of `accept` does nothing for rule `a`: it {never}"
        ),
    );
}

#[test]
fn a_score_must_be_able_to_reach_what_is_reported() {
    let lines = |score: i32| {
        format!(
            "score = {score}\nbodies = [\"ICC\"]\nexamples = [\"Aland joins the International Criminal Court\"]"
        )
    };
    check_rule(&lines(55), "");
    check_rule(
        &lines(54),
        "\
rules/ours.toml:5:9: rule `a` can never fire: even the best match lacks 1 points; raise `score` by 1 or more
rules/ours.toml:7:13: rule `a`: the example \"Aland joins the International Criminal Court\" is not read as membership.joined; see `haguewatch explain` on the sentence, then correct the rule or the example",
    );
    let noun = |score: i32| {
        format!(
            "[[rule]]\nid = \"a\"\nstep = \"membership.joined\"\nverb = [\"accession\"]\nscore = {score}\nexamples = [\"Aland accession\"]"
        )
    };
    check("rules/ours.toml", &noun(70), "");
    check(
        "rules/ours.toml",
        &noun(69),
        "\
rules/ours.toml:5:9: rule `a` can never fire: even the best match lacks 1 points; raise `score` by 1 or more
rules/ours.toml:6:13: rule `a`: the example \"Aland accession\" is not read as membership.joined; see `haguewatch explain` on the sentence, then correct the rule or the example",
    );
}

#[test]
fn the_body_to_assume_must_be_one_that_it_can_be() {
    check_rule(
        "bodies = [\"ICC\"]\nbody = \"ICJ\"",
        "rules/ours.toml:6:8: `body` of rule `a` is none of its `bodies`; add it to `bodies`, or leave `body` out",
    );
    check_rule("bodies = [\"ICC\", \"ICJ\"]\nbody = \"ICJ\"", "");
}

#[test]
fn a_verb_that_is_a_noun_and_a_noun_that_is_a_verb_are_told_apart() {
    check(
        "rules/ours.toml",
        "[[rule]]\nid = \"a\"\nstep = \"membership.joined\"\nverb = [\"pact\", \"@join\"]\nnoun = [\"join\"]\nobject = [\"pakt\"]",
        "\
rules/ours.toml:4:9: rule `a`: nothing defines `pact` of `verb`; `pact` is a noun: name it in `noun`, or define it as a [[verb]]
rules/ours.toml:4:17: `@join` has a sign that `verb` does not want; write `join`
rules/ours.toml:5:9: rule `a`: nothing defines `join` of `noun`; `join` is a verb: name it in `verb`
rules/ours.toml:6:11: rule `a`: nothing defines `pakt` of `object`; write `pact`",
    );
}

#[test]
fn a_rule_that_asks_for_the_same_as_another_is_told() {
    let one = "step = \"membership.joined\"\nobject = [\"pact\", \"club\"]";
    check_two(
        one,
        "object = [\"club\", \"pact\"]\nstep = \"membership.joined\"",
        "rules/ours.toml:11:6: rule `b` asks for the same as rule `a` at rules/ours.toml:2:6; keep one of the two, with the examples of both",
    );
    check_two(
        one,
        "object = [\"club\"]\nstep = \"membership.joined\"",
        "note rules/ours.toml:11:6: rule `b` gains nothing: rule `a` at rules/ours.toml:2:6 reads whatever it reads; keep the wider one, with the examples of both",
    );
    check_two(one, "step = \"membership.joined\"\nobject = [\"club\"]\nscore = 75", "");
}

#[test]
fn a_rule_whose_every_sentence_is_another_action_too_is_told() {
    let wide = "step = \"membership.joined\"\nsubject = [\"state\"]\nwith = [\"pact\"]";
    let narrow = |more: &str| {
        format!("step = \"membership.left\"\nsubject = [\"state\"]\nobject = [\"pact\"]\n{more}")
    };
    check_two(
        wide,
        &narrow("without = [\"court\"]"),
        "rules/ours.toml:11:6: whatever rule `b` reads, rule `a` at rules/ours.toml:2:6 reads as membership.joined too; add to `without` of `a` a class that keeps it away",
    );
    check_two(
        wide,
        &narrow("context = [\"court\"]"),
        "rules/ours.toml:11:6: whatever rule `b` reads, rule `a` at rules/ours.toml:2:6 reads as membership.joined too; add a class such as `court` to `without` of `a`",
    );
    // Each of these may read what the wide one does not.
    for apart in
        ["score = 75", "accept = [\"planned\"]", "subject_may_lack = true", "bodies = [\"ICC\"]"]
    {
        check_two(wide, &narrow(apart), "");
    }
    check_two(&format!("{wide}\nwithout = [\"court\"]"), &narrow(""), "");
    let kind = narrow("").replace("membership.left", "ruling.order");
    check_two(wide, &kind, "");
}

#[test]
fn an_example_that_only_the_order_of_rules_decides_is_shown() {
    let joins = "step = \"membership.joined\"\nobject = [\"pact\"]\nexamples = [\"Aland joins the treaty organisation\"]";
    let enters = "step = \"membership.signed\"\nsubject = [\"state\"]";
    check_two(
        joins,
        enters,
        "note rules/ours.toml:6:13: \"Aland joins the treaty organisation\" fits membership.signed with the same score, by rule `b` at rules/ours.toml:11:6; raise the `score` of the one that is meant, or add a class such as `pact` to `without` of `b`",
    );
    check_two(joins, &format!("{enters}\nwithout = [\"pact\"]"), "");
    check_two(joins, &format!("{enters}\naccept = [\"planned\"]\nonly = true"), "");
}

#[test]
fn a_name_of_two_things_is_told_with_both_places() {
    check(
        "rules/ours/states.toml",
        "[[state]]\ncode = \"CCC\"\nname = \"Celand\"\nnames = [\"Cé\", \"BELAND\"]\nseats = [\"anna a. aldan\"]\n[[state]]\ncode = \"DDD\"\nname = \"Deland\"\ndemonyms = [\"Ce\"]",
        "\
rules/ours/states.toml:9:13: `Ce` means two things: state `DDD` and state `CCC` at rules/ours/states.toml:4:10; keep it in one of the two, or write longer phrases that tell them apart
rules/persons.toml:4:10: `Anna A. Aldan` means two things: person `Anna Aldan` and state `CCC` at rules/ours/states.toml:5:10; keep it in one of the two, or write longer phrases that tell them apart
rules/states.toml:7:8: `Beland` means two things: state `BBB` and state `CCC` at rules/ours/states.toml:4:16; keep it in one of the two, or write longer phrases that tell them apart",
    );
}

#[test]
fn a_place_may_be_a_state_too_but_not_two_places() {
    let place =
        |names: &str| format!("[[place]]\nnames = [{names}]\nstates = [\"AAA\", \"BBB\"]\n");
    check("rules/ours/places.toml", &place("\"river\", \"aland\""), "");
    check(
        "rules/ours/places.toml",
        &format!("{}{}", place("\"river\""), place("\"bank\", \"the river\", \"River\"")),
        "rules/ours/places.toml:5:31: `River` means two things: place `bank` and place `river` at rules/ours/places.toml:2:10; keep it in one of the two, or write longer phrases that tell them apart",
    );
}

#[test]
fn capitals_and_cases_keep_names_apart() {
    check(
        "rules/ours/bodies.toml",
        "[[body]]\nid = \"BELAND\"\nname = \"Bench\"\nclass = \"court\"\nacronyms = [\"BELAND\"]",
        "",
    );
    check(
        "rules/ours/cases.toml",
        "[[case]]\nid = \"ICJ-2\"\nbody = \"ICJ\"\nname = \"Aland's forests\"\nnames = [\"Anna Aldan\"]",
        "",
    );
    check(
        "rules/ours/bodies.toml",
        "[[body]]\nid = \"A\"\nname = \"Bench\"\nclass = \"court\"\nacronyms = [\"BB\"]\n[[body]]\nid = \"B\"\nname = \"Table\"\nclass = \"court\"\nacronyms = [\"B.B.\"]",
        "rules/ours/bodies.toml:10:13: `B.B.` means two things: body `B` and body `A` at rules/ours/bodies.toml:5:13; keep it in one of the two, or write longer phrases that tell them apart",
    );
}

#[test]
fn what_must_not_mean_a_thing_is_no_name_of_it() {
    check(
        "rules/ours/bodies.toml",
        "[[body]]\nid = \"A\"\nname = \"Bench\"\nclass = \"court\"\nacronyms = [\"BB\"]\nnot_beside = [\"cricket\", \"bb\"]",
        "rules/ours/bodies.toml:6:26: `bb` of `not_beside` is a name of the same body at rules/ours/bodies.toml:5:13; take it out of one of the two, or write the longer phrase that means something else",
    );
    check(
        "rules/ours/states.toml",
        "[[state]]\ncode = \"CCC\"\nname = \"Celand\"\nnot = [\"celand\", \"celand street\"]",
        "rules/ours/states.toml:4:8: `celand` of `not` is a name of the same state at rules/ours/states.toml:3:8; take it out of one of the two, or write the longer phrase that means something else",
    );
    check(
        "rules/ours/states.toml",
        "[[state]]\ncode = \"CCC\"\nname = \"Celand\"\nnot = [\"celand (street)\", \"celand road\"]",
        "note rules/ours/states.toml:4:8: a text with `celand (street)` of `not` names state `CCC` all the same; write the whole phrase as texts have it, from the name on or from before it",
    );
}

#[test]
fn a_phrase_that_no_text_is_read_by_is_shown() {
    check(
        "rules/ours/bodies.toml",
        "[[body]]\nid = \"A\"\nname = \"Bench\"\nclass = \"court\"\nacronyms = [\"BiB\", \"B.B.\"]\nnames = [\"the seat (of benches)\", \"the (bench)\"]\n[[body]]\nid = \"B\"\nname = \"Table\"\nclass = \"court\"\nnot_beside = [\"chair\"]",
        "\
note rules/ours/bodies.toml:5:13: `BiB` of `acronyms` counts only in headlines that are all capitals; write it in capitals, or as one of `names`
note rules/ours/bodies.toml:6:10: `the seat (of benches)` is not found in a text that has it, because of its marks; write the words of it that no mark parts
note rules/ours/bodies.toml:11:14: `not_beside` of body `B` does nothing: it has no acronym; add its `acronyms`, or leave the key out",
    );
}

#[test]
fn marks_that_belong_to_the_words_hide_nothing() {
    check(
        "rules/ours/bodies.toml",
        "[[body]]\nid = \"A\"\nname = \"Bench\"\nclass = \"court\"\nnames = [\"u.n. seat\", \"states' seat\", \"st. seat\", \"the \\\"seat\\\" of one\"]\nacronyms = [\"EE.UU.\"]",
        "",
    );
}

#[test]
fn a_cue_that_does_nothing_is_told() {
    check(
        "rules/ours.toml",
        "[[cue]]\nid = \"x\"\nreach = \"both\"\nwords = [\"not only\"]",
        "rules/ours.toml:3:9: cue `x` does nothing: it has no `because`, asserts only forward, and no rule names `cue:x`; add `because`, or write reach = \"forward\" or \"clause\"",
    );
    check(
        "rules/ours.toml",
        "[[cue]]\nid = \"x\"\nreach = \"both\"\nwords = [\"not only\"]\n[[rule]]\nid = \"a\"\nstep = \"membership.joined\"\nverb = [\"join\"]\nwithout = [\"cue:x\"]",
        "",
    );
    check(
        "rules/ours.toml",
        "[[cue]]\nid = \"x\"\nreach = \"both\"\nbecause = \"denied\"",
        "rules/ours.toml:1:1: this cue has no words; list phrases in `words`",
    );
}
