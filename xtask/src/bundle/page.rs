//! `dist/index.html`: the page for backends that render none of their own. It is the source page
//! with Trunk's link replaced by the style and the script of the bundle.

use anyhow::{Result, ensure};

use super::manifest::Manifest;

/// How the link begins that tells Trunk what to compile.
const LINK: &str = "<link data-trunk";

/// Icons that browsers ask for by a relation, when there are any.
const ICONS: [(&str, &str); 3] =
    [("favicon.svg", "icon"), ("favicon.ico", "icon"), ("apple-touch-icon.png", "apple-touch-icon")];

/// Writes the page.
pub(super) fn static_page(source: &str, manifest: &Manifest) -> Result<String> {
    ensure!(source.matches(LINK).count() == 1, "index.html must hold exactly one `{LINK}`");
    let (before, rest) = source.split_at(source.find(LINK).unwrap_or_default());
    let Some((_, after)) = rest.split_once('>') else {
        anyhow::bail!("index.html: the link of Trunk does not end");
    };
    Ok(format!("{before}{}{after}", links(manifest).join("\n    ")))
}

fn links(manifest: &Manifest) -> Vec<String> {
    let mut links = Vec::new();
    for (name, relation) in ICONS {
        if let Some(icon) = manifest.icons.get(name) {
            links.push(format!("<link rel=\"{relation}\" href=\"{}\">", icon.url));
        }
    }
    let (css, boot) = (&manifest.css, &manifest.boot);
    links.push(format!("<link rel=\"stylesheet\" href=\"{}\" integrity=\"{}\">", css.url, css.integrity));
    links.push(format!(
        "<script type=\"module\" src=\"{}\" integrity=\"{}\"></script>",
        boot.url, boot.integrity
    ));
    links
}

#[cfg(test)]
mod tests;
