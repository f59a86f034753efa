//! What is checked. A part is a name and a function; adding a check is adding a line here.

use anyhow::{Result, bail};

use super::counts::{cargo_tests, playwright, schemathesis};
use super::report::Proof;
use crate::bundle;
use crate::commands::{codegen, run, size, tidy};
use crate::process::{Finished, cargo, checked, finished, on_path, program, tail};
use crate::tools::{self, Scope};
use crate::workspace::Workspace;

/// One check.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) check: fn(&Workspace) -> Result<Proof>,
}

/// The names of the parts that others build on.
pub(super) const BUNDLE: &str = "bundle";
pub(super) const BACKEND: &str = "backend";

/// Quick ones first: what is wrong at a glance is said at once.
pub(super) const NATIVE: &[Part] = &[
    Part { name: "format", check: format },
    Part { name: "tidy", check: |ws| Ok(Proof::note(format!("{} files", tidy::check(ws)?))) },
    Part { name: "deny", check: deny },
    Part { name: "clippy", check: clippy },
    Part { name: "unit tests", check: unit_tests },
    Part { name: "codegen", check: |ws| codegen::compare(ws).map(|()| Proof::done()) },
];

/// What the whole run adds natively: it needs the wasm target, and the tests in the browser need the
/// backend. Both wait for the same lock as the parts above, so they share their lane.
pub(super) const AFTER_NATIVE: &[Part] = &[
    Part { name: BACKEND, check: |ws| run::build_backend(ws).map(|()| Proof::done()) },
    Part { name: "clippy (wasm)", check: clippy_wasm },
];

/// The page, from nothing.
pub(super) const PAGE: &[Part] = &[
    Part { name: "tools", check: |ws| tools::ensure(ws, Scope::Everything).map(|()| Proof::done()) },
    Part { name: BUNDLE, check: |ws| bundle::build(ws).map(|_| Proof::done()) },
];

/// Page and backend together.
pub(super) const TOGETHER: &[Part] = &[
    Part { name: "size", check: |ws| size::check(ws).map(Proof::note) },
    Part { name: "contract", check: contract },
    Part { name: "end to end", check: e2e },
];

fn format(ws: &Workspace) -> Result<Proof> {
    checked(cargo(ws, &["fmt", "--all", "--check"])).map(|_| Proof::done())
}

fn clippy(ws: &Workspace) -> Result<Proof> {
    checked(cargo(ws, &["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny=warnings"]))
        .map(|_| Proof::done())
}

/// The page's own code as the browser gets it: `csr` and `ssr` never meet in one build.
fn clippy_wasm(ws: &Workspace) -> Result<Proof> {
    let arguments = ["--package=vestibule", "--no-default-features", "--features=csr", "--lib", "--bins"];
    let mut clippy = cargo(ws, &["clippy", "--quiet", "--target=wasm32-unknown-unknown"]);
    clippy.args(arguments).args(["--", "--deny=warnings"]);
    checked(clippy).map(|_| Proof::done())
}

fn unit_tests(ws: &Workspace) -> Result<Proof> {
    let done = finished(cargo(ws, &["test", "--workspace", "--no-fail-fast"]))?;
    let counts = cargo_tests(&done.text);
    tested(&done, counts)
}

/// Licences and advisories. The tool is large and its database is not on every machine.
fn deny(ws: &Workspace) -> Result<Proof> {
    if on_path("cargo-deny").is_none() {
        return Ok(Proof::skipped("cargo-deny is not installed"));
    }
    checked(cargo(ws, &["deny", "--workspace", "check"])).map(|_| Proof::done())
}

/// Generated requests, right and wrong ones, held against the contract's own description.
fn contract(ws: &Workspace) -> Result<Proof> {
    let python = ["-c", "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))"];
    let has_python = on_path("python3").is_some() && {
        let mut probe = program(ws, "python3");
        probe.args(python);
        finished(probe)?.success
    };
    if !has_python {
        return Ok(Proof::skipped("no Python 3.10 with venv"));
    }
    let mut run = program(ws, "python3");
    run.arg(ws.path("tests/contract/run.py"));
    let done = checked(run)?;
    let cases = schemathesis(&done);
    if cases == 0 {
        bail!("no case was tried:\n{}", tail(&done, 40));
    }
    Ok(Proof::note(format!("{cases} cases")))
}

/// Journeys in a real browser.
fn e2e(ws: &Workspace) -> Result<Proof> {
    if !ws.e2e().join("package.json").exists() {
        bail!("tests/e2e has no package.json: there are no end-to-end tests");
    }
    let done = finished(tools::playwright(ws)?)?;
    let counts = playwright(&done.text);
    tested(&done, counts)
}

fn tested(done: &Finished, counts: super::counts::Counts) -> Result<Proof> {
    if done.success && counts.passed == 0 {
        bail!("no test ran:\n{}", tail(&done.text, 40));
    }
    Ok(Proof::tests(counts, if done.success { None } else { Some(tail(&done.text, 200)) }))
}
