//! A brand as CSS, the same as the page sets it.

#![expect(clippy::unwrap_used, reason = "tests")]

use vestibule_contract::brand as wire;
use vestibule_contract::document::OrganizationCard;
use vestibule_domain::brand::{BrandTokens, Colour, Font, PaletteTokens};

use super::{brand_style, font_stack};

/// The same brand on the wire, as the page gets it.
fn on_the_wire(brand: &BrandTokens) -> wire::Brand {
    let palette = |it: &PaletteTokens| wire::Palette {
        accent: it.accent.to_string(),
        on_accent: it.on_accent.to_string(),
        ground: it.ground.to_string(),
    };
    wire::Brand {
        organization: OrganizationCard {
            id: String::new(),
            name: String::new(),
            domain: String::new(),
            logo: None,
        },
        light: palette(&brand.light),
        dark: palette(&brand.dark),
        radius: brand.radius,
        font: wire::Font::read(brand.font.as_str()),
        layout: wire::Layout::read(brand.layout.as_str()),
        privacy_url: None,
        terms_url: None,
        help: None,
    }
}

#[test]
fn the_server_paints_exactly_what_the_page_will_set() {
    for font in Font::ALL {
        let brand = BrandTokens { font: *font, radius: 4, ..BrandTokens::default() };
        let css = brand_style(&brand);
        let (light, dark) = css.split_once("@media (prefers-color-scheme:dark)").unwrap();
        for (name, value) in vestibule::flow::tokens(&on_the_wire(&brand), false) {
            assert!(light.contains(&format!("{name}:{value}")), "{name}: {value} in {light}");
        }
        for (name, value) in vestibule::flow::tokens(&on_the_wire(&brand), true) {
            assert!(css.contains(&format!("{name}:{value}")), "{name}: {value} in {css}");
        }
        assert!(dark.contains("--brand-accent:#8fb4ff"));
    }
}

#[test]
fn t19_a_brand_cannot_leave_its_style_element() {
    let colour = |text| Colour::parse(text).unwrap();
    let palette =
        PaletteTokens { accent: colour("#ff0000"), on_accent: colour("#00ff00"), ground: colour("#0000ff") };
    let css = brand_style(&BrandTokens { light: palette.clone(), dark: palette, ..BrandTokens::default() });
    assert!(!css.contains(['<', '>', '\\', '/']) && !css.contains("url("), "{css}");
    assert!(Font::ALL.iter().all(|font| !font_stack(*font).contains("url")));
}
