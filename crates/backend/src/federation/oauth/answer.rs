//! The answer of an OAuth 2.0 server: a code, a token for it, and with the token who it is.

use oauth2::http::{Request, header};
use oauth2::{AuthorizationCode, PkceCodeVerifier, RequestTokenError, TokenResponse as _};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::provider::Failure;
use vestibule_storage::providers::{OAuth2, Provider};

use super::begin::Secrets;
use super::client::client;
use crate::federation::answer::{Answer, LONGEST_SUBJECT, Names, Person};
use crate::federation::journey;
use crate::federation::secret::StoredProviderError;
use crate::state::App;

/// Somebody, as these servers tell it. Ids are numbers at some and text at others.
#[derive(Deserialize)]
struct User {
    id: Value,
    email: Option<String>,
    name: Option<String>,
}

/// One address of a list.
#[derive(Deserialize)]
struct Listed {
    email: String,
    #[serde(default)]
    primary: bool,
    #[serde(default)]
    verified: bool,
}

/// Who it is.
pub(in crate::federation) async fn person(
    app: &App,
    provider: &Provider,
    settings: &OAuth2,
    sealed: &str,
    answer: Answer,
) -> Result<Person, Failure> {
    // None of these servers names itself (RFC 9207); one that does has to name the right one.
    if answer.iss.as_ref().is_some_and(|issuer| *issuer != settings.issuer) {
        return Err(Failure::MixUp);
    }
    let unreadable = |error: StoredProviderError| {
        tracing::error!(%error, provider = provider.id, "a provider cannot be used");
        Failure::Exchange
    };
    let Secrets { verifier } = journey::open(app, sealed).map_err(unreadable)?;
    let client = client(app, provider, settings).map_err(unreadable)?;
    let ask = app.http.asking();
    let request = client.exchange_code(AuthorizationCode::new(answer.code()?));
    let token =
        request.set_pkce_verifier(PkceCodeVerifier::new(verifier)).request_async(&ask).await.map_err(
            |error| match error {
                RequestTokenError::Request(_) => Failure::Unreachable,
                RequestTokenError::ServerResponse(_)
                | RequestTokenError::Parse(..)
                | RequestTokenError::Other(_) => Failure::Exchange,
            },
        )?;
    let token = token.access_token().secret();
    let user: User = ask_for(app, &settings.userinfo_endpoint, token).await?;
    let subject = match user.id {
        Value::String(id) => id,
        Value::Number(id) if id.is_u64() => id.to_string(),
        _ => return Err(Failure::Subject),
    };
    if subject.is_empty() || subject.len() > LONGEST_SUBJECT {
        return Err(Failure::Subject);
    }
    let told = (user.email, false);
    let (email, email_verified) = match &settings.emails_endpoint {
        Some(url) => main_address(ask_for(app, url, token).await?).unwrap_or(told),
        None => told,
    };
    Ok(Person {
        issuer: settings.issuer.clone(),
        subject,
        email: email.and_then(|email| EmailAddress::parse(&email).ok()),
        email_verified,
        by_domain_owner: false,
        names: Names { display: user.name, ..Names::default() },
    })
}

fn main_address(listed: Vec<Listed>) -> Option<(Option<String>, bool)> {
    let main = listed.into_iter().find(|one| one.primary)?;
    Some((Some(main.email), main.verified))
}

async fn ask_for<T: DeserializeOwned>(app: &App, url: &str, token: &str) -> Result<T, Failure> {
    let request = Request::get(url)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::ACCEPT, "application/json")
        .body(Vec::new())
        .map_err(|_| Failure::UserInfo)?;
    let answer = app.http.call(request).await.map_err(|_| Failure::Unreachable)?;
    if !answer.status().is_success() {
        return Err(Failure::UserInfo);
    }
    serde_json::from_slice(answer.body()).map_err(|_| Failure::UserInfo)
}
