use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(text(source, 1_000).replace(BREAK, "·"), expected);
}

#[test]
fn plain_words_stay_as_they_are() {
    check(
        "Court orders 2.5 million in damages (again) - a first",
        "Court orders 2.5 million in damages (again) - a first",
    );
    check("Le Conseil d’État, l’Iran & 24/7: №7", "Le Conseil d’État, l’Iran & 24/7: №7");
    check("الحكمة في لاهاي", "الحكمة في لاهاي");
}

#[test]
fn nobody_is_mentioned() {
    check("@everyone and @here", "@·everyone and @·here");
    check("<@123> <@!123> <@&123>", "\\<·@·123\\> \\<·@·!123\\> \\<·@·&123\\>");
    check("<@&<@1234>", "\\<·@·&\\<·@·1234\\>");
    check("<#123> </ban:123> <id:customize>", "\\<·#123\\> \\<·/ban:123\\> \\<·id:customize\\>");
    check(
        "<t:1700000000:R> <:smile:1> <a:wave:1>",
        "\\<·t:1700000000:R\\> \\<·:smile:1\\> \\<·a:wave:1\\>",
    );
}

#[test]
fn hidden_characters_cannot_hide_a_mention() {
    check("@\u{200B}every\u{2060}one", "@·everyone");
    check("@e\u{200D}very\u{FE0F}one\u{E0065}", "@·everyone");
    check("＠everyone", "＠everyone");
}

#[test]
fn direction_marks_are_removed() {
    check("a\u{202E}b\u{202C}c\u{2066}d\u{2069}e\u{200F}f\u{061C}g", "abcdefg");
}

#[test]
fn links_and_invites_are_only_text() {
    check(
        "[https://bank.test](https://evil.test)",
        "\\[https:·/·/bank.test\\](https:·/·/evil.test)",
    );
    check("[a[b](c \"d\")", "\\[a\\[b\\](c \"d\")");
    check("<https://evil.test>", "\\<·https:·/·/evil.test\\>");
    check(
        "join discord.gg/abc or discord.com/invite/abc",
        "join discord.gg·/abc or discord.com·/invite·/abc",
    );
    check("discordapp.com/invite/x", "discordapp.com·/invite·/x");
    check("disсord.gg/x", "disсord.gg·/x");
}

#[test]
fn markdown_is_only_text() {
    check("# big", "\\# big");
    check("> quote", "\\> quote");
    check("-# small", "\\-# small");
    check("- item", "\\- item");
    check("1. first", "1\\. first");
    check(
        "||spoiler|| **b** __u__ ~~s~~ `c`",
        "\\|\\|spoiler\\|\\| \\*\\*b\\*\\* \\_\\_u\\_\\_ \\~\\~s\\~\\~ \\`c\\`",
    );
    check("```rust", "\\`\\`\\`rust");
    check("back\\slash \\*", "back\\\\slash \\\\\\*");
}

#[test]
fn lines_and_white_space_collapse() {
    check("a\n\n\nb\t c\u{00A0}d\u{2028}e", "a b c d e");
    check("\n  padded  \n", "padded");
    check(&"\n".repeat(1_000), "");
}

#[test]
fn control_characters_are_gone() {
    check("red \u{1b}[31malert\u{7} now\0", "red \\[31malert now");
}

#[test]
fn piles_of_marks_are_lowered() {
    check(&format!("a{}b", "\u{301}".repeat(500)), "a\u{301}\u{301}\u{301}\u{301}b");
    check("e\u{301}a\u{308}", "e\u{301}a\u{308}");
}

#[test]
fn emoji_and_joined_scripts_stay_whole() {
    check("👩\u{200D}🚀 🇳🇱 ❤\u{FE0F}", "👩\u{200D}🚀 🇳🇱 ❤\u{FE0F}");
    check("می\u{200C}خواهم", "می\u{200C}خواهم");
    assert_eq!(text("ab👩\u{200D}🚀cd", 7), "ab…");
    assert_eq!(text("ab👩\u{200D}🚀cd", 8), "ab👩\u{200D}🚀…");
}

#[test]
fn a_cut_counts_escapes_and_leaves_none_open() {
    assert_eq!(text("ab***", 6), "ab\\*…");
    assert_eq!(text("ab*", 4), "ab\\*");
    assert_eq!(text("abcdef", 6), "abcdef");
    assert_eq!(text("abcdef", 5), "abcd…");
}

#[test]
fn links_are_http_with_a_named_host() {
    let check = |address: &str, expected: Option<(&str, &str)>| {
        let expected = expected.map(|(host, url)| Link { host: host.into(), url: url.into() });
        assert_eq!(link(address), expected, "{address}");
    };
    check("https://news.test/a?b=c#d", Some(("news.test", "https://news.test/a?b=c#d")));
    check("https://news.test/a_(b)", Some(("news.test", "https://news.test/a_%28b%29")));
    check("https://news.test/a b>c<", Some(("news.test", "https://news.test/a%20b%3Ec%3C")));
    check("https://news.test/a)[x](y", Some(("news.test", "https://news.test/a%29%5Bx%5D%28y")));
    check("https://disсord.test/", Some(("xn--disord-krf.test", "https://xn--disord-krf.test/")));
    for refused in [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://user:secret@news.test/",
        "https://user@news.test/",
        "https://[::1]/",
        "/relative",
        "",
        "https://discord.gg/abc",
        "https://www.discord.com/invite/abc",
        "https://discordapp.com/invite/abc",
    ] {
        check(refused, None);
    }
    assert_eq!(link(&format!("https://news.test/{}", "a".repeat(2_048))), None);
}

/// What Discord would read as something else than text, looked for outside of escapes.
pub(crate) fn raw_markup(text: &str) -> Option<&'static str> {
    let mut bare = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' {
            letters.next();
            bare.push('\u{1}');
        } else {
            bare.push(letter);
        }
    }
    [
        "@everyone",
        "@here",
        "<@",
        "<#",
        "</",
        "<t:",
        "<id:",
        "<:",
        "<a:",
        "](",
        "://",
        "**",
        "__",
        "~~",
        "||",
        "`",
        "*",
        "_",
        "discord.gg/",
        "discord.com/",
        "\n",
        "\u{202E}",
        "\u{1b}",
    ]
    .into_iter()
    .find(|markup| bare.contains(markup))
}

proptest! {
    #[test]
    fn nothing_is_ever_markup(source in hostile(), limit in 8_usize..300) {
        let safe = text(&source, limit);
        prop_assert_eq!(raw_markup(&safe), None, "{:?}", safe);
        prop_assert!(units(&safe) <= limit);
    }

    #[test]
    fn cleaning_twice_changes_nothing(source in hostile()) {
        let once = clean(&source);
        prop_assert_eq!(clean(&once), once);
    }
}

/// Any text, sprinkled with what Discord would take for markup.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        ".{0,12}",
        "[@<>#&:/.\\\\*_~`|()\\[\\]!-]{1,6}",
        proptest::sample::select(vec![
            "@everyone",
            "@here",
            "<@1>",
            "<@&1>",
            "<#1>",
            "</x:1>",
            "<t:1:R>",
            "<id:x>",
            "<:a:1>",
            "[a](https://b.test)",
            "discord.gg/x",
            "https://",
            "\u{202E}",
            "\u{200B}",
            "\u{200D}",
            "\u{FE0F}",
            "\n",
            "😀",
            "🇳🇱",
            "e\u{301}",
            "```",
            "||",
            "every",
            "one",
            " ",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}
