//! Sending to a mail server (RFC 5321), protected as configured.

#[cfg(test)]
mod tests;

use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::{Category, Code, Detail, Severity};
use lettre::transport::smtp::{Error, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::transport::{SendError, TransportError};
use crate::config::{Smtp, SmtpTls};

/// For connecting, and for each command.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(10);
/// For one mail in all: a server that drips its answers must not hold the worker.
const MAIL_TIMEOUT: Duration = Duration::from_mins(1);
/// Connections at most; as many mails are under way at once.
const CONNECTIONS: u32 = 4;

/// Connections to one mail server, kept open for a while. Cheap to clone.
#[derive(Clone)]
pub struct SmtpTransport(AsyncSmtpTransport<Tokio1Executor>);

impl SmtpTransport {
    /// Sets up, without connecting. `hello` is the name we introduce ourselves by.
    pub(super) fn new(smtp: &Smtp, hello: &str) -> Result<Self, TransportError> {
        let parameters =
            || TlsParameters::new(smtp.host.clone()).map_err(|error| TransportError(error.to_string()));
        let tls = match smtp.tls {
            SmtpTls::Required => Tls::Required(parameters()?),
            SmtpTls::Wrapper => Tls::Wrapper(parameters()?),
            SmtpTls::None => Tls::None,
        };
        // The plain builder is called dangerous because it has no TLS until it is given one, as above.
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)
            .port(smtp.port)
            .tls(tls)
            .timeout(Some(COMMAND_TIMEOUT))
            .hello_name(ClientId::Domain(hello.to_owned()))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS).idle_timeout(Duration::from_secs(30)));
        if let Some(credentials) = &smtp.credentials {
            let password = credentials.password.reveal().to_owned();
            builder = builder.credentials(Credentials::new(credentials.username.clone(), password));
        }
        Ok(Self(builder.build()))
    }

    /// Asks the server whether it is there, on a connection like any other.
    pub(super) async fn reach(&self) -> Result<(), SendError> {
        match tokio::time::timeout(MAIL_TIMEOUT, self.0.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(SendError::Transient("the mail server is not ready".to_owned())),
            Ok(Err(error)) => Err(meaning(&error)),
            Err(_) => Err(too_slow()),
        }
    }

    pub(super) async fn send(&self, message: &Message) -> Result<(), SendError> {
        match tokio::time::timeout(MAIL_TIMEOUT, self.0.send(message.clone())).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(meaning(&error)),
            Err(_) => Err(too_slow()),
        }
    }
}

fn too_slow() -> SendError {
    SendError::Transient("the mail server was too slow".to_owned())
}

/// It holds a password.
impl std::fmt::Debug for SmtpTransport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SmtpTransport([redacted])")
    }
}

/// Only a 5xx answer about this mail is final. Everything else can be mended while the mail waits: a server that is
/// down, greylisting, a certificate that ran out, a password that was changed (F05).
fn meaning(error: &Error) -> SendError {
    if let Some(code) = error.status() {
        let reason = format!("the mail server answered {code}");
        return if is_final(code) { SendError::Permanent(reason) } else { SendError::Transient(reason) };
    }
    let reason = if error.is_tls() {
        "no protected connection to the mail server"
    } else if error.is_timeout() {
        "the mail server was too slow"
    } else if error.is_client() {
        "the mail server cannot do what is needed"
    } else {
        "no connection to the mail server"
    };
    SendError::Transient(reason.to_owned())
}

/// 53x and 538 are about our signing in, not about the mail (RFC 4954 section 6).
fn is_final(code: Code) -> bool {
    let about_signing_in = code.category == Category::Unspecified3
        && matches!(code.detail, Detail::Zero | Detail::Two | Detail::Four | Detail::Five | Detail::Eight);
    code.severity == Severity::PermanentNegativeCompletion && !about_signing_in
}
