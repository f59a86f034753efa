//! What mails consist of.

use super::phrase::Phrase;

/// One block, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// What a person has to know before anything else; mail programs show it in their list.
    Warning(Phrase),
    /// What the mail is.
    Heading(Phrase),
    /// A sentence.
    Paragraph(Phrase),
    /// A name for something, and what it is.
    Fact { label: String, value: Phrase },
    /// Somebody else's words, after a sentence that says whose.
    Quote { intro: Phrase, text: String },
    /// Things, after a title.
    List { title: String, items: Vec<String> },
    /// The one thing to do. The only block with a link.
    Link { label: String, url: String },
    /// A one-time code.
    Code(String),
    /// A sentence of the footer.
    Small(Phrase),
}
