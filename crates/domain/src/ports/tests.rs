//! Identifiers out of the ports, and the doubles that stand in for them.
#![expect(clippy::unwrap_used, reason = "tests")]

use core::time::Duration;

use super::{Clock, Entropy, EntropyError, new_id};
use crate::{
    testing::{FailingEntropy, MockClock, SeededEntropy},
    time::Timestamp,
};

#[test]
fn ids_of_one_moment_differ() {
    let entropy = SeededEntropy::new(1);
    assert_ne!(new_id(&entropy, Timestamp(0)).unwrap(), new_id(&entropy, Timestamp(0)).unwrap());
}

#[test]
fn without_randomness_there_is_no_id() {
    assert_eq!(new_id(&FailingEntropy, Timestamp(0)), Err(EntropyError));
}

#[test]
fn a_seed_gives_the_same_sequence_again_and_another_seed_another() {
    let draw = |seed| {
        let entropy = SeededEntropy::new(seed);
        let mut bytes = [0; 100];
        entropy.fill(&mut bytes).unwrap();
        bytes
    };
    assert_eq!(draw(1), draw(1));
    assert_ne!(draw(1), draw(2));
    assert_ne!(draw(1)[..32], draw(1)[32..64]);
}

#[test]
fn clones_of_a_clock_show_one_time() {
    let clock = MockClock::new(Timestamp(1_000));
    let clone = clock.clone();
    clock.advance(Duration::from_secs(1));
    assert_eq!(clone.now(), Timestamp(2_000));
    clone.set(Timestamp(5));
    assert_eq!(clock.now(), Timestamp(5));
}
