//! The gallery as one page that holds all it needs.

use std::fmt::Write as _;

use super::Room;
use crate::render::html::{article, escape};

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>haguewatch: everything the bot can say</title>
<style>
:root { color-scheme: light dark; --page: #ffffff; --embed: #f2f3f5; --text: #2e3338; --dim: #5c636b; --link: #0057a8; --line: #d9dce0 }
@media (prefers-color-scheme: dark) {
  :root { --page: #313338; --embed: #2b2d31; --text: #dbdee1; --dim: #a9aeb5; --link: #4bb0f5; --line: #42454c }
}
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1rem; max-width: 46rem; background: var(--page); color: var(--text); font: 16px/1.4 "gg sans", "Noto Sans", "Helvetica Neue", Arial, sans-serif }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; border-bottom: 1px solid var(--line) }
a { color: var(--link); text-decoration: none } a:hover, a:focus { text-decoration: underline }
nav ul { columns: 14rem; padding-left: 1.2rem }
figure { margin: 1.2rem 0 } figcaption { color: var(--dim); font-size: .85rem; margin-bottom: .3rem; overflow-wrap: anywhere }
.content { margin: 0 0 .3rem } .role { background: #5865f233; border-radius: 3px; padding: 0 .2em }
.embed { max-width: 33rem; background: var(--embed); border-left: 4px solid; border-radius: 4px; padding: .6rem 1rem .8rem .8rem; font-size: .875rem; overflow-wrap: anywhere }
.embed h3 { margin: 0 0 .4rem; font-size: 1rem; line-height: 1.3 } .embed p { margin: .4rem 0 } .embed ul { margin: .2rem 0 .6rem; padding-left: 1.2rem } .embed li { margin: .2rem 0 }
dl { display: grid; grid-template-columns: repeat(3, 1fr); gap: .6rem; margin: .6rem 0 0 } dl > div { grid-column: 1 / -1 } dl > .inline { grid-column: auto }
dt { font-weight: 600 } dd { margin: 0 } footer { margin-top: .6rem; font-size: .75rem; color: var(--dim) }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr } body { padding: .6rem } }
</style>
<h1>Everything the bot can say</h1>
<p>States, people, outlets and events are invented; only the courts and the Hague Group are real.</p>
"#;

/// The page.
pub(super) fn html(rooms: &[Room]) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("<nav><ul>");
    for (number, room) in (1..).zip(rooms) {
        let _ = write!(page, "<li><a href=\"#room-{number}\">{}</a></li>", escape(&room.title));
    }
    page.push_str("</ul></nav>\n");
    for (number, room) in (1..).zip(rooms) {
        let _ = writeln!(page, "<section><h2 id=\"room-{number}\">{}</h2>", escape(&room.title));
        for picture in &room.pictures {
            let caption = escape(&picture.caption);
            let message = article(&picture.message);
            let _ = writeln!(page, "<figure><figcaption>{caption}</figcaption>{message}</figure>");
        }
        page.push_str("</section>\n");
    }
    page
}
