//! The ways out.

use lettre::Message;
use vestibule_domain::time::Timestamp;

use super::inbox::Inbox;
use super::letter::Letter;
use super::smtp::SmtpTransport;
use crate::config::{Config, MailTransport};

/// How mail leaves.
#[derive(Clone, Debug)]
pub enum Transport {
    /// To a mail server.
    Smtp(SmtpTransport),
    /// Into memory.
    Inbox(Inbox),
    /// As a test says.
    #[cfg(test)]
    Scripted(super::worker::tests::Script),
}

/// A message on its way out.
#[derive(Debug)]
pub(super) struct Outgoing<'a> {
    /// Id of the outbox row.
    pub(super) id: &'a str,
    /// Now.
    pub(super) at: Timestamp,
    /// What it was made of.
    pub(super) letter: &'a Letter,
    /// What is sent.
    pub(super) message: Message,
}

impl Transport {
    /// The transport that is configured.
    ///
    /// # Errors
    /// When TLS cannot be set up, as without any trusted root on this machine.
    pub fn new(config: &Config) -> Result<Self, TransportError> {
        match &config.mail.transport {
            MailTransport::Smtp(smtp) => SmtpTransport::new(smtp, config.public_url.host()).map(Self::Smtp),
            MailTransport::Inbox => Ok(Self::Inbox(Inbox::default())),
        }
    }

    /// The mailbox of a demo, if that is where mail goes.
    pub fn inbox(&self) -> Option<&Inbox> {
        match self {
            Self::Inbox(inbox) => Some(inbox),
            Self::Smtp(_) => None,
            #[cfg(test)]
            Self::Scripted(_) => None,
        }
    }

    /// Does everything up to sending: for a message that is held back at the end.
    pub(super) async fn reach(&self) -> Result<(), SendError> {
        match self {
            Self::Smtp(smtp) => smtp.reach().await,
            Self::Inbox(_) => Ok(()),
            #[cfg(test)]
            Self::Scripted(script) => script.reach(),
        }
    }

    /// Sends one message.
    pub(super) async fn send(&self, outgoing: &Outgoing<'_>) -> Result<(), SendError> {
        match self {
            Self::Smtp(smtp) => smtp.send(&outgoing.message).await,
            Self::Inbox(inbox) => {
                inbox.take(outgoing);
                Ok(())
            }
            #[cfg(test)]
            Self::Scripted(script) => script.send(outgoing),
        }
    }
}

/// A mail did not go out. The reasons are ours and hold nothing that a server said: servers repeat addresses (S112).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Trying again can help.
    #[error("{0}")]
    Transient(String),
    /// It will never go out.
    #[error("{0}")]
    Permanent(String),
}

/// The transport cannot be set up.
#[derive(Debug, thiserror::Error)]
#[error("mail: TLS cannot be set up: {0}")]
pub struct TransportError(pub(super) String);
