//! Identifiers: what names a record, and what names an organization.

#[cfg(test)]
mod tests;

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A UUID of version 7 (RFC 9562 section 5.7) as lower-case text.
///
/// Version 7 begins with the time, so new rows go to the end of an index. It is an identifier, never a secret: 74 of
/// the 80 random bits are used, the others give way to the version and the variant. A moment before 1970 counts as 1970.
pub fn uuid_v7(now: Timestamp, random: [u8; 10]) -> String {
    let [_, _, millis @ ..] = now.millis().max(0).to_be_bytes();
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&millis);
    bytes[6..].copy_from_slice(&random);
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);

    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// The short name of an organization, as it stands in configuration, URLs and every row that belongs to it.
///
/// 2 to 40 characters of `a-z`, `0-9` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganizationId(String);

impl OrganizationId {
    /// Reads an identifier. Nothing is trimmed or folded, so that one organization has one spelling.
    pub fn parse(text: &str) -> Result<Self, OrganizationIdError> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if (2..=40).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(OrganizationIdError)
        }
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrganizationId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for OrganizationId {
    type Error = OrganizationIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<OrganizationId> for String {
    fn from(id: OrganizationId) -> Self {
        id.0
    }
}

/// The text cannot name an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an organization is named by 2 to 40 characters of a-z, 0-9 and -")]
pub struct OrganizationIdError;
