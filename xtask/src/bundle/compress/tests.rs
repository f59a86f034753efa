//! What is packed unpacks to the same, the same twice, and to nothing else.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{brotli, gzip, is_brotli_of, is_gzip_of};

const TEXT: &[u8] = b"a guest, a guest, a guest at the door";

#[test]
fn round_trips() {
    assert!(is_brotli_of(&brotli(TEXT, 11).unwrap(), TEXT));
    assert!(is_gzip_of(&gzip(TEXT).unwrap(), TEXT));
}

#[test]
fn damage_is_seen() {
    let mut cut = brotli(TEXT, 11).unwrap();
    cut.pop();
    assert!(!is_brotli_of(&cut, TEXT));
    assert!(!is_gzip_of(&gzip(b"another text").unwrap(), TEXT));
}

#[test]
fn gzip_holds_no_time() {
    assert_eq!(gzip(TEXT).unwrap()[4..8], [0; 4]);
}
