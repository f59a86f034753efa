//! The tags of a page, one after the other.

/// A tag: an opening one by its name, a closing one with a slash before it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Name in lower case.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// All tags. What stands in scripts and styles is no markup.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let (tag, after) = read(rest);
        rest = after;
        let closing = ["script", "style"].iter().find(|raw| tag.name == **raw).map(|raw| format!("</{raw}"));
        if let Some(end) = closing.and_then(|closing| rest.find(&closing)) {
            rest = &rest[end..];
        }
        tags.push(tag);
    }
    tags
}

/// Reads one tag; gives it and what follows.
fn read(text: &str) -> (Tag, &str) {
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(text.len());
    let name = text[..end].trim_end_matches('/').to_ascii_lowercase();
    let mut rest = &text[end..];
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (Tag { name, attributes }, after);
        }
        if rest.is_empty() {
            return (Tag { name, attributes }, rest);
        }
        let (attribute, after) = read_attribute(rest);
        attributes.push(attribute);
        rest = after;
    }
}

fn read_attribute(text: &str) -> ((String, String), &str) {
    // An attribute name may begin with `=` (HTML, "before attribute name state"); so at least one character is taken.
    let first = text.chars().next().map_or(0, char::len_utf8);
    let end = text[first..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'));
    let end = end.map_or(text.len(), |end| end + first);
    let name = text[..end].to_ascii_lowercase();
    let Some(value) = text[end..].trim_start().strip_prefix('=').map(str::trim_start) else {
        return ((name, String::new()), &text[end..]);
    };
    let quoted = ['"', '\''].into_iter().find_map(|quote| Some((quote, value.strip_prefix(quote)?)));
    let (value, after) = match quoted {
        Some((quote, inside)) => inside.split_once(quote).unwrap_or((inside, "")),
        None => {
            value.split_at(value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len()))
        }
    };
    ((name, decode(value)), after)
}

/// The character references that stand in attributes of forms.
fn decode(text: &str) -> String {
    let known =
        [("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">")];
    let text = known.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&amp;", "&")
}
