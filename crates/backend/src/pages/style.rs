//! A brand as CSS: custom properties and nothing else, made from checked tokens, so no text of a brand ever is CSS (T19).

#[cfg(test)]
mod tests;

use vestibule_domain::brand::{BrandTokens, Font, PaletteTokens};

/// The style sheet of a brand: `--brand-*` for the light scheme, and again for the dark one.
pub fn brand_style(brand: &BrandTokens) -> String {
    format!(
        ":root{{{}--brand-radius:{}px;--brand-font:{}}}@media (prefers-color-scheme:dark){{:root{{{}}}}}",
        palette(&brand.light),
        brand.radius,
        font_stack(brand.font),
        palette(&brand.dark),
    )
}

fn palette(palette: &PaletteTokens) -> String {
    let PaletteTokens { accent, on_accent, ground } = palette;
    format!("--brand-accent:{accent};--brand-on-accent:{on_accent};--brand-ground:{ground};")
}

/// The fonts that a choice stands for; none is fetched. The same as the page sets (`vestibule::flow::tokens`), so that
/// its take-over changes nothing.
pub fn font_stack(font: Font) -> &'static str {
    match font {
        Font::System => "system-ui, sans-serif",
        Font::Serif => "ui-serif, Georgia, Cambria, serif",
        Font::Rounded => "ui-rounded, \"SF Pro Rounded\", Nunito, system-ui, sans-serif",
        Font::Mono => "ui-monospace, Menlo, Consolas, monospace",
    }
}
