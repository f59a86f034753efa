//! References that can be read aloud, one a request.

use vestibule_domain::testing::{FailingEntropy, SeededEntropy};

use super::{ALPHABET, current, fresh, scope};

#[test]
fn a_reference_can_be_read_aloud() {
    let entropy = SeededEntropy::new(1);
    let (one, other) = (fresh(&entropy), fresh(&entropy));
    assert_ne!(one, other);
    for (place, char) in one.chars().enumerate() {
        match place {
            0 => assert_eq!(char, 'V'),
            1 | 6 => assert_eq!(char, '-'),
            _ => assert!(ALPHABET.contains(&(char as u8)), "{one}"),
        }
    }
    assert_eq!(one.len(), 9);
}

#[test]
fn without_randomness_a_fault_can_still_be_answered() {
    assert_eq!(fresh(&FailingEntropy), "V-0000-00");
}

#[tokio::test]
async fn a_request_has_one_reference() {
    assert_eq!(current(), None);
    let inside = scope("V-1".to_owned(), async {
        tokio::task::yield_now().await;
        current()
    });
    let other = scope("V-2".to_owned(), async { current() });
    let (inside, other) = tokio::join!(inside, other);
    assert_eq!((inside.as_deref(), other.as_deref()), (Some("V-1"), Some("V-2")));
}
