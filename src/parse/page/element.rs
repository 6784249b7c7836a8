//! Questions to an element: its text, its link, what matches inside of it.

use scraper::{ElementRef, Node, Selector};

use super::super::text::{self, Collapsing};

/// Whether the element is a link.
pub(super) fn is_link(element: &ElementRef<'_>) -> bool {
    element.value().name() == "a" && element.attr("href").is_some()
}

/// The link that an element is, holds or stands in.
pub(super) fn linked(element: ElementRef<'_>) -> Option<(&str, ElementRef<'_>)> {
    let link = with_itself(element)
        .find(is_link)
        .or_else(|| element.ancestors().filter_map(ElementRef::wrap).find(is_link))?;
    Some((link.attr("href")?, link))
}

/// The element and every one inside of it.
pub(super) fn with_itself(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.descendants().filter_map(ElementRef::wrap)
}

/// The elements of a row that match, the row itself first.
pub(super) fn matching<'a>(
    row: ElementRef<'a>,
    selector: &Selector,
) -> impl Iterator<Item = ElementRef<'a>> {
    with_itself(row).filter(move |element| selector.matches_with_scope(element, Some(row)))
}

/// An element's text, with a space wherever its layout has a break.
pub(super) fn text_of(element: ElementRef<'_>, cap: usize) -> String {
    let mut out = Collapsing::new(cap);
    let mut block = None;
    for node in element.descendants() {
        match node.value() {
            Node::Element(element) if !text::is_inline(element.name()) => out.push_space(),
            Node::Text(words) => {
                let around = node
                    .ancestors()
                    .filter_map(ElementRef::wrap)
                    .find(|element| !text::is_inline(element.value().name()));
                let name = around.map_or("", |element| element.value().name());
                if matches!(name, "script" | "style" | "template") {
                    continue;
                }
                let id = around.map(|element| element.id());
                if id != block {
                    out.push_space();
                    block = id;
                }
                out.push(words);
            }
            _ => {}
        }
        if out.is_full() {
            break;
        }
    }
    out.finish()
}
