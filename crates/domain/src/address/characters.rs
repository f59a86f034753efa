//! Which characters beyond ASCII an address may have (Unicode Technical Standard #39).

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use unicode_security::{GeneralSecurityProfile as _, MixedScript as _, skeleton};

use super::AddressError;

/// COMBINING DOT ABOVE. On a letter that has a dot, or seems to, it cannot be seen.
const DOT_ABOVE: char = '\u{307}';
/// Latin letters on which [`DOT_ABOVE`] disappears.
const DOTTED: [char; 5] = ['i', 'j', 'l', 'ı', 'ȷ'];
/// Letters whose prototype is two ASCII letters (`ae`, `oe`), and which nobody takes for them.
const LIGATURES: [char; 2] = ['æ', 'œ'];

/// Refuses characters that are drawn like others, or are not for identifiers.
///
/// It must see the text before normalization: the Kelvin sign becomes a plain `K` in form C already.
pub(super) fn check(text: &str) -> Result<(), AddressError> {
    let replaced = |char: char| {
        let mut canonical = core::iter::once(char).nfc();
        canonical.next() != Some(char) && canonical.next().is_none()
    };
    if text.chars().any(replaced) {
        return Err(AddressError::LookAlikeCharacter);
    }
    for char in text.nfc().filter(|char| !char.is_ascii()) {
        // This also leaves out whatever compatibility normalization would replace, such as full-width letters.
        if !char.identifier_allowed() {
            let hidden_or_ascii = drawn_ascii(char);
            return Err(if hidden_or_ascii {
                AddressError::LookAlikeCharacter
            } else {
                AddressError::UnsupportedCharacter
            });
        }
    }
    if hides_a_mark(text) { Err(AddressError::LookAlikeCharacter) } else { Ok(()) }
}

/// Whether a combining mark cannot be seen: the same twice, or a dot over a dot (UTS #39 section 5.4).
fn hides_a_mark(text: &str) -> bool {
    let mut base = None;
    let mut marks = Vec::new();
    for char in text.nfd() {
        if is_combining_mark(char) {
            let dot_over_dot = char == DOT_ABOVE && base.is_some_and(|base| DOTTED.contains(&base));
            if dot_over_dot || marks.contains(&char) {
                return true;
            }
            marks.push(char);
        } else {
            base = Some(char);
            marks.clear();
        }
    }
    false
}

/// Whether letters of more than one script stand in the text. Kanji with kana, and their like, count as one script;
/// digits and punctuation belong to all.
pub(super) fn mixes_scripts(text: &str) -> bool {
    !text.is_single_script()
}

/// Whether a label is drawn like a label of plain ASCII: each of its other characters is (UTS #39 section 4).
pub(super) fn looks_ascii(label: &str) -> bool {
    !label.is_ascii() && label.chars().all(drawn_ascii)
}

/// Whether a character is drawn like one or more of ASCII, or not drawn at all.
fn drawn_ascii(char: char) -> bool {
    let mut buffer = [0; 4];
    !LIGATURES.contains(&char) && skeleton(char.encode_utf8(&mut buffer)).all(|drawn| drawn.is_ascii())
}
