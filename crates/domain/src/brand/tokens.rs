//! The tokens of a brand.

use serde::{Deserialize, Serialize};

use super::{Colour, ContrastTooLow, require_contrast};
use crate::named::named;

/// The card in the light scheme. It is ours: the words of a step always stand on it.
pub const CARD_LIGHT: Colour = Colour::WHITE;
/// The card in the dark scheme.
pub const CARD_DARK: Colour = Colour::rgb(0x1b, 0x1f, 0x27);
/// Our own text beside the card in the light scheme, such as the host of the service.
pub const INK_LIGHT: Colour = Colour::rgb(0x1b, 0x1f, 0x27);
/// Our own text beside the card in the dark scheme.
pub const INK_DARK: Colour = Colour::rgb(0xe8, 0xeb, 0xf1);

/// Least contrast of text (WCAG 2.2 success criterion 1.4.3).
const LEAST: f64 = 4.5;
/// Largest corner radius, in CSS pixels.
const LARGEST_RADIUS: u32 = 24;

/// An organization's look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BrandTokens {
    /// Colours in the light scheme.
    pub light: PaletteTokens,
    /// Colours in the dark scheme.
    pub dark: PaletteTokens,
    /// Corner radius in CSS pixels, 0 to 24.
    pub radius: u32,
    /// One of a few font stacks.
    pub font: Font,
    /// Where the card stands.
    pub layout: Layout,
}

/// Colours of one scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaletteTokens {
    /// Ground of the primary button; colour of links on the card.
    pub accent: Colour,
    /// Text on the accent.
    pub on_accent: Colour,
    /// Ground behind the card.
    pub ground: Colour,
}

named! {
    /// Font stacks that a brand can choose from; none is fetched.
    #[derive(Default)]
    pub enum Font {
        /// The platform's own.
        #[default]
        System = "system",
        /// With serifs.
        Serif = "serif",
        /// Rounded.
        Rounded = "rounded",
        /// Monospaced.
        Mono = "mono",
    }
}

named! {
    /// Page layouts that a brand can choose from.
    #[derive(Default)]
    pub enum Layout {
        /// One column in the middle.
        #[default]
        Centred = "centred",
        /// A coloured side beside the column, on wide screens.
        Split = "split",
    }
}

impl Default for BrandTokens {
    fn default() -> Self {
        Self {
            light: PaletteTokens {
                accent: Colour::rgb(0x1f, 0x4f, 0xbf),
                on_accent: Colour::WHITE,
                ground: Colour::rgb(0xf3, 0xf5, 0xf9),
            },
            dark: PaletteTokens {
                accent: Colour::rgb(0x8f, 0xb4, 0xff),
                on_accent: Colour::rgb(0x0b, 0x12, 0x20),
                ground: Colour::rgb(0x10, 0x13, 0x19),
            },
            radius: 10,
            font: Font::default(),
            layout: Layout::default(),
        }
    }
}

impl BrandTokens {
    /// Everything that is wrong with the brand, so that a form can show it all at once.
    pub fn validate(&self) -> Result<(), Vec<BrandError>> {
        let mut errors = Vec::new();
        let schemes = [
            (Scheme::Light, &self.light, CARD_LIGHT, INK_LIGHT),
            (Scheme::Dark, &self.dark, CARD_DARK, INK_DARK),
        ];
        for (scheme, palette, card, ink) in schemes {
            let pairs = [
                (Pair::TextOnAccent, palette.on_accent, palette.accent),
                (Pair::AccentOnCard, palette.accent, card),
                // What can be changed is the ground, so the ground is what the nearest colour is looked for.
                (Pair::InkOnGround, palette.ground, ink),
            ];
            errors.extend(pairs.into_iter().filter_map(|(pair, changeable, other)| {
                let too_low = require_contrast(changeable, other, LEAST).err()?;
                Some(BrandError::Contrast { scheme, pair, too_low })
            }));
        }
        if self.radius > LARGEST_RADIUS {
            errors.push(BrandError::Radius { radius: self.radius });
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

named! {
    /// A colour scheme.
    pub enum Scheme {
        /// Dark text on a light ground.
        Light = "light",
        /// Light text on a dark ground.
        Dark = "dark",
    }
}

named! {
    /// Two colours of which one is read on the other, named after the token to change.
    pub enum Pair {
        /// The words of the primary button.
        TextOnAccent = "on_accent",
        /// Links on the card.
        AccentOnCard = "accent",
        /// Our own words beside the card.
        InkOnGround = "ground",
    }
}

/// What is wrong with a brand.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum BrandError {
    /// Two colours are too much alike.
    #[error("{} in the {} scheme: {too_low}", .pair.as_str(), .scheme.as_str())]
    Contrast {
        /// In which scheme.
        scheme: Scheme,
        /// Which two.
        pair: Pair,
        /// By how much, and what to take instead.
        too_low: ContrastTooLow,
    },
    /// The corners are too round.
    #[error("the radius is {radius}, and at most {LARGEST_RADIUS} is allowed")]
    Radius {
        /// What was set.
        radius: u32,
    },
}
