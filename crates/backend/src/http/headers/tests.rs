//! The texts of the policies; that every answer has them is tested with all layers (`http/tests.rs`).

use super::csp;

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
fn s77_signing_out_clears_what_the_browser_kept_but_not_the_neighbours_cookies() {
    let (name, value) = super::CLEAR_SITE_DATA;
    assert_eq!((name.as_str(), value.to_str().ok()), ("clear-site-data", Some("\"cache\", \"storage\"")));
}
