//! Where a guest may be sent: the corpus of S72 and T09, and more of its kind.
#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::{AppUrl, AppUrlError, LONGEST, Target, resolve};

const OWN: &str = "https://guests.example";

fn apps() -> Vec<AppUrl> {
    let urls = [
        "https://crm.example/start",
        "https://wiki.example",
        "https://tools.example:8443/a/",
        "http://localhost:3000",
    ];
    urls.iter().map(|url| AppUrl::parse(url).unwrap()).collect()
}

fn target(candidate: &str) -> Option<Target> {
    resolve(candidate, &apps(), OWN)
}

#[test]
fn s72_own_paths_pass_unchanged() {
    for path in
        ["/", "/apps", "/apps/", "/apps?query=a%20b&next=%2Fapps", "/apps#list", "/@me", "/a:b", "/caf%C3%A9"]
    {
        assert_eq!(target(path), Some(Target::Path(path.to_owned())), "{path}");
    }
    assert_eq!(target("https://guests.example/apps?x=1#y"), Some(Target::Path("/apps?x=1#y".to_owned())));
    assert_eq!(target("https://guests.example"), Some(Target::Path("/".to_owned())));
}

#[test]
fn s72_registered_apps_pass_with_what_lies_below() {
    let urls = [
        "https://crm.example/start",
        "https://crm.example/start/",
        "https://crm.example/start/deal/7?tab=1#notes",
        "https://wiki.example/",
        "https://wiki.example/any/page",
        "https://wiki.example/?q=https://evil.example/",
        "https://tools.example:8443/a",
        "https://tools.example:8443/a/b",
        "http://localhost:3000/x",
    ];
    for url in urls {
        assert_eq!(target(url), Some(Target::App(url.to_owned())), "{url}");
    }
    assert_eq!(target("https://wiki.example"), Some(Target::App("https://wiki.example/".to_owned())));
}

#[test]
fn s72_an_app_is_its_origin_and_its_whole_segments() {
    let urls = [
        "https://crm.example/",
        "https://crm.example/starter",
        "https://crm.example/START",
        "https://crm.example/sta",
        "http://crm.example/start",
        "https://crm.example:444/start",
        "https://sub.crm.example/start",
        "https://crm.example.evil.example/start",
        "https://tools.example/a",
        "https://tools.example:8443/ab",
        "http://localhost/x",
        "http://127.0.0.1:3000/x",
        "http://guests.example/apps",
    ];
    for url in urls {
        assert_eq!(target(url), None, "{url}");
    }
}

/// The items of S72.
const CORPUS: &[&str] = &[
    "//evil",
    "//evil.example",
    "/\\evil",
    "\\/evil.example",
    "\\\\evil.example",
    "https:evil",
    "https:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "%0d%0a",
    "/%0d%0aX: y",
    "/%0D%0Aevil",
    "/%2f%2fevil",
    "/%2F%2Fevil",
    "@evil",
    "@evil.example",
    "/\tevil",
    "/\t/evil.example",
    "\t//evil.example",
    "java\tscript:alert(1)",
    "https://évil.example/",
    "https://wıki.example/",
    "https://xn--wki-nza.example/",
    "/münchen",
];

/// More of their kind.
const CORPUS_MORE: &[&str] = &[
    "",
    " ",
    "apps",
    "./apps",
    "../apps",
    "?x",
    "#x",
    " /apps",
    "/apps ",
    "///evil.example",
    "/a//evil.example",
    "/a//b://c",
    "/.//evil.example",
    "/..//evil.example",
    "/a/../b",
    "/./a",
    "/%2e%2e/a",
    "/%2E/a",
    "/%5cevil.example",
    "/%5Cevil.example",
    "/%252f%252fevil",
    "/%00",
    "/a%",
    "/a%zz",
    "/a?x=%0d%0aX:y",
    "/apps?next=\\evil.example",
    "/a\nb",
    "/a\0b",
    "/\u{2028}",
    "/a\u{200b}b",
    "/\u{ff0f}evil.example",
    "https://evil.example",
    "https://evil.example/start",
    "https://evil.example#https://wiki.example/",
    "https://evil.example?https://wiki.example/",
    "https://wiki.example@evil.example/",
    "https://user@wiki.example/",
    "https://user:pw@wiki.example/",
    "https://@wiki.example/",
    "https://wiki.example:443@evil.example/",
    "https://wiki.example\\@evil.example/",
    "https://wiki.example%2eevil.example/",
    "https://wiki.example%00.evil.example/",
    "https://WIKI.example/",
    "HTTPS://wiki.example/",
    "https://wiki.example:443/",
    "https://wiki.example./",
    "https:///wiki.example/",
    "https:\\\\wiki.example/",
    "https://wiki.example/a/../b",
    "https://wiki.example//evil.example",
    "https://crm.example/start/../admin",
    "https://crm.example/start/%2e%2e/admin",
    "https://crm.example/start%2f..%2fadmin",
    "https://crm.example/start/..;/admin\\",
    "ftp://wiki.example/",
    "blob:https://guests.example/x",
    "blob:https://wiki.example/x",
    "view-source:https://wiki.example/",
    "filesystem:https://wiki.example/x",
    "vbscript:x",
    "file:///etc/passwd",
    "mailto:a@wiki.example",
    "about:blank",
    "https://[::1]/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://",
    "http://",
    "//",
    "/\\",
    "\\",
];

#[test]
fn s72_the_corpus_leads_to_the_access_panel() {
    for candidate in CORPUS.iter().chain(CORPUS_MORE) {
        assert_eq!(target(candidate), None, "{candidate:?}");
    }
    assert_eq!(target(&format!("/{}", "a".repeat(1_999))), None);
}

#[test]
fn t09_an_app_that_was_removed_leads_to_the_access_panel() {
    assert!(target("https://wiki.example/page").is_some());
    assert_eq!(resolve("https://wiki.example/page", &apps()[..1], OWN), None);
    assert_eq!(resolve("https://wiki.example/page", &[], OWN), None);
}

#[test]
fn a_deep_link_may_have_a_kilobyte() {
    assert!(target(&format!("/{}", "a".repeat(LONGEST - 1))).is_some());
    assert!(target(&format!("/{}", "a".repeat(LONGEST))).is_none());
}

#[test]
fn an_app_is_registered_by_a_plain_https_address() {
    for text in
        ["https://app.example", "https://app.example/a/b/", "http://localhost:3000/", "http://[::1]:3000/x"]
    {
        assert!(AppUrl::parse(text).is_ok(), "{text}");
    }
    let refused = [
        ("", AppUrlError::NotAUrl),
        ("/apps", AppUrlError::NotAUrl),
        ("app.example", AppUrlError::NotAUrl),
        ("http://app.example/", AppUrlError::NotHttps),
        ("http://localhost.evil.example/", AppUrlError::NotHttps),
        ("http://10.0.0.1/", AppUrlError::NotHttps),
        ("javascript:alert(1)", AppUrlError::NotHttps),
        ("https://user@app.example/", AppUrlError::Credentials),
        ("https://app.example/?x", AppUrlError::QueryOrFragment),
        ("https://app.example/#x", AppUrlError::QueryOrFragment),
        ("https://app.example/a/../b", AppUrlError::Ambiguous),
        ("https://app.example//a", AppUrlError::Ambiguous),
        ("https://app.example/%2fa", AppUrlError::Ambiguous),
        ("https://App.example/", AppUrlError::Ambiguous),
        ("https://app.example:443/", AppUrlError::Ambiguous),
        ("https:app.example", AppUrlError::Ambiguous),
        ("https://bücher.example/", AppUrlError::Ambiguous),
        ("https://app.example/ ", AppUrlError::Ambiguous),
    ];
    for (text, why) in refused {
        assert_eq!(AppUrl::parse(text), Err(why), "{text}");
    }
}

proptest! {
    #[test]
    fn s72_whatever_passes_stays_where_it_may(candidate in "(https?:|/)?[/\\\\%@:.#?a2fF0d\t ]{0,8}(wiki|guests|evil)?(\\.example)?[/\\\\%@:.#?a]{0,8}") {
        let base = url::Url::parse(OWN).unwrap();
        match target(&candidate) {
            None => {}
            Some(Target::Path(path)) => prop_assert_eq!(base.join(&path).unwrap().origin(), base.origin()),
            Some(Target::App(url)) => {
                let origin = base.join(&url).unwrap().origin();
                prop_assert!(apps().iter().any(|app| app.0.origin() == origin));
            }
        }
    }
}
