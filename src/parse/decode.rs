//! Decides which charset a document is written in and turns it into text.
//!
//! The order is BOM, HTTP header, the document's own declaration, guess. A claim that the bytes
//! contradict is not believed: what is valid UTF-8 beyond ASCII is UTF-8, whatever a single-byte
//! label says, and a claim of UTF-8 that fails gives way to a declaration that does not.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memmem;

use super::problems::Problems;
use crate::model::Document;

/// How far into a document its declaration is looked for, in bytes.
const DECLARATION_WITHIN: usize = 4096;

/// The document as text, without BOM. Bytes that are no character become U+FFFD and one problem.
pub(super) fn decode(document: &Document, problems: &mut Problems) -> String {
    let bytes = document.bytes.as_slice();
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return read(encoding, &bytes[bom..], problems);
    }
    if std::str::from_utf8(bytes).is_ok_and(|text| !text.is_ascii()) {
        // Bytes beyond ASCII that are valid UTF-8 by accident are all but impossible.
        return read(UTF_8, bytes, problems);
    }
    read(claimed(document).unwrap_or_else(|| guess(bytes)), bytes, problems)
}

fn read(encoding: &'static Encoding, bytes: &[u8], problems: &mut Problems) -> String {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged {
        let name = encoding.name();
        problems.push("document", &format!("some bytes are not {name}; replaced by \u{FFFD}"));
    }
    text.into_owned()
}

/// The first claim that the bytes do not contradict.
fn claimed(document: &Document) -> Option<&'static Encoding> {
    let bytes = document.bytes.as_slice();
    let header = document.content_type.as_deref().and_then(|value| charset(value.as_bytes()));
    let declaration = declared(bytes).filter(|encoding| !is_wide(encoding));
    [header, declaration].into_iter().flatten().find(|encoding| fits(encoding, bytes))
}

/// A wide encoding shows as NUL bytes, UTF-8 as valid sequences; other encodings cannot be told.
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    if is_wide(encoding) {
        return bytes.get(..2).is_some_and(|start| start.contains(&0));
    }
    encoding != UTF_8 || std::str::from_utf8(bytes).is_ok()
}

fn is_wide(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// What the XML declaration or an HTML `meta` says.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_WITHIN)];
    if let Some(start) = memmem::find(head, b"<?xml") {
        let end = memmem::find(&head[start..], b"?>")? + start;
        let at = memmem::find(&head[start..end], b"encoding")? + start + "encoding".len();
        return label(&head[at..end]);
    }
    charset(head)
}

/// The label after the first `charset=`, in a header or a `meta`.
fn charset(text: &[u8]) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let at = memmem::find(&lower, b"charset")? + "charset".len();
    label(&lower[at..])
}

/// Reads `= "label"`. Labels that browsers refuse (UTF-7, ISO-2022-KR) are no claim at all.
fn label(text: &[u8]) -> Option<&'static Encoding> {
    let text = text.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let text = text.strip_prefix(b"\"").or_else(|| text.strip_prefix(b"'")).unwrap_or(text);
    let end = text.iter().position(|byte| b"\"'; \t\r\n>/?".contains(byte)).unwrap_or(text.len());
    Encoding::for_label(&text[..end]).filter(|encoding| *encoding != REPLACEMENT)
}

/// Without any claim: UTF-16 by its NULs, UTF-8 where most sequences beyond ASCII are valid
/// UTF-8, else windows-1252, the web's default.
fn guess(bytes: &[u8]) -> &'static Encoding {
    match bytes {
        [b'<' | b'{', 0, ..] => return UTF_16LE,
        [0, b'<' | b'{', ..] => return UTF_16BE,
        _ => {}
    }
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= bad { UTF_8 } else { WINDOWS_1252 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], content_type: Option<&str>, expected: &str) {
        let (text, problems) = decoded(bytes, content_type);
        assert_eq!(text, expected);
        assert_eq!(problems, []);
    }

    fn decoded(bytes: &[u8], content_type: Option<&str>) -> (String, Vec<crate::model::Problem>) {
        let document = Document {
            bytes: bytes.to_vec(),
            content_type: content_type.map(Into::into),
            final_url: "https://example.org/feed".parse().unwrap(),
            validators: crate::model::Validators::default(),
        };
        let mut problems = Problems::default();
        let text = decode(&document, &mut problems);
        (text, problems.finish())
    }

    #[test]
    fn a_bom_beats_every_claim() {
        check(b"\xEF\xBB\xBFcaf\xC3\xA9", Some("text/xml; charset=windows-1251"), "café");
        check(b"\xFE\xFF\0<\0a\0>", Some("text/xml; charset=utf-8"), "<a>");
    }

    #[test]
    fn the_header_beats_the_declaration() {
        let bytes = b"<?xml version='1.0' encoding='iso-8859-1'?><t>\xEF\xF0</t>";
        check(
            bytes,
            Some("application/xml; charset=\"windows-1251\""),
            "<?xml version='1.0' encoding='iso-8859-1'?><t>пр</t>",
        );
    }

    #[test]
    fn the_declaration_counts_without_a_header() {
        check(
            b"<?xml version='1.0' encoding=\"Shift_JIS\"?><t>\x8d\xd9\x94\xbb</t>",
            Some("text/xml"),
            "<?xml version='1.0' encoding=\"Shift_JIS\"?><t>裁判</t>",
        );
        check(b"<meta charset=iso-8859-2>\xA3\xF3d\xBC", None, "<meta charset=iso-8859-2>Łódź");
    }

    #[test]
    fn a_claim_that_the_bytes_contradict_is_not_believed() {
        check("déjà".as_bytes(), Some("text/xml; charset=ISO-8859-1"), "déjà");
        check(b"d\xE9j\xE0 vu", Some("text/xml; charset=utf-8"), "déjà vu");
        check(b"<?xml encoding='utf-16'?>x", None, "<?xml encoding='utf-16'?>x");
        check(b"plain +ADw- text", Some("text/xml; charset=utf-7"), "plain +ADw- text");
    }

    #[test]
    fn wide_text_without_a_bom_shows_by_its_nul_bytes() {
        check(b"<\0a\0>\0", None, "<a>");
        check(b"\0<\0a\0>", Some("text/xml"), "<a>");
    }

    #[test]
    fn one_bad_byte_among_good_ones_costs_one_character() {
        let (text, problems) = decoded(b"<t>\xC3\xA9\xC3\xA0 \xFF \xE2\x80\x99</t>", None);
        assert_eq!(text, "<t>éà \u{FFFD} ’</t>");
        assert_eq!(problems.len(), 1);
    }
}
