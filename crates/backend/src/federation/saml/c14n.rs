//! Exclusive XML Canonicalization 1.0 without comments, of an element of a parsed document.
//!
//! <https://www.w3.org/TR/xml-exc-c14n/>, with the parts of Canonical XML 1.0 that it refers to.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use roxmltree::{Attribute, Node};

/// The algorithm.
pub const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// Writes an element canonically, without one of its children. `inclusive` is the `PrefixList`: prefixes whose
/// declarations are written wherever they are in scope (`#default` for none).
pub fn canonical(node: Node<'_, '_>, without: Option<Node<'_, '_>>, inclusive: &[&str]) -> String {
    let mut out = String::new();
    element(&mut out, node, without, inclusive, &BTreeMap::new());
    out
}

/// A qualified name as it stands in the text: the tree keeps namespaces, and not the prefixes that they were written by.
fn split(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

fn name_of<'i>(node: Node<'_, 'i>) -> &'i str {
    let text = &node.document().input_text()[node.range().start + 1..];
    let end = text.find(|end: char| end.is_ascii_whitespace() || end == '/' || end == '>');
    &text[..end.unwrap_or(text.len())]
}

fn name_of_attribute<'i>(node: Node<'_, 'i>, attribute: &Attribute<'_, '_>) -> &'i str {
    &node.document().input_text()[attribute.range_qname()]
}

fn element(
    out: &mut String,
    node: Node<'_, '_>,
    without: Option<Node<'_, '_>>,
    inclusive: &[&str],
    rendered: &BTreeMap<String, String>,
) {
    let name = name_of(node);
    let mut used = BTreeMap::from([(split(name).0, node.tag_name().namespace().unwrap_or_default())]);
    let mut attributes: Vec<_> = node.attributes().collect();
    for attribute in &attributes {
        let (prefix, _) = split(name_of_attribute(node, attribute));
        if !prefix.is_empty() {
            used.insert(prefix, attribute.namespace().unwrap_or_default());
        }
    }
    for prefix in inclusive {
        let prefix = if *prefix == "#default" { "" } else { prefix };
        let in_scope = node.lookup_namespace_uri(Some(prefix).filter(|prefix| !prefix.is_empty()));
        match in_scope {
            Some(uri) => drop(used.entry(prefix).or_insert(uri)),
            None if prefix.is_empty() => drop(used.entry("").or_insert("")),
            None => {}
        }
    }
    // Always bound, and never declared.
    used.remove("xml");
    out.push('<');
    out.push_str(name);
    let mut rendered = rendered.clone();
    for (prefix, uri) in used {
        if rendered.get(prefix).map_or("", String::as_str) == uri {
            continue;
        }
        out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
        out.push_str(prefix);
        out.push_str("=\"");
        value(out, uri);
        out.push('"');
        rendered.insert(prefix.to_owned(), uri.to_owned());
    }
    attributes.sort_by_key(|attribute| (attribute.namespace().unwrap_or_default(), attribute.name()));
    for attribute in attributes {
        out.push(' ');
        out.push_str(name_of_attribute(node, &attribute));
        out.push_str("=\"");
        value(out, attribute.value());
        out.push('"');
    }
    out.push('>');
    for child in node.children() {
        if child.is_element() && Some(child) != without {
            element(out, child, without, inclusive, &rendered);
        } else if child.is_text() {
            content(out, child.text().unwrap_or_default());
        }
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn content(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#xD;"),
            other => out.push(other),
        }
    }
}

fn value(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#x9;"),
            '\n' => out.push_str("&#xA;"),
            '\r' => out.push_str("&#xD;"),
            other => out.push(other),
        }
    }
}
