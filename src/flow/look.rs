//! A brand as the custom properties that `style/tokens.css` reads. One list for the server, which writes them into
//! the document, and for the page, which sets them when the organization changes.

use vestibule_contract::brand::{Brand, Font, Layout};

/// The properties, for a light or a dark ground.
pub fn tokens(brand: &Brand, dark: bool) -> [(&'static str, String); 5] {
    let palette = if dark { &brand.dark } else { &brand.light };
    [
        ("--brand-accent", palette.accent.clone()),
        ("--brand-on-accent", palette.on_accent.clone()),
        ("--brand-ground", palette.ground.clone()),
        ("--brand-radius", [&brand.radius.to_string(), "px"].concat()),
        ("--brand-font", stack(brand.font).to_owned()),
    ]
}

/// Value of `data-layout` on the document's root.
pub fn layout(brand: &Brand) -> &'static str {
    match brand.layout {
        Layout::Centred => "centred",
        Layout::Split => "split",
    }
}

/// Only fonts that are there already: nothing is fetched for a look.
fn stack(font: Font) -> &'static str {
    match font {
        Font::System => "system-ui, sans-serif",
        Font::Serif => "ui-serif, Georgia, Cambria, serif",
        Font::Rounded => "ui-rounded, \"SF Pro Rounded\", Nunito, system-ui, sans-serif",
        Font::Mono => "ui-monospace, Menlo, Consolas, monospace",
    }
}
