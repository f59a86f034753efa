//! The reference backend as it is.

use vestibule_conformance::cases;
use vestibule_conformance::expected::Expected;
use vestibule_conformance::report::Verdict;
use vestibule_conformance::report::text::Text;

use crate::world::report;

#[test]
fn every_claim_holds_and_none_is_skipped() {
    let report = report(None);
    let held = report.results.iter().filter(|result| result.verdict == Verdict::Pass).count();
    let text = Text { report: &report, expected: &Expected::default() };
    assert_eq!(held, cases::all().len(), "{text}");
}
