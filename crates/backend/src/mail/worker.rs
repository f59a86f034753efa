//! The one who sends: takes due mails from the outbox, sends them, and notes what became of them.
//!
//! A mail is leased before it is sent, so of several workers (two processes on one database, T35) only one has it, and
//! one that dies gives it back by time. Between the server's 250 and the note a death sends it twice, under the same
//! Message-ID (F02).

#[cfg(test)]
pub(super) mod tests;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::Notify;
use vestibule_domain::ports::Clock;
use vestibule_domain::time::Timestamp;
use vestibule_storage::outbox::{self, Mail};
use vestibule_storage::suppressions;
use vestibule_storage::{Store, StoreError};

use super::kind;
use super::letter::{Delivery, Letter};
use super::message::{Origin, message};
use super::transport::{Outgoing, SendError, Transport};
use crate::config::Config;
use crate::seal::Sealer;

/// Mails under way at once.
const BATCH: u32 = 8;
/// How long a lease lasts: longer than any mail takes.
const LEASE: Duration = Duration::from_mins(2);
/// The first pause after a failure; it doubles.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// The longest pause after a failure.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);
/// The longest sleep: a clock that was set, or another process that wrote a mail, is noticed within it.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// The sleep after the database refused, and the shortest one before a mail that is nearly due.
const SHORT_SLEEP: Duration = Duration::from_secs(1);

/// Sends the mails of an installation.
pub struct Worker {
    store: Store,
    sealer: Sealer,
    transport: Transport,
    origin: Origin,
    clock: Arc<dyn Clock>,
    wake: Arc<Notify>,
}

impl Worker {
    /// A worker on an outbox. Whoever writes a mail calls `wake.notify_one()` once the change is durable.
    pub fn new(
        config: &Config,
        store: Store,
        sealer: Sealer,
        transport: Transport,
        clock: Arc<dyn Clock>,
        wake: Arc<Notify>,
    ) -> Self {
        let origin =
            Origin { address: config.mail.from.address.clone(), host: config.public_url.host().to_owned() };
        Self { store, sealer, transport, origin, clock, wake }
    }

    /// Works until `shutdown` is ready. Mails that are under way then are finished and noted first.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            let pause = self.work().await.unwrap_or_else(|error| {
                tracing::error!(%error, "the outbox cannot be read");
                SHORT_SLEEP
            });
            tokio::select! {
                biased;
                () = &mut shutdown => return,
                () = self.wake.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Sends everything that is due now.
    ///
    /// # Errors
    /// When the outbox cannot be read or written.
    pub async fn drain(&self) -> Result<(), StoreError> {
        while self.work().await?.is_zero() {}
        Ok(())
    }

    /// Sends what is due, one batch at most, and says how long nothing will be.
    async fn work(&self) -> Result<Duration, StoreError> {
        let now = self.clock.now();
        let due: Vec<Mail> =
            self.store.write(move |db| Box::pin(outbox::lease(db, now, now.plus(LEASE), BATCH))).await?;
        if due.is_empty() {
            let next: Option<Timestamp> = self.store.read(|db| Box::pin(outbox::next_due(db))).await?;
            let pause = next.map_or(LONGEST_SLEEP, |next| next.since(self.clock.now()));
            return Ok(pause.clamp(SHORT_SLEEP, LONGEST_SLEEP));
        }
        join_all(due.into_iter().map(|mail| self.handle(mail)))
            .await
            .into_iter()
            .collect::<Result<(), _>>()?;
        Ok(Duration::ZERO)
    }

    async fn handle(&self, mail: Mail) -> Result<(), StoreError> {
        let outcome = self.outcome(&mail).await;
        let now = self.clock.now();
        let attempt = mail.attempts;
        match &outcome {
            Outcome::Sent => tracing::info!(mail = mail.id, kind = mail.kind, attempt, "mail sent"),
            Outcome::Retry { reason, .. } => {
                tracing::warn!(mail = mail.id, kind = mail.kind, attempt, reason, "mail not sent yet");
            }
            Outcome::Failed { reason } => {
                tracing::error!(mail = mail.id, kind = mail.kind, attempt, reason, "mail given up");
            }
        }
        self.store
            .write(move |db| {
                Box::pin(async move {
                    match outcome {
                        Outcome::Sent => outbox::mark_sent(db, &mail.id, now).await,
                        Outcome::Retry { at, reason } => outbox::retry_at(db, &mail.id, at, &reason).await,
                        Outcome::Failed { reason } => outbox::mark_failed(db, &mail.id, now, &reason).await,
                    }
                })
            })
            .await
    }

    /// Whether the reader of an invitation does not want any, at this moment (T23).
    async fn is_unwanted(&self, mail: &Mail, letter: &Letter) -> Result<bool, StoreError> {
        if ![kind::INVITATION, kind::COPY].contains(&mail.kind.as_str()) {
            return Ok(false);
        }
        let (recipient, organization) = (letter.recipient().clone(), mail.organization.clone());
        let found = self
            .store
            .read::<_, StoreError, _>(move |db| {
                Box::pin(async move { suppressions::of(db, &recipient, &organization).await })
            })
            .await?;
        Ok(!found.is_empty())
    }

    async fn outcome(&self, mail: &Mail) -> Outcome {
        let now = self.clock.now();
        if now >= mail.not_after {
            return Outcome::Failed { reason: "expired".to_owned() };
        }
        let Ok(letter) = Letter::open(&self.sealer, &mail.sealed) else {
            return Outcome::Failed { reason: "unreadable: the secret was changed".to_owned() };
        };
        let Ok(message) = message(&self.origin, &mail.id, now, &letter) else {
            return Outcome::Failed { reason: "not a message".to_owned() };
        };
        let held = match self.is_unwanted(mail, &letter).await {
            Ok(unwanted) => unwanted || letter.delivery == Delivery::Hold,
            Err(error) => {
                let at = self.clock.now().plus(pause_after(mail.attempts));
                return Outcome::Retry { at, reason: error.to_string() };
            }
        };
        let outgoing = Outgoing { id: &mail.id, at: now, letter: &letter, message };
        // One that is held back waits for the server like any other, or an outage would tell them apart.
        let sent = if held { self.transport.reach().await } else { self.transport.send(&outgoing).await };
        match sent {
            Ok(()) => Outcome::Sent,
            Err(SendError::Permanent(reason)) => Outcome::Failed { reason },
            Err(SendError::Transient(reason)) => {
                let at = self.clock.now().plus(pause_after(mail.attempts));
                // A code that would arrive after its end only confuses; the page can say now that it did not go out.
                if at < mail.not_after { Outcome::Retry { at, reason } } else { Outcome::Failed { reason } }
            }
        }
    }
}

/// What became of an attempt.
enum Outcome {
    Sent,
    Retry { at: Timestamp, reason: String },
    Failed { reason: String },
}

/// 5 s, 10 s, 20 s, … one hour. `attempts` counts the one that just failed.
fn pause_after(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 32) - 1).unwrap_or(0);
    FIRST_PAUSE.saturating_mul(1_u32 << doublings.min(31)).min(LONGEST_PAUSE)
}
