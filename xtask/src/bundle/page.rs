//! `dist/index.html` and `dist/federate.html`: the pages for backends that render none of their own. Each is its source
//! page with one link replaced by the style and the script of the bundle.

use anyhow::{Result, ensure};

use super::manifest::{Manifest, Reference};

/// How the link begins that tells Trunk what to compile.
pub(super) const TRUNK: &str = "<link data-trunk";
/// The same in a page that Trunk does not know.
pub(super) const BUNDLE: &str = "<link data-bundle";

/// Icons that browsers ask for by a relation, when there are any.
const ICONS: [(&str, &str); 3] =
    [("favicon.svg", "icon"), ("favicon.ico", "icon"), ("apple-touch-icon.png", "apple-touch-icon")];

/// Writes the page.
pub(super) fn static_page(
    source: &str,
    link: &str,
    script: &Reference,
    manifest: &Manifest,
) -> Result<String> {
    ensure!(source.matches(link).count() == 1, "the page must hold exactly one `{link}`");
    let (before, rest) = source.split_at(source.find(link).unwrap_or_default());
    let Some((_, after)) = rest.split_once('>') else {
        anyhow::bail!("`{link}` does not end");
    };
    Ok(format!("{before}{}{after}", links(manifest, script).join("\n    ")))
}

fn links(manifest: &Manifest, script: &Reference) -> Vec<String> {
    let mut links = Vec::new();
    for (name, relation) in ICONS {
        if let Some(icon) = manifest.icons.get(name) {
            links.push(format!("<link rel=\"{relation}\" href=\"{}\">", icon.url));
        }
    }
    let css = &manifest.css;
    links.push(format!("<link rel=\"stylesheet\" href=\"{}\" integrity=\"{}\">", css.url, css.integrity));
    links.push(format!(
        "<script type=\"module\" src=\"{}\" integrity=\"{}\"></script>",
        script.url, script.integrity
    ));
    links
}

#[cfg(test)]
mod tests;
