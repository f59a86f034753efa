//! The real clock and the real randomness.

use vestibule_domain::ports::{Clock as _, Entropy as _};

use super::{OsEntropy, SystemClock};

#[test]
fn the_clock_stands_in_this_century() {
    let now = SystemClock.now().to_rfc3339();
    assert!(now.starts_with("20"), "{now}");
}

#[test]
fn two_draws_differ_and_fill_everything() {
    let (mut one, mut two) = ([0; 64], [0; 64]);
    OsEntropy.fill(&mut one).expect("the system has randomness");
    OsEntropy.fill(&mut two).expect("the system has randomness");
    assert_ne!(one, two);
    assert!(one.iter().skip(48).any(|byte| *byte != 0));
}
