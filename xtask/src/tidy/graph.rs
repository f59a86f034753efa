//! What the pure crates depend on, through however many others.

use anyhow::Result;

use super::Finding;
use crate::process::{cargo, stdout};
use crate::workspace::Workspace;

/// Crates that decide, and what must never be in their trees.
const RULES: [(&str, &[&str]); 2] = [
    ("domain", &["tokio", "leptos", "sqlx", "wasm-bindgen"]),
    ("contract", &["tokio", "leptos", "sqlx", "wasm-bindgen"]),
];

/// Asks Cargo for the trees.
pub(super) fn check(ws: &Workspace) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (name, forbidden) in RULES {
        let package = format!("--package=vestibule-{name}");
        let tree = stdout(cargo(
            ws,
            &["tree", &package, "--edges=normal", "--prefix=none", "--format={p}", "--target=all"],
        ))?;
        findings.extend(found(&tree, forbidden).into_iter().map(|dependency| Finding {
            file: format!("crates/{name}/Cargo.toml"),
            line: 1,
            message: format!(
                "depends on {dependency}: see `cargo tree -p vestibule-{name} -e normal -i {dependency}`"
            ),
        }));
    }
    Ok(findings)
}

/// The forbidden packages in a tree.
fn found<'a>(tree: &str, forbidden: &[&'a str]) -> Vec<&'a str> {
    let listed = |name: &str| tree.lines().any(|line| line.split_whitespace().next() == Some(name));
    forbidden.iter().copied().filter(|name| listed(name)).collect()
}

#[cfg(test)]
mod tests;
