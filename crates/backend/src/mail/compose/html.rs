//! Blocks as HTML for mail programs: one column without tables, styles inline, nothing fetched, readable where styles
//! are dropped, and dark where the reader's program is.

use vestibule::text::dir_of;
use vestibule_domain::brand::{BrandTokens, CARD_DARK, CARD_LIGHT, Colour, Font, INK_DARK, INK_LIGHT};

use super::block::Block;
use super::phrase::{Phrase, Span};
use crate::pages::escape::escape;
use crate::pages::style::font_stack;

/// Secondary text on the card, 4.5:1 at least.
const MUTED_LIGHT: Colour = Colour::rgb(0x57, 0x5d, 0x70);
const MUTED_DARK: Colour = Colour::rgb(0xa9, 0xaf, 0xc2);

/// The whole document.
pub(super) fn draw(blocks: &[Block], title: &str, language: &str, brand: &BrandTokens) -> String {
    let body: String = blocks.iter().map(|block| one(block, brand)).collect();
    let (light, dark) = (&brand.light, &brand.dark);
    // Programs that know the dark scheme override the inline colours; the others keep the light ones whole.
    let dark_style = format!(
        "@media (prefers-color-scheme:dark){{.page{{background:{} !important}}.card{{background:{CARD_DARK} \
         !important;color:{INK_DARK} !important}}.muted{{color:{MUTED_DARK} !important}}.accent{{background:{} \
         !important;color:{} !important}}.edge{{border-color:{} !important}}}}",
        dark.ground, dark.accent, dark.on_accent, dark.accent
    );
    format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>{dark_style}</style>\n</head>\n\
         <body class=\"page\" style=\"margin:0;padding:24px 12px;background:{ground}\">\n\
         <div class=\"card\" style=\"max-width:560px;margin:0 auto;padding:24px;border-radius:{radius}px;\
         background:{CARD_LIGHT};color:{INK_LIGHT};font:16px/1.5 {font}\">\n{body}</div>\n</body>\n</html>\n",
        language = escape(language),
        direction = dir_of(language),
        title = escape(title),
        ground = light.ground,
        radius = brand.radius,
        font = escape(font_stack(brand.font)),
    )
}

fn one(block: &Block, brand: &BrandTokens) -> String {
    let (accent, on_accent) = (brand.light.accent, brand.light.on_accent);
    match block {
        Block::Warning(phrase) => format!(
            "<p class=\"edge\" style=\"margin:0 0 20px;padding-inline-start:12px;border-inline-start:4px solid \
             {accent}\">{}</p>\n",
            inline(phrase)
        ),
        Block::Heading(phrase) => {
            format!("<h1 style=\"margin:0 0 16px;font-size:22px;line-height:1.3\">{}</h1>\n", inline(phrase))
        }
        Block::Paragraph(phrase) => format!("<p style=\"margin:0 0 16px\">{}</p>\n", inline(phrase)),
        Block::Fact { label, value } => format!(
            "<p style=\"margin:0 0 8px\"><span class=\"muted\" style=\"color:{MUTED_LIGHT}\">{}</span><br>\
             <strong>{}</strong></p>\n",
            escape(label),
            inline(value)
        ),
        Block::Quote { intro, text } => {
            let lines: Vec<String> = text.lines().map(escape).collect();
            format!(
                "<p style=\"margin:16px 0 8px\">{}</p>\n<blockquote class=\"edge\" dir=\"auto\" style=\"margin:0 0 \
                 16px;padding-inline-start:12px;border-inline-start:2px solid {accent}\">{}</blockquote>\n",
                inline(intro),
                lines.join("<br>")
            )
        }
        Block::List { title, items } => {
            let items: Vec<String> = items.iter().map(|item| escape(item)).collect();
            format!(
                "<p style=\"margin:16px 0 4px\"><strong>{}</strong></p>\n\
                 <ul style=\"margin:0 0 16px;padding-inline-start:20px\"><li><bdi>{}</bdi></li></ul>\n",
                escape(title),
                items.join("</bdi></li><li><bdi>")
            )
        }
        Block::Link { label, url } => format!(
            "<p style=\"margin:20px 0\"><a class=\"accent\" href=\"{}\" style=\"display:inline-block;padding:12px \
             20px;border-radius:{}px;background:{accent};color:{on_accent};font-weight:600;\
             text-decoration:none\">{}</a></p>\n",
            escape(url),
            brand.radius.min(12),
            escape(label)
        ),
        Block::Code(code) => format!(
            "<p dir=\"ltr\" style=\"margin:16px 0;font:700 32px/1.2 {};letter-spacing:4px\">{}</p>\n",
            escape(font_stack(Font::Mono)),
            escape(code)
        ),
        Block::Small(phrase) => format!(
            "<p class=\"muted\" style=\"margin:12px 0 0;font-size:13px;color:{MUTED_LIGHT}\">{}</p>\n",
            inline(phrase)
        ),
    }
}

fn inline(phrase: &Phrase) -> String {
    phrase
        .0
        .iter()
        .map(|span| match span {
            Span::Ours(text) => escape(text),
            Span::Theirs(text) => format!("<bdi>{}</bdi>", escape(text)),
        })
        .collect()
}
