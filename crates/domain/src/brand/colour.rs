//! Colours and their contrast, as WCAG 2.2 defines it.

use core::fmt;

use serde::{Deserialize, Serialize};

/// An opaque sRGB colour, written `#rrggbb`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour([u8; 3]);

impl Colour {
    /// White.
    pub const WHITE: Self = Self::rgb(0xff, 0xff, 0xff);
    /// Black.
    pub const BLACK: Self = Self::rgb(0, 0, 0);

    /// The colour with these channels.
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// Reads `#` and six hexadecimal digits; no names, no short form, no transparency.
    pub fn parse(text: &str) -> Result<Self, ColourError> {
        let hex = text.strip_prefix('#').ok_or(ColourError)?;
        if hex.len() != 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(ColourError);
        }
        let number = u32::from_str_radix(hex, 16).map_err(|_| ColourError)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self::rgb(red, green, blue))
    }

    /// Relative luminance, 0 for black to 1 for white (WCAG 2.2, "relative luminance").
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The colour `step` 255ths of the way to `other`.
    fn towards(self, other: Self, step: u8) -> Self {
        let (near, far) = (u16::from(255 - step), u16::from(step));
        let mut channels = self.0;
        for (channel, target) in channels.iter_mut().zip(other.0) {
            let blended = (u16::from(*channel) * near + u16::from(target) * far + 127) / 255;
            *channel = u8::try_from(blended).unwrap_or(u8::MAX);
        }
        Self(channels)
    }
}

/// The contrast ratio of two colours, 1 to 21, in either order (WCAG 2.2, "contrast ratio").
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Passes if `foreground` stands out from `background` by at least `least`.
///
/// Otherwise it names the nearest foreground that does: the first one on the way to black or to white, which keeps the
/// hue. Where neither reaches `least` it is the better of the two.
pub fn require_contrast(foreground: Colour, background: Colour, least: f64) -> Result<(), ContrastTooLow> {
    let ratio = contrast(foreground, background);
    if ratio >= least {
        return Ok(());
    }
    let passes = |colour: &Colour| contrast(*colour, background) >= least;
    let steps = (1..=u8::MAX)
        .flat_map(|step| [Colour::BLACK, Colour::WHITE].map(|end| foreground.towards(end, step)));
    let best_end = if contrast(Colour::BLACK, background) >= contrast(Colour::WHITE, background) {
        Colour::BLACK
    } else {
        Colour::WHITE
    };
    Err(ContrastTooLow { ratio, nearest: steps.into_iter().find(passes).unwrap_or(best_end) })
}

/// Two colours are too much alike to be read on one another.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("the contrast is {ratio:.2}:1; the nearest colour that passes is {nearest}")]
pub struct ContrastTooLow {
    /// What was measured.
    pub ratio: f64,
    /// The nearest foreground that would pass.
    pub nearest: Colour,
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl fmt::Debug for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Colour({self})")
    }
}

impl TryFrom<String> for Colour {
    type Error = ColourError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

/// The text is not a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a colour is written #rrggbb")]
pub struct ColourError;
