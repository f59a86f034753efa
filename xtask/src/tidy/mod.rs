//! The invariants that the compiler does not know. Every rule is a small function from a file to
//! findings, with a test that shows it failing; what each protects stands at its head.

mod attributes;
mod css;
mod docs;
mod graph;
mod length;
mod markup;
mod paths;
mod reach;
pub(crate) mod source;
mod tokens;
mod words;

use std::fmt;

use anyhow::Result;

use crate::workspace::Workspace;
use source::{Kind, Source};

/// Something that is not as agreed, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    file: String,
    line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Applies every rule; gives the number of files and what was found, in the order of the files.
pub(crate) fn check(ws: &Workspace) -> Result<(usize, Vec<Finding>)> {
    let sources = source::all(ws)?;
    let mut findings: Vec<Finding> = sources.iter().flat_map(of_file).collect();
    findings.extend(length::stale_exceptions(&sources));
    findings.extend(words::check(&sources));
    findings.extend(graph::check(ws)?);
    findings.sort();
    Ok((sources.len(), findings))
}

fn of_file(source: &Source) -> Vec<Finding> {
    let mut findings: Vec<Finding> = length::check(source).into_iter().collect();
    findings.extend(paths::check(source));
    match source.kind() {
        Kind::Rust => {
            findings.extend(docs::check(source));
            match tokens::of(source) {
                Ok(tokens) => {
                    findings.extend(reach::purity(source, &tokens));
                    findings.extend(reach::confined(source, &tokens));
                    findings.extend(attributes::check(source, &tokens));
                    findings.extend(markup::check(source, &tokens));
                }
                Err(finding) => findings.push(finding),
            }
        }
        Kind::Css => findings.extend(css::check(source)),
        Kind::Script => findings.extend(markup::check_script(source)),
        Kind::Other => {}
    }
    findings
}
