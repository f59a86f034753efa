//! Rust code as the compiler's own tokens, so that no rule trips over a comment or a text.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::Finding;
use super::source::Source;

/// A token with its place.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// As written. Brackets are tokens of their own.
    pub(super) text: String,
    /// Line, from 1.
    pub(super) line: usize,
    /// What sort of token it is.
    pub(super) sort: Sort,
    /// Whether it stands inside the `view!` macro.
    pub(super) in_view: bool,
}

/// The sorts that rules tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A name or keyword.
    Word,
    /// A number, character or text.
    Literal,
    /// A bracket or other sign.
    Sign,
}

impl Token {
    /// Whether this is that very name or keyword.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.sort == Sort::Word && self.text == word
    }

    /// The content of a text without escapes; keys and names have none.
    pub(super) fn as_text(&self) -> Option<&str> {
        if self.sort != Sort::Literal {
            return None;
        }
        self.text.trim_start_matches('r').trim_matches('#').strip_prefix('"')?.strip_suffix('"')
    }
}

/// The tokens of a file. One that does not lex is a finding.
pub(super) fn of(source: &Source) -> Result<Vec<Token>, Finding> {
    let stream: TokenStream = source.text.parse().map_err(|error: proc_macro2::LexError| {
        source.finding(error.span().start().line, "this is no Rust")
    })?;
    let mut tokens = Vec::new();
    flatten(stream, false, &mut tokens);
    Ok(tokens)
}

fn flatten(stream: TokenStream, in_view: bool, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        let (text, sort) = match tree {
            TokenTree::Group(group) => {
                add_group(&group, in_view, tokens);
                continue;
            }
            TokenTree::Ident(word) => (word.to_string(), Sort::Word),
            TokenTree::Literal(literal) => (literal.to_string(), Sort::Literal),
            TokenTree::Punct(sign) => (sign.as_char().to_string(), Sort::Sign),
        };
        tokens.push(Token { text, line, sort, in_view });
    }
}

fn add_group(group: &Group, in_view: bool, tokens: &mut Vec<Token>) {
    let inside =
        in_view || matches!(tokens.as_slice(), [.., name, sign] if name.is_word("view") && sign.text == "!");
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    };
    let sign = |text: &str, line, tokens: &mut Vec<Token>| {
        tokens.push(Token { text: text.to_owned(), line, sort: Sort::Sign, in_view: inside });
    };
    sign(open, group.span_open().start().line, tokens);
    flatten(group.stream(), inside, tokens);
    sign(close, group.span_close().start().line, tokens);
}
