//! The mail with a one-time code: the code, what it is for, and no link at all.
//!
//! The subject is without the code, because subjects show on locked screens and in notifications of shared ones. The
//! body has the digits in one piece, which is what mail programs offer for filling in.

#[cfg(test)]
mod tests;

use vestibule_domain::address::EmailAddress;
use vestibule_domain::brand::BrandTokens;
use vestibule_domain::code::Code;
use vestibule_domain::message::single_line;
use vestibule_domain::time::Timestamp;
use vestibule_storage::organizations::Organization;

use super::block::Block;
use super::phrase::Phrase;
use super::{Envelope, LONGEST_NAME, from_name, letter, name, service, words_for};
use crate::config::Config;
use crate::flows::state::Goal;
use crate::mail::letter::Letter;

/// What a code mail is made from.
#[derive(Clone, Copy, Debug)]
pub struct CodeMail<'a> {
    /// Whose mailbox is to be proven.
    pub to: &'a EmailAddress,
    /// Where the person is going, when that is known already.
    pub organization: Option<&'a Organization>,
    /// The code.
    pub code: &'a Code,
    /// Until when it works; it was made just now, with the configured lifetime.
    pub expires_at: Timestamp,
    /// What the code is for.
    pub goal: Goal,
    /// The identity provider whose account is tied to the mailbox by the code, by its name.
    pub provider: Option<&'a str>,
}

/// Writes a mail with a one-time code.
pub fn compose(mail: &CodeMail<'_>, config: &Config) -> Letter {
    let (language, words) = words_for(None, mail.organization, config);
    let organization = mail.organization.map(|organization| name(&organization.name)).unwrap_or_default();
    // Each sentence that names the organization has a twin for when there is none.
    let key = |key: &str| match mail.organization {
        Some(_) => key.to_owned(),
        None => format!("{key}.service"),
    };
    let purpose = match mail.goal {
        Goal::Redeem => "mail.code.why.redeem",
        Goal::Decline => "mail.code.why.decline",
        Goal::SignIn => "mail.code.why.sign_in",
        Goal::Link => "mail.code.why.link",
        Goal::SignUp => "mail.code.why.sign_up",
    };
    let provider = mail.provider.map(name).unwrap_or_default();
    let service = service(config);
    let minutes = config.code.lifetime.as_secs().div_ceil(60).to_string();
    let expires_at = mail.expires_at.to_rfc3339();
    let until = vestibule::text::utc(words, &expires_at, vestibule::text::TimeStyle::Clock);
    let values = [
        ("organization", organization.as_str()),
        ("service", service.as_str()),
        ("address", mail.to.display()),
        ("provider", provider.as_str()),
        ("host", config.public_url.authority()),
        ("minutes", minutes.as_str()),
        ("clock", until.as_str()),
    ];
    let phrase = |key: &str| Phrase::of(words, key, &values);
    // Whoever was talked into asking for the code would let another in for good.
    let account = mail.provider.map(|_| Block::Paragraph(phrase("mail.code.account")));
    let blocks = [
        Block::Heading(phrase(&key("mail.code.title"))),
        Block::Paragraph(phrase("mail.code.ask")),
        Block::Code(mail.code.reveal().to_owned()),
        Block::Paragraph(phrase("mail.code.lifetime")),
        Block::Paragraph(phrase(&key(purpose))),
    ];
    let small = [Block::Small(phrase(&key("mail.code.never"))), Block::Small(phrase("mail.code.ignore"))];
    let blocks: Vec<Block> = blocks.into_iter().chain(account).chain(small).collect();
    let default_brand = BrandTokens::default();
    let subject = mail.organization.map_or_else(
        || words.t("mail.code.title.service"),
        |organization| {
            words.tf("mail.code.title", &[("organization", &single_line(&organization.name, LONGEST_NAME))])
        },
    );
    let envelope = Envelope {
        to: mail.to,
        cc: None,
        reply_to: None,
        from_name: from_name(words, mail.organization, config),
        subject,
        language,
        brand: mail.organization.map_or(&default_brand, |organization| &organization.brand),
    };
    letter(envelope, &blocks)
}
