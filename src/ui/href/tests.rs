//! Addresses as hostile backends and people write them.

use super::{Place, place};

#[test]
fn paths_sites_and_mailboxes_are_places() {
    assert_eq!(place("/apps?query=a#b"), Some(Place::Here));
    assert_eq!(place("https://wiki.example/x"), Some(Place::Away("wiki.example")));
    assert_eq!(place("HTTP://wiki.example:8080"), Some(Place::Away("wiki.example:8080")));
    assert_eq!(place("mailto:it@contoso.example?subject=x"), Some(Place::Mail("it@contoso.example")));
}

#[test]
fn s73_what_a_browser_could_misread_is_no_place() {
    let hostile = [
        "",
        "apps",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "blob:https://door.example/x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https://",
        "https://bank.example@evil.example/",
        "https://evil.example\\@bank.example/",
        "https://evil.example/\r\nx",
        "mailto:",
    ];
    for href in hostile {
        assert_eq!(place(href), None, "{href:?}");
    }
}
