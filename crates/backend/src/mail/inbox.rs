//! A mailbox in memory, for the demo and for tests: what would be sent stays here to be looked at.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Serialize, Serializer};
use vestibule_domain::time::Timestamp;

use super::transport::Outgoing;

/// How many mails are kept; the oldest make room.
const KEPT: usize = 200;

/// The mailbox. Clones share it.
#[derive(Clone, Default)]
pub struct Inbox(Arc<Mutex<VecDeque<InboxEntry>>>);

/// A mail that arrived.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct InboxEntry {
    /// Id of the outbox row.
    pub id: String,
    /// When it was sent; RFC 3339 in JSON.
    #[serde(serialize_with = "rfc3339")]
    pub at: Timestamp,
    /// Who got it. A copy is a mail of its own.
    pub to: Vec<String>,
    /// Name and address of the sender.
    pub from: String,
    /// Subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML. Untrusted like any mail: show it in a sandbox.
    pub html: String,
    /// Header fields as they would go over the wire, in order, unfolded.
    pub headers: Vec<(String, String)>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde takes")]
fn rfc3339<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.to_rfc3339())
}

impl Inbox {
    /// Everything that arrived, newest first.
    pub fn entries(&self) -> Vec<InboxEntry> {
        self.lock().iter().rev().cloned().collect()
    }

    pub(super) fn take(&self, outgoing: &Outgoing<'_>) {
        let letter = outgoing.letter;
        let headers = headers(&outgoing.message.formatted());
        let value_of = |name: &str| {
            let found = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let entry = InboxEntry {
            id: outgoing.id.to_owned(),
            at: outgoing.at,
            to: vec![letter.recipient().display().to_owned()],
            from: value_of("From"),
            subject: letter.subject.clone(),
            text: letter.text.clone(),
            html: letter.html.clone(),
            headers,
        };
        let mut entries = self.lock();
        if entries.len() == KEPT {
            entries.pop_front();
        }
        entries.push_back(entry);
    }

    /// The ring is consistent between any two statements, so a panic elsewhere leaves it usable.
    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<InboxEntry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The mails hold codes and links (S112).
impl std::fmt::Debug for Inbox {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Inbox({} mails)", self.lock().len())
    }
}

/// The header fields of a message: unfolded, up to the empty line.
fn headers(message: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(message);
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    unfolded
        .split("\r\n")
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
