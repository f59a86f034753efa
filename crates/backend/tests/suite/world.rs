//! A backend of one's own: fresh data, a clock that stands still until it is told, mail that lands in memory.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use sqlx::Row;
use tempfile::TempDir;
use vestibule_backend::cli::apply;
use vestibule_backend::config::Config;
use vestibule_backend::mail::inbox::InboxEntry;
use vestibule_backend::mail::worker::Worker;
use vestibule_backend::pages::dist::Dist;
use vestibule_backend::server;
use vestibule_backend::state::{App, Shared};
use vestibule_domain::ports::Entropy;
use vestibule_domain::testing::{FailingEntropy, MockClock, SeededEntropy};
use vestibule_domain::time::Timestamp;
use vestibule_storage::{Store, StoreError, check};

use crate::bundle;
use crate::client::Client;

/// Where the backend under test believes to be.
pub(crate) const ORIGIN: &str = "http://localhost:8080";

/// 20 November 2026, 10:00 UTC.
pub(crate) const START: Timestamp = Timestamp(1_795_168_800_000);

/// For tests with more flows than one caller may start, or more mails than one may ask for.
pub(crate) const GENEROUS: &str = "\
    [limits.start_per_ip]\nburst = 100000\nper = \"1s\"\n\
    [limits.send_per_ip]\nburst = 100000\nper = \"1s\"\n\
    [limits.send_per_address]\nburst = 100000\nper = \"1s\"\n\
    [limits.attempts_per_ip]\nburst = 100000\nper = \"1s\"\n\
    [limits.invite_per_recipient]\nburst = 100000\nper = \"1s\"\n\
    [limits.invite_per_inviter]\nburst = 100000\nper = \"1s\"\n";

/// The organizations of the demo.
const ORGANIZATIONS: [(&str, &str); 2] = [
    ("contoso", include_str!("../../../../demo/organizations/contoso.toml")),
    ("fabrikam", include_str!("../../../../demo/organizations/fabrikam.toml")),
];

/// A backend under test.
pub(crate) struct World {
    /// The backend.
    pub(crate) app: Shared,
    /// Its clock.
    pub(crate) clock: MockClock,
    /// All its routes in all their layers.
    pub(crate) service: Router,
    worker: Worker,
    toml: String,
    data: Arc<TempDir>,
}

impl World {
    /// A backend with the demo's organizations.
    pub(crate) async fn new() -> Self {
        Self::with("").await
    }

    /// The same with more configuration.
    pub(crate) async fn with(more: &str) -> Self {
        let data = Arc::new(TempDir::new().unwrap());
        let toml = format!(
            "public_url = \"{ORIGIN}\"\nsecret = \"Yy4pQ1zV8m0T2kS6wB9dH3xL7nR5cJqF\"\ndata = {:?}\ndist = {:?}\n\
             {more}\n[mail]\nfrom = \"Vestibule <door@vestibule.example>\"\ntransport = \"inbox\"\n",
            data.path().display().to_string(),
            bundle::folder().display().to_string(),
        );
        let world = Self::assemble(toml, data, MockClock::new(START), Arc::new(SeededEntropy::new(42))).await;
        for (name, text) in ORGANIZATIONS {
            world.apply(name, text).await;
        }
        world
    }

    /// A second node on the same database, with the same clock and randomness of its own.
    pub(crate) async fn twin(&self) -> Self {
        let entropy = Arc::new(SeededEntropy::new(43));
        Self::assemble(self.toml.clone(), self.data.clone(), self.clock.clone(), entropy).await
    }

    /// The same backend, whose source of randomness has failed.
    pub(crate) async fn without_randomness(&self) -> Self {
        Self::assemble(self.toml.clone(), self.data.clone(), self.clock.clone(), Arc::new(FailingEntropy))
            .await
    }

    async fn assemble(toml: String, data: Arc<TempDir>, clock: MockClock, entropy: Arc<dyn Entropy>) -> Self {
        let config = Config::parse(&toml, std::iter::empty()).unwrap();
        let dist = Dist::load(&config.dist).unwrap();
        let app = App::assemble(config, dist, Arc::new(clock.clone()), entropy).await.unwrap();
        let worker = server::worker(&app);
        Self { service: server::service(&app), app, clock, worker, toml, data }
    }

    /// Makes an organization what a file says.
    pub(crate) async fn apply(&self, name: &str, text: &str) {
        apply::put(&self.app, name, text).await.unwrap();
    }

    /// Applies the demo's file of an organization with a passage changed.
    pub(crate) async fn apply_changed(&self, name: &str, from: &str, to: &str) {
        let (_, text) = ORGANIZATIONS.iter().find(|(known, _)| *known == name).unwrap();
        assert!(text.contains(from), "the file of {name} has no {from}");
        self.apply(name, &text.replace(from, to)).await;
    }

    /// A browser, or a program, that has not been here before.
    pub(crate) fn client(&self) -> Client {
        Client::new(self.service.clone())
    }

    /// Lets time pass.
    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// The files of the database.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.data.path()).unwrap();
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect()
    }

    /// Sends what is due and gives every mail so far, newest first.
    pub(crate) async fn mails(&self) -> Vec<InboxEntry> {
        self.worker.drain().await.unwrap();
        self.app.transport.inbox().unwrap().entries()
    }

    /// The mails to an address, newest first.
    pub(crate) async fn mails_to(&self, address: &str) -> Vec<InboxEntry> {
        self.mails().await.into_iter().filter(|mail| mail.to.iter().any(|to| to == address)).collect()
    }

    /// The code in the newest mail to an address.
    pub(crate) async fn code_for(&self, address: &str) -> String {
        let mails = self.mails_to(address).await;
        code_in(&mails.first().expect("a mail was sent").text)
    }

    /// The token of the link in the newest invitation to an address.
    pub(crate) async fn link_for(&self, address: &str) -> String {
        let mails = self.mails_to(address).await;
        mails.iter().find_map(|mail| link_in(&mail.text)).expect("a mail has a link")
    }

    /// Every invariant holds.
    pub(crate) async fn check(&self) {
        let violations = self.app.store.read(|connection| Box::pin(check::run(connection))).await.unwrap();
        assert_eq!(violations, [], "I1 to I9 hold");
    }

    /// Rows by table.
    pub(crate) async fn census(&self) -> Vec<(&'static str, i64)> {
        self.app.store.read(|connection| Box::pin(check::census(connection))).await.unwrap()
    }

    /// The one number of a query.
    pub(crate) async fn count(&self, query: &'static str) -> i64 {
        self.rows(query).await[0].parse().unwrap()
    }

    /// The rows of a query, each as the text of its first column.
    pub(crate) async fn rows(&self, query: &'static str) -> Vec<String> {
        rows(&self.app.store, query).await
    }

    /// Changes the data behind the backend's back.
    pub(crate) async fn sql(&self, statement: &'static str) {
        change(&self.app.store, statement).await;
    }
}

/// The rows of a query, each as the text of its first column.
pub(crate) async fn rows(store: &Store, query: &'static str) -> Vec<String> {
    let rows = store.read(|connection| {
        Box::pin(async move { Ok::<_, StoreError>(sqlx::query(query).fetch_all(connection).await?) })
    });
    let text = |row: &sqlx::any::AnyRow| {
        row.try_get::<Option<String>, _>(0)
            .map(Option::unwrap_or_default)
            .or_else(|_| row.try_get::<i64, _>(0).map(|number| number.to_string()))
            .unwrap()
    };
    rows.await.unwrap().iter().map(text).collect()
}

/// Changes data by a statement that no program of ours would run.
pub(crate) async fn change(store: &Store, statement: &'static str) {
    let done = store.write(move |connection| {
        Box::pin(async move {
            sqlx::raw_sql(statement).execute(connection).await?;
            Ok::<_, StoreError>(())
        })
    });
    done.await.unwrap();
}

/// The code on a line of its own.
pub(crate) fn code_in(text: &str) -> String {
    let digits = |line: &str| line.chars().filter(char::is_ascii_digit).collect::<String>();
    let alone = |line: &&str| line.chars().all(|char| char.is_ascii_digit() || char.is_whitespace());
    let found = text.lines().filter(alone).map(digits).find(|digits| digits.len() == 8);
    found.expect("the mail has a code on a line of its own")
}

/// The token of an invitation's link.
pub(crate) fn link_in(text: &str) -> Option<String> {
    let rest = text.split("/i/").nth(1)?;
    Some(rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect())
}
