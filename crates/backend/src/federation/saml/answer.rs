//! What came of a journey, kept sealed between the provider's post and the browser's own visit.
//!
//! The post comes from the provider's site, so the browser sends no cookie of ours with it, and nobody can tell whose it
//! is. It is checked and kept; the browser is sent on to the callback, where its cookie shows that it began this journey,
//! and what it brings along that it delivered the answer.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::provider::Failure;
use vestibule_domain::secret::Token;

use crate::federation::answer::{Names, Person};
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
    Vouched {
        issuer: String,
        subject: String,
        email: Option<EmailAddress>,
        #[serde(default)]
        names: Names,
        delivery: String,
    },
    /// Its answer was refused.
    Refused(Failure),
}

impl Journeyed {
    /// What came of an answer, and of which.
    pub(super) fn by(read: Result<Person, Failure>, delivery: &str) -> Self {
        match read {
            Ok(Person { issuer, subject, email, names, .. }) => {
                Self::Vouched { issuer, subject, email, names, delivery: delivery.to_owned() }
            }
            Err(failure) => Self::Refused(failure),
        }
    }
}

/// What the browser that delivers an answer takes along to the callback. Whoever began the journey and had somebody else's
/// browser finish it has the flow's cookie and not this (S42): it follows from the signed answer, which only that other
/// browser ever saw.
pub fn delivery(state: &Token, answer: &str) -> String {
    format!("{:x}", Sha256::digest([state.reveal().as_bytes(), b" delivered ", answer.as_bytes()].concat()))
}

/// Who it is, by the answer that was kept, for the browser that delivered it.
pub(in crate::federation) fn person(app: &App, sealed: &str, shown: Option<&str>) -> Result<Person, Failure> {
    match open(app, sealed).map_err(|_| Failure::Malformed)? {
        Journeyed::Vouched { delivery, .. } if !is_same(&delivery, shown) => Err(Failure::MixUp),
        Journeyed::Vouched { issuer, subject, email, names, .. } => {
            Ok(Person { issuer, subject, email, email_verified: true, by_domain_owner: false, names })
        }
        Journeyed::Refused(failure) => Err(failure),
        // The browser came without any answer.
        Journeyed::Asked { .. } => Err(Failure::Malformed),
    }
}

fn is_same(delivery: &str, shown: Option<&str>) -> bool {
    shown.is_some_and(|shown| bool::from(shown.as_bytes().ct_eq(delivery.as_bytes())))
}
