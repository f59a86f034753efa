//! The invitation mail: the elements of Entra's, in this order: warning, who invites, their words, what is shared, where
//! one lands, one link, until when, and the footer.

#[cfg(test)]
mod tests;

use url::Url;
use vestibule::text::{TimeStyle, Words, utc};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::message::{defang, single_line};
use vestibule_storage::apps::App;
use vestibule_storage::invitations::Invitation;
use vestibule_storage::organizations::Organization;

use super::block::Block;
use super::phrase::Phrase;
use super::{Envelope, LONGEST_NAME, from_name, letter, name, service, words_for};
use crate::config::Config;
use crate::mail::letter::Letter;

/// What an invitation mail is made from.
#[derive(Clone, Copy, Debug)]
pub struct InvitationMail<'a> {
    /// In whose name.
    pub organization: &'a Organization,
    /// The invitation.
    pub invitation: &'a Invitation,
    /// The address of the invitation on our host, made from the configured public URL.
    pub link: &'a str,
    /// What is shared.
    pub shared: &'a [App],
}

/// Writes an invitation mail. Answers to it go to the inviter.
pub fn compose(mail: &InvitationMail<'_>, config: &Config) -> Letter {
    let InvitationMail { organization, invitation, .. } = *mail;
    let (language, words) = words_for(invitation.language.as_deref(), Some(organization), config);
    let inviter_email = invitation.inviter.email.as_deref().and_then(|text| EmailAddress::parse(text).ok());
    let subject = words.tf(
        "mail.invitation.subject",
        &[
            ("inviter", &single_line(&invitation.inviter.name, LONGEST_NAME)),
            ("organization", &single_line(&organization.name, LONGEST_NAME)),
        ],
    );
    let writer = Writer {
        words,
        mail,
        config,
        organization: name(&organization.name),
        inviter: name(&invitation.inviter.name),
    };
    let mut blocks = writer.who(inviter_email.as_ref());
    blocks.extend(writer.what());
    blocks.extend(writer.footer());
    let envelope = Envelope {
        to: &invitation.address,
        cc: invitation.cc.as_ref(),
        reply_to: inviter_email,
        from_name: from_name(words, Some(organization), config),
        subject,
        language,
        brand: &organization.brand,
    };
    letter(envelope, &blocks)
}

/// One mail being written.
struct Writer<'a> {
    words: &'a Words,
    mail: &'a InvitationMail<'a>,
    config: &'a Config,
    organization: String,
    inviter: String,
}

impl Writer<'_> {
    fn phrase(&self, key: &str, more: &[(&str, &str)]) -> Phrase {
        let names = [("organization", self.organization.as_str()), ("inviter", self.inviter.as_str())];
        Phrase::of(self.words, key, &[&names, more].concat())
    }

    fn fact(&self, key: &str, value: String) -> Block {
        Block::Fact { label: self.words.t(key), value: Phrase::theirs(value) }
    }

    /// The warning, who invites whom, and the inviter's words as a quotation.
    fn who(&self, inviter_email: Option<&EmailAddress>) -> Vec<Block> {
        let invitation = self.mail.invitation;
        let domain = single_line(&self.mail.organization.domain, 253);
        let by = match inviter_email {
            Some(address) => format!("{} ({})", self.inviter, address.display()),
            None => self.inviter.clone(),
        };
        let mut blocks = vec![
            Block::Warning(self.phrase("mail.invitation.warning", &[])),
            Block::Heading(self.phrase("mail.invitation.subject", &[])),
            self.fact("mail.invitation.organization", format!("{} ({domain})", self.organization)),
            self.fact("mail.invitation.by", by),
            self.fact("mail.invitation.address", invitation.address.display().to_owned()),
        ];
        if let Some(message) = &invitation.message {
            let intro = self.phrase("mail.invitation.wrote", &[]);
            blocks.push(Block::Quote { intro, text: defang(message) });
        }
        blocks
    }

    /// What is shared, where one lands, the link, until when it works.
    fn what(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        if !self.mail.shared.is_empty() {
            let items = self.mail.shared.iter().map(|app| name(&app.name)).collect();
            blocks.push(Block::List { title: self.words.t("mail.invitation.shared"), items });
        }
        blocks.push(Block::Paragraph(match self.landing() {
            Some(place) => self.phrase("mail.invitation.landing", &[("place", &place)]),
            None => self.phrase("mail.invitation.landing.panel", &[]),
        }));
        let label = self.words.t("mail.invitation.accept");
        blocks.push(Block::Link { label, url: self.mail.link.to_owned() });
        let expires_at = self.mail.invitation.life.expires_at.to_rfc3339();
        let until = utc(self.words, &expires_at, TimeStyle::Minute);
        blocks.push(Block::Paragraph(self.phrase("mail.invitation.until", &[("date", &until)])));
        blocks
    }

    /// Where the guest lands, as a name or a host; `None` for the access panel.
    fn landing(&self) -> Option<String> {
        let target = &self.mail.invitation.redirect_url;
        let url = Url::parse(target).ok()?;
        if url.origin().ascii_serialization() == self.config.public_url.origin() {
            return None;
        }
        let app = self.mail.shared.iter().find(|app| app.launch_url == *target);
        app.map(|app| name(&app.name)).or_else(|| url.host_str().map(|host| single_line(host, 253)))
    }

    fn footer(&self) -> Vec<Block> {
        let settings = &self.mail.organization.settings;
        let mut blocks = vec![
            Block::Small(self.phrase("mail.invitation.decline", &[])),
            Block::Small(self.phrase("mail.invitation.unsubscribe", &[])),
        ];
        if let Some(contact) = settings.report.as_deref().or(settings.contact.as_deref()) {
            let contact = without_scheme(contact);
            blocks.push(Block::Small(self.phrase("mail.invitation.report", &[("contact", &contact)])));
        }
        blocks.push(Block::Small(match settings.privacy_url.as_deref() {
            Some(url) => self.phrase("mail.invitation.privacy", &[("place", &without_scheme(url))]),
            None => self.phrase("mail.invitation.privacy.none", &[]),
        }));
        let service = service(self.config);
        let values = [("service", service.as_str()), ("host", self.config.public_url.authority())];
        blocks.push(Block::Small(self.phrase("mail.invitation.sent_by", &values)));
        blocks
    }
}

/// An address to be read, not clicked: the mail has one link (T32).
fn without_scheme(url: &str) -> String {
    let url = single_line(url, 300);
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    rest.replace("://", "[:]//")
}
