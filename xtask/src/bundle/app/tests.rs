//! The feature that must not be there is seen, whatever it stands beside.

use super::{contains, renders_on_server};

#[test]
fn leptos_for_servers_is_seen() {
    assert!(renders_on_server("vestibule v0.1.0 (/repo) csr,ssr\nleptos v0.8.23 csr,hydration,ssr\n"));
    assert!(renders_on_server("leptos v0.8.23 ssr (*)\n"));
    assert!(!renders_on_server("leptos v0.8.23 csr\nleptos_dom v0.8.8 ssr\nserver_fn v0.8.0 ssr\n"));
}

#[test]
fn a_folder_in_the_middle_of_bytes_is_found() {
    assert!(contains(b"\0asm..panicked at /repo/src/main.rs:1", b"/repo/"));
    assert!(!contains(b"\0asm..panicked at src/main.rs:1", b"/repo/"));
}
