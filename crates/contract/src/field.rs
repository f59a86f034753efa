//! Actions and fields: what a person can do at a step, and what is asked for it.

use serde::{Deserialize, Serialize};

mod check;

pub use check::{check, read_date};

/// Names of the actions of the step types that this version draws itself.
pub mod action {
    /// Go on.
    pub const CONTINUE: &str = "continue";
    /// "This isn't for me": ends the walk, changes nothing on the invitation.
    pub const DECLINE: &str = "decline";
    /// Decline for good, after the mailbox has been proven.
    pub const DECLINE_WITH_CODE: &str = "decline_with_code";
    /// Take one of the ways that are offered.
    pub const CHOOSE: &str = "choose";
    /// Send the first code.
    pub const SEND: &str = "send";
    /// Hand over what an identity provider gave to the page itself: the field `id_token`, or `error` where it gave none.
    pub const COMPLETE: &str = "complete";
    /// Hand over what solves a challenge: the field `solution`.
    pub const SOLVE: &str = "solve";
    /// Check a code.
    pub const VERIFY: &str = "verify";
    /// Send another code; the one before stops working.
    pub const RESEND: &str = "resend";
    /// One step back.
    pub const BACK: &str = "back";
    /// Leave the present session aside and use the invited address.
    pub const SWITCH: &str = "switch";
    /// Agree.
    pub const ACCEPT: &str = "accept";
    /// Do not agree; nothing changes.
    pub const CANCEL: &str = "cancel";
    /// Look whether it goes on by now. May be sent at any revision, and changes none where it does not.
    pub const CHECK: &str = "check";
    /// Begin again.
    pub const RESTART: &str = "restart";
}

/// Something the person can do at this step; it becomes a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Action {
    /// What is sent back as `action`.
    pub name: String,
    /// How much weight the button gets.
    #[serde(default)]
    pub style: ActionStyle,
    /// Words for a page that does not know the action's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What has to be filled in for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

wire_enum! {
    /// Weight of an action's button.
    pub enum ActionStyle, unknown Secondary {
        /// The one thing most people want here; at most one a step.
        Primary = "primary",
        /// An equal alternative.
        Secondary = "secondary",
        /// A side way, drawn as a link.
        Link = "link",
    }
}

#[expect(clippy::derivable_impls, reason = "the enum is made by a macro, which knows no default")]
impl Default for ActionStyle {
    fn default() -> Self {
        Self::Secondary
    }
}

/// One thing to fill in. Label, keyboard and autofill follow from the type where the page knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Field {
    /// Key of the value in `values`.
    pub name: String,
    /// What it means.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Words above this field and those after it, until another group begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Words above the field, when the type alone does not say them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// A sentence of help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Whether the action is refused without it.
    #[serde(default)]
    pub required: bool,
    /// What stands in it at first. Never a secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The choices of `select`, `radio` and `checkboxes`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// Smallest value of an `integer` or earliest `date`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Largest value of an `integer` or latest `date`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// Longest text, in Unicode scalar values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// A regular expression for the browser's own check (HTML `pattern`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// An HTML autofill token, where the type's own is not right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub autocomplete: Option<String>,
}

impl Field {
    /// A field with nothing but name and type.
    pub fn new(name: &str, kind: FieldType) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            group: None,
            label: None,
            hint: None,
            required: false,
            value: None,
            options: Vec::new(),
            min: None,
            max: None,
            max_length: None,
            pattern: None,
            autocomplete: None,
        }
    }

    /// The same, required.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

/// One choice of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Choice {
    /// What is sent back.
    pub value: String,
    /// What the person reads.
    pub label: String,
}

wire_enum! {
    /// What a field means. An unknown type is drawn as a line of text.
    pub enum FieldType, unknown Text {
        /// An e-mail address.
        Email = "email",
        /// A code from a mail or message.
        OneTimeCode = "one_time_code",
        /// A line of text.
        Text = "text",
        /// Several lines of text.
        LongText = "long_text",
        /// A whole number.
        Integer = "integer",
        /// Yes or no.
        Boolean = "boolean",
        /// A calendar date, `2026-11-20`.
        Date = "date",
        /// An ISO 3166-1 alpha-2 country code.
        Country = "country",
        /// A telephone number.
        Phone = "phone",
        /// One of a list, as a menu.
        Select = "select",
        /// One of a list, all visible.
        Radio = "radio",
        /// Any of a list.
        Checkboxes = "checkboxes",
        /// A password.
        Password = "password",
        /// A WebAuthn credential as JSON.
        Credential = "credential",
        /// Sent back as it came.
        Hidden = "hidden",
    }
}
