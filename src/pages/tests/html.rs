//! Reads back what the views have written. It is well-formed and its attributes stand in double quotes, so that a few
//! lines do; what they do not understand fails the test.

use std::collections::BTreeMap;

/// A start tag, an end tag, or text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Start(Tag<'a>),
    End(&'a str),
    Text(&'a str),
}

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: BTreeMap<&'a str, &'a str>,
}

impl<'a> Tag<'a> {
    pub(super) fn get(&self, attribute: &str) -> Option<&'a str> {
        self.attributes.get(attribute).copied()
    }

    pub(super) fn is_void(&self) -> bool {
        ["input", "img"].contains(&self.name)
    }
}

/// All parts in order.
pub(super) fn parse(html: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let text = rest.find('<').unwrap_or(rest.len());
        if text > 0 {
            parts.push(Part::Text(&rest[..text]));
            rest = &rest[text..];
            continue;
        }
        let (inside, after) = rest[1..].split_once('>').expect("a tag ends");
        rest = after;
        parts.push(match inside.strip_prefix('/') {
            Some(name) => Part::End(name),
            None => Part::Start(tag(inside)),
        });
    }
    parts
}

/// All start tags.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    let start = |part| if let Part::Start(tag) = part { Some(tag) } else { None };
    parse(html).into_iter().filter_map(start).collect()
}

fn tag(inside: &str) -> Tag<'_> {
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric()), "an element of plain HTML: {name}");
    let mut attributes = BTreeMap::new();
    while !rest.is_empty() {
        let (attribute, after) = rest.split_once("=\"").expect("an attribute with a quoted value");
        let (value, after) = after.split_once('"').expect("a closing quote");
        assert!(attributes.insert(attribute, value).is_none(), "{attribute} stands once in {inside}");
        rest = after.trim_start();
    }
    Tag { name, attributes }
}

/// The same HTML, one element a line, for snapshots that can be read.
pub(super) fn pretty(html: &str) -> String {
    let parts = parse(html);
    let mut out = String::new();
    let mut depth = 0;
    let mut index = 0;
    while index < parts.len() {
        match &parts[index] {
            Part::Start(tag) => {
                line(&mut out, depth, &written(tag));
                // What holds nothing but text stands on one line.
                let ends = |at: usize| matches!(parts.get(at), Some(Part::End(name)) if *name == tag.name);
                match (parts.get(index + 1), ends(index + 2), ends(index + 1)) {
                    (Some(Part::Text(text)), true, _) => {
                        out.push_str(&[text, "</", tag.name, ">"].concat());
                        index += 2;
                    }
                    (_, _, true) => {
                        out.push_str(&["</", tag.name, ">"].concat());
                        index += 1;
                    }
                    _ if tag.is_void() => {}
                    _ => depth += 1,
                }
            }
            Part::End(name) => {
                depth -= 1;
                line(&mut out, depth, &["</", name, ">"].concat());
            }
            Part::Text(text) => line(&mut out, depth, text),
        }
        index += 1;
    }
    out
}

fn line(out: &mut String, depth: usize, text: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&"  ".repeat(depth));
    out.push_str(text);
}

fn written(tag: &Tag<'_>) -> String {
    let mut out = ["<", tag.name].concat();
    for (name, value) in &tag.attributes {
        out.push_str(&[" ", name, "=\"", value, "\""].concat());
    }
    out.push('>');
    out
}
