//! XML as it is read here: bounded before it is parsed, without a DTD, in what is signed also without comments and
//! processing instructions, which readers disagree on (R39).

#[cfg(test)]
mod tests;

use roxmltree::{Document, Node, ParsingOptions};

/// The longest document.
pub const LONGEST: usize = 256 * 1024;
/// Elements within each other.
const DEEPEST: usize = 32;
/// The longest tag: a parser compares each attribute of one with all others.
const LONGEST_TAG: usize = 8 * 1024;
/// Namespace declarations: a parser copies those in scope wherever another one is made.
const MOST_DECLARATIONS: usize = 1_000;
/// Elements and texts.
const MOST_NODES: u32 = 20_000;

/// Why a text is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not XML.
    #[error("it is not XML")]
    Malformed,
    /// XML of a kind that is not read.
    #[error("it has a DTD, or is too long or too deep")]
    Refused,
}

/// Reads a document without a DTD.
pub fn parse(text: &str) -> Result<Document<'_>, Unreadable> {
    if text.len() > LONGEST || text.contains("<!DOCTYPE") || !is_bounded(text) {
        return Err(Unreadable::Refused);
    }
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|_| Unreadable::Malformed)
}

/// The same, of a document with nothing but elements, attributes and text.
pub fn parse_plain(text: &str) -> Result<Document<'_>, Unreadable> {
    let document = parse(text)?;
    let plain = !document.descendants().any(|node| node.is_comment() || node.is_pi());
    if plain { Ok(document) } else { Err(Unreadable::Refused) }
}

/// Whether parsing takes about as long as the text is. Looks at tags alone; what is no XML is the parser's to refuse.
fn is_bounded(text: &str) -> bool {
    if text.matches("xmlns").count() > MOST_DECLARATIONS {
        return false;
    }
    let (mut rest, mut depth) = (text, 0_usize);
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let skipped = [("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>")]
            .into_iter()
            .find(|(begin, _)| rest.starts_with(begin));
        let length = match skipped {
            Some((_, end)) => rest.find(end).map(|at| at + end.len()),
            None => tag(rest),
        };
        let Some(length) = length else { return true };
        let (tag, after) = rest.split_at(length);
        rest = after;
        if skipped.is_some() {
            continue;
        }
        if tag.len() > LONGEST_TAG {
            return false;
        }
        if tag.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else if !tag.ends_with("/>") {
            depth += 1;
        }
        if depth > DEEPEST {
            return false;
        }
    }
    true
}

/// The length of the tag that a text begins with: to the first `>` outside of quotes.
fn tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    None
}

/// The children of a name.
pub fn children<'a, 'i>(
    node: Node<'a, 'i>,
    namespace: &'static str,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.has_tag_name((namespace, name)))
}

/// The one child of a name; `None` when there is none, or several.
pub fn only<'a, 'i>(node: Node<'a, 'i>, namespace: &'static str, name: &'static str) -> Option<Node<'a, 'i>> {
    let mut found = children(node, namespace, name);
    match (found.next(), found.next()) {
        (only, None) => only,
        (_, Some(_)) => None,
    }
}

/// The whole text of an element that holds nothing else.
pub fn text(node: Node<'_, '_>) -> Option<String> {
    let mut whole = String::new();
    for child in node.children() {
        if child.is_element() {
            return None;
        }
        if child.is_text() {
            whole.push_str(child.text()?);
        }
    }
    Some(whole)
}

/// A text for the inside of an element or of an attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
