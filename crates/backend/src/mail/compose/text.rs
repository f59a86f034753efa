//! Blocks as plain text.

use super::block::Block;

/// The whole text. Blocks are separated by empty lines; facts that follow one another stay together.
pub(super) fn draw(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut in_footer = false;
    for (place, block) in blocks.iter().enumerate() {
        let is_fact = matches!(block, Block::Fact { .. });
        let after_fact = place > 0 && matches!(blocks[place - 1], Block::Fact { .. });
        if place > 0 {
            out.push_str(if is_fact && after_fact { "\n" } else { "\n\n" });
        }
        if matches!(block, Block::Small(_)) && !in_footer {
            in_footer = true;
            // The signature separator (RFC 3676 section 4.3): answers leave out what follows.
            out.push_str("-- \n");
        }
        out.push_str(&one(block));
    }
    out.push('\n');
    out
}

fn one(block: &Block) -> String {
    match block {
        Block::Warning(phrase) | Block::Heading(phrase) | Block::Paragraph(phrase) | Block::Small(phrase) => {
            phrase.text()
        }
        Block::Fact { label, value } => format!("{label}: {}", value.text()),
        Block::Quote { intro, text } => {
            let quoted: Vec<String> =
                text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
            format!("{}\n{}", intro.text(), quoted.join("\n"))
        }
        Block::List { title, items } => {
            format!("{title}:\n- {}", items.join("\n- "))
        }
        Block::Link { label, url } => format!("{label}:\n{url}"),
        Block::Code(code) => code.clone(),
    }
}
