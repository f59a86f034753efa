//! The report for continuous integration: `JUnit` XML, the part of it that every reader takes.

use std::fmt::Write as _;

use super::{Report, Verdict};
use crate::expected::Expected;

/// The report as XML. Known failures count as skipped.
pub fn xml(report: &Report, expected: &Expected) -> String {
    let count = report.count(expected);
    let (failures, skipped) = (count.failed + count.advised, count.skipped + count.known);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"vestibule-conformance\" tests=\"{}\" \
         failures=\"{failures}\" skipped=\"{skipped}\">\n",
        report.results.len()
    );
    for result in &report.results {
        let (area, name) = result.id.split_once('.').unwrap_or(("", result.id));
        let inside = match (&result.verdict, expected.reason(result.id)) {
            (Verdict::Pass, _) => String::new(),
            (Verdict::Skipped { reason }, _) => format!("<skipped message=\"{}\"/>", escape(reason)),
            (Verdict::Fail { .. }, Some(reason)) => format!("<skipped message=\"{}\"/>", escape(reason)),
            (Verdict::Fail { expected, seen, exchange }, None) => format!(
                "<failure message=\"{}\">{}</failure>",
                escape(&format!("expected {expected}, seen {seen}")),
                escape(exchange.as_deref().unwrap_or_default())
            ),
        };
        let _ = writeln!(xml, "  <testcase classname=\"{area}\" name=\"{name}\">{inside}</testcase>");
    }
    xml + "</testsuite>\n"
}

/// Text as XML 1.0 takes it: without characters that it has no way to write.
fn escape(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let text: String = text.chars().filter(allowed).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
