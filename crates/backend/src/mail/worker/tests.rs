//! The outbox through outages, refusals, deaths and races.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::{Notify, oneshot};
use vestibule_domain::ports::Clock as _;
use vestibule_domain::testing::{MockClock, SeededEntropy};
use vestibule_domain::time::Timestamp;
use vestibule_storage::outbox::{self, Fate, Mail};
use vestibule_storage::{Store, StoreError};

use super::{LEASE, Outgoing, SendError, Transport, Worker, pause_after};
use crate::config::tests::sample;
use crate::mail::kind;
use crate::mail::letter::tests::letter;
use crate::mail::letter::{Delivery, Letter};
use crate::seal::Sealer;

const START: Timestamp = Timestamp(1_795_169_700_000);
const MINUTE: Duration = Duration::from_mins(1);

/// A mail server that answers as told, and yes when told nothing.
#[derive(Clone, Debug, Default)]
pub struct Script(Arc<Mutex<Told>>);

#[derive(Debug, Default)]
struct Told {
    answers: VecDeque<SendError>,
    /// Message-IDs in the order in which they came.
    seen: Vec<String>,
}

impl Script {
    pub(in crate::mail) fn send(&self, outgoing: &Outgoing<'_>) -> Result<(), SendError> {
        let mut told = self.0.lock().unwrap();
        let id = outgoing.message.headers().get_raw("Message-ID").unwrap().to_owned();
        told.seen.push(id);
        told.answers.pop_front().map_or(Ok(()), Err)
    }

    fn will_fail(&self, times: usize) {
        let down = SendError::Transient("down".to_owned());
        self.0.lock().unwrap().answers.extend(std::iter::repeat_n(down, times));
    }

    fn seen(&self) -> Vec<String> {
        self.0.lock().unwrap().seen.clone()
    }
}

/// An outbox with a worker.
struct Room {
    _folder: TempDir,
    store: Store,
    clock: MockClock,
    script: Script,
    worker: Worker,
    wake: Arc<Notify>,
}

impl Room {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let store = Store::open(&folder.path().join("vestibule.db")).await.unwrap();
        let (clock, script, wake) = (MockClock::new(START), Script::default(), Arc::new(Notify::new()));
        let worker = worker(&store, &clock, &script, &wake);
        Self { _folder: folder, store, clock, script, worker, wake }
    }

    async fn push(&self, id: &str, kind: &str, lifetime: Duration) {
        self.push_letter(id, kind, lifetime, &letter("ana@partner.example")).await;
    }

    async fn push_letter(&self, id: &str, kind: &str, lifetime: Duration, letter: &Letter) {
        let now = self.clock.now();
        let sealed = letter.seal(&sealer(), &SeededEntropy::new(1)).unwrap();
        let mail = Mail {
            id: id.to_owned(),
            organization: String::new(),
            kind: kind.to_owned(),
            about: id.to_owned(),
            sealed,
            not_after: now.plus(lifetime),
            attempts: 0,
        };
        let pushed: Result<(), StoreError> =
            self.store.write(move |db| Box::pin(async move { outbox::push(db, &mail, now).await })).await;
        pushed.unwrap();
    }

    async fn fate(&self, id: &'static str) -> Fate {
        let fates = [kind::CODE, kind::INVITATION].map(|kind| {
            self.store.read::<_, StoreError, _>(move |db| Box::pin(outbox::fate(db, "", kind, id)))
        });
        futures_util::future::join_all(fates).await.into_iter().find_map(Result::unwrap).unwrap()
    }

    /// Lets the worker do everything that is due now.
    async fn work(&self) -> Duration {
        loop {
            let pause = self.worker.work().await.unwrap();
            if !pause.is_zero() {
                return pause;
            }
        }
    }
}

fn sealer() -> Sealer {
    Sealer::new(&[1; 32])
}

fn worker(store: &Store, clock: &MockClock, script: &Script, wake: &Arc<Notify>) -> Worker {
    let transport = Transport::Scripted(script.clone());
    Worker::new(&sample(""), store.clone(), sealer(), transport, Arc::new(clock.clone()), wake.clone())
}

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
    room.script.0.lock().unwrap().answers.push_back(SendError::Permanent("550".to_owned()));
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
