//! Providers of many tenants: Microsoft Entra describes all of them at one address, with a place in the issuer where the
//! tenant stands. Which one it is says each token, under its signature (S50).

use openidconnect::IssuerUrl;
use openidconnect::core::CoreIdToken;
use serde::Deserialize;

use super::exchange::payload;
use super::provider::Metadata;

/// The place of the tenant in an issuer.
pub const PLACE: &str = "{tenantid}";

#[derive(Deserialize)]
struct Tenant {
    tid: String,
}

/// The issuer that a token has to have: the provider's own; where that has a place for the tenant, with the one that the
/// token names, if it is one.
pub(super) fn issuer_of(metadata: &Metadata, token: &CoreIdToken) -> Option<IssuerUrl> {
    let template = metadata.issuer();
    if !template.contains(PLACE) {
        return Some(template.clone());
    }
    let Tenant { tid } = payload(&token.to_string())?;
    let is_id = tid.len() == 36
        && tid.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
        });
    IssuerUrl::new(template.replace(PLACE, &tid)).ok().filter(|_| is_id)
}

/// Whether an issuer is the provider's, for all that can be told before there is a token.
pub(super) fn fits(ours: &str, issuer: &str) -> bool {
    match ours.split_once(PLACE) {
        Some((before, after)) => issuer.starts_with(before) && issuer.ends_with(after),
        None => issuer == ours,
    }
}

/// Where the description of an issuer lies: of all tenants', with the name of all work and school accounts.
pub fn described_at(issuer: &str) -> String {
    format!(
        "{}/.well-known/openid-configuration",
        issuer.replace(PLACE, "organizations").trim_end_matches('/')
    )
}
