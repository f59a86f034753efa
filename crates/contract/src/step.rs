//! The step types: what kind of screen, and the data beyond its fields.
//!
//! On the wire a step is `{"type": …, "data": …}`. It is read in two goes, the type first and then the data as that
//! type's structure: cheaper in the bundle than a buffering enum, and a type of tomorrow reads as
//! [`Step::Unknown`] instead of failing.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::Instant;
use crate::document::OrganizationCard;

mod data;
mod federate;
mod sign_up;

pub use data::{
    Blocked, BlockedReason, ChooseProvider, CodeState, Consent, Done, DoneKind, EmailCode, Identify,
    InvitationCard, Inviter, Permission, ProviderCard, ProviderKind, Resource, ResourceKind, SharedValue,
    WrongAccount,
};
pub use federate::{Federate, FederateMode};
pub use sign_up::{Attributes, Challenge, Checking, PendingApproval};

/// What the person sees.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Who invites, on whose behalf, to what; before any sign-in.
    Invitation(InvitationCard),
    /// Asks for an address.
    Identify(Identify),
    /// Offers ways to prove who one is.
    ChooseProvider(ChooseProvider),
    /// Goes to an identity provider.
    Federate(Federate),
    /// Sends a code, then takes it.
    EmailCode(EmailCode),
    /// Somebody else is signed in than was invited.
    WrongAccount(WrongAccount),
    /// What the organization receives, logs and uses.
    Consent(Consent),
    /// Has the browser compute something, before a mail goes out.
    Challenge(Challenge),
    /// The form of a sign-up.
    Attributes(Attributes),
    /// The organization's own system is asked.
    Checking(Checking),
    /// Somebody decides.
    PendingApproval(PendingApproval),
    /// Why it does not go on, and what can be done.
    Blocked(Blocked),
    /// The end of the walk.
    Done(Done),
    /// A type that this version does not know; drawn from actions and fields.
    Unknown(String),
}

impl Step {
    /// Types that this version draws itself, as `capabilities.steps` lists them.
    pub const TYPES: &'static [&'static str] = &[
        "invitation",
        "identify",
        "choose_provider",
        "federate",
        "email_code",
        "wrong_account",
        "consent",
        "challenge",
        "attributes",
        "checking",
        "pending_approval",
        "blocked",
        "done",
    ];

    /// The `type` on the wire.
    pub fn kind(&self) -> &str {
        match self {
            Self::Invitation(_) => "invitation",
            Self::Identify(_) => "identify",
            Self::ChooseProvider(_) => "choose_provider",
            Self::Federate(_) => "federate",
            Self::EmailCode(_) => "email_code",
            Self::WrongAccount(_) => "wrong_account",
            Self::Consent(_) => "consent",
            Self::Challenge(_) => "challenge",
            Self::Attributes(_) => "attributes",
            Self::Checking(_) => "checking",
            Self::PendingApproval(_) => "pending_approval",
            Self::Blocked(_) => "blocked",
            Self::Done(_) => "done",
            Self::Unknown(kind) => kind,
        }
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'a, T> {
            r#type: &'a str,
            data: &'a T,
        }
        fn write<S: Serializer, T: Serialize>(s: S, kind: &str, data: &T) -> Result<S::Ok, S::Error> {
            Wire { r#type: kind, data }.serialize(s)
        }
        let kind = self.kind();
        match self {
            Self::Invitation(data) => write(serializer, kind, data),
            Self::Identify(data) => write(serializer, kind, data),
            Self::ChooseProvider(data) => write(serializer, kind, data),
            Self::Federate(data) => write(serializer, kind, data),
            Self::EmailCode(data) => write(serializer, kind, data),
            Self::WrongAccount(data) => write(serializer, kind, data),
            Self::Consent(data) => write(serializer, kind, data),
            Self::Challenge(data) => write(serializer, kind, data),
            Self::Attributes(data) => write(serializer, kind, data),
            Self::Checking(data) => write(serializer, kind, data),
            Self::PendingApproval(data) => write(serializer, kind, data),
            Self::Blocked(data) => write(serializer, kind, data),
            Self::Done(data) => write(serializer, kind, data),
            Self::Unknown(_) => write(serializer, kind, &serde_json::Map::new()),
        }
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Wire {
            r#type: String,
            data: Option<Value>,
        }
        fn read<T: DeserializeOwned, E: Error>(data: Value) -> Result<T, E> {
            serde_json::from_value(data).map_err(E::custom)
        }
        let Wire { r#type, data } = Wire::deserialize(deserializer)?;
        let data = data.unwrap_or_else(|| Value::Object(serde_json::Map::new()));
        Ok(match r#type.as_str() {
            "invitation" => Self::Invitation(read(data)?),
            "identify" => Self::Identify(read(data)?),
            "choose_provider" => Self::ChooseProvider(read(data)?),
            "federate" => Self::Federate(read(data)?),
            "email_code" => Self::EmailCode(read(data)?),
            "wrong_account" => Self::WrongAccount(read(data)?),
            "consent" => Self::Consent(read(data)?),
            "challenge" => Self::Challenge(read(data)?),
            "attributes" => Self::Attributes(read(data)?),
            "checking" => Self::Checking(read(data)?),
            "pending_approval" => Self::PendingApproval(read(data)?),
            "blocked" => Self::Blocked(read(data)?),
            "done" => Self::Done(read(data)?),
            _ => Self::Unknown(r#type),
        })
    }
}

#[cfg(test)]
mod tests;
