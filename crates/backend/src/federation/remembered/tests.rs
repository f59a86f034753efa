//! When a place is asked, and when not.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::cell::Cell;
use std::task::Poll;

use super::*;

const START: Timestamp = Timestamp(1_800_000_000_000);

/// A place that counts how often it is asked.
#[derive(Default)]
struct Place {
    asked: Cell<usize>,
    down: Cell<bool>,
}

impl Place {
    fn says(&self) -> impl Future<Output = Result<usize, Failure>> {
        std::future::poll_fn(|_| {
            self.asked.set(self.asked.get() + 1);
            Poll::Ready(if self.down.get() { Err(Failure::Unreachable) } else { Ok(self.asked.get()) })
        })
    }
}

#[tokio::test]
async fn s45_s46_it_is_asked_when_it_is_old_and_once_more_when_nothing_fits() {
    let (kept, place) = (Remembered::default(), Place::default());
    assert_eq!(kept.of("a", START, place.says()).await, Ok(1));
    assert_eq!(kept.of("a", START.plus(FRESH / 2), place.says()).await, Ok(1));
    assert_eq!(kept.again("a", START.plus(FRESH / 2), place.says()).await, Ok(Some(2)));
    assert_eq!(kept.again("a", START.plus(FRESH / 2), place.says()).await, Ok(None));
    assert_eq!(kept.of("a", START.plus(FRESH), place.says()).await, Ok(2));
    assert_eq!(kept.of("a", START.plus(FRESH * 2), place.says()).await, Ok(3));
    assert_eq!(kept.of("b", START, place.says()).await, Ok(4), "another place");
}

#[tokio::test]
async fn s47_a_place_that_is_down_is_not_asked_by_everybody_and_what_it_said_last_is_known() {
    let (kept, place) = (Remembered::default(), Place::default());
    assert_eq!(kept.of("a", START, place.says()).await, Ok(1));
    place.down.set(true);
    let later = START.plus(FRESH);
    for _ in 0..3 {
        assert_eq!(kept.of("a", later, place.says()).await, Err(Failure::Unreachable));
    }
    assert_eq!((place.asked.get(), kept.last("a")), (2, Some(1)));
    place.down.set(false);
    assert_eq!(kept.of("a", later.plus(DOWN), place.says()).await, Ok(3));
    // The same where it never answered.
    place.down.set(true);
    for _ in 0..3 {
        assert_eq!(kept.of("b", START, place.says()).await, Err(Failure::Unreachable));
    }
    assert_eq!((place.asked.get(), kept.last("b")), (4, None));
}

#[tokio::test]
async fn s47_no_more_places_are_remembered_than_there_is_room_for() {
    let (kept, place) = (Remembered::default(), Place::default());
    for number in 0..=MOST {
        let now = START.plus(Duration::from_millis(number as u64));
        kept.of(&number.to_string(), now, place.says()).await.unwrap();
    }
    assert_eq!(kept.lock().len(), MOST);
    assert_eq!((kept.last("0"), kept.last("1")), (None, Some(2)));
}
