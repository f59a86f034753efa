//! `{brand}`: an organization's look as design tokens, never as code.

use serde::{Deserialize, Serialize};

use crate::document::OrganizationCard;

/// The brand document. Small, cacheable by its `ETag`, never executable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Brand {
    /// Whose.
    pub organization: OrganizationCard,
    /// Colours on a light ground.
    pub light: Palette,
    /// Colours on a dark ground.
    pub dark: Palette,
    /// Corner radius in CSS pixels, 0 to 24.
    pub radius: u32,
    /// One of a few font stacks.
    pub font: Font,
    /// Where the card stands.
    pub layout: Layout,
    /// Privacy statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_url: Option<String>,
    /// Terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms_url: Option<String>,
    /// Whom to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// Colours of one scheme, `#rrggbb`. Pairs of text and ground reach 4.5:1 or the brand is not saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Palette {
    /// Ground of the primary button, and of what is marked.
    pub accent: String,
    /// Text on the accent.
    pub on_accent: String,
    /// Ground behind the card.
    pub ground: String,
}

wire_enum! {
    /// Font stacks that a brand can choose from.
    pub enum Font, unknown System {
        /// The platform's own.
        System = "system",
        /// With serifs.
        Serif = "serif",
        /// Rounded.
        Rounded = "rounded",
        /// Monospaced.
        Mono = "mono",
    }
}

wire_enum! {
    /// Page layouts that a brand can choose from.
    pub enum Layout, unknown Centred {
        /// One column in the middle.
        Centred = "centred",
        /// A coloured side beside the column, on wide screens.
        Split = "split",
    }
}
