//! An organization's look as design tokens, and the check that it stays readable (S84).
//!
//! A brand is colours and choices out of fixed lists, never CSS, so it cannot hide the page or carry data away (T19).

mod colour;
#[cfg(test)]
mod tests;
mod tokens;

pub use colour::{Colour, ColourError, ContrastTooLow, contrast, require_contrast};
pub use tokens::{
    BrandError, BrandTokens, CARD_DARK, CARD_LIGHT, Font, INK_DARK, INK_LIGHT, Layout, Pair, PaletteTokens,
    Scheme,
};
