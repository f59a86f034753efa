//! The library's words for what is wrong with an ID token, in ours.

use openidconnect::ClaimsVerificationError;
use vestibule_domain::provider::Failure;
use vestibule_relying_party::failure_of;

/// What is wrong with an ID token. Beside what the browser tells apart, the times and the subject.
pub(super) fn of(error: &ClaimsVerificationError) -> Failure {
    match error {
        ClaimsVerificationError::Expired(what) if what == super::exchange::ISSUED_AT => Failure::IssuedAt,
        ClaimsVerificationError::Expired(_) => Failure::Expired,
        ClaimsVerificationError::InvalidSubject(_) => Failure::Subject,
        other => failure_of(other),
    }
}
