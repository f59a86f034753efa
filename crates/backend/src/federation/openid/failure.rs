//! The library's words for what is wrong with an ID token, in ours.

use openidconnect::{ClaimsVerificationError, SignatureVerificationError};
use vestibule_domain::provider::Failure;

/// What is wrong with an ID token.
pub(super) fn of(error: &ClaimsVerificationError) -> Failure {
    match error {
        ClaimsVerificationError::Expired(what) if what == super::exchange::ISSUED_AT => Failure::IssuedAt,
        ClaimsVerificationError::Expired(_) => Failure::Expired,
        ClaimsVerificationError::InvalidAudience(_) => Failure::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => Failure::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => Failure::Nonce,
        ClaimsVerificationError::InvalidSubject(_) => Failure::Subject,
        ClaimsVerificationError::SignatureVerification(error) => match error {
            SignatureVerificationError::DisallowedAlg(_) | SignatureVerificationError::UnsupportedAlg(_) => {
                Failure::Algorithm
            }
            SignatureVerificationError::AmbiguousKeyId(_)
            | SignatureVerificationError::InvalidKey(_)
            | SignatureVerificationError::NoMatchingKey => Failure::Key,
            _ => Failure::Signature,
        },
        _ => Failure::Claims,
    }
}
