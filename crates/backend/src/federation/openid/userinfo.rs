//! `UserInfo`, where an ID token says nothing of the address (OpenID Connect Core 1.0 section 5.3).

use openidconnect::core::CoreUserInfoClaims;
use openidconnect::{AccessToken, SubjectIdentifier, UserInfoError};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::provider::Failure;

use super::provider::Client;
use crate::federation::answer::Person;
use crate::state::App;

/// Adds the address. What is said of another subject is a failure and not merely left out (S49). Where the provider has
/// no such place, the person has no address.
pub(super) async fn complete(
    app: &App,
    client: &Client,
    token: &AccessToken,
    person: Person,
) -> Result<Person, Failure> {
    let subject = SubjectIdentifier::new(person.subject.clone());
    let Ok(request) = client.user_info(token.clone(), Some(subject)) else { return Ok(person) };
    let ask = app.http.asking();
    let claims: CoreUserInfoClaims = request.request_async(&ask).await.map_err(|error| match error {
        UserInfoError::Request(_) => Failure::Unreachable,
        _ => Failure::UserInfo,
    })?;
    Ok(Person {
        email: claims.email().and_then(|email| EmailAddress::parse(email.as_str()).ok()),
        email_verified: claims.email_verified() == Some(true),
        // What the ID token said there was of no address.
        by_domain_owner: false,
        ..person
    })
}
