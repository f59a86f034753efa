//! How mail goes out.

use vestibule_domain::address::EmailAddress;
use vestibule_domain::secret::SecretString;

use super::public_url::is_loopback_name;
use super::{ConfigError, source::Source};

/// The sending side of mail.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Who sends.
    pub from: Sender,
    /// Through what.
    pub transport: MailTransport,
}

/// The installation's own sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// Its name; mails for an organization say "Organization via Name".
    pub name: String,
    /// Its address.
    pub address: EmailAddress,
}

/// Ways to send.
#[derive(Clone, Debug)]
pub enum MailTransport {
    /// To a mail server.
    Smtp(Smtp),
    /// Into the memory of this process, to be read on a page of the demo. Nothing leaves the machine.
    Inbox,
}

/// A mail server that takes our mail.
#[derive(Clone, Debug)]
pub struct Smtp {
    /// Its name, which its certificate must bear.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: SmtpTls,
    /// What to sign in with, if at all.
    pub credentials: Option<Credentials>,
}

/// Protection of the connection. There is no "if possible": whoever can cut the connection could then read codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpTls {
    /// STARTTLS, or nothing is sent; usual on port 587.
    Required,
    /// TLS from the first byte; usual on port 465.
    Wrapper,
    /// In the clear; only to this machine.
    None,
}

/// What to sign in to the mail server with.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// User name.
    pub username: String,
    /// Password.
    pub password: SecretString,
}

impl Mail {
    pub(super) fn read(source: &Source) -> Result<Self, ConfigError> {
        const TRANSPORT: &str = "mail.transport";
        let transport = match source.text_or(TRANSPORT, "smtp").as_str() {
            "smtp" => MailTransport::Smtp(smtp(source)?),
            "inbox" => MailTransport::Inbox,
            other => {
                return Err(ConfigError::value(TRANSPORT, format!("`{other}`"), "set it to smtp or inbox"));
            }
        };
        Ok(Self { from: sender(source)?, transport })
    }
}

fn sender(source: &Source) -> Result<Sender, ConfigError> {
    const KEY: &str = "mail.from";
    const FIX: &str = "set it to a name and an address such as \"Vestibule <guests@example.org>\"";
    let text = source.text(KEY).ok_or_else(|| ConfigError::missing(KEY, FIX))?;
    let (name, address) = match text.trim().strip_suffix('>').and_then(|text| text.split_once('<')) {
        Some((name, address)) => (name.trim().trim_matches('"'), address),
        None => ("", text.as_str()),
    };
    let address = EmailAddress::parse(address)
        .map_err(|error| ConfigError::value(KEY, format!("`{text}` is not a sender: {error}"), FIX))?;
    let name = if name.is_empty() { "Vestibule" } else { name };
    Ok(Sender { name: name.to_owned(), address })
}

fn smtp(source: &Source) -> Result<Smtp, ConfigError> {
    const HOST: &str = "mail.smtp.host";
    let host = source.text(HOST).filter(|host| !host.is_empty()).ok_or_else(|| {
        ConfigError::missing(
            HOST,
            "set it to the name of a mail server, or mail.transport to inbox for a demo",
        )
    })?;
    let tls = tls(source, &host)?;
    let usual = match tls {
        SmtpTls::Required => 587,
        SmtpTls::Wrapper => 465,
        SmtpTls::None => 25,
    };
    Ok(Smtp { port: port(source, usual)?, tls, credentials: credentials(source)?, host })
}

fn tls(source: &Source, host: &str) -> Result<SmtpTls, ConfigError> {
    const KEY: &str = "mail.smtp.tls";
    const FIX: &str = "set it to required (STARTTLS) or wrapper (TLS from the first byte)";
    match source.text_or(KEY, "required").as_str() {
        "required" => Ok(SmtpTls::Required),
        "wrapper" => Ok(SmtpTls::Wrapper),
        "none" if is_loopback_name(host) => Ok(SmtpTls::None),
        "none" => {
            Err(ConfigError::value(KEY, format!("none would send codes in the clear to `{host}`"), FIX))
        }
        other => Err(ConfigError::value(KEY, format!("`{other}`"), FIX)),
    }
}

fn port(source: &Source, usual: u16) -> Result<u16, ConfigError> {
    const KEY: &str = "mail.smtp.port";
    let Some(port) = source.number(KEY) else { return Ok(usual) };
    u16::try_from(port)
        .ok()
        .filter(|port| *port > 0)
        .ok_or_else(|| ConfigError::value(KEY, format!("{port} is not a port"), "set it to 1 to 65535"))
}

fn credentials(source: &Source) -> Result<Option<Credentials>, ConfigError> {
    const USERNAME: &str = "mail.smtp.username";
    const PASSWORD: &str = "mail.smtp.password";
    const FIX: &str = "set both or neither";
    match (source.text(USERNAME), source.secret(PASSWORD)) {
        (Some(username), Some(password)) => Ok(Some(Credentials { username, password })),
        (None, None) => Ok(None),
        (Some(_), None) => Err(ConfigError::missing(PASSWORD, FIX)),
        (None, Some(_)) => Err(ConfigError::missing(USERNAME, FIX)),
    }
}
