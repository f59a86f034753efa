//! Codes are found as people find them, in whatever the mailbox gives.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{Mailbox, code_in};

#[test]
fn a_code_is_a_line_of_its_own_or_a_run_of_digits() {
    let cases = [
        ("Your code:\n\n  1234 5678\n\nIt works until 10:15.", Some("12345678")),
        ("Ticket 2026-1120-99 of 20261120.\n1234-5678", Some("12345678")),
        ("Use 87654321 to sign in.", Some("87654321")),
        ("Call +49 123456789", None),
        ("", None),
    ];
    for (text, code) in cases {
        assert_eq!(code_in(text, 8).as_deref(), code, "{text}");
    }
}

#[test]
fn a_command_gets_the_address_and_may_print_a_list() {
    let echo = Mailbox::Command("echo \"for $ADDRESS\"".into());
    assert_eq!(echo.newest(Some("ana@partner.example")).unwrap().unwrap().trim(), "for ana@partner.example");
    let list = r#"echo '[{"to":["b@x.example"],"text":"two"},{"to":"Ana@x.example","text":"one"}]'"#;
    let list = Mailbox::Command(list.into());
    assert_eq!(list.newest(Some("ana@x.example")).unwrap().unwrap(), "one");
    assert_eq!(list.newest(None).unwrap().unwrap(), "two");
    assert_eq!(list.newest(Some("nobody@x.example")).unwrap(), None);
    assert!(Mailbox::Command("exit 3".into()).newest(None).is_err());
}
