//! The status page: plain HTML without scripts or outside hosts. Every text is escaped, whoever
//! wrote it.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::{DevelopmentRow, Status};
use crate::render::safe;

/// What the page may load: its own style and nothing else.
pub const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE: &str = "\
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}\
.bad{color:#a00}@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}th,td{border-color:#444}.bad{color:#f88}a{color:#8bf}}";

/// The page.
pub fn html(status: &Status, newest: &[DevelopmentRow], now: Timestamp) -> String {
    let mut page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>haguewatch</title><style>{STYLE}</style></head><body><h1>haguewatch</h1><p>As of {now:.0}.</p>"
    );
    attention(&mut page, status);
    page.push_str("<h2>Newest developments</h2>");
    table(
        &mut page,
        &["", "what", "day", "status", "headline"],
        newest.iter().map(|row| {
            let what =
                format!("{}.{} {}", row.kind, row.action, row.body.as_deref().unwrap_or_default());
            [format!("#{}", row.id), what, row.date.clone(), row.status.clone(), row.title.clone()]
        }),
    );
    page.push_str("<h2>Loops</h2>");
    table(
        &mut page,
        &["loop", "turns", "last turn", "result"],
        status.loops.iter().map(|one| {
            [one.name.clone(), one.turns.to_string(), moment(one.ended), one.result.clone()]
        }),
    );
    let outbox = &status.outbox;
    let _ = write!(
        page,
        "<h2>Outbox</h2><p>{} waiting, {} begun, {} arrived, {} given up.</p><h2>Sources</h2>",
        outbox.pending, outbox.sending, outbox.sent, outbox.dead
    );
    table(
        &mut page,
        &["source", "last good answer", "next", "failures", "last outcome"],
        status.sources.iter().map(|source| {
            [
                source.id.clone(),
                moment(source.last_good),
                moment(source.next_due),
                source.failures.to_string(),
                source.last_outcome.clone(),
            ]
        }),
    );
    page.push_str("</body></html>\n");
    page
}

fn attention(page: &mut String, status: &Status) {
    if status.reasons.is_empty() {
        page.push_str("<p>Nothing needs a person.</p>");
        return;
    }
    page.push_str("<h2 class=\"bad\">Needs a person</h2><ul>");
    for reason in &status.reasons {
        let _ = write!(page, "<li>{}</li>", escaped(reason));
    }
    page.push_str("</ul>");
}

fn table<const N: usize>(
    page: &mut String,
    heads: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
) {
    page.push_str("<table><thead><tr>");
    for head in heads {
        let _ = write!(page, "<th scope=\"col\">{head}</th>");
    }
    page.push_str("</tr></thead><tbody>");
    for row in rows {
        page.push_str("<tr>");
        for cell in row {
            let _ = write!(page, "<td>{}</td>", escaped(&cell));
        }
        page.push_str("</tr>");
    }
    page.push_str("</tbody></table>");
}

fn moment(moment: Option<Timestamp>) -> String {
    moment.map_or_else(|| "never".to_owned(), |moment| format!("{moment:.0}"))
}

fn escaped(text: &str) -> String {
    safe::clean(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::SourceRow;

    #[test]
    fn no_text_is_markup() {
        let evil = "<script>alert(1)</script>\"'&";
        let source =
            SourceRow { id: evil.into(), last_outcome: evil.into(), ..SourceRow::default() };
        let status =
            Status { reasons: vec![evil.into()], sources: vec![source], ..Status::default() };
        let page = html(&status, &[], Timestamp::UNIX_EPOCH);
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"));
    }
}
