//! Digests against published values.

use super::{hashed_name, hex_digest, integrity};

#[test]
fn digest_of_abc_is_the_one_of_fips_180() {
    assert_eq!(hex_digest(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn integrity_is_the_example_of_the_specification() {
    // Subresource Integrity, section 3.5: the digest of `alert('Hello, world.');`.
    let expected = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
    assert_eq!(integrity(b"alert('Hello, world.');"), expected);
}

#[test]
fn another_byte_is_another_name() {
    assert_eq!(hashed_name("app", "wasm", b"abc"), "app.ba7816bf8f01cfea.wasm");
    assert_ne!(hashed_name("app", "wasm", b"abc"), hashed_name("app", "wasm", b"abd"));
}
