//! A letter as an Internet message (RFC 5322, MIME).

#[cfg(test)]
mod tests;

use std::time::{Duration, UNIX_EPOCH};

use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::message::single_line;
use vestibule_domain::time::Timestamp;

use super::letter::Letter;

/// Longest subject and names, in characters; more is not shown anyway.
const LONGEST_LINE: usize = 200;

/// Who sends, and under which host its ids stand.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// The sender's address.
    pub(super) address: EmailAddress,
    /// The public host.
    pub(super) host: String,
}

/// The message of an outbox row. The row's id makes the Message-ID and the MIME boundary, so a mail that is sent twice
/// is one mail to whoever sorts out duplicates (F02).
///
/// No name and no subject can add a header or a recipient: addresses were parsed, texts are made one line and encoded.
pub(super) fn message(
    origin: &Origin,
    id: &str,
    at: Timestamp,
    letter: &Letter,
) -> Result<Message, Unsendable> {
    let sender = Mailbox::new(Some(single_line(&letter.from_name, LONGEST_LINE)), address(&origin.address)?);
    let envelope = Envelope::new(Some(sender.email.clone()), vec![address(letter.recipient())?]);
    let mut builder = Message::builder()
        .envelope(envelope.map_err(|_| Unsendable)?)
        .date(UNIX_EPOCH + Duration::from_millis(u64::try_from(at.millis()).unwrap_or_default()))
        .message_id(Some(format!("<{id}@{}>", origin.host)))
        .from(sender)
        .to(Mailbox::new(None, address(&letter.to)?))
        .subject(single_line(&letter.subject, LONGEST_LINE))
        // RFC 3834: no out-of-office answers, which would tell a code to somebody's vacation notice.
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("Content-Language", &single_line(&letter.language, 35)));
    if let Some(cc) = &letter.cc {
        builder = builder.cc(Mailbox::new(None, address(cc)?));
    }
    if let Some(reply_to) = &letter.reply_to {
        builder = builder.reply_to(Mailbox::new(None, address(reply_to)?));
    }
    if let Some(url) = &letter.unsubscribe {
        // RFC 8058: the mail program ends it by one POST, without opening a page.
        builder = builder
            .raw_header(header("List-Unsubscribe", &format!("<{url}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    let parts = MultiPart::alternative()
        .boundary(format!("vestibule-{id}"))
        .singlepart(SinglePart::plain(letter.text.clone()))
        .singlepart(SinglePart::html(letter.html.clone()));
    builder.multipart(parts).map_err(|_| Unsendable)
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn address(address: &EmailAddress) -> Result<Address, Unsendable> {
    Address::new(address.local(), address.domain()).map_err(|_| Unsendable)
}

/// The letter cannot be a message, now or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a message that can be sent")]
pub(super) struct Unsendable;
