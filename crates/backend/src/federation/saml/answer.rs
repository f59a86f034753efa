//! What came of a journey, kept sealed between the provider's post and the browser's own visit.
//!
//! The post comes from the provider's site, so the browser sends no cookie of ours with it, and nobody can tell whose it
//! is. It is checked and kept; the browser is sent on to the callback, where its cookie shows that it began this journey.

use serde::{Deserialize, Serialize};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::provider::Failure;

use crate::federation::answer::Person;
use crate::federation::journey::open;
use crate::state::App;

/// How far a journey is.
#[derive(Serialize, Deserialize)]
pub(super) enum Journeyed {
    /// We asked.
    Asked {
        /// Id of the request.
        request: String,
    },
    /// The provider vouched for somebody.
    Vouched { issuer: String, subject: String, email: Option<EmailAddress> },
    /// Its answer was refused.
    Refused(Failure),
}

impl From<Result<Person, Failure>> for Journeyed {
    fn from(read: Result<Person, Failure>) -> Self {
        match read {
            Ok(Person { issuer, subject, email, .. }) => Self::Vouched { issuer, subject, email },
            Err(failure) => Self::Refused(failure),
        }
    }
}

/// Who it is, by the answer that was kept.
pub(in crate::federation) fn person(app: &App, sealed: &str) -> Result<Person, Failure> {
    match open(app, sealed).map_err(|_| Failure::Malformed)? {
        Journeyed::Vouched { issuer, subject, email } => {
            Ok(Person { issuer, subject, email, email_verified: true, by_domain_owner: false })
        }
        Journeyed::Refused(failure) => Err(failure),
        // The browser came without any answer.
        Journeyed::Asked { .. } => Err(Failure::Malformed),
    }
}
