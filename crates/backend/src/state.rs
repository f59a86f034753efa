//! What every request handler shares.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use tokio::sync::Notify;
use vestibule::text::Words;
use vestibule_domain::ports::{Clock, Entropy, EntropyError};
use vestibule_domain::time::Timestamp;
use vestibule_storage::Store;

use crate::config::Config;
use crate::connectors::Connectors;
use crate::federation::health::Health;
use crate::federation::openid::keys::ProviderKeys;
use crate::federation::remembered::Remembered;
use crate::flows::sign_up::ask::Asking;
use crate::http::form_token::FormTokens;
use crate::keys::Keys;
use crate::mail::transport::Transport;
use crate::outgoing::http::Http;
use crate::pages::dist::Dist;
use crate::seal::Sealer;

/// The parts of a running backend.
pub struct App {
    /// The database.
    pub store: Store,
    /// The clock; a test sets its own.
    pub clock: Arc<dyn Clock>,
    /// The source of randomness; a test sets its own.
    pub entropy: Arc<dyn Entropy>,
    /// The configuration.
    pub config: Config,
    /// Keys derived from the configured secret.
    pub keys: Keys,
    /// Tokens of HTML forms.
    pub form_tokens: FormTokens,
    /// Seals what the database holds for a while.
    pub sealer: Sealer,
    /// The built front-end.
    pub dist: Dist,
    /// The page's words, by language.
    pub words: Vec<(String, Words)>,
    /// Rung when a mail was put into the outbox.
    pub outbox_bell: Arc<Notify>,
    /// How mail leaves.
    pub transport: Transport,
    /// Speaks to identity providers.
    pub http: Http,
    /// Keys of identity providers, kept for a while.
    pub provider_keys: Remembered<ProviderKeys>,
    /// Which identity providers did not answer.
    pub provider_health: Health,
    /// Connectors that are being asked.
    pub asking: Asking,
    /// Certificates of identity providers that changed, kept for a while.
    pub renewed_certificates: Remembered<Vec<String>>,
    /// Speaks to API connectors.
    pub connectors: Connectors,
}

/// Shared by all handlers.
pub type Shared = Arc<App>;

impl App {
    /// Puts a backend together. Opens the database, and makes its folder where it is missing.
    pub async fn assemble(
        config: Config,
        dist: Dist,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> anyhow::Result<Shared> {
        let keys = Keys::derive(&config.secret);
        let http = Http::new(&config.private_networks)?;
        Ok(Arc::new(Self {
            store: open_store(&config).await?,
            sealer: Sealer::new(&keys.seal),
            form_tokens: FormTokens::new(keys.form),
            words: words(&config, &dist)?,
            transport: Transport::new(&config)?,
            connectors: Connectors::new(&http)?,
            http,
            provider_keys: Remembered::default(),
            provider_health: Health::default(),
            asking: Asking::default(),
            renewed_certificates: Remembered::default(),
            outbox_bell: Arc::new(Notify::new()),
            clock,
            entropy,
            keys,
            dist,
            config,
        }))
    }

    /// The instant of now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new id.
    pub fn new_id(&self) -> Result<String, EntropyError> {
        vestibule_domain::ports::new_id(self.entropy.as_ref(), self.now())
    }

    /// The words of the best language for a list of wishes, best first, and its tag.
    pub fn words_for<'a>(&'a self, wishes: impl Iterator<Item = &'a str>) -> (&'a str, &'a Words) {
        let base = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let mut wishes = wishes;
        let found = wishes.find_map(|wish| {
            let exact = self.words.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(wish));
            exact.or_else(|| self.words.iter().find(|(tag, _)| base(tag) == base(wish) && !tag.contains('-')))
        });
        let (tag, words) =
            found.or(self.words.first()).expect("the configuration demands one language at least");
        (tag, words)
    }
}

/// Opens the database of a configuration.
pub async fn open_store(config: &Config) -> anyhow::Result<Store> {
    let database = config.database();
    let folder = database.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))?;
    Store::open(&database).await.with_context(|| format!("opening {}", database.display()))
}

/// The words of every configured language that the front-end was built with, in the order of the configuration.
fn words(config: &Config, dist: &Dist) -> anyhow::Result<Vec<(String, Words)>> {
    let built: Vec<_> = dist.locales().collect();
    let files = config.locales.iter().filter_map(|tag| {
        let (_, file) = built.iter().find(|(known, _)| known == tag)?;
        Some((tag, dist.bytes(file)?))
    });
    let files: Vec<_> = files.collect();
    // Without a front-end nothing is drawn.
    if let (true, Some((known, _))) = (files.is_empty(), built.first()) {
        anyhow::bail!(
            "`locales` names no language that the front-end was built with; set it to [\"{known}\"]"
        );
    }
    files
        .into_iter()
        .map(|(tag, json)| {
            let words = Words::from_json(std::str::from_utf8(json)?);
            Ok((tag.clone(), words.with_context(|| format!("the words of {tag}"))?))
        })
        .collect()
}
