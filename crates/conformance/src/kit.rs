//! What cases share: the backend's endpoints, browsers, flows, and the walks that several cases look at.

use std::cell::{Cell, OnceCell};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use vestibule_contract::Step;

use crate::case::{Profile, Stop};
use crate::http::{Browser, Exchange, Log, SecretKind};
use crate::options::Options;
use crate::step::Document;
use crate::walk::{self, Walk};

mod sign_up;

use sign_up::SignUps;

/// How often a start is tried again that the backend puts off, and the longest time that is waited for it.
const PATIENCE: u32 = 5;
const LONGEST_WAIT: u64 = 20;

/// What cases share.
pub struct Kit {
    /// What the run was given.
    pub options: Options,
    /// Everything that was said.
    pub log: Log,
    discovery: Value,
    callers: Cell<u16>,
    redemption: OnceCell<Walk>,
    sign_in: OnceCell<Walk>,
    sign_up: SignUps,
}

impl Kit {
    /// Reads discovery. Without it there is still a kit, which knows no endpoints.
    ///
    /// # Errors
    /// The backend does not answer at all.
    pub fn new(options: Options) -> Result<Self, Stop> {
        let log = Log::default();
        if let Some(token) = &options.invitation {
            log.secret(SecretKind::Invitation, token);
        }
        let discovery =
            Browser::new(options.url.clone(), log.clone(), None).get(vestibule_contract::discovery::PATH)?;
        Ok(Self {
            options,
            log,
            discovery: discovery.json(),
            callers: Cell::new(0),
            redemption: OnceCell::new(),
            sign_in: OnceCell::new(),
            sign_up: SignUps::default(),
        })
    }

    /// The discovery document; `null` when there is none.
    pub fn discovery(&self) -> &Value {
        &self.discovery
    }

    /// Whether a profile is to be looked at.
    pub fn has(&self, profile: Profile) -> bool {
        if profile == Profile::Core {
            return true;
        }
        if !self.options.profiles.is_empty() {
            return self.options.profiles.contains(&profile);
        }
        let profiles = self.discovery["profiles"].as_array();
        profiles.is_some_and(|profiles| profiles.iter().any(|one| one == profile.as_str()))
    }

    /// An endpoint that discovery names, without a slash at its end.
    pub fn endpoint(&self, name: &str) -> Result<String, Stop> {
        let endpoint =
            self.discovery["endpoints"][name].as_str().map(|path| path.trim_end_matches('/').to_owned());
        endpoint.ok_or_else(|| Stop::skip(format!("discovery names no endpoint `{name}`")))
    }

    /// A browser that has never been here, at an address of its own where that can be claimed.
    pub fn browser(&self) -> Browser {
        let caller = self.callers.get();
        self.callers.set(caller.wrapping_add(1));
        let [high, low] = caller.to_be_bytes();
        // The network for benchmarks (RFC 2544): nobody lives there.
        let address = self.options.forwarded_for.then(|| format!("198.18.{high}.{low}"));
        Browser::new(self.options.url.clone(), self.log.clone(), address)
    }

    /// An address that nobody has (RFC 2606), different each time.
    pub fn nobody(&self) -> String {
        format!("guest-{:016x}@conformance.example", random())
    }

    /// An idempotency key.
    pub fn key(&self) -> String {
        format!("conformance-{:016x}", random())
    }

    /// The address of a flow.
    pub fn flow(&self, id: &str) -> Result<String, Stop> {
        Ok(format!("{}/{id}", self.endpoint("flows")?))
    }

    /// A body that starts a flow, with everything that this contract's pages can draw.
    pub fn start_body(&self, intent: &str) -> Value {
        json!({ "intent": intent, "capabilities": { "steps": Step::TYPES, "authenticators": [] } })
    }

    /// A body that starts the redemption of the invitation that was given.
    pub fn redeem_body(&self) -> Result<Value, Stop> {
        let token = self.options.invitation.as_ref().ok_or_else(|| Stop::skip("needs --invitation"))?;
        let mut body = self.start_body("redeem");
        body["invitation"] = json!(token);
        Ok(body)
    }

    /// Starts a flow, and waits where the backend says that it is too soon.
    pub fn try_start(&self, browser: &mut Browser, body: &Value) -> Result<Arc<Exchange>, Stop> {
        let mut answer = browser.post(&self.endpoint("flows")?, body)?;
        for _ in 0..PATIENCE {
            let wait = answer.header("retry-after").and_then(|wait| wait.parse::<u64>().ok());
            match wait.filter(|wait| answer.status == 429 && *wait <= LONGEST_WAIT) {
                Some(wait) => std::thread::sleep(Duration::from_secs(wait.max(1))),
                None => break,
            }
            answer = browser.post(&self.endpoint("flows")?, body)?;
        }
        Ok(answer)
    }

    /// Starts a flow that a case needs; skips the case when there is none.
    pub fn start(&self, browser: &mut Browser, body: &Value) -> Result<Document, Stop> {
        let answer = self.try_start(browser, body)?;
        let started = Document::of(&answer).filter(|_| answer.status == 201);
        started.ok_or_else(|| Stop::skip(format!("needs a flow to start; it gave {}", answer.summary())))
    }

    /// Starts a sign-in at a new browser.
    pub fn fresh(&self) -> Result<(Browser, Document), Stop> {
        let mut browser = self.browser();
        let document = self.start(&mut browser, &self.start_body("sign-in"))?;
        Ok((browser, document))
    }

    /// The body that takes a flow's first step on, as somebody whom nobody knows.
    pub fn step_on(&self, document: &Document) -> Result<Value, Stop> {
        let forward = document.forward(&self.nobody());
        let (action, values) = forward.ok_or_else(|| {
            Stop::skip(format!("needs an action that can be filled in at the step `{}`", document.kind()))
        })?;
        Ok(document.submission(action, &values))
    }

    /// The present step of a flow.
    pub fn current(&self, browser: &mut Browser, id: &str) -> Result<Document, Stop> {
        let answer = browser.get(&self.flow(id)?)?;
        let document = Document::of(&answer).filter(|_| answer.status == 200);
        document.ok_or_else(|| Stop::skip(format!("needs to read the flow; it gave {}", answer.summary())))
    }

    /// The walk that redeems the invitation; made when it is first asked for.
    pub fn redemption(&self) -> Result<&Walk, Stop> {
        let body = self.redeem_body()?;
        Ok(self.redemption.get_or_init(|| walk::redeem(self, &body)))
    }

    /// The walk that signs in; made when it is first asked for.
    pub fn sign_in(&self) -> Result<&Walk, Stop> {
        let address = self.options.sign_in.as_deref().ok_or_else(|| Stop::skip("needs --sign-in"))?;
        self.needs_mailbox()?;
        Ok(self.sign_in.get_or_init(|| walk::sign_in(self, address)))
    }

    /// A browser at which somebody is signed in.
    pub fn signed_in(&self) -> Result<Browser, Stop> {
        for walk in [self.redemption(), self.sign_in()].into_iter().flatten() {
            if walk.done().is_ok() {
                return Ok(walk.browser.clone());
            }
        }
        Err(Stop::skip("needs somebody signed in: --invitation or --sign-in, with a mailbox"))
    }

    /// Id of an organization.
    pub fn organization(&self) -> Result<String, Stop> {
        if let Some(id) = &self.options.organization {
            return Ok(id.clone());
        }
        let body = self.redeem_body().map_err(|_| Stop::skip("needs --organization or --invitation"))?;
        let document = self.start(&mut self.browser(), &body)?;
        let id = document.json["flow"]["organization"].as_str().map(str::to_owned);
        id.ok_or_else(|| Stop::skip("needs a flow of the invitation that names its organization"))
    }
}

/// A number that does not come again; the suite has no need of better randomness.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
