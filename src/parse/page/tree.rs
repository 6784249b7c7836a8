//! HTML to a tree, within a budget.
//!
//! The HTML algorithm is quadratic on deeply nested or misnested tags: 100,000 nested `div`s take
//! a quarter of a minute. Stages have no clock, so the budget counts work instead of time: every
//! look that the parser takes at the tree is a step. It is asked between pieces of 4 KB; past it,
//! reading stops and the tree so far is used. The same page always stops at the same place.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
};

use html5ever::{
    Attribute, ParseOpts, QualName,
    driver::parse_document,
    tendril::{StrTendril, TendrilSink},
    tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilderOpts, TreeSink},
};
use rustc_hash::FxHashMap;
use scraper::{Html, HtmlTreeSink};

use super::super::{problems::Problems, text};

/// Bytes between two looks at the budget.
const PIECE: usize = 4_096;
/// Steps for one page. A page of 1 MB needs about a million.
const MOST_STEPS: u64 = 20_000_000;
/// Elements inside of one another; browsers stop at the same depth.
const MOST_DEEP: u32 = 512;
/// Elements of one page.
const MOST_NODES: u32 = 400_000;
/// Attributes of one tag: reading them is quadratic, within a single piece.
const MOST_ATTRIBUTES: usize = 1_000;

/// Reads a page as far as the budget goes.
pub(super) fn read(document: &str, problems: &mut Problems) -> Html {
    let document = before_monster_tag(document, problems);
    let opts = ParseOpts {
        // No script will run, so what stands in `noscript` is what a reader sees.
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..Default::default() },
        ..Default::default()
    };
    let mut parser = parse_document(Counted::new(), opts);
    let mut rest = document;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        parser.process(StrTendril::from(piece));
        rest = after;
        if let Some(excess) = parser.tokenizer.sink.sink.excess() {
            let at = document.len() - rest.len();
            problems.push("document", &format!("{excess}; read up to byte {at}"));
            break;
        }
    }
    parser.finish()
}

/// The document up to the first tag with too many attributes.
fn before_monster_tag<'a>(document: &'a str, problems: &mut Problems) -> &'a str {
    let bytes = document.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        at += found;
        let rest = &document[at..];
        let (len, attributes) = text::tag_extent(rest);
        if attributes > MOST_ATTRIBUTES {
            problems.push(
                "document",
                &format!("a tag with over 1,000 attributes; read up to byte {at}"),
            );
            return &document[..at];
        }
        at += len.max(1);
    }
    document
}

type Handle = <HtmlTreeSink as TreeSink>::Handle;

/// scraper's tree, with every look at it counted.
struct Counted {
    tree: HtmlTreeSink,
    steps: Cell<u64>,
    nodes: Cell<u32>,
    deepest: Cell<u32>,
    added: Cell<usize>,
    depths: RefCell<FxHashMap<Handle, u32>>,
}

impl Counted {
    fn new() -> Self {
        Self {
            tree: HtmlTreeSink::new(Html::new_document()),
            steps: Cell::new(0),
            nodes: Cell::new(0),
            deepest: Cell::new(0),
            added: Cell::new(0),
            depths: RefCell::default(),
        }
    }

    /// What is more than the budget allows.
    fn excess(&self) -> Option<&'static str> {
        if self.deepest.get() > MOST_DEEP {
            Some("nested deeper than 512")
        } else if self.nodes.get() > MOST_NODES {
            Some("more than 400,000 elements")
        } else {
            (self.steps.get() > MOST_STEPS).then_some("misnested beyond measure")
        }
    }

    fn step(&self) {
        self.steps.set(self.steps.get() + 1);
    }

    fn place(&self, parent: Handle, child: &NodeOrText<Handle>) {
        self.step();
        if let NodeOrText::AppendNode(child) = child {
            let mut depths = self.depths.borrow_mut();
            let depth = depths.get(&parent).map_or(1, |depth| depth + 1);
            depths.insert(*child, depth);
            self.deepest.set(self.deepest.get().max(depth));
        }
    }
}

impl TreeSink for Counted {
    type Handle = Handle;
    type Output = Html;
    type ElemName<'a> = <HtmlTreeSink as TreeSink>::ElemName<'a>;

    fn finish(self) -> Html {
        self.tree.finish()
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        self.tree.parse_error(message);
    }

    fn get_document(&self) -> Handle {
        self.tree.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Self::ElemName<'a> {
        self.step();
        self.tree.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        self.step();
        self.nodes.set(self.nodes.get() + 1);
        self.tree.create_element(name, attrs, flags)
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.tree.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        self.tree.create_pi(target, data)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.place(*parent, &child);
        self.tree.append(parent, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        self.place(*previous, &child);
        self.tree.append_based_on_parent_node(element, previous, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.tree.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        self.tree.get_template_contents(target)
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        self.step();
        self.tree.same_node(one, other)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.tree.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        self.place(*sibling, &child);
        self.tree.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        // Repeated `html` and `body` tags add to one element, which no tag's own bound sees.
        self.added.set(self.added.get() + attrs.len());
        if self.added.get() <= MOST_ATTRIBUTES {
            self.tree.add_attrs_if_missing(target, attrs);
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.step();
        self.tree.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.step();
        self.tree.reparent_children(node, new_parent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let mut problems = Problems::default();
        let _ = read(html, &mut problems);
        let problems = problems.finish();
        let what = problems.first().map_or("", |problem| problem.what.as_str());
        assert!(what.starts_with(expected) && (what.is_empty() == expected.is_empty()), "{what}");
    }

    fn many(numbers: std::ops::Range<u32>, piece: impl Fn(u32) -> String) -> String {
        numbers.map(piece).collect()
    }

    #[test]
    fn a_plain_page_is_within_the_budget() {
        let row = "<li><a href='/x'><b>Title</b></a> <p>Text<p>More<br>text</li>";
        check(&format!("<!doctype html><ul>{}</ul>", row.repeat(2_000)), "");
        check("<p>unclosed".repeat(3_000).as_str(), "");
        check(&format!("<script>{}</script>", "if (i<n && j) x = 'a' ; ".repeat(3_000)), "");
    }

    #[test]
    fn deep_nesting_is_cut() {
        check(&"<div>".repeat(20_000), "nested deeper");
        check(&"<span><div></span>".repeat(5_000), "nested deeper");
        check(&"<table><tr><td>".repeat(5_000), "nested deeper");
    }

    #[test]
    fn misnested_formatting_is_cut() {
        let tags = many(0..5_000, |n| format!("<b id={n}><a x><i><select>"));
        check(&tags, "nested deeper");
        let tags = many(0..5_000, |n| format!("<p><b id={n}></p>"));
        check(&tags, "nested deeper");
    }

    #[test]
    fn a_tag_of_attributes_is_refused() {
        let attributes = many(0..20_000, |n| format!(" a{n}=1"));
        check(&format!("<p>a</p><div{attributes}>"), "a tag with over");
        let tags = many(0..5_000, |n| format!("<html a{n}=1>"));
        check(&tags, "");
    }
}
