//! Reports as people and machines read them.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{Count, Report, Result, Verdict, junit, text};
use crate::case::{Level, Profile};
use crate::expected::Expected;

fn report() -> Report {
    let result = |id, level, verdict| Result {
        id,
        level,
        profile: Profile::Core,
        section: "Flows",
        claim: "It holds.",
        verdict,
    };
    let failed = |seen| Verdict::failed("status 409", seen, Some("> POST /flows\n< 200".to_owned()));
    Report {
        url: "http://localhost:8080/".to_owned(),
        contract: Some("1.0".to_owned()),
        results: vec![
            result("flows.moves", Level::Must, Verdict::Pass),
            result("flows.stale-revision", Level::Must, failed("status 200 <\u{1}&>")),
            result("flows.head-is-safe", Level::Should, failed("status 405")),
            result("flows.race", Level::Must, failed("two with 200")),
            result("flows.expired", Level::Must, Verdict::Skipped { reason: "needs a clock".to_owned() }),
        ],
    }
}

fn expected() -> Expected {
    Expected::parse("flows.race # issue 12\nflows.moves # once", &["flows.race", "flows.moves"]).unwrap()
}

#[test]
fn counts_keep_apart_what_fails_the_run() {
    let count = report().count(&expected());
    assert_eq!(count, Count { passed: 1, failed: 1, advised: 1, known: 1, skipped: 1 });
    assert_eq!(report().overcome(&expected()), ["flows.moves"]);
    assert_eq!(report().count(&Expected::default()).failed, 2);
}

#[test]
fn the_text_says_what_was_expected_and_seen() {
    let (report, expected) = (report(), expected());
    let text = text::Text { report: &report, expected: &expected }.to_string();
    assert!(text.contains(
        "FAILED   flows.stale-revision (must; Flows)\n         It holds.\n         expected: status 409"
    ));
    assert!(text.contains("known    flows.race (issue 12)"));
    assert!(text.contains("flows.moves is expected to fail and holds"));
    assert!(text.ends_with("1 hold, 1 failed (must), 1 failed (should), 1 known failures, 1 skipped\n"));
}

#[test]
fn the_machines_reports_are_well_formed() {
    let json = serde_json::to_value(report()).unwrap();
    assert_eq!(json["results"][1]["outcome"], "fail");
    assert_eq!(json["results"][1]["expected"], "status 409");
    assert_eq!(json["results"][0]["level"], "must");
    let xml = junit::xml(&report(), &expected());
    assert!(xml.contains("tests=\"5\" failures=\"2\" skipped=\"2\""));
    assert!(xml.contains("seen status 200 &lt;&amp;&gt;"));
    assert_eq!(xml.matches("<testcase").count(), xml.matches("</testcase>").count());
}
