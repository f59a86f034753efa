//! From what is wanted of a connector to what is stored of it. What cannot work is refused here, with the reason and
//! what to do, and not when a guest meets it.

#[cfg(test)]
mod tests;

use anyhow::{Context as _, Result, bail, ensure};
use axum::http::Uri;
use url::Url;
use vestibule_domain::secret::SecretString;
use vestibule_storage::connectors::{Authentication, Connector};

use super::wanted::Wanted;
use super::{CONNECT, certificate, secret};
use crate::state::App;

/// The longest name, in characters.
const LONGEST_NAME: usize = 100;
/// The longest address, user name and password, in bytes.
const LONGEST_URL: usize = 2_000;
const LONGEST_CREDENTIAL: usize = 1_000;
/// The shortest and the longest time for an answer, in seconds: Microsoft Entra waits for 20.
const SECONDS: std::ops::RangeInclusive<u32> = 1..=20;

/// Checks a connector. It is not asked: it would have to answer about somebody.
///
/// # Errors
/// When it cannot be used.
pub async fn prepare(app: &App, organization: &str, wanted: Wanted) -> Result<Connector> {
    let name = wanted.name.trim();
    ensure!(
        !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control),
        "`name` is what the connector is called: 1 to {LONGEST_NAME} characters on one line"
    );
    ensure!(
        SECONDS.contains(&wanted.timeout_seconds),
        "`timeout_seconds` is {}: set it to {} to {}",
        wanted.timeout_seconds,
        SECONDS.start(),
        SECONDS.end()
    );
    let url = address(app, &wanted.target_url).await?;
    Ok(Connector {
        organization: organization.to_owned(),
        id: wanted.id.to_string(),
        name: name.to_owned(),
        authentication: authentication(app, &wanted, &url)?,
        target_url: url.into(),
        timeout_seconds: wanted.timeout_seconds,
        on_failure: wanted.on_failure,
    })
}

/// The address is not repeated in what is said of it: its query may hold a key.
async fn address(app: &App, text: &str) -> Result<Url> {
    ensure!(text.len() <= LONGEST_URL, "`target_url` is longer than {LONGEST_URL} bytes");
    let url = Url::parse(text).context("`target_url` is no address: give one such as https://host/path")?;
    ensure!(
        url.username().is_empty() && url.password().is_none(),
        "`target_url` holds a user name or a password: give them as `username` and `password`"
    );
    ensure!(
        url.fragment().is_none(),
        "`target_url` has a fragment, which is never sent: leave out `#` and the rest"
    );
    app.connectors.http.admit(&url).await.context("`target_url` has to be https")?;
    ensure!(
        url.as_str().parse::<Uri>().is_ok(),
        "`target_url` has characters that have to be percent-encoded"
    );
    Ok(url)
}

fn authentication(app: &App, wanted: &Wanted, url: &Url) -> Result<Authentication> {
    let (username, password) = (wanted.username.as_deref(), wanted.password.as_ref());
    let (certificate, key) = (wanted.certificate.as_deref(), wanted.private_key.as_ref());
    match (username, password, certificate, key) {
        (Some(username), Some(password), None, None) => basic(app, username, password),
        (None, None, Some(certificate), Some(key)) => {
            ensure!(
                url.scheme() == "https",
                "a certificate is shown in TLS alone: give an https `target_url`, or `username` and `password`"
            );
            certified(app, certificate, key)
        }
        (None, None, None, None) => bail!(
            "the connector could not know who asks: give `username` and `password`, or `certificate` and `private_key`"
        ),
        (_, _, None, None) => bail!("`username` and `password` belong together: give both"),
        (None, None, _, _) => bail!("`certificate` and `private_key` belong together: give both"),
        _ => bail!(
            "give either `username` and `password` or `certificate` and `private_key`: a connector knows us by one of them"
        ),
    }
}

fn basic(app: &App, username: &str, password: &SecretString) -> Result<Authentication> {
    let usable = |text: &str| {
        !text.is_empty() && text.len() <= LONGEST_CREDENTIAL && !text.chars().any(char::is_control)
    };
    ensure!(
        usable(username) && !username.contains(':'),
        "`username` has to be 1 to {LONGEST_CREDENTIAL} bytes without control characters and without a colon, which \
         ends it (RFC 7617)"
    );
    ensure!(
        usable(password.reveal()),
        "`password` has to be 1 to {LONGEST_CREDENTIAL} bytes without control characters"
    );
    let sealed_password = secret::seal(app, password.reveal())?;
    Ok(Authentication::Basic { username: username.to_owned(), sealed_password })
}

fn certified(app: &App, certificates: &str, key: &SecretString) -> Result<Authentication> {
    certificate::check(certificates, key.reveal(), app.now())?;
    let (certificates, key) = (certificates.trim(), key.reveal().trim());
    ensure!(
        tls_takes(app, certificates, key),
        "TLS cannot use this `certificate` with this `private_key`: make new ones"
    );
    Ok(Authentication::Certificate {
        sealed_key: secret::seal(app, key)?,
        certificates: certificates.to_owned(),
    })
}

/// Whatever we think of a certificate with its key, TLS has to take it.
pub fn tls_takes(app: &App, certificates: &str, key: &str) -> bool {
    app.connectors.http.sibling(CONNECT, Some(&format!("{key}\n{certificates}\n"))).is_ok()
}
