//! The words of mails, and of the page that ends them, in the format of the page's catalogues: flat keys, parameters in
//! braces.
//!
//! They are part of the program, because a mail has to be written whatever lies on the disk. To add a language: a file
//! in `mail/words`, a line in [`CATALOGUES`]; the test beside says which keys and parameters are missing.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use vestibule::text::Words;

/// The language of last resort.
const FALLBACK: &str = "en";

/// Catalogues by BCP 47 tag, in lower case.
const CATALOGUES: &[(&str, &str)] = &[(FALLBACK, include_str!("words/en.json"))];

/// The catalogues of this program, read at the first mail.
pub(super) static WORDS: LazyLock<MailWords> = LazyLock::new(MailWords::embedded);

/// The words for a language, or English.
pub fn mail_words(locale: &str) -> &'static Words {
    WORDS.choose(std::iter::once(locale)).1
}

/// The words of all languages.
#[derive(Clone, Debug)]
pub struct MailWords(BTreeMap<String, Words>);

impl MailWords {
    /// The catalogues of this program.
    ///
    /// # Panics
    /// When one of them is no catalogue, which the tests rule out.
    pub fn embedded() -> Self {
        let read = |(tag, json): &(&str, &str)| {
            ((*tag).to_owned(), Words::from_json(json).expect("catalogues are checked by a test"))
        };
        Self(CATALOGUES.iter().map(read).collect())
    }

    /// The words for the first wish that can be met, exactly or by its main language, else English; with their tag.
    ///
    /// # Panics
    /// Never: English is part of the program.
    pub fn choose<'w>(&self, wishes: impl Iterator<Item = &'w str>) -> (&str, &Words) {
        wishes
            .map(str::to_ascii_lowercase)
            .find_map(|wish| {
                let main = wish.split('-').next().unwrap_or_default();
                self.0.get_key_value(&wish).or_else(|| self.0.get_key_value(main))
            })
            .or_else(|| self.0.get_key_value(FALLBACK))
            .map(|(tag, words)| (tag.as_str(), words))
            .expect("English is always there")
    }
}
