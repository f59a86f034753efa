//! Where the page may go: to its own pages and to what the server has registered (S72).

use super::{Target, is_listed, target};

const ORIGIN: &str = "https://door.example";

fn told(address: &str) -> String {
    match target(address, ORIGIN) {
        Target::Page(route) => ["page ", &route.href()].concat(),
        Target::Origin(url) => ["origin ", &url].concat(),
        Target::Foreign { url, origin } => ["foreign ", &url, " of ", &origin].concat(),
        Target::Refused => "refused".to_owned(),
    }
}

#[test]
fn s72_addresses_that_lead_elsewhere_than_they_look_are_refused() {
    let long = ["/", &"a".repeat(2_000)].concat();
    let table = [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example",
        "https://",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "javascript://door.example/%0aalert(1)",
        "data:text/html,<script>",
        "blob:https://door.example/1",
        "file:///etc/passwd",
        "/apps%0d%0aSet-Cookie:x",
        "https://door.example/%0D%0Ax",
        "/%2f%2fevil.example",
        "/%2Fevil.example",
        "/%5cevil.example",
        "/.//evil.example",
        "/..//evil.example",
        "/%2e%2e//evil.example",
        "@evil.example",
        "https://door.example@evil.example/",
        "https://door.example:pass@evil.example/",
        "https://door.example%40evil.example/",
        "https://door.example\\@evil.example/",
        "https://evil.example\u{2f3}/",
        "https://dооr.example/",
        "https://[::1]/",
        "https://evil.example:/",
        "https://evil.example:999999/",
        " /apps",
        "/apps ",
        "apps",
        "",
        "?x",
        "#x",
        "mailto:a@b.example",
        long.as_str(),
    ];
    for address in table {
        assert_eq!(told(address), "refused", "{address:?}");
    }
}

#[test]
fn s72_pages_of_this_origin_and_whole_addresses_pass() {
    let table = [
        ("/apps?organization=contoso", "page /apps?organization=contoso"),
        ("/i/abc", "page /i/abc"),
        ("/", "page /"),
        ("https://door.example", "page /"),
        ("https://DOOR.example/apps", "page /apps"),
        ("https://door.example:443/apps", "page /apps"),
        ("/authorize?client=1", "origin https://door.example/authorize?client=1"),
        ("https://wiki.example/start", "foreign https://wiki.example/start of https://wiki.example"),
        ("http://wiki.example:80/", "foreign http://wiki.example:80/ of http://wiki.example"),
        ("https://wiki.example:8443?x", "foreign https://wiki.example:8443?x of https://wiki.example:8443"),
        ("http://door.example/apps", "foreign http://door.example/apps of http://door.example"),
        ("https://door.example:8443/", "foreign https://door.example:8443/ of https://door.example:8443"),
        (
            "https://xn--e1afmkfd.example/",
            "foreign https://xn--e1afmkfd.example/ of https://xn--e1afmkfd.example",
        ),
    ];
    for (address, expected) in table {
        assert_eq!(told(address), expected);
    }
}

#[test]
fn s72_an_origin_is_listed_as_a_whole_or_not_at_all() {
    let list =
        ["https://wiki.example".to_owned(), "https://Plans.example:443/".to_owned(), "junk".to_owned()];
    assert!(is_listed("https://wiki.example", &list));
    assert!(is_listed("https://plans.example", &list));
    for origin in
        ["http://wiki.example", "https://wiki.example.evil", "https://a.wiki.example", "https://wiki", "junk"]
    {
        assert!(!is_listed(origin, &list), "{origin}");
    }
}
