//! A sentence that knows which of its parts came from elsewhere, so that HTML can keep their direction of writing apart
//! from the sentence's (`<bdi>`).

use vestibule::text::{Piece, Words, pieces};

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// Our words.
    Ours(String),
    /// A name, an address, a date.
    Theirs(String),
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase(pub(super) Vec<Span>);

impl Phrase {
    /// The text of a key with values for its parameters.
    pub(super) fn of(words: &Words, key: &str, values: &[(&str, &str)]) -> Self {
        let value_of = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        let text = words.t(key);
        Self(
            pieces(&text)
                .map(|piece| match piece {
                    Piece::Text(text) => Span::Ours(text.to_owned()),
                    Piece::Param(name) => Span::Theirs(value_of(name).unwrap_or(name).to_owned()),
                })
                .collect(),
        )
    }

    /// Something that came from elsewhere as a whole.
    pub(super) fn theirs(text: impl Into<String>) -> Self {
        Self(vec![Span::Theirs(text.into())])
    }

    /// As plain text.
    pub(super) fn text(&self) -> String {
        self.0.iter().map(|(Span::Ours(text) | Span::Theirs(text))| text.as_str()).collect()
    }
}
