//! A brand that cannot be read is refused, with a colour that can (S84).
#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::{BrandError, BrandTokens, Colour, Font, Layout, Pair, Scheme, contrast, require_contrast};

fn colour(text: &str) -> Colour {
    Colour::parse(text).unwrap()
}

#[test]
fn a_colour_is_a_hash_and_six_digits() {
    assert_eq!(colour("#1A2b3c").to_string(), "#1a2b3c");
    for text in [
        "",
        "#",
        "1a2b3c",
        "#1a2b3",
        "#1a2b3c4",
        "#12g456",
        "#+12345",
        "#1a2b3c ",
        "red",
        "rgb(0,0,0)",
        "#éabcd",
    ] {
        assert!(Colour::parse(text).is_err(), "{text}");
    }
}

#[test]
fn contrast_is_that_of_wcag() {
    let near = |one: &str, other: &str, expected: f64| {
        let found = contrast(colour(one), colour(other));
        assert!((found - expected).abs() < 0.005, "{one} {other} {found}");
    };
    near("#000000", "#ffffff", 21.0);
    near("#ffffff", "#ffffff", 1.0);
    near("#777777", "#ffffff", 4.48);
    near("#767676", "#ffffff", 4.54);
    near("#ff0000", "#ffffff", 4.00);
    near("#0000ff", "#ffff00", 8.00);
}

#[test]
fn s84_too_little_contrast_names_the_ratio_and_the_nearest_that_passes() {
    let too_low = require_contrast(colour("#777777"), Colour::WHITE, 4.5).unwrap_err();
    assert!((too_low.ratio - 4.478).abs() < 0.001);
    assert_eq!(too_low.nearest, colour("#767676"));
    assert_eq!(too_low.to_string(), "the contrast is 4.48:1; the nearest colour that passes is #767676");
    assert_eq!(require_contrast(colour("#767676"), Colour::WHITE, 4.5), Ok(()));
}

#[test]
fn the_nearest_goes_the_short_way() {
    let on_black = require_contrast(colour("#0000ff"), Colour::BLACK, 4.5).unwrap_err().nearest;
    assert!(
        contrast(on_black, Colour::BLACK) >= 4.5 && contrast(on_black, Colour::BLACK) < 4.7,
        "{on_black}"
    );
    assert_ne!(on_black, Colour::WHITE);
    // Nothing reaches 15:1 on this grey; white is the better end.
    assert_eq!(
        require_contrast(colour("#808080"), colour("#555555"), 15.0).unwrap_err().nearest,
        Colour::WHITE
    );
}

#[test]
fn the_default_brand_passes() {
    assert_eq!(BrandTokens::default().validate(), Ok(()));
}

#[test]
fn s84_a_brand_is_refused_with_everything_that_is_wrong() {
    let mut brand = BrandTokens { radius: 25, ..BrandTokens::default() };
    brand.light.on_accent = colour("#2a5ac9");
    brand.dark.accent = colour("#20242c");
    brand.dark.ground = colour("#e0e0e0");
    let errors = brand.validate().unwrap_err();
    let pairs: Vec<_> = errors
        .iter()
        .filter_map(|error| match error {
            BrandError::Contrast { scheme, pair, .. } => Some((*scheme, *pair)),
            BrandError::Radius { .. } => None,
        })
        .collect();
    let expected = [
        (Scheme::Light, Pair::TextOnAccent),
        (Scheme::Dark, Pair::TextOnAccent),
        (Scheme::Dark, Pair::AccentOnCard),
        (Scheme::Dark, Pair::InkOnGround),
    ];
    assert_eq!(pairs, expected);
    assert_eq!(errors.last(), Some(&BrandError::Radius { radius: 25 }));
    assert!(
        errors[0].to_string().starts_with("on_accent in the light scheme: the contrast is 1."),
        "{}",
        errors[0]
    );
}

#[test]
fn a_brand_is_read_with_defaults_for_what_is_left_out() {
    let brand: BrandTokens =
        serde_json::from_str(r#"{"radius": 4, "font": "serif", "layout": "split"}"#).unwrap();
    let expected =
        BrandTokens { radius: 4, font: Font::Serif, layout: Layout::Split, ..BrandTokens::default() };
    assert_eq!(brand, expected);
    assert_eq!(serde_json::from_str::<BrandTokens>(&serde_json::to_string(&brand).unwrap()).unwrap(), brand);
}

#[test]
fn t19_a_brand_holds_no_css() {
    let texts = [
        r#"{"css": "a{}"}"#,
        r#"{"font": "url(https://evil.example/f)"}"#,
        r##"{"light": {"accent": "#000;}", "on_accent": "#ffffff", "ground": "#ffffff"}}"##,
        r##"{"light": {"accent": "#1f4fbf", "on_accent": "#ffffff", "ground": "url(x)"}}"##,
    ];
    for text in texts {
        assert!(serde_json::from_str::<BrandTokens>(text).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn s84_the_named_colour_passes_wherever_one_can(fore: [u8; 3], back: [u8; 3]) {
        let [fore, back] = [fore, back].map(|[red, green, blue]| Colour::rgb(red, green, blue));
        if let Err(too_low) = require_contrast(fore, back, 4.5) {
            // Black or white reaches 4.5:1 on every colour.
            prop_assert!(contrast(too_low.nearest, back) >= 4.5);
            prop_assert!(too_low.ratio < 4.5);
        }
    }
}
