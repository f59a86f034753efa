//! A user flow: who may let himself in by it, and how.

use serde::{Deserialize, Serialize};

use super::attribute::{Attribute, BuiltIn};
use super::credential::asks_for_credential;
use crate::address::EmailAddress;
use crate::id::OrganizationId;

/// A user flow of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserFlow {
    /// Its id, part of the address at which it begins.
    pub id: OrganizationId,
    /// Its name, for those who run it and as the reason of what is shared by it.
    pub name: String,
    /// Whether anybody can begin it.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Ids of the apps that it leads to.
    #[serde(default)]
    pub apps: Vec<String>,
    /// Ids of the identity providers on offer, `email` for the code; all that the organization has when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub providers: Option<Vec<String>>,
    /// What is asked, in this order.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// The connector that is asked when somebody has proven who he is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_federation: Option<OrganizationId>,
    /// The connector that is asked before the guest is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_creation: Option<OrganizationId>,
    /// Who decides, where somebody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
    /// Guests that it makes a day: so many at once, and as many again spread over each day; no bound when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guests_per_day: Option<u32>,
    /// Bits of a proof of work that a browser has to give before the first mail to an address; none when absent. Each bit
    /// doubles the work: 18 are a second on a cheap phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof_of_work: Option<u32>,
}

/// Who decides about a sign-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Addresses of members who decide.
    pub approvers: Vec<String>,
    /// Days until nobody decides any more.
    #[serde(default = "fourteen")]
    pub days: u32,
}

const fn yes() -> bool {
    true
}

const fn fourteen() -> u32 {
    14
}

/// What is wrong with a user flow, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UserFlowError {
    /// No name.
    #[error("`name` cannot be empty: it says why something is shared with whoever came by this flow")]
    Name,
    /// Too much is asked.
    #[error("a form has {MOST} attributes at most, and this one {0}: nobody fills in more")]
    Attributes(usize),
    /// Not a name.
    #[error(
        "`{0}` is no name of an attribute: a letter, then up to 62 letters, digits and `_`; or a built-in one: {built_in}",
        built_in = BuiltIn::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", ")
    )]
    Id(String),
    /// Asked twice.
    #[error("`{0}` is asked twice")]
    Twice(String),
    /// A password, a code, a card.
    #[error(
        "`{0}` asks for a password, a code or a card's number: no form here may, and no guest should ever give one"
    )]
    Credential(String),
    /// Of another kind.
    #[error("`{0}` is built in; leave out its `kind`")]
    Kind(String),
    /// Nothing above it.
    #[error("`{0}` has no `label`: say what is asked")]
    Label(String),
    /// Choices that cannot be used.
    #[error("`{0}`: {1}")]
    Options(String, &'static str),
    /// Bounds that cannot be met.
    #[error(
        "`{0}`: `min` and `max` are for integers and dates, as such, and the first is not above the second"
    )]
    Bounds(String),
    /// More words than anybody reads.
    #[error(
        "`{0}` has words of more than 500 characters, a choice of more than 200, or more than 50 languages"
    )]
    Long(String),
    /// More words together than anybody reads.
    #[error("the attributes have {0} characters of words altogether, and 200000 are allowed")]
    Words(usize),
    /// Nobody decides.
    #[error("`approval.approvers` names nobody: give the address of a member")]
    Approvers,
    /// Not an address.
    #[error("`approval.approvers`: {0} is no address")]
    Approver(String),
    /// Too long, or no time at all.
    #[error("`approval.days` is {0}: 1 to 90")]
    Days(u32),
    /// A bound of none.
    #[error("`guests_per_day` is 0: turn the flow off with `enabled = false`")]
    PerDay,
    /// Work that is none, or never ends.
    #[error("`proof_of_work` is {0}: 8 to 24 bits; 18 are a second on a cheap phone")]
    ProofOfWork(u32),
}

/// Attributes of one form.
const MOST: usize = 60;
/// Characters of all words of a form: it is stored with each walk that stands at it.
const MOST_WORDS: usize = 200_000;
/// Choices of one attribute.
const MOST_OPTIONS: usize = 300;

impl UserFlow {
    /// Checks what can be checked without knowing the organization.
    ///
    /// # Errors
    /// The first thing that is wrong, with what to do.
    pub fn validate(&self) -> Result<(), UserFlowError> {
        if self.name.trim().is_empty() {
            return Err(UserFlowError::Name);
        }
        if self.attributes.len() > MOST {
            return Err(UserFlowError::Attributes(self.attributes.len()));
        }
        for (at, attribute) in self.attributes.iter().enumerate() {
            if self.attributes[..at].iter().any(|other| other.id.eq_ignore_ascii_case(&attribute.id)) {
                return Err(UserFlowError::Twice(attribute.id.clone()));
            }
            attribute.validate()?;
        }
        let words = self.attributes.iter().map(|attribute| attribute.sizes().1).sum();
        if words > MOST_WORDS {
            return Err(UserFlowError::Words(words));
        }
        if let Some(approval) = &self.approval {
            approval.validate()?;
        }
        if self.guests_per_day == Some(0) {
            return Err(UserFlowError::PerDay);
        }
        match self.proof_of_work {
            Some(bits) if !(8..=24).contains(&bits) => Err(UserFlowError::ProofOfWork(bits)),
            Some(_) | None => Ok(()),
        }
    }

    /// Whether a provider is on offer.
    pub fn offers(&self, provider: &str) -> bool {
        self.providers.as_ref().is_none_or(|offered| offered.iter().any(|id| id == provider))
    }
}

impl Approval {
    /// Whether whoever has this address is one of those who decide.
    pub fn names(&self, address: &EmailAddress) -> bool {
        self.approvers.iter().any(|text| EmailAddress::parse(text).is_ok_and(|known| known == *address))
    }

    fn validate(&self) -> Result<(), UserFlowError> {
        if self.approvers.is_empty() {
            return Err(UserFlowError::Approvers);
        }
        if let Some(wrong) = self.approvers.iter().find(|text| EmailAddress::parse(text).is_err()) {
            return Err(UserFlowError::Approver(wrong.clone()));
        }
        if (1..=90).contains(&self.days) { Ok(()) } else { Err(UserFlowError::Days(self.days)) }
    }
}

impl Attribute {
    fn validate(&self) -> Result<(), UserFlowError> {
        let id = || self.id.clone();
        let mut bytes = self.id.bytes();
        let shaped = bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && self.id.len() <= 63;
        // The name under which the code's field, or the account's address, would be taken for this one.
        if !shaped || RESERVED.iter().any(|name| name.eq_ignore_ascii_case(&self.id)) {
            return Err(UserFlowError::Id(id()));
        }
        if asks_for_credential(&self.id) || self.words().any(asks_for_credential) {
            return Err(UserFlowError::Credential(id()));
        }
        let built_in = self.built_in();
        if built_in.is_some() && self.kind.is_some() {
            return Err(UserFlowError::Kind(id()));
        }
        let label = self.label.as_deref().unwrap_or_default().trim();
        if built_in.is_none() && label.is_empty() {
            return Err(UserFlowError::Label(id()));
        }
        if self.sizes().0 {
            return Err(UserFlowError::Long(id()));
        }
        self.check_options()?;
        self.check_bounds()
    }

    fn check_options(&self) -> Result<(), UserFlowError> {
        let wrong = |what| Err(UserFlowError::Options(self.id.clone(), what));
        if !self.kind().has_options() {
            return if self.options.is_empty() {
                Ok(())
            } else {
                wrong("`options` are for select, radio and checkboxes")
            };
        }
        if self.options.is_empty() {
            return wrong("`options` are missing: say what can be chosen");
        }
        if self.options.len() > MOST_OPTIONS {
            return wrong("there are more than 300 options");
        }
        for (at, option) in self.options.iter().enumerate() {
            if option.value.is_empty() || option.value.chars().any(|c| c.is_whitespace() || c.is_control()) {
                return wrong("an option's `value` is empty or has a space in it");
            }
            if option.label.trim().is_empty() {
                return wrong("an option has no `label`");
            }
            if self.options[..at].iter().any(|other| other.value == option.value) {
                return wrong("two options have the same `value`");
            }
        }
        Ok(())
    }

    fn check_bounds(&self) -> Result<(), UserFlowError> {
        use super::AttributeKind::{Date, Integer};
        let wrong = || Err(UserFlowError::Bounds(self.id.clone()));
        let (min, max) = (self.min.as_deref(), self.max.as_deref());
        let fits = match self.kind() {
            Integer => {
                let read = |text: Option<&str>| text.map(str::parse::<i64>).transpose();
                match (read(min), read(max)) {
                    (Ok(Some(min)), Ok(Some(max))) => min <= max,
                    (Ok(_), Ok(_)) => true,
                    _ => false,
                }
            }
            Date => {
                // Days of this shape are in order as texts.
                let is_day =
                    |text: &str| crate::time::Timestamp::parse_rfc3339(&format!("{text}T00:00:00Z")).is_ok();
                min.is_none_or(is_day)
                    && max.is_none_or(is_day)
                    && min.zip(max).is_none_or(|(min, max)| min <= max)
            }
            _ => min.is_none() && max.is_none(),
        };
        if fits { Ok(()) } else { wrong() }
    }
}

/// Names of fields that have another meaning at some step.
const RESERVED: [&str; 8] = ["action", "csrf", "rev", "email", "code", "provider", "apps", "identities"];
