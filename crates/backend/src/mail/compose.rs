//! Writing mails. A mail is a list of blocks, drawn once as text and once as HTML, so both say the same.
//!
//! What others wrote (names, a message) is one line or a quotation, and holds nothing to click (S118). The address of a
//! link comes from the configuration alone (S108, R19).

mod block;
mod html;
mod phrase;
mod text;

pub mod approval;
pub mod code;
pub mod invitation;

use vestibule::text::Words;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::brand::BrandTokens;
use vestibule_domain::message::{defang, single_line};
use vestibule_storage::organizations::Organization;

use super::letter::{Delivery, Letter};
use super::words::{MailWords, WORDS};
use crate::config::Config;
use block::Block;

/// Longest name in a mail, in characters.
const LONGEST_NAME: usize = 80;

/// What a mail is, besides its blocks.
struct Envelope<'a> {
    to: &'a EmailAddress,
    cc: Option<&'a EmailAddress>,
    reply_to: Option<EmailAddress>,
    from_name: String,
    subject: String,
    language: &'a str,
    brand: &'a BrandTokens,
}

/// Draws the blocks both ways.
fn letter(envelope: Envelope<'_>, blocks: &[Block]) -> Letter {
    Letter {
        text: text::draw(blocks),
        html: html::draw(blocks, &defang(&envelope.subject), envelope.language, envelope.brand),
        to: envelope.to.clone(),
        cc: envelope.cc.cloned(),
        copy: false,
        delivery: Delivery::Send,
        from_name: envelope.from_name,
        reply_to: envelope.reply_to,
        subject: envelope.subject,
        language: envelope.language.to_owned(),
        unsubscribe: None,
    }
}

/// The sender of the mails of an organization, or of the service where there is none, as a person will see it:
/// `Contoso via Vestibule <guests@example.org>`. For pages that tell what to look for.
pub fn sender_shown(organization: Option<&Organization>, config: &Config) -> String {
    let (_, words) = words_for(None, organization, config);
    format!("{} <{}>", from_name(words, organization, config), config.mail.from.address.display())
}

/// The words of a mail and their tag: of the wanted language, else the organization's, else the installation's.
fn words_for(
    wanted: Option<&str>,
    organization: Option<&Organization>,
    config: &Config,
) -> (&'static str, &'static Words) {
    let wishes = [
        wanted,
        organization.and_then(|organization| organization.settings.locale.as_deref()),
        config.locales.first().map(String::as_str),
    ];
    let words: &'static MailWords = &WORDS;
    words.choose(wishes.into_iter().flatten())
}

/// Somebody's name as a mail shows it: one line, nothing to click.
fn name(text: &str) -> String {
    defang(&single_line(text, LONGEST_NAME))
}

/// The installation's own name.
fn service(config: &Config) -> String {
    single_line(&config.mail.from.name, LONGEST_NAME)
}

/// "Contoso via Vestibule", or "Vestibule".
fn from_name(words: &Words, organization: Option<&Organization>, config: &Config) -> String {
    let service = service(config);
    match organization {
        Some(organization) => {
            let organization = single_line(&organization.name, LONGEST_NAME);
            words.tf("mail.via", &[("organization", &organization), ("service", &service)])
        }
        None => service,
    }
}

#[cfg(test)]
pub(super) mod tests;
