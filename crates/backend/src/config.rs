//! The configuration: one TOML file, and environment variables that override it. Read once at start, then a value.
//!
//! Every key of the file is `section.key`; the variable that overrides it is `VESTIBULE_SECTION_KEY`, so secrets can
//! stay out of the file: `VESTIBULE_SECRET`, `VESTIBULE_MAIL_SMTP_PASSWORD`. All keys stand in `config/keys.rs`.
//! Whatever is wrong is said with the key, the reason, and what to set. Relative paths start at the folder in which
//! the program is started.

mod error;
mod keys;
mod mail;
mod public_url;
mod server;
mod source;
#[cfg(test)]
pub(crate) mod tests;

use std::path::{Path, PathBuf};

use ipnet::IpNet;
use vestibule_domain::code::CodePolicy;
use vestibule_domain::limit::LimitPolicy;
use vestibule_domain::secret::MasterKey;
use vestibule_domain::session::SessionPolicy;

pub use error::ConfigError;
pub use mail::{Credentials, Mail, MailTransport, Sender, Smtp, SmtpTls};
pub use public_url::PublicUrl;
pub use server::{Log, LogFormat, Server};

use source::Source;

/// The configuration of one installation. `Debug` prints no secret (S112).
#[derive(Clone, Debug)]
pub struct Config {
    /// Where browsers find this installation; every link and every check of an origin is made from it (S108).
    pub public_url: PublicUrl,
    /// What all keys are derived from.
    pub secret: MasterKey,
    /// Where requests come in.
    pub server: Server,
    /// Folder of what has to survive.
    pub data: PathBuf,
    /// Folder of the built page, as `cargo xtask build` writes it.
    pub dist: PathBuf,
    /// How mail goes out.
    pub mail: Mail,
    /// Networks that are not the Internet's, in which identity providers may be spoken to all the same, also without TLS.
    pub private_networks: Vec<IpNet>,
    /// Shape of one-time codes.
    pub code: CodePolicy,
    /// How long sessions last.
    pub sessions: SessionPolicy,
    /// How often things may be done.
    pub limits: LimitPolicy,
    /// BCP 47 tags that mails and messages can be written in; the first is used when nothing else decides.
    pub locales: Vec<String>,
    /// What is logged, and how.
    pub log: Log,
}

impl Config {
    /// Reads the file, lets the environment override it, and checks everything.
    ///
    /// # Errors
    /// The first thing that is wrong, with the key and what to set.
    pub fn load(path: &Path, env: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
        Self::parse(&text, env)
    }

    /// The same from the text of a file.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn parse(text: &str, env: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let source = Source::read(text, env)?;
        let code: CodePolicy = source.section("code")?;
        code.validate().map_err(|error| source::out_of_bounds("code", error))?;
        let sessions: SessionPolicy = source.section("sessions")?;
        sessions.validate().map_err(|error| source::out_of_bounds("sessions", error))?;
        let limits: LimitPolicy = source.section("limits")?;
        limits.validate().map_err(|error| source::out_of_bounds("limits", error))?;
        Ok(Self {
            public_url: PublicUrl::read(&source)?,
            secret: master_key(&source)?,
            server: Server::read(&source)?,
            data: source.text_or("data", "data").into(),
            dist: source.text_or("dist", "dist").into(),
            mail: Mail::read(&source)?,
            private_networks: server::networks(&source, "federation.private_networks")?,
            code,
            sessions,
            limits,
            locales: locales(&source)?,
            log: Log::read(&source)?,
        })
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.data.join("vestibule.db")
    }
}

/// No installation starts on a secret that somebody else could know (S122).
fn master_key(source: &Source) -> Result<MasterKey, ConfigError> {
    const FIX: &str = "set it to the output of `openssl rand -base64 32`, best in VESTIBULE_SECRET";
    let secret = source.secret("secret").ok_or_else(|| ConfigError::missing("secret", FIX))?;
    MasterKey::from_text(&secret).map_err(|weak| ConfigError::value("secret", weak, FIX))
}

fn locales(source: &Source) -> Result<Vec<String>, ConfigError> {
    const FIX: &str = "set it to language tags such as [\"en\"]";
    let locales = source.list("locales").unwrap_or_else(|| vec!["en".to_owned()]);
    let plausible = |tag: &String| {
        (2..=35).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if locales.is_empty() {
        return Err(ConfigError::value("locales", "is empty", FIX));
    }
    match locales.iter().find(|tag| !plausible(tag)) {
        Some(tag) => Err(ConfigError::value("locales", format!("`{tag}` is not a language tag"), FIX)),
        None => Ok(locales),
    }
}
