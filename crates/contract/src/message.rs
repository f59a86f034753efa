//! What a step has to say: a closed registry of codes, with text only as a fallback.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::map::Map;

/// One thing to say to the person. The code is the contract; the text is for pages that do not know the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Message {
    /// What is said.
    pub code: MessageCode,
    /// How it is meant.
    pub severity: Severity,
    /// The field it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Figures and names to put into the words.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[cfg_attr(feature = "generate", schema(value_type = std::collections::BTreeMap<String, Param>))]
    pub params: Map<Param>,
    /// The same in words, in the flow's language.
    pub text: String,
}

impl Message {
    /// A message without field and parameters.
    pub fn new(code: MessageCode, severity: Severity, text: impl Into<String>) -> Self {
        Self { code, severity, field: None, params: Map::new(), text: text.into() }
    }

    /// The same, about a field.
    #[must_use]
    pub fn about(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// The same, with a parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Param>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

/// A parameter of a message: a whole number or text. Instants are RFC 3339 text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Param {
    /// A whole number.
    Number(i64),
    /// Text.
    Text(String),
}

#[cfg(feature = "generate")]
impl utoipa::PartialSchema for Param {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
        let either = SchemaType::from_iter([Type::Integer, Type::String]);
        ObjectBuilder::new().schema_type(either).into()
    }
}

#[cfg(feature = "generate")]
impl utoipa::ToSchema for Param {}

impl From<i64> for Param {
    fn from(value: i64) -> Self {
        Self::Number(value)
    }
}

impl From<u32> for Param {
    fn from(value: u32) -> Self {
        Self::Number(value.into())
    }
}

impl From<String> for Param {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl std::fmt::Display for Param {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(value) => value.fmt(f),
            Self::Text(value) => f.write_str(value),
        }
    }
}

impl Serialize for Param {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(value) => serializer.serialize_i64(*value),
            Self::Text(value) => serializer.serialize_str(value),
        }
    }
}

// By hand, because serde's untagged enums buffer the value first, which the bundle would pay for.
impl<'de> Deserialize<'de> for Param {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = Param;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a whole number or text")
            }
            fn visit_i64<E: Error>(self, value: i64) -> Result<Param, E> {
                Ok(Param::Number(value))
            }
            fn visit_u64<E: Error>(self, value: u64) -> Result<Param, E> {
                i64::try_from(value).map(Param::Number).map_err(E::custom)
            }
            fn visit_str<E: Error>(self, value: &str) -> Result<Param, E> {
                Ok(Param::Text(value.to_owned()))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

wire_enum! {
    /// How a message is meant.
    pub enum Severity, unknown Info {
        /// Something went well.
        Success = "success",
        /// Something worth knowing.
        Info = "info",
        /// Something that may go wrong.
        Warning = "warning",
        /// Something that did not work.
        Error = "error",
    }
}

wire_enum! {
    /// The registry of message codes.
    pub enum MessageCode, unknown Other {
        /// A code is on its way.
        CodeSent = "code_sent",
        /// Another code is on its way, and the one before no longer works.
        CodeResent = "code_resent",
        /// That code is not right. `attempts_left`.
        CodeWrong = "code_wrong",
        /// What was typed does not hold a code. `digits`.
        CodeFormat = "code_format",
        /// That code has run out.
        CodeExpired = "code_expired",
        /// Too many wrong codes; that code no longer works.
        CodeUsedUp = "code_used_up",
        /// It is too early to go on without a solution. `retry_at`.
        ChallengeEarly = "challenge_early",
        /// No more codes for now. `retry_at`.
        SendLimited = "send_limited",
        /// Too many attempts for this address. `retry_at`.
        TooManyAttempts = "too_many_attempts",
        /// The person came back from the identity provider without having signed in there.
        ProviderCancelled = "provider_cancelled",
        /// The identity provider could not be used: its answer was wrong, or there was none.
        ProviderFailed = "provider_failed",
        /// The account there is another guest's here.
        ProviderTaken = "provider_taken",
        /// No identity provider speaks for the address, and a code is no way in here.
        ProviderNone = "provider_none",
        /// The field is empty.
        ValueRequired = "value_required",
        /// The value is too long. `max`.
        ValueTooLong = "value_too_long",
        /// The number is too small, or the date too early. `min`.
        ValueTooSmall = "value_too_small",
        /// The number is too large, or the date too late. `max`.
        ValueTooLarge = "value_too_large",
        /// The value is none of the choices, or of another kind.
        ValueInvalid = "value_invalid",
        /// Not an e-mail address.
        AddressInvalid = "address_invalid",
        /// The address mixes scripts or imitates another one.
        AddressConfusable = "address_confusable",
        /// The step has moved on, in another tab or by a second click; this is where it stands.
        MovedOn = "moved_on",
        /// The organization's own words, in `text`: what its approver or its system says of this sign-up.
        Said = "said",
        /// The action is not one of this step's.
        ActionUnknown = "action_unknown",
        /// A message of a newer backend; its text is shown.
        Other = "other",
    }
}
