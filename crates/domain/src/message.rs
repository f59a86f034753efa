//! Text by one person that another one gets in a mail: an inviter's message, a name in a subject (S118, T23).
//!
//! Whoever may invite can make our mail server write to strangers. The text is worth little to an abuser when it is
//! short, plain, shows what it is, and holds nothing to click.

mod defang;
#[cfg(test)]
mod tests;

pub use defang::defang;

/// The longest message, in characters (Unicode scalar values) after the clean-up.
pub const LONGEST_MESSAGE: usize = 500;

/// Cleans up an inviter's message: plain text with line breaks. `None` if nothing visible is left.
///
/// Control characters go, and so does what changes the order of the text or cannot be seen: with these, a text reads
/// otherwise than it is. Show the result in a mail through [`defang`].
pub fn custom_message(text: &str) -> Result<Option<String>, MessageError> {
    let lines = text.replace("\r\n", "\n");
    let clean: String = lines.chars().filter_map(in_message).collect();
    let clean = clean.trim();
    match clean.chars().count() {
        0 => Ok(None),
        chars if chars > LONGEST_MESSAGE => Err(MessageError::TooLong { chars }),
        _ => Ok(Some(clean.to_owned())),
    }
}

/// A message is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// More than [`LONGEST_MESSAGE`] characters.
    #[error("the message has {chars} characters, and at most {LONGEST_MESSAGE} are allowed")]
    TooLong {
        /// How many it has after the clean-up.
        chars: usize,
    },
}

/// Makes one line of at most `max_chars` characters out of a name, for a subject or a header.
///
/// Line breaks and all other white space become single spaces, so nothing can begin a header of its own. What would
/// open or close an encoded word (RFC 2047) is taken apart, so that no reader decodes what was not encoded. A name that
/// is cut ends in `…`.
pub fn single_line(text: &str, max_chars: usize) -> String {
    let visible: String = text
        .chars()
        .filter(|char| char.is_whitespace() || !(char.is_control() || is_invisible(*char)))
        .collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    let line = words.join(" ").replace("=?", "= ?").replace("?=", "? =");
    if line.chars().count() <= max_chars {
        return line;
    }
    let Some(kept) = max_chars.checked_sub(1) else {
        return String::new();
    };
    let cut: String = line.chars().take(kept).collect();
    format!("{}…", cut.trim_end())
}

/// A value that somebody gives of himself, as it is seen: without characters that change the order of others or are not
/// drawn, and without white space around it. Joiners (U+200C, U+200D) stay within a text: names of many languages are
/// spelled with them.
pub fn visible(text: &str) -> String {
    let joins = |char: char| matches!(char, '\u{200c}' | '\u{200d}');
    let seen: String = text.chars().filter(|char| joins(*char) || !is_invisible(*char)).collect();
    // The braille pattern without dots is drawn as white space.
    seen.trim_matches(|char: char| char.is_whitespace() || joins(char) || char == '\u{2800}').to_owned()
}

/// What becomes of a character in a message.
fn in_message(char: char) -> Option<char> {
    match char {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        char if char.is_control() || is_invisible(char) => None,
        char => Some(char),
    }
}

/// Whether a character is not drawn, or only changes the order of others: `Default_Ignorable_Code_Point` less the
/// variation selectors of emoji, and the anchors of interlinear annotation.
fn is_invisible(char: char) -> bool {
    matches!(
        char,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0d}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}
