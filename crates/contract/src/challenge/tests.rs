//! What solves a challenge, against digests that another program gave.

use super::*;

#[test]
fn t23_the_digest_of_salt_and_solution_begins_with_that_many_zeros() {
    let salt = "bG9uZyBlbm91Z2g";
    // printf 'bG9uZyBlbm91Z2g:1102' | sha256sum
    let first = (0..u32::MAX).find(|number| solves(salt, &number.to_string(), 12));
    assert_eq!(first, Some(1102));
    assert!(solves(salt, "1102", 0) && !solves(salt, "1102", 256) && !solves(salt, "", 12));
    assert!(!solves("another", "1102", 12), "it is of no use for another challenge");
}
