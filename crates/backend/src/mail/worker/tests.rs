//! The outbox through outages, refusals, deaths and races.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::ports::Clock as _;
use vestibule_domain::time::Timestamp;
use vestibule_storage::StoreError;
use vestibule_storage::outbox::{self, Fate, Mail};
use vestibule_storage::suppressions::{self, Scope};

mod room;

pub(crate) use room::Script;

use room::{Room, worker};

use super::{LEASE, SendError, Transport, Worker, pause_after};
use crate::config::tests::sample;
use crate::mail::kind;
use crate::mail::letter::tests::letter;
use crate::mail::letter::{Delivery, Letter};
use crate::seal::Sealer;

const START: Timestamp = Timestamp(1_795_169_700_000);
const MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn a_mail_is_sent_once() {
    let room = Room::new().await;
    room.push("one", kind::CODE, 10 * MINUTE).await;
    assert_eq!(room.fate("one").await, Fate::Queued);
    room.work().await;
    room.clock.advance(LEASE * 2);
    room.work().await;
    assert_eq!(room.fate("one").await, Fate::Sent);
    assert_eq!(room.script.seen(), ["<one@guests.example>"]);
}

#[tokio::test]
async fn f05_a_server_that_comes_back_gets_every_mail() {
    let room = Room::new().await;
    room.push("one", kind::INVITATION, Duration::from_hours(24 * 30)).await;
    room.script.will_fail(10);
    let mut hours = 0;
    while room.fate("one").await == Fate::Queued {
        let pause = room.work().await;
        assert!(pause <= Duration::from_secs(30), "a new mail or a set clock is noticed soon");
        room.clock.advance(MINUTE * 6);
        hours += 1;
        assert!(hours < 100);
    }
    assert_eq!(room.fate("one").await, Fate::Sent);
    assert_eq!(room.script.seen().len(), 11);
    assert!(room.script.seen().iter().all(|id| id == "<one@guests.example>"), "the Message-ID stays");
}

#[tokio::test]
async fn f05_attempts_grow_apart() {
    let room = Room::new().await;
    room.push("one", kind::INVITATION, Duration::from_hours(24)).await;
    room.script.will_fail(2);
    room.work().await;
    room.clock.advance(Duration::from_millis(4_999));
    room.work().await;
    assert_eq!(room.script.seen().len(), 1);
    room.clock.advance(Duration::from_millis(1));
    room.work().await;
    assert_eq!(room.script.seen().len(), 2);
    let pauses: Vec<u64> = (1..=12).map(|attempt| pause_after(attempt).as_secs()).collect();
    assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
    assert_eq!(pause_after(i64::MAX).as_secs(), 3600);
    assert_eq!(pause_after(0).as_secs(), 5);
}

#[tokio::test]
async fn f05_a_code_that_ran_out_is_never_sent() {
    let room = Room::new().await;
    room.push("late", kind::CODE, 10 * MINUTE).await;
    room.clock.advance(10 * MINUTE);
    room.work().await;
    assert_eq!(room.fate("late").await, Fate::Failed);
    assert!(room.script.seen().is_empty());

    room.push("down", kind::CODE, 10 * MINUTE).await;
    room.script.will_fail(100);
    let pushed_at = room.clock.now();
    room.work().await;
    while room.fate("down").await == Fate::Queued {
        room.clock.advance(Duration::from_secs(5));
        room.work().await;
    }
    let given_up_after = room.clock.now().since(pushed_at);
    assert_eq!(
        given_up_after.as_secs(),
        315,
        "as soon as the next attempt would be too late, so that a page can say so"
    );
    assert_eq!(
        room.script.seen().len(),
        7,
        "at 0, 5, 15, 35, 75, 155 and 315 seconds; the next would be too late"
    );
}

#[tokio::test]
async fn f05_what_the_server_refuses_for_good_is_given_up() {
    let room = Room::new().await;
    room.push("one", kind::INVITATION, Duration::from_hours(24)).await;
    room.push("two", kind::INVITATION, Duration::from_hours(24)).await;
    room.script.will_say(SendError::Permanent("550".to_owned()));
    room.work().await;
    let fates = [room.fate("one").await, room.fate("two").await];
    assert!(fates.contains(&Fate::Failed) && fates.contains(&Fate::Sent), "{fates:?}");
    room.clock.advance(Duration::from_hours(2));
    room.work().await;
    assert_eq!(room.script.seen().len(), 2);
}

#[tokio::test]
async fn f02_a_mail_that_was_sent_and_not_noted_goes_out_again_as_the_same() {
    let room = Room::new().await;
    room.push("one", kind::CODE, 10 * MINUTE).await;
    // The worker dies after the server's 250: the lease is taken, the mail is out, nothing is noted.
    let now = room.clock.now();
    let leased: Result<Vec<Mail>, StoreError> =
        room.store.write(move |db| Box::pin(outbox::lease(db, now, now.plus(LEASE), 8))).await;
    room.worker.outcome(&leased.unwrap()[0]).await;
    room.work().await;
    assert_eq!(room.script.seen().len(), 1, "while the lease lasts nobody else has it");
    room.clock.advance(LEASE);
    room.work().await;
    assert_eq!(room.fate("one").await, Fate::Sent);
    assert_eq!(room.script.seen(), ["<one@guests.example>", "<one@guests.example>"]);
}

#[tokio::test]
async fn t35_two_workers_send_each_mail_once() {
    let room = Room::new().await;
    for number in 0..40 {
        room.push(&format!("mail-{number}"), kind::INVITATION, Duration::from_hours(1)).await;
    }
    let other = worker(&room.store, &room.clock, &room.script, &room.wake);
    let all = |worker: Worker| async move { while worker.work().await.unwrap().is_zero() {} };
    tokio::join!(all(room.worker), all(other));
    let mut seen = room.script.seen();
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), room.script.seen().len()), (40, 40));
}

#[tokio::test]
async fn s97_t23_a_mail_that_is_held_back_is_work_like_any_other_and_stays_here() {
    let room = Room::new().await;
    let held = Letter { delivery: Delivery::Hold, ..letter("ana@partner.example") };
    room.push_letter("unknown", kind::CODE, 10 * MINUTE, &held).await;
    room.work().await;
    assert_eq!(room.fate("unknown").await, Fate::Sent);
    assert!(room.script.seen().is_empty());
}

#[tokio::test]
async fn s97_t23_an_outage_does_not_tell_a_mail_that_is_held_back_from_another() {
    for (down, fate) in [(1, Fate::Queued), (0, Fate::Sent)] {
        for delivery in [Delivery::Send, Delivery::Hold] {
            let room = Room::new().await;
            room.script.will_fail(down);
            let letter = Letter { delivery, ..letter("ana@partner.example") };
            room.push_letter("one", kind::CODE, 10 * MINUTE, &letter).await;
            room.work().await;
            assert_eq!(room.fate("one").await, fate, "{delivery:?}");
        }
    }
}

#[tokio::test]
async fn t23_who_unsubscribes_while_a_mail_waits_does_not_get_it() {
    let room = Room::new().await;
    room.script.will_fail(1);
    for (id, kind) in [("one", kind::INVITATION), ("two", kind::CODE)] {
        room.push(id, kind, Duration::from_hours(1)).await;
        room.work().await;
    }
    let (address, now) = (EmailAddress::parse("ana@partner.example").unwrap(), room.clock.now());
    let suppressed: Result<bool, StoreError> = room
        .store
        .write(move |db| {
            Box::pin(async move { suppressions::add(db, &address, &Scope::Everybody, now).await })
        })
        .await;
    assert!(suppressed.unwrap());
    room.clock.advance(MINUTE);
    room.work().await;
    assert_eq!([room.fate("one").await, room.fate("two").await], [Fate::Sent; 2]);
    // The first try of the invitation, which failed, and the code, which was asked for.
    let seen = room.script.seen();
    assert_eq!(seen.iter().filter(|id| id.contains("one")).count(), 1, "{seen:?}");
    assert_eq!(seen.iter().filter(|id| id.contains("two")).count(), 1, "{seen:?}");
}

#[tokio::test]
async fn a_letter_of_another_secret_is_given_up() {
    let room = Room::new().await;
    room.push("one", kind::CODE, 10 * MINUTE).await;
    let transport = Transport::Scripted(room.script.clone());
    let sealer = Sealer::new(&[9; 32]);
    let clock = Arc::new(room.clock.clone());
    let other = Worker::new(&sample(""), room.store.clone(), sealer, transport, clock, room.wake.clone());
    other.work().await.unwrap();
    assert_eq!(room.fate("one").await, Fate::Failed);
    assert!(room.script.seen().is_empty());
}

#[tokio::test]
async fn a_new_mail_wakes_the_worker_and_a_stop_ends_it() {
    let room = Room::new().await;
    let (stop, stopped) = oneshot::channel::<()>();
    let worker = worker(&room.store, &room.clock, &room.script, &room.wake);
    let running = tokio::spawn(worker.run(async {
        let _ = stopped.await;
    }));
    // Time for the first look, which finds nothing and would sleep for half a minute.
    tokio::time::sleep(Duration::from_millis(50)).await;
    room.push("one", kind::CODE, 10 * MINUTE).await;
    room.wake.notify_one();
    let sent = async {
        while room.fate("one").await == Fate::Queued {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), sent).await.unwrap();
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(10), running).await.unwrap().unwrap();
    assert_eq!(room.script.seen().len(), 1);
}
