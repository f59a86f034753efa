//! An outbox with a worker, and the mail server that it talks to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::Notify;
use vestibule_domain::ports::Clock as _;
use vestibule_domain::testing::{MockClock, SeededEntropy};
use vestibule_storage::outbox::{self, Fate, Mail};
use vestibule_storage::{Store, StoreError};

use super::super::{Outgoing, SendError, Transport, Worker};
use super::START;
use crate::config::tests::sample;
use crate::mail::kind;
use crate::mail::letter::Letter;
use crate::mail::letter::tests::letter;
use crate::seal::Sealer;

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

    pub(in crate::mail) fn reach(&self) -> Result<(), SendError> {
        self.0.lock().unwrap().answers.pop_front().map_or(Ok(()), Err)
    }

    pub(super) fn will_say(&self, answer: SendError) {
        self.0.lock().unwrap().answers.push_back(answer);
    }

    pub(super) fn will_fail(&self, times: usize) {
        let down = SendError::Transient("down".to_owned());
        self.0.lock().unwrap().answers.extend(std::iter::repeat_n(down, times));
    }

    pub(super) fn seen(&self) -> Vec<String> {
        self.0.lock().unwrap().seen.clone()
    }
}

/// An outbox with a worker.
pub(super) struct Room {
    _folder: TempDir,
    pub(super) store: Store,
    pub(super) clock: MockClock,
    pub(super) script: Script,
    pub(super) worker: Worker,
    pub(super) wake: Arc<Notify>,
}

impl Room {
    pub(super) async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let store = Store::open(&folder.path().join("vestibule.db")).await.unwrap();
        let (clock, script, wake) = (MockClock::new(START), Script::default(), Arc::new(Notify::new()));
        let worker = worker(&store, &clock, &script, &wake);
        Self { _folder: folder, store, clock, script, worker, wake }
    }

    pub(super) async fn push(&self, id: &str, kind: &str, lifetime: Duration) {
        self.push_letter(id, kind, lifetime, &letter("ana@partner.example")).await;
    }

    pub(super) async fn push_letter(&self, id: &str, kind: &str, lifetime: Duration, letter: &Letter) {
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

    pub(super) async fn fate(&self, id: &'static str) -> Fate {
        let fates = [kind::CODE, kind::INVITATION].map(|kind| {
            self.store.read::<_, StoreError, _>(move |db| Box::pin(outbox::fate(db, "", kind, id)))
        });
        futures_util::future::join_all(fates).await.into_iter().find_map(Result::unwrap).unwrap()
    }

    /// Lets the worker do everything that is due now.
    pub(super) async fn work(&self) -> Duration {
        loop {
            let pause = self.worker.work().await.unwrap();
            if !pause.is_zero() {
                return pause;
            }
        }
    }
}

pub(super) fn sealer() -> Sealer {
    Sealer::new(&[1; 32])
}

pub(super) fn worker(store: &Store, clock: &MockClock, script: &Script, wake: &Arc<Notify>) -> Worker {
    let transport = Transport::Scripted(script.clone());
    Worker::new(&sample(""), store.clone(), sealer(), transport, Arc::new(clock.clone()), wake.clone())
}
