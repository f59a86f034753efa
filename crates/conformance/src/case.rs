//! What a case is, and how one can end.

use std::fmt::Display;
use std::sync::Arc;

use serde::Serialize;

use crate::http::Exchange;
use crate::kit::Kit;

/// How much the contract asks for it (RFC 2119).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A backend that fails it is not compliant.
    Must,
    /// There can be a reason not to.
    Should,
}

/// The part of the contract that a case belongs to. All but `Core` are announced by discovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Holds for every backend.
    Core,
    /// Invitations are redeemed here.
    Redeem,
    /// A mailbox is proven by a code.
    EmailCode,
    /// Consent is asked for.
    Consent,
    /// Strangers let themselves in.
    SignUp,
    /// There is an access panel.
    Panel,
    /// Pages are drawn on the server too.
    Html,
}

impl Profile {
    /// Every profile that has cases.
    pub const ALL: [Self; 7] =
        [Self::Core, Self::Redeem, Self::EmailCode, Self::Consent, Self::SignUp, Self::Panel, Self::Html];

    /// As discovery writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Redeem => "redeem",
            Self::EmailCode => "email-code",
            Self::Consent => "consent",
            Self::SignUp => "sign-up",
            Self::Panel => "panel",
            Self::Html => "html",
        }
    }

    /// Reads what [`as_str`](Self::as_str) writes.
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.as_str() == text)
    }
}

/// One claim of the contract.
#[derive(Clone, Copy)]
pub struct Case {
    /// Its name for good: `area.claim`.
    pub id: &'static str,
    /// How much it is asked for.
    pub level: Level,
    /// The part that it belongs to.
    pub profile: Profile,
    /// Where the contract says so.
    pub section: &'static str,
    /// The claim in one sentence.
    pub claim: &'static str,
    /// Looks whether it holds.
    pub run: fn(&Kit) -> Outcome,
}

/// How a case ends: held, or why not.
pub type Outcome = Result<(), Stop>;

/// Why a case did not hold.
#[derive(Clone, Debug)]
pub enum Stop {
    /// The backend does otherwise.
    Fail(Box<Failure>),
    /// It could not be looked at; the text says what is missing.
    Skip(String),
    /// There was no answer at all.
    Unreachable(String),
}

/// What was expected and what was seen.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What the contract asks for.
    pub expected: String,
    /// What the backend did.
    pub seen: String,
    /// The exchange that shows it.
    pub exchange: Option<Arc<Exchange>>,
}

impl Stop {
    /// A failure that an exchange shows.
    pub fn fail(expected: impl Into<String>, seen: impl Into<String>, exchange: &Arc<Exchange>) -> Self {
        Self::Fail(Box::new(Failure {
            expected: expected.into(),
            seen: seen.into(),
            exchange: Some(exchange.clone()),
        }))
    }

    /// Something is missing.
    pub fn skip(reason: impl Into<String>) -> Self {
        Self::Skip(reason.into())
    }

    /// No answer.
    pub fn unreachable(address: &str, error: impl Display) -> Self {
        Self::Unreachable(format!("{address}: {error}"))
    }
}

/// What cases ask of an answer.
pub trait Expect {
    /// Fails unless it holds.
    fn ensure(&self, holds: bool, expected: &str, seen: impl Into<String>) -> Outcome;
    /// Fails unless the answer has this status.
    fn expect_status(&self, status: u16) -> Outcome;
    /// Fails unless the answer is the problem of a code, with that code's status.
    fn expect_problem(&self, code: vestibule_contract::ProblemCode) -> Outcome;
    /// Skips unless it holds: some other case is about that.
    fn require(&self, holds: bool, wanted: &str) -> Outcome;
}

impl Expect for Arc<Exchange> {
    fn ensure(&self, holds: bool, expected: &str, seen: impl Into<String>) -> Outcome {
        if holds { Ok(()) } else { Err(Stop::fail(expected, seen, self)) }
    }

    fn expect_status(&self, status: u16) -> Outcome {
        self.ensure(self.status == status, &format!("status {status}"), self.summary())
    }

    fn expect_problem(&self, code: vestibule_contract::ProblemCode) -> Outcome {
        let right = self.status == code.status() && self.problem_code() == code.as_str();
        self.ensure(right, &format!("status {} {}", code.status(), code.as_str()), self.summary())
    }

    fn require(&self, holds: bool, wanted: &str) -> Outcome {
        if holds {
            Ok(())
        } else {
            Err(Stop::skip(format!("needs {wanted}; {} {} gave {}", self.method, self.path, self.summary())))
        }
    }
}
