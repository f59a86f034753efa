//! What a user flow asks: built-in attributes of a guest, and those that an organization makes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::named::named;

named! {
    /// What an attribute is.
    pub enum AttributeKind {
        /// A line of text.
        Text = "text",
        /// Several lines of text.
        LongText = "long_text",
        /// Yes or no.
        Boolean = "boolean",
        /// A whole number.
        Integer = "integer",
        /// A calendar day.
        Date = "date",
        /// One of a list, as a menu.
        Select = "select",
        /// One of a list, all visible.
        Radio = "radio",
        /// Any of a list.
        Checkboxes = "checkboxes",
        /// A country.
        Country = "country",
        /// A telephone number.
        Phone = "phone",
    }
}

impl AttributeKind {
    /// Whether it takes one of a list, or any.
    pub const fn has_options(self) -> bool {
        matches!(self, Self::Select | Self::Radio | Self::Checkboxes)
    }
}

named! {
    /// Attributes that every guest can have. Their names are those of Microsoft Graph, and stand in what connectors are
    /// sent.
    pub enum BuiltIn {
        /// Name, as it is shown.
        DisplayName = "displayName",
        /// Given name.
        GivenName = "givenName",
        /// Family name.
        Surname = "surname",
        /// Job title.
        JobTitle = "jobTitle",
        /// Street and house.
        StreetAddress = "streetAddress",
        /// City.
        City = "city",
        /// Postal code.
        PostalCode = "postalCode",
        /// State or province.
        State = "state",
        /// Country.
        Country = "country",
    }
}

impl BuiltIn {
    /// What it is.
    pub const fn kind(self) -> AttributeKind {
        match self {
            Self::Country => AttributeKind::Country,
            _ => AttributeKind::Text,
        }
    }

    /// The token by which browsers fill it in (HTML, autofill field names).
    pub const fn autocomplete(self) -> &'static str {
        match self {
            Self::DisplayName => "name",
            Self::GivenName => "given-name",
            Self::Surname => "family-name",
            Self::JobTitle => "organization-title",
            Self::StreetAddress => "address-line1",
            Self::City => "address-level2",
            Self::PostalCode => "postal-code",
            Self::State => "address-level1",
            Self::Country => "country",
        }
    }

    /// Most characters.
    pub const fn max_length(self) -> u32 {
        match self {
            Self::DisplayName => 256,
            Self::GivenName | Self::Surname => 64,
            Self::PostalCode => 40,
            _ => 128,
        }
    }
}

/// The longest words above, below or around a field, in characters.
const LONGEST_LINE: usize = 500;
/// The longest choice, in characters.
const LONGEST_CHOICE: usize = 200;
/// Languages in which the words of one attribute can stand.
const MOST_LANGUAGES: usize = 50;

/// An attribute as a user flow asks it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// The name of a built-in one, or another: a letter, then up to 62 letters, digits and `_`.
    pub id: String,
    /// What it is; left out where it is built in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<AttributeKind>,
    /// Words above it; left out where it is built in and its usual words are right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// A sentence of help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Words above it and those after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Whether nobody gets on without it.
    #[serde(default)]
    pub required: bool,
    /// What can be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// Smallest number, or earliest day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Largest number, or latest day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// Most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Its words in other languages, by BCP 47 tag.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, Texts>,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is kept: without spaces, which separate several.
    pub value: String,
    /// What people read.
    pub label: String,
}

/// Words of an attribute in one language. What is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// Words above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// A sentence of help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Words above its group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What people read of each choice, by value.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, String>,
}

impl Attribute {
    /// The built-in attribute that it is, if it is one.
    pub fn built_in(&self) -> Option<BuiltIn> {
        BuiltIn::parse(&self.id).ok()
    }

    /// What it is.
    pub fn kind(&self) -> AttributeKind {
        self.kind.or_else(|| self.built_in().map(BuiltIn::kind)).unwrap_or(AttributeKind::Text)
    }

    /// Its words in a language: those of the tag itself, else of its main language, else none.
    pub fn texts(&self, locale: &str) -> Option<&Texts> {
        let main = locale.split('-').next().unwrap_or_default();
        let of = |tag: &str| self.texts.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag));
        of(locale).or_else(|| of(main)).map(|(_, texts)| texts)
    }

    /// Its words and values that are longer than people read, and all of them together, in characters.
    pub(super) fn sizes(&self) -> (bool, usize) {
        let texts = self.texts.values();
        let words = [&self.label, &self.hint, &self.group].into_iter().flatten();
        let others = texts.clone().flat_map(|texts| [&texts.label, &texts.hint, &texts.group]).flatten();
        let lines = words.chain(others).map(|text| text.chars().count());
        let options = self.options.iter().flat_map(|option| [&option.value, &option.label]);
        let choices = options.chain(texts.flat_map(|texts| texts.options.iter().flat_map(<[_; 2]>::from)));
        let choices = choices.map(|text| text.chars().count());
        let long = lines.clone().any(|length| length > LONGEST_LINE)
            || choices.clone().any(|length| length > LONGEST_CHOICE)
            || self.texts.len() > MOST_LANGUAGES;
        (long, lines.chain(choices).sum())
    }

    /// All that people read of it, in every language.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let own = [&self.label, &self.hint].into_iter().flatten().map(String::as_str);
        let others = self.texts.values().flat_map(|texts| [&texts.label, &texts.hint]).flatten();
        own.chain(others.map(String::as_str))
    }
}
