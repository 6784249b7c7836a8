use std::fmt::Write as _;

use crate::{
    model::{Document, SourceKind, Validators},
    parse::{Parsed, parse},
};

fn read(bytes: &[u8]) -> Parsed {
    let document = Document {
        bytes: bytes.to_vec(),
        content_type: Some("application/xml".into()),
        final_url: "https://press.example/feeds/all.xml".parse().unwrap(),
        validators: Validators::default(),
    };
    parse(SourceKind::Feed, None, &document)
}

/// One line a posting: guid, address, dates, title, text; then one a problem.
fn written(parsed: &Parsed) -> String {
    let mut out = String::new();
    for posting in &parsed.postings {
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".into());
        writeln!(
            out,
            "{} | {} | {} | {} | {} | {}",
            or_dash(posting.guid.clone()),
            or_dash(posting.url.clone()),
            or_dash(posting.published.map(|moment| moment.to_string())),
            or_dash(posting.updated.map(|moment| moment.to_string())),
            posting.title,
            posting.text,
        )
        .unwrap();
    }
    for problem in &parsed.problems {
        writeln!(out, "! {}: {}", problem.place, problem.what).unwrap();
    }
    out
}

fn check(bytes: &[u8], expected: &str) {
    let expected: String =
        expected.trim().lines().fold(String::new(), |all, line| all + line.trim() + "\n");
    let found: String =
        written(&read(bytes)).lines().fold(String::new(), |all, line| all + line.trim() + "\n");
    assert_eq!(found.trim(), expected.trim());
}

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/fixtures/feeds/", $name))
    };
}

#[test]
fn a_courts_rss_with_escaped_html_and_an_id_that_is_no_link() {
    check(
        fixture!("tribunal.rss.xml"),
        "5101 at https://tribunal.example | https://tribunal.example/news/arland-borland-measures | 2026-07-06T14:24:09Z | - | Chamber orders provisional measures in Arland v. Borland | Chamber orders provisional measures in Arland v. Borland Press Release
         5100 at https://tribunal.example | https://press.example/news/delegation | 2026-07-03T09:00:00Z | - | Registrar receives delegation |",
    );
    let ttl = read(fixture!("tribunal.rss.xml")).ttl;
    assert_eq!(ttl, Some(std::time::Duration::from_mins(45)));
}

#[test]
fn an_identity_in_the_fragment_is_kept() {
    check(
        fixture!("judgments-search.rss.xml"),
        r"- | http://rights.example/eng#{%22itemid%22:[%22001-900001%22]} | 2026-07-16T00:00:00Z | - | CASE OF M.N. AND O.P. v. CORLAND | 11111/20;22222/22 - Chamber Judgment
          - | http://rights.example/eng#{%22itemid%22:[%22001-900002%22]} | 2026-07-16T00:00:00Z | - | CASE OF Q. v. DORLAND | 33333/21 - Committee Judgment",
    );
}

#[test]
fn rdf() {
    check(
        fixture!("gazette.rdf"),
        "- | https://gazette.example/1 | 2026-03-01T07:30:00Z | - | Erland withdraws from the treaty | The notice takes effect in a year.",
    );
}

#[test]
fn atom_with_base_html_and_xhtml() {
    check(
        fixture!("ministry.atom.xml"),
        "urn:ministry:77 | https://ministry.example/press/77.html | 2026-05-01T10:00:00Z | 2026-05-02T10:00:00Z | Farland joins the coalition | Signed on Friday.
         urn:ministry:76 | https://ministry.example/press/76.html | - | 2026-04-30T10:00:00Z | Reply to Gorland | One. Two.",
    );
}

#[test]
fn dialects_that_the_strict_reader_passes_over() {
    check(
        fixture!("old.atom03.xml"),
        "tag:old.example,2004:1 | https://old.example/h | 2004-05-01T10:00:00Z | 2004-05-02T10:00:00Z | Hearing set for June | At ten.",
    );
    check(fixture!("oldest.rss090.xml"), "- | https://oldest.example/sits | - | - | Court sits |");
    check(
        fixture!("odd-version.rss.xml"),
        "odd-1 | https://odd.example/1 | - | - | Read all the same |",
    );
    check(
        fixture!("unknown-namespace.rss.xml"),
        "n1 | https://named.example/1 | 2026-06-02T08:00:00Z | - | Also read |",
    );
}

#[test]
fn json_feed_with_a_number_as_id() {
    check(
        fixture!("outlet.json"),
        "4711 | https://outlet.example/4711 | 2026-06-11T08:00:00Z | - | Judges rule on jurisdiction | By nine votes to six.
         4710 | https://outlet.example/4710 | - | 2026-06-10T06:00:00Z |  | No title here.",
    );
}

#[test]
fn small_damage_is_mended_without_a_word() {
    check(
        fixture!("bare-ampersand.rss.xml"),
        "p1 | https://press.example/1 | - | - | Arms & the law | R&D, Q&A; and 3 < 4
         - | https://press.example/2?a=1&b=2 | - | - | Link with query |",
    );
    check(
        fixture!("html-entities.rss.xml"),
        "p1 | https://press.example/1 | - | - | Exposé of motives |
         p2 | https://press.example/2 | - | - | Café & bar | Twice",
    );
    check(
        fixture!("control-character.rss.xml"),
        "p1 | https://press.example/1 | - | - | Before after zero |
         p2 | https://press.example/2 | - | - | Sound |",
    );
    check(
        fixture!("inline-markup.rss.xml"),
        "p1 | https://press.example/1 | - | - | Case of Horland v. Iorland | Text and more",
    );
    check(
        fixture!("warning-before-root.rss.xml"),
        "p1 | https://press.example/1 | - | - | Still here |",
    );
    check(
        fixture!("wide-author.rss.xml"),
        "p1 | https://press.example/1 | - | - | Author beside wide text |",
    );
}

#[test]
fn a_broken_item_costs_only_itself() {
    check(
        fixture!("cut-end.rss.xml"),
        "p1 | https://press.example/1 | - | - | First |
         p2 | https://press.example/2 | - | - | Second |
         ! item 3: its end is missing; left out",
    );
    check(
        fixture!("unclosed-item.rss.xml"),
        "p1 | https://press.example/1 | - | - | First |
         p3 | https://press.example/3 | - | - | Third |
         ! item 2: its end is missing; left out",
    );
}

#[test]
fn a_broken_field_costs_at_most_itself() {
    let parsed = read(fixture!("unclosed-field.rss.xml"));
    let titles: Vec<&str> = parsed.postings.iter().map(|posting| posting.title.as_str()).collect();
    assert_eq!(titles, ["First", "Second", "Third"]);
    assert_eq!(parsed.postings[1].guid.as_deref(), Some("p2"));
    assert!(parsed.problems.iter().any(|problem| problem.place == "item 2"));
    let parsed = read(fixture!("unclosed-break.rss.xml"));
    assert_eq!(parsed.postings.len(), 2);
    assert_eq!(parsed.problems.len(), 1, "{:?}", parsed.problems);
}

#[test]
fn charsets_true_missing_and_wrong() {
    let verdict = "p1 | https://press.example/1 | - | - | Приговор вынесен |";
    check(fixture!("utf-16be.rss.xml"), verdict);
    check(fixture!("utf-16le.rss.xml"), verdict);
    let final_one = "p1 | https://press.example/1 | - | - | Arrêt définitif |";
    check(fixture!("latin1-undeclared.rss.xml"), final_one);
    check(fixture!("utf8-declared-latin1.rss.xml"), final_one);
    check(fixture!("shift-jis.rss.xml"), "p1 | https://press.example/1 | - | - | 裁判所が判決 |");
    check(
        fixture!("bad-byte.rss.xml"),
        "p1 | https://press.example/1 | - | - | Décision du Tribunal |
         p2 | https://press.example/2 | - | - | A bad \u{FFFD} byte |
         ! document: some bytes are not UTF-8; replaced by \u{FFFD}",
    );
}

#[test]
fn links_are_absolute_web_addresses_or_none() {
    check(
        fixture!("links.rss.xml"),
        "l1 | - | - | - | Script |
         https://press.example/l2 | https://press.example/l2 | - | - | Guid is the address |
         - | https://other.example/x/y?z=1 | - | - | Based |
         - | - | - | - | Neither guid nor link |
         ! item 1: the link `javascript:alert(1)` is no web address; left out
         ! item 4: says nothing; left out",
    );
}

#[test]
fn what_is_no_feed_gives_nothing_and_says_so() {
    check(fixture!("empty.rss.xml"), "");
    check(
        fixture!("login.html"),
        "! document: an HTML page (“Sign in – Press”) instead of a feed: a login, a bot challenge or an error page",
    );
    check(b"", "! document: empty");
    check(b" \n ", "! document: empty");
    check(b"null", "! document: neither RSS, RDF, Atom nor JSON Feed");
    check(b"\x89PNG\r\n\x1a\n\0\0", "! document: neither RSS, RDF, Atom nor JSON Feed");
}

#[test]
fn both_readers_give_the_same_postings() {
    for sound in [
        &fixture!("tribunal.rss.xml")[..],
        fixture!("judgments-search.rss.xml"),
        fixture!("gazette.rdf"),
        fixture!("ministry.atom.xml"),
        fixture!("html-entities.rss.xml"),
        fixture!("inline-markup.rss.xml"),
        fixture!("links.rss.xml"),
        fixture!("bare-ampersand.rss.xml"),
    ] {
        let strict = read(sound);
        // An item that begins and never ends makes the splitter read.
        let text = String::from_utf8_lossy(sound).into_owned();
        let close = if text.contains("</entry>") { "</entry>" } else { "</item>" };
        let at = text.rfind(close).unwrap() + close.len();
        let broken = format!("{}<{}", &text[..at], &close[2..]);
        let tolerant = read(broken.as_bytes());
        assert_eq!(tolerant.postings, strict.postings, "{text}");
        assert_eq!(tolerant.ttl, strict.ttl);
    }
}

#[test]
fn the_first_500_items_are_read() {
    let items: Vec<String> =
        (0..2_000).map(|n| format!("<item><title>T{n}</title></item>")).collect();
    let parsed =
        read(format!("<rss version='2.0'><channel>{}</channel></rss>", items.concat()).as_bytes());
    assert_eq!(parsed.postings.len(), 500);
    assert_eq!(parsed.postings[499].title, "T499");
    assert_eq!(parsed.problems.len(), 1);
    let items: Vec<String> = (0..2_000).map(|n| format!("{{\"id\":{n}}}")).collect();
    let json = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"\",\"items\":[{}]}}",
        items.join(",")
    );
    let parsed = read(json.as_bytes());
    assert_eq!(parsed.postings.len(), 500);
    assert_eq!(parsed.problems.len(), 1, "{:?}", parsed.problems);
}

#[test]
fn fields_are_cut_to_their_caps() {
    let long = "é".repeat(20_000);
    let item = format!(
        "<item><title>{long}</title><guid>{long}</guid><description>{long}</description></item>"
    );
    let parsed = read(format!("<rss version='2.0'><channel>{item}</channel></rss>").as_bytes());
    let posting = &parsed.postings[0];
    assert_eq!(posting.title.chars().count(), 1_000);
    assert_eq!(posting.text.chars().count(), 10_000);
    assert_eq!(posting.guid.as_ref().unwrap().chars().count(), 2_000);
}

#[test]
fn bombs_are_refused_or_read_quickly() {
    let nested = "<a xml:base='b/'>".repeat(2_000);
    let parsed =
        read(format!("<rss version='2.0'><channel>{nested}<item/></channel></rss>").as_bytes());
    assert_eq!(parsed.postings, []);
    assert!(parsed.problems[0].what.contains("xml:base"));
    let pieces = [
        "<item><![CDATA[",
        "<item>",
        "<item><title>",
        "<entry><x>",
        "<!--",
        "<item><a></b>",
        "<title><",
        "<author>é@",
        "<item>a</item>",
        "<item a='",
        "<title>&",
        "<description><i>",
        "<a b='",
        "<![CDATA[",
        "<title>",
        "<x>",
        "&#",
        "<item/>",
        "<link",
    ];
    for piece in pieces {
        let many = piece.repeat(4_000);
        for document in [
            format!("<rss version='2.0'><channel>{many}"),
            format!("<rss version='2.0'><channel><item>{many}</item><item></channel></rss>"),
            format!("<feed>{many}</title></author></feed>"),
        ] {
            assert!(read(document.as_bytes()).problems.len() <= 51);
        }
    }
    for piece in ["{\"id\":", "{\"items\":[", "{\"items\":[{\"id\":1},", "\"", "[{"] {
        assert!(read(format!("{{{}", piece.repeat(4_000)).as_bytes()).problems.len() <= 51);
    }
}
