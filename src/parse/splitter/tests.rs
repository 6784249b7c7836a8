use super::*;

fn spans(body: &str, most: usize) -> (Vec<&str>, Vec<usize>, bool) {
    let cut = cut(body, most);
    (cut.items.iter().map(|span| &body[span.clone()]).collect(), cut.unclosed, cut.more)
}

#[test]
fn items_and_entries_are_cut_out_whole() {
    let body = "<rss><item a='>'>1</item ><item/><atom:entry>2</atom:entry></rss>";
    let expected = vec!["<item a='>'>1</item >", "<item/>", "<atom:entry>2</atom:entry>"];
    assert_eq!(spans(body, 9), (expected, vec![], false));
}

#[test]
fn tags_inside_of_sections_and_comments_are_none() {
    let body = "<item><![CDATA[</item><item>]]></item><!-- <item>x</item> --><items/>";
    assert_eq!(spans(body, 9), (vec!["<item><![CDATA[</item><item>]]></item>"], vec![], false));
}

#[test]
fn an_item_without_end_is_numbered_and_passed_over() {
    let body = "<item>1</item><item>2<item>3</item><item><![CDATA[4";
    assert_eq!(spans(body, 9), (vec!["<item>1</item>", "<item>3</item>"], vec![2, 4], false));
}

#[test]
fn cutting_stops_at_the_bound() {
    assert_eq!(spans("<item>1</item><item>2</item>", 1), (vec!["<item>1</item>"], vec![], true));
    assert_eq!(spans("<item>1</item>", 1), (vec!["<item>1</item>"], vec![], false));
}

#[test]
fn the_root_is_found_behind_junk() {
    let check = |text: &str, expected: Option<(usize, &str, &str)>| {
        let found = root(text).map(|root| (root.start, root.name, root.prefix));
        assert_eq!(found, expected, "{text}");
    };
    check("<rss version='2.0'>", Some((0, "rss", "")));
    check("Notice: <b>x</b><?xml?><!-- <rss> --><rdf:RDF>", Some((37, "rdf:RDF", "")));
    check("<atom:feed>", Some((0, "atom:feed", "atom:")));
    check("<html><body>", None);
    check("<!-- <rss>", None);
}
