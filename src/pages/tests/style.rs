//! The style sheet: contrast of its colours, and what it may not do.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../../style/tokens.css");
const SHEETS: [(&str, &str); 5] = [
    ("base.css", include_str!("../../../style/base.css")),
    ("ui.css", include_str!("../../../style/ui.css")),
    ("fields.css", include_str!("../../../style/fields.css")),
    ("frame.css", include_str!("../../../style/frame.css")),
    ("pages.css", include_str!("../../../style/pages.css")),
];

/// The colours of one scheme by token, as `#rgb` or `#rrggbb`; a brand's tokens with the service's own values.
fn colours(css: &str) -> BTreeMap<&str, [f64; 3]> {
    css.lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
            let (_, hex) = value.split_once('#')?;
            let hex: String = hex.chars().take_while(char::is_ascii_hexdigit).collect();
            let wide = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex };
            let channel = |at: usize| u8::from_str_radix(wide.get(at..at + 2)?, 16).ok().map(f64::from);
            Some((name, [channel(0)?, channel(2)?, channel(4)?]))
        })
        .collect()
}

/// Relative luminance, WCAG 2.2.
fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] = colour.map(|channel| {
        let part = channel / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn s83_text_reaches_four_and_a_half_to_one_in_both_schemes() {
    assert!((contrast([0.0; 3], [255.0; 3]) - 21.0).abs() < 1e-9, "black on white");
    let (light, dark) = TOKENS.split_once("@media (prefers-color-scheme: dark)").expect("two schemes");
    for (scheme, css) in [("light", light), ("dark", dark)] {
        let colours = colours(css);
        let measure = |text: &str, ground: &str, least: f64| {
            let ratio = contrast(colours[text], colours[ground]);
            assert!(ratio >= least, "{scheme}: {text} on {ground} is {ratio:.2}");
        };
        for text in ["text", "muted", "link"] {
            measure(text, "surface", 4.5);
            measure(text, "sunken", 4.5);
        }
        measure("on-accent", "accent", 4.5);
        measure("error", "surface", 4.5);
        for meaning in ["error", "warning", "success"] {
            measure(meaning, &[meaning, "-ground"].concat(), 4.5);
        }
        // What is not text, WCAG 2.2 SC 1.4.11.
        for line in ["edge", "focus"] {
            measure(line, "surface", 3.0);
        }
        measure("edge", "sunken", 3.0);
    }
}

#[test]
fn colours_stand_in_the_tokens_alone() {
    for (name, css) in SHEETS {
        for line in css.lines().filter(|line| !line.contains("url(\"data:image/svg+xml,")) {
            let literal =
                line.split('#').nth(1).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_hexdigit()));
            assert!(!literal && !line.contains("rgb("), "{name}: {line}");
        }
    }
}

#[test]
fn right_to_left_is_one_attribute() {
    let physical = [
        "margin-left",
        "margin-right",
        "margin-top",
        "margin-bottom",
        "padding-left",
        "padding-right",
        "padding-top",
        "padding-bottom",
        "border-left",
        "border-right",
        "border-top",
        "border-bottom",
        "left",
        "right",
        "top",
        "bottom",
        "width",
        "height",
        "min-width",
        "max-width",
        "min-height",
        "max-height",
        "text-align: left",
        "text-align: right",
    ];
    for (name, css) in SHEETS {
        for line in css.lines() {
            let property = line.trim();
            assert!(
                !physical.iter().any(|it| property.starts_with(&[it, ":"].concat())
                    || property.starts_with(&[it, ";"].concat())),
                "{name}: {line}"
            );
        }
    }
}

/// A brand is values of a few tokens; nothing but the tokens reads them, and none of them places or hides anything.
#[test]
fn t19_a_brand_reaches_colours_radius_and_font_and_nothing_else() {
    for (name, css) in SHEETS {
        assert!(!css.contains("--brand-"), "{name}");
        assert!(
            !css.contains("@import") && !css.contains("@font-face") && !css.contains("url(\"http"),
            "{name}"
        );
    }
    let read: Vec<&str> =
        TOKENS.split("var(--brand-").skip(1).filter_map(|rest| rest.split(',').next()).collect();
    assert_eq!(read, ["accent", "on-accent", "ground", "radius", "font", "accent", "on-accent", "ground"]);
}

/// The host and the domain stand on the service's own ground.
#[test]
fn s84_the_chrome_is_drawn_without_a_brand() {
    let pages = SHEETS[2].1;
    for rule in pages.split('}').filter(|rule| {
        ["\n.bar", "\n.foot", "\n.host", "\n.domain", "\n.whose"].iter().any(|it| rule.contains(it))
    }) {
        assert!(!rule.contains("--accent") && !rule.contains("--ground"), "{rule}");
    }
}

#[test]
fn t12_the_buttons_of_a_consent_take_no_click_at_first() {
    let pages = SHEETS.iter().find(|(name, _)| *name == "pages.css").expect("a sheet of the pages").1;
    assert!(pages.contains("[data-step=\"consent\"] .button {\n  animation: arm 0.6s step-end;"));
    assert!(pages.contains("@keyframes arm {\n  from {\n    pointer-events: none;"));
}

#[test]
fn every_sheet_ends_where_a_rule_ends() {
    for (name, css) in SHEETS {
        assert!(css.ends_with("}\n") && !css.contains(",\n\n"), "{name} ends within a rule");
        assert_eq!(css.matches('{').count(), css.matches('}').count(), "{name}");
    }
}

#[test]
fn motion_and_forced_colours_are_honoured() {
    let ui = SHEETS[1].1;
    assert!(ui.contains("@media (prefers-reduced-motion: reduce)"));
    assert!(ui.contains("@media (forced-colors: active)"));
}
