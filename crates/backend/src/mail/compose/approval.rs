//! Mails about sign-ups that somebody decides about: to who decides, and to who asked.

#[cfg(test)]
mod tests;

use vestibule::text::TimeStyle;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::message::single_line;
use vestibule_storage::organizations::Organization;
use vestibule_storage::sign_ups::SignUp;

use super::block::Block;
use super::phrase::Phrase;
use super::{Envelope, LONGEST_NAME, from_name, letter, name, words_for};
use crate::config::Config;
use crate::mail::letter::Letter;

/// The mail that asks somebody to decide.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Who decides.
    pub to: &'a EmailAddress,
    /// Where.
    pub organization: &'a Organization,
    /// About what. What was filled in stays on the page, behind a sign-in.
    pub sign_up: &'a SignUp,
    /// Where to decide.
    pub link: &'a str,
}

/// Writes it.
pub fn compose_asked(mail: &Asked<'_>, config: &Config) -> Letter {
    let organization = mail.organization;
    let (language, words) = words_for(None, Some(organization), config);
    let (whose, address) = (name(&organization.name), mail.sign_up.account.address.display());
    let until = vestibule::text::utc(words, &mail.sign_up.expires_at.to_rfc3339(), TimeStyle::Minute);
    let values = [("organization", whose.as_str()), ("address", address), ("date", until.as_str())];
    let phrase = |key: &str| Phrase::of(words, key, &values);
    let reference = Phrase::theirs(mail.sign_up.reference.clone());
    let blocks = [
        Block::Heading(phrase("mail.approval.title")),
        Block::Paragraph(phrase("mail.approval.text")),
        Block::Fact { label: words.t("mail.approval.reference"), value: reference },
        Block::Link { label: words.t("mail.approval.decide"), url: mail.link.to_owned() },
        Block::Small(phrase("mail.approval.until")),
    ];
    let subject = words.tf(
        "mail.approval.title",
        &[("organization", &single_line(&organization.name, LONGEST_NAME)), ("address", address)],
    );
    let envelope = Envelope {
        to: mail.to,
        cc: None,
        reply_to: None,
        from_name: from_name(words, Some(organization), config),
        subject,
        language,
        brand: &organization.brand,
    };
    letter(envelope, &blocks)
}

/// How it was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The person is in.
    Approved,
    /// The person is not.
    Refused,
    /// Nobody decided in time.
    Unanswered,
}

/// The mail that says how it was decided.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// By whom.
    pub organization: &'a Organization,
    /// About what, and to whom.
    pub sign_up: &'a SignUp,
    /// How.
    pub verdict: Verdict,
    /// Where to go on, where it goes on.
    pub link: Option<&'a str>,
    /// Why, in the words of who decided.
    pub reason: &'a str,
}

/// Writes it.
pub fn compose_told(mail: &Told<'_>, config: &Config) -> Letter {
    let organization = mail.organization;
    let (language, words) = words_for(Some(&mail.sign_up.locale), Some(organization), config);
    let whose = name(&organization.name);
    let values = [("organization", whose.as_str())];
    let phrase = |key: &str| Phrase::of(words, key, &values);
    let (key, onward) = match mail.verdict {
        Verdict::Approved => ("mail.decision.in", "mail.decision.enter"),
        Verdict::Refused => ("mail.decision.out", "mail.decision.enter"),
        Verdict::Unanswered => ("mail.decision.none", "mail.decision.again"),
    };
    let mut blocks = vec![Block::Heading(phrase(key)), Block::Paragraph(phrase(&[key, ".text"].concat()))];
    if !mail.reason.is_empty() {
        let intro = phrase("mail.decision.reason");
        blocks.push(Block::Quote { intro, text: vestibule_domain::message::defang(mail.reason) });
    }
    if let Some(link) = mail.link {
        blocks.push(Block::Link { label: words.t(onward), url: link.to_owned() });
    }
    blocks.push(Block::Small(Phrase::of(
        words,
        "mail.decision.reference",
        &[("reference", mail.sign_up.reference.as_str())],
    )));
    let subject = words.tf(key, &[("organization", &single_line(&organization.name, LONGEST_NAME))]);
    let envelope = Envelope {
        to: &mail.sign_up.account.address,
        cc: None,
        reply_to: organization.settings.contact.as_deref().and_then(|text| EmailAddress::parse(text).ok()),
        from_name: from_name(words, Some(organization), config),
        subject,
        language,
        brand: &organization.brand,
    };
    letter(envelope, &blocks)
}
