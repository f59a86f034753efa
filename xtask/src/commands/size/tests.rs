//! Budgets hold to the byte.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{FIRST_PAGE, Report, TAKEOVER, verdict};

#[test]
fn a_budget_is_a_limit() {
    let report =
        |first_page_br, takeover_br| Report { first_page_br, takeover_br, worker_br: 0, files: Vec::new() };
    assert!(verdict(&report(FIRST_PAGE, TAKEOVER)).is_ok());
    let message = verdict(&report(FIRST_PAGE + 2, TAKEOVER + 1)).unwrap_err().to_string();
    assert_eq!(
        message,
        format!(
            "first page: 2 bytes over its budget of {FIRST_PAGE}; take-over: 1 bytes over its budget of {TAKEOVER}"
        )
    );
}

#[test]
fn json_has_the_agreed_members() {
    let report = Report { first_page_br: 1, takeover_br: 2, worker_br: 0, files: Vec::new() };
    assert_eq!(
        serde_json::to_string(&report).unwrap(),
        r#"{"first_page_br":1,"takeover_br":2,"worker_br":0,"files":[]}"#
    );
}
