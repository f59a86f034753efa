//! Makes addresses in a text unclickable, while a person can still read them.

use unicode_normalization::char::is_combining_mark;

/// Schemes without `//` that mail programs turn into links, or hand to another program.
const SCHEMES: [&str; 14] = [
    "mailto",
    "tel",
    "sms",
    "callto",
    "sip",
    "sips",
    "xmpp",
    "skype",
    "facetime",
    "geo",
    "magnet",
    "data",
    "javascript",
    "file",
];

/// Breaks what mail programs turn into links: `https://x.example` becomes `https[:]//x[.]example`, and likewise bare
/// domains, IPv4 addresses, mail addresses, `mailto:` and `\\host` paths.
///
/// Mail programs guess links, each in its own way, so this breaks all that might be one; a file name such as `a.pdf`
/// gets its brackets too (`.zip` is a top-level domain). Decimals, abbreviations and dots between sentences stay. The
/// result is left alone by another pass.
pub fn defang(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = &chars[..];
    let mut before: &[char] = &[];
    while let Some(first) = rest.first().copied() {
        let length = host_length(rest);
        if length > 0 {
            (before, rest) = rest.split_at(length);
            push_host(&mut out, before);
            continue;
        }
        rest = &rest[1..];
        match (first, rest) {
            (':', ['/', '/', ..]) => out.push_str("[:]"),
            (':', [next, ..]) if !next.is_whitespace() && is_scheme(before) => out.push_str("[:]"),
            ('@', [next, ..]) if in_label(*next) && !before.is_empty() => out.push_str("[@]"),
            ('\\', ['\\', ..]) => out.push_str("[\\]"),
            _ => out.push(first),
        }
        before = &[];
    }
    out
}

/// How many characters from the beginning are labels joined by single dots.
fn host_length(chars: &[char]) -> usize {
    let mut length = label_length(chars);
    while length > 0 && chars.get(length).copied().is_some_and(is_dot) {
        match label_length(&chars[length + 1..]) {
            0 => break,
            label => length += 1 + label,
        }
    }
    length
}

fn label_length(chars: &[char]) -> usize {
    chars.iter().take_while(|char| in_label(**char)).count()
}

fn in_label(char: char) -> bool {
    char.is_alphanumeric() || char == '-' || char == '_' || is_combining_mark(char)
}

/// The full stop, and what stands for it in domains or looks like it.
fn is_dot(char: char) -> bool {
    matches!(char, '.' | '\u{ff0e}' | '\u{2024}')
}

/// Appends labels joined by dots, the dots in brackets if it might be a host.
fn push_host(out: &mut String, host: &[char]) {
    let labels: Vec<&[char]> = host.split(|char| is_dot(*char)).collect();
    let is_ipv4 = labels.len() == 4 && host.iter().all(|char| char.is_ascii_digit() || is_dot(*char));
    // Some programs link `www.` and any label, others a word before anything that might be a top-level domain, even
    // if more follows.
    let is_www =
        labels.iter().rev().skip(1).any(|label| label.iter().collect::<String>().eq_ignore_ascii_case("www"));
    let is_top = |label: &&[char]| label.len() > 1 && label.first().is_some_and(|char| char.is_alphabetic());
    let is_domain = labels.iter().skip(1).any(is_top);
    for char in host {
        if is_dot(*char) && (is_ipv4 || is_www || is_domain) {
            out.push_str("[.]");
        } else {
            out.push(*char);
        }
    }
}

fn is_scheme(before: &[char]) -> bool {
    let before: String = before.iter().collect();
    SCHEMES.iter().any(|scheme| before.eq_ignore_ascii_case(scheme))
}
