//! `cargo xtask size`: what a browser downloads, against the budgets.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::Serialize;

use crate::bundle::manifest::{Manifest, Reference, file_of};
use crate::bundle::{self, brotli};
use crate::commands::run::build_backend;
use crate::output;
use crate::process::{program, stdout};
use crate::tools::{self, Scope};
use crate::workspace::Workspace;

/// The page with its style. It fits what a server may send before it hears from the browser
/// (10 segments, RFC 6928), so that it arrives in one round trip.
const FIRST_PAGE: usize = 14 * 1024;

/// Script, WebAssembly and the words of one language.
const TAKEOVER: usize = 120 * 1024;

/// Pages differ at each request and are compressed while they are sent: the quality that servers use for that.
const QUALITY_OF_PAGES: i32 = 4;

/// The figures. Bytes, as they are sent with brotli.
#[derive(Debug, Serialize)]
struct Report {
    first_page_br: usize,
    takeover_br: usize,
    worker_br: usize,
    files: Vec<File>,
}

/// One file of the bundle.
#[derive(Debug, Serialize)]
struct File {
    url: String,
    bytes: u64,
    br: u64,
    gz: u64,
}

/// Measures, prints, and fails over budget.
pub(crate) fn run(ws: &Workspace, json: bool) -> Result<()> {
    tools::ensure(ws, Scope::Build)?;
    bundle::build(ws)?;
    build_backend(ws)?;
    let report = measure(ws)?;
    if json {
        output::line(serde_json::to_string(&report)?);
    } else {
        output::line(table(&report));
    }
    verdict(&report)
}

/// Measures a bundle and a backend that are built already; gives the table to print.
pub(crate) fn check(ws: &Workspace) -> Result<String> {
    let report = measure(ws)?;
    verdict(&report)?;
    Ok(table(&report))
}

fn measure(ws: &Workspace) -> Result<Report> {
    let dist = ws.dist();
    let manifest = Manifest::read(&dist)?;
    let page = first_page(ws, &dist)?;
    let size = |reference: &Reference| file(&dist, reference);
    let files = manifest.references().map(size).collect::<Result<Vec<_>>>()?;
    let words = manifest.locales.values().map(|words| Ok(size(words)?.br)).collect::<Result<Vec<u64>>>()?;
    let takeover = size(&manifest.boot)?.br + size(&manifest.wasm)?.br + words.into_iter().max().unwrap_or(0);
    let worker = manifest.relying_party.references().map(|file| Ok(size(file)?.br));
    let worker = worker.into_iter().sum::<Result<u64>>()?;
    Ok(Report {
        first_page_br: brotli(page.as_bytes(), QUALITY_OF_PAGES)?.len(),
        takeover_br: usize::try_from(takeover)?,
        worker_br: usize::try_from(worker)?,
        files,
    })
}

/// The invitation page as the backend renders it, with its style inside.
fn first_page(ws: &Workspace, dist: &Path) -> Result<String> {
    let mut backend = program(ws, ws.backend());
    backend.arg("sample-page").arg("--dist").arg(dist);
    let page = stdout(backend).context("the backend has to render the first page")?;
    fs::write(ws.target("first-page.html"), &page)?;
    if !page.contains("<form") || !page.contains("<style") {
        bail!("`vestibule-backend sample-page` printed something else than a page with a form and its style");
    }
    Ok(page)
}

fn file(dist: &Path, reference: &Reference) -> Result<File> {
    let path = file_of(dist, reference);
    let length = |path: &Path| -> Result<u64> {
        Ok(fs::metadata(path).with_context(|| path.display().to_string())?.len())
    };
    Ok(File {
        url: reference.url.clone(),
        bytes: length(&path)?,
        br: length(&path.with_added_extension("br"))?,
        gz: length(&path.with_added_extension("gz"))?,
    })
}

fn table(report: &Report) -> String {
    let mut lines = vec![format!("{:>9} {:>9} {:>9}  file", "bytes", "gzip", "brotli")];
    for file in &report.files {
        lines.push(format!("{:>9} {:>9} {:>9}  {}", file.bytes, file.gz, file.br, file.url));
    }
    lines.push(format!("first page {} of {FIRST_PAGE} bytes brotli", report.first_page_br));
    lines.push(format!("take-over  {} of {TAKEOVER} bytes brotli", report.takeover_br));
    lines.push(format!("worker     {} bytes brotli", report.worker_br));
    lines.join("\n")
}

fn verdict(report: &Report) -> Result<()> {
    let figures =
        [("first page", report.first_page_br, FIRST_PAGE), ("take-over", report.takeover_br, TAKEOVER)];
    let over: Vec<String> = figures
        .into_iter()
        .filter(|(_, size, budget)| size > budget)
        .map(|(name, size, budget)| format!("{name}: {} bytes over its budget of {budget}", size - budget))
        .collect();
    if over.is_empty() { Ok(()) } else { bail!("{}", over.join("; ")) }
}

#[cfg(test)]
mod tests;
