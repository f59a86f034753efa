//! What was said in a run, and what must not be said: the record that the closing cases read, and the list of secrets
//! by which every report is redacted.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Exchange;

/// What kind of secret a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// A one-time code from a mail.
    Code,
    /// The token of an invitation.
    Invitation,
    /// The value of a cookie.
    Cookie,
    /// The token of an HTML form. It stands in pages by its nature.
    FormToken,
}

/// A text that must not be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// Its kind.
    pub kind: SecretKind,
    /// The text.
    pub text: String,
}

#[derive(Default)]
struct Record {
    exchanges: Vec<Arc<Exchange>>,
    secrets: Vec<Secret>,
}

/// The record of a run. Clones share it.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Record>>);

impl Log {
    /// Notes an exchange.
    pub fn record(&self, exchange: &Arc<Exchange>) {
        self.lock().exchanges.push(exchange.clone());
    }

    /// Notes a secret. Texts too short to be one are left out: they would redact half of every report.
    pub fn secret(&self, kind: SecretKind, text: &str) {
        let secret = Secret { kind, text: text.to_owned() };
        let mut record = self.lock();
        if text.len() >= 6 && !record.secrets.contains(&secret) {
            record.secrets.push(secret);
        }
    }

    /// Everything that was said so far.
    pub fn exchanges(&self) -> Vec<Arc<Exchange>> {
        self.lock().exchanges.clone()
    }

    /// The secrets of a kind.
    pub fn secrets(&self, kind: SecretKind) -> Vec<String> {
        self.lock()
            .secrets
            .iter()
            .filter(|secret| secret.kind == kind)
            .map(|secret| secret.text.clone())
            .collect()
    }

    /// A text with every known secret taken out.
    pub fn redact(&self, text: &str) -> String {
        let mut secrets = self.lock().secrets.clone();
        // The longest first, so that one that holds another leaves nothing of itself.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.text.len()));
        secrets.iter().fold(text.to_owned(), |text, secret| text.replace(&secret.text, "[redacted]"))
    }

    /// The record is whole between any two statements, so a panic elsewhere leaves it usable.
    fn lock(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
