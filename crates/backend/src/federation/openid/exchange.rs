//! The answer of a provider: a code, taken there by us alone, and the ID token that comes for it.

use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use openidconnect::core::{CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, ClientId, JsonWebTokenType, Nonce, NonceVerifier,
    OAuth2TokenResponse as _, PkceCodeVerifier, RequestTokenError, SignatureVerificationError,
    TokenResponse as _,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::provider::{Failure, Kind};
use vestibule_domain::time::Timestamp;
use vestibule_storage::providers::{OpenIdConnect, Provider};

use super::begin::Secrets;
use super::keys::{self, ProviderKeys};
use super::provider::{ALGORITHMS, Metadata, client};
use super::{failure, tenant, userinfo};
use crate::federation::answer::{LONGEST_SUBJECT, Names, Person};
use crate::federation::journey;
use crate::federation::secret::StoredProviderError;
use crate::state::App;

/// The longest token that is looked at (S48).
pub(super) const LONGEST_TOKEN: usize = 16 * 1024;
/// How far clocks may be apart, and how old a token may be that was made for this very answer.
const SKEW: Duration = Duration::from_mins(10);

/// Takes a code to its provider and checks what comes for it.
///
/// # Errors
/// See [`Failure`].
pub(super) async fn exchange(
    app: &App,
    provider: &Provider,
    settings: &OpenIdConnect,
    sealed: &str,
    code: String,
) -> Result<Person, Failure> {
    let unreadable = |error: StoredProviderError| {
        tracing::error!(%error, provider = provider.id, "a provider cannot be used");
        Failure::Exchange
    };
    let Secrets { nonce, verifier } = journey::open(app, sealed).map_err(unreadable)?;
    let (bare, metadata) = client(app, provider, settings).map_err(unreadable)?;
    let ask = app.http.asking();
    let request = bare.exchange_code(AuthorizationCode::new(code)).map_err(|_| Failure::Exchange)?;
    let answer =
        request.set_pkce_verifier(PkceCodeVerifier::new(verifier)).request_async(&ask).await.map_err(
            |error| match error {
                RequestTokenError::Request(_) => Failure::Unreachable,
                RequestTokenError::ServerResponse(_)
                | RequestTokenError::Parse(..)
                | RequestTokenError::Other(_) => Failure::Exchange,
            },
        )?;
    let token = answer.id_token().ok_or(Failure::NoIdToken)?;
    let person = vouched_for(app, (provider.kind, settings), &metadata, &token.to_string(), nonce).await?;
    if person.email.is_some() {
        return Ok(person);
    }
    // Some providers keep claims out of the ID token.
    userinfo::complete(app, &bare, answer.access_token(), person).await
}

/// Checks an ID token, whoever it was given to.
pub(super) async fn vouched_for(
    app: &App,
    (kind, settings): (Kind, &OpenIdConnect),
    metadata: &Metadata,
    text: &str,
    nonce: String,
) -> Result<Person, Failure> {
    if text.len() > LONGEST_TOKEN {
        return Err(Failure::NoIdToken);
    }
    let token: CoreIdToken = text.parse().map_err(|_| Failure::NoIdToken)?;
    let now = app.now();
    let claims = verify(app, settings, metadata, &token, &Nonce::new(nonce), &[]).await?;
    let more = more(text, &settings.client_id, now)?;
    let email = claims.email().and_then(|email| EmailAddress::parse(email.as_str()).ok());
    let subject = claims.subject().as_str();
    if subject.is_empty() || subject.len() > LONGEST_SUBJECT {
        return Err(Failure::Subject);
    }
    Ok(Person {
        issuer: claims.issuer().as_str().to_owned(),
        subject: subject.to_owned(),
        by_domain_owner: more.is_by_domain_owner(kind, email.as_ref()),
        names: Names {
            display: claims.name().and_then(|name| name.get(None)).map(|name| name.to_string()),
            given: claims.given_name().and_then(|name| name.get(None)).map(|name| name.to_string()),
            family: claims.family_name().and_then(|name| name.get(None)).map(|name| name.to_string()),
        },
        email,
        email_verified: claims.email_verified() == Some(true),
    })
}

/// Checks a token by the provider's keys; where none fits, once more by those that it has now (S45, S46). `types` are
/// those that its header may name; the library's own for ID tokens when there are none.
pub(super) async fn verify<N: NonceVerifier + Copy>(
    app: &App,
    settings: &OpenIdConnect,
    metadata: &Metadata,
    token: &CoreIdToken,
    nonce: N,
    types: &[&str],
) -> Result<CoreIdTokenClaims, Failure> {
    let (url, now) = (metadata.jwks_uri(), app.now());
    let (known, ask) = (&app.provider_keys, || keys::fetch(&app.http, url));
    let keys = known.of(url.as_str(), now, ask()).await?;
    let unknown = |error: &ClaimsVerificationError| {
        let missing = SignatureVerificationError::NoMatchingKey;
        matches!(error, ClaimsVerificationError::SignatureVerification(error) if *error == missing)
    };
    match check(settings, metadata, &keys, token, nonce, types, now)? {
        Ok(claims) => return Ok(claims),
        Err(error) if !unknown(&error) => return Err(failure::of(&error)),
        Err(_) => {}
    }
    let Some(keys) = known.again(url.as_str(), now, ask()).await? else { return Err(Failure::Key) };
    check(settings, metadata, &keys, token, nonce, types, now)?.map_err(|error| failure::of(&error))
}

fn check<N: NonceVerifier>(
    settings: &OpenIdConnect,
    metadata: &Metadata,
    keys: &ProviderKeys,
    token: &CoreIdToken,
    nonce: N,
    types: &[&str],
    now: Timestamp,
) -> Result<Result<CoreIdTokenClaims, ClaimsVerificationError>, Failure> {
    let at = DateTime::<Utc>::from_timestamp_millis(now.millis()).ok_or(Failure::Expired)?;
    let us = ClientId::new(settings.client_id.clone());
    // As a public client's: no signature that is taken here is made with our secret.
    let issuer = tenant::issuer_of(metadata, token).ok_or(Failure::Issuer)?;
    let Header { kid } = part(&token.to_string(), 0).ok_or(Failure::NoIdToken)?;
    if !keys.sign_for(kid.as_deref(), &issuer) {
        return Err(Failure::Issuer);
    }
    let mut verifier = CoreIdTokenVerifier::new_public_client(us, issuer, keys.set.clone())
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || at)
        .set_issue_time_verifier_fn(move |issued| {
            let apart = (at - issued).abs().to_std().unwrap_or(Duration::MAX);
            if apart <= SKEW { Ok(()) } else { Err(ISSUED_AT.to_owned()) }
        });
    if !types.is_empty() {
        let types = types.iter().map(|&name| JsonWebTokenType::new(name.to_owned()).normalize());
        verifier = verifier.set_allowed_jose_types(types.collect::<Result<Vec<_>, _>>().unwrap_or_default());
    }
    Ok(token.claims(&verifier, nonce).cloned())
}

#[derive(Deserialize)]
struct Header {
    kid: Option<String>,
}

/// What the check of the issue time says: the library has no kind of its own for it.
pub(super) const ISSUED_AT: &str = "issued at another time";

/// Claims that the library does not look at. Read from a token whose signature was checked.
#[derive(Deserialize)]
struct More {
    azp: Option<String>,
    nbf: Option<i64>,
    /// Microsoft Entra: whether the owner of the address' domain has verified it. A boolean in the documentation, and a
    /// one in tokens.
    xms_edov: Option<Value>,
    /// Google: the domain of the organization that runs the account, where one does.
    hd: Option<String>,
}

impl More {
    /// Whether the owner of the address' domain verified it. Each claim counts only of whom it is known: elsewhere anybody
    /// may be able to write it.
    fn is_by_domain_owner(&self, kind: Kind, email: Option<&EmailAddress>) -> bool {
        match kind {
            Kind::Microsoft => {
                self.xms_edov.as_ref().is_some_and(|value| *value == true || *value == 1 || *value == "1")
            }
            Kind::Google => {
                email.zip(self.hd.as_ref()).is_some_and(|(email, hd)| hd.eq_ignore_ascii_case(email.domain()))
            }
            _ => false,
        }
    }
}

/// Reads and checks them.
fn more(token: &str, client_id: &str, now: Timestamp) -> Result<More, Failure> {
    let more: More = payload(token).ok_or(Failure::Claims)?;
    if more.azp.as_ref().is_some_and(|azp| azp != client_id) {
        return Err(Failure::AuthorizedParty);
    }
    let latest = now.plus(SKEW).millis() / 1_000;
    if more.nbf.is_some_and(|nbf| nbf > latest) {
        return Err(Failure::IssuedAt);
    }
    Ok(more)
}

/// The payload of a token in its compact form.
pub(super) fn payload<T: DeserializeOwned>(token: &str) -> Option<T> {
    part(token, 1)
}

/// A part of a token in its compact form: 0 is the header, 1 the payload.
pub(super) fn part<T: DeserializeOwned>(token: &str, index: usize) -> Option<T> {
    let part = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(index)?).ok()?;
    serde_json::from_slice(&part).ok()
}
