//! Text into HTML.

#[cfg(test)]
mod tests;

/// Makes a text safe in element content and in attributes in double or single quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not allowed in a document; a parser would make it something else (HTML, "null character").
            '\0' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
