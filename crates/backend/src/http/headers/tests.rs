//! The texts of the policies; that every answer has them is tested with all layers (`http/tests.rs`).

use super::{csp, csp_of_worker, csp_with_worker};

#[test]
fn s64_the_policy_of_a_document_is_the_agreed_one() {
    let expected = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'sha256-aaa=' \
                    'sha256-bbb='; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; \
                    base-uri 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
                    trusted-types 'none'; report-uri /csp-report";
    assert_eq!(csp(&["sha256-aaa=".to_owned(), "sha256-bbb=".to_owned()]), expected);
}

#[test]
fn s65_s66_nothing_inline_and_no_eval() {
    let policy = csp(&[]);
    for forbidden in ["unsafe-inline", "'unsafe-eval'", "strict-dynamic", "nonce-", "http:", "https:", "*"] {
        assert!(!policy.contains(forbidden), "{forbidden}");
    }
    assert!(policy.contains("style-src 'self';"));
}

#[test]
fn s64_s66_the_page_that_speaks_to_a_provider_runs_one_worker_which_alone_asks_others() {
    let page = csp_with_worker(&["sha256-aaa=".to_owned()]);
    for part in [
        "script-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types vestibule-relying-party",
    ] {
        assert!(page.split("; ").any(|directive| directive == part), "{part}: {page}");
    }
    assert!(!page.contains("wasm") && !page.contains("https:"), "{page}");
    let worker = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' https:";
    assert_eq!(csp_of_worker(false), format!("{worker}; report-uri /csp-report"));
    let local = format!("{worker} http://localhost:* http://127.0.0.1:*; report-uri /csp-report");
    assert_eq!(csp_of_worker(true), local);
}

#[test]
fn s77_signing_out_clears_what_the_browser_kept_but_not_the_neighbours_cookies() {
    let (name, value) = super::CLEAR_SITE_DATA;
    assert_eq!((name.as_str(), value.to_str().ok()), ("clear-site-data", Some("\"cache\", \"storage\"")));
}
