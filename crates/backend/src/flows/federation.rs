//! Proof at an identity provider: which, going there, and what its answer means for the walk.

pub mod vouched;

use std::time::Duration;

use serde_json::json;
use vestibule_contract::message::{Message, MessageCode, Severity};
use vestibule_contract::step::BlockedReason;
use vestibule_domain::account::{Account, Identity};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::provider::{Failure, proves};
use vestibule_domain::redemption::RedemptionMode;
use vestibule_domain::secret::Token;
use vestibule_storage::authorizations::{self, Authorization};
use vestibule_storage::providers::{self, Provider};
use vestibule_storage::{limits, users};

use super::sending::limit_key;
use super::state::{FlowState, Goal, Stage};
use super::submit::{Refused, load, settle};
use super::walk::{Walk, WalkError};
use super::ways::card;
use crate::federation::answer::Person;
use crate::federation::journey::{Hint, begin};
use crate::state::Shared;

/// How long somebody may take at a provider.
const PATIENCE: Duration = Duration::from_mins(10);

impl Walk<'_> {
    /// Begins the journey to a provider. One that was taken away meanwhile is offered no more (S53).
    pub async fn federate(&mut self, id: &str, hint: Option<&EmailAddress>) -> Result<(), WalkError> {
        let Some(provider) = providers::find_enabled(self.connection, &self.organization, id).await? else {
            return self.provider_is_gone().await;
        };
        let key = limit_key(&["journey", "client", &self.client]);
        let rate = self.app.config.limits.start_per_ip;
        if let Err(retry) = limits::admit(self.connection, &key, &rate, self.now).await? {
            let message = Message::new(MessageCode::TooManyAttempts, Severity::Error, "Too many attempts.");
            self.say(message.with("retry_at", retry.at.to_rfc3339()));
            return self.offer_ways().await;
        }
        let invited = self.invitation().await?.map(|invitation| invitation.address);
        let domain = hint.or(invited.as_ref()).map(EmailAddress::domain);
        let journey = begin(self.app, &provider, Hint { address: hint, domain })?;
        let authorization = Authorization {
            organization: self.organization.clone(),
            provider: provider.id.clone(),
            flow: self.flow.clone(),
            sealed: journey.sealed,
            expires_at: self.now.plus(PATIENCE),
        };
        authorizations::insert(self.connection, &journey.state, &authorization).await?;
        if let Some(session) = &self.session {
            self.state.session = Some(session.id.clone());
        }
        let (url, origin, browser) = (journey.url, journey.origin, journey.browser);
        self.go(Stage::Federate { provider: card(&provider), url, origin, browser });
        Ok(())
    }

    /// Says that a provider cannot be used, and offers what can.
    pub async fn provider_is_gone(&mut self) -> Result<(), WalkError> {
        self.say_provider(MessageCode::ProviderFailed);
        self.offer_ways().await
    }

    fn say_provider(&mut self, code: MessageCode) {
        let text = "That did not work. Try again, or use another way.";
        self.say(Message::new(code, Severity::Warning, text));
    }

    /// What the answer of a provider means.
    async fn arrived(&mut self, provider: &Provider, person: Person) -> Result<(), WalkError> {
        if self.state.goal == Goal::Link {
            return self.tie(provider, person).await;
        }
        let identity = person.identity(provider);
        let names = person.names.clone().values();
        self.state.names = names.map(|(name, value)| (name.as_str().to_owned(), value)).collect();
        if let Some(id) = users::tied_to(self.connection, &self.organization, &identity).await? {
            // Known by the identity, whatever the provider calls the address today (S50).
            return match users::find(self.connection, &self.organization, &id).await? {
                Some(user) if user.disabled_at.is_none() => {
                    self.is_proven(Account { address: user.address, identity }).await
                }
                Some(_) | None => {
                    self.block(BlockedReason::AccountDisabled);
                    Ok(())
                }
            };
        }
        let claim = person.email.as_ref();
        let trusted = claim.filter(|address| proves(&provider.rules(), &person.claim(address)));
        if let Some(address) = trusted {
            return self.is_proven(Account { address: address.clone(), identity }).await;
        }
        // Its word is no proof: the mailbox has to be proven, and then the identity is its owner's (S51, S52).
        match (self.invitation().await?, person.email) {
            (Some(invitation), _) => {
                self.state.federated = Some(identity);
                self.send_to_invited(&invitation).await
            }
            (None, Some(address)) => {
                if self.is_kept_out(&address).await? {
                    return Ok(());
                }
                self.state.federated = Some(identity);
                // At some providers people say themselves what address they have.
                self.challenge_or_send(address).await
            }
            (None, None) => {
                self.say_provider(MessageCode::ProviderFailed);
                self.offer_ways().await
            }
        }
    }

    /// An account is proven: it is tied to the guest of its address, and the walk goes on.
    pub async fn is_proven(&mut self, account: Account) -> Result<(), WalkError> {
        if self.state.goal != Goal::Link {
            self.link(&account).await?;
        }
        self.state.proven = Some(account.clone());
        self.state.proven_at = Some(self.now);
        match self.state.goal {
            Goal::Redeem => self.follow_invitation().await,
            Goal::Decline => super::actions::decline_for_good(self).await,
            Goal::SignUp => self.sign_up(account).await,
            // The present way is proven; now the other.
            Goal::Link => self.offer_ways().await,
            Goal::SignIn => self.come_in_or_stop(account).await,
        }
    }

    /// A guest who came in by a code before, and has proven the same mailbox at a provider now, may use either.
    async fn link(&mut self, account: &Account) -> Result<(), WalkError> {
        if account.identity == Identity::of_mailbox(&account.address) || self.organization.is_empty() {
            return Ok(());
        }
        let user = users::find_by_address(self.connection, &self.organization, &account.address).await?;
        let Some(user) = user.filter(|user| user.accepted && user.disabled_at.is_none()) else {
            return Ok(());
        };
        let mailbox = Identity::of_mailbox(&account.address);
        let open =
            self.organization().await?.is_some_and(|it| it.settings.redemption == RedemptionMode::Open);
        if open
            && users::tied_to(self.connection, &self.organization, &mailbox).await?.as_ref() != Some(&user.id)
        {
            // Somebody else may have redeemed what this address was invited to.
            return Ok(());
        }
        if users::add_identity(self.connection, &self.organization, &user.id, &account.identity, self.now)
            .await?
        {
            let who = format!("user:{}", user.id);
            let detail = json!({ "provider": account.identity.provider });
            self.audit(&who, "identity.linked", &who, &detail).await?;
        }
        Ok(())
    }
}

/// Somebody who comes back from a provider.
pub struct Arrival {
    /// The flow that the journey began in.
    pub flow: String,
    /// Its binding cookie, when the browser sent one.
    pub binding: Option<Token>,
    /// The provider.
    pub provider: Provider,
    /// Whose budget of requests this spends.
    pub client: String,
    /// Who it is, or why that is not known.
    pub person: Result<Person, Failure>,
}

/// Takes the answer of a provider into its flow. The token is for the session cookie, where the walk ends in a session. A
/// flow that has moved on meanwhile stays where it is.
pub async fn arrive(app: &Shared, arrival: Arrival) -> Result<Result<Option<Token>, Refused>, WalkError> {
    let shared = app.clone();
    let app = app.clone();
    let arrived = shared
        .store
        .write(move |connection| {
            Box::pin(async move {
                let Arrival { flow, binding, provider, client, person } = arrival;
                let flow = match load(&app, connection, &flow, binding.as_ref()).await? {
                    Ok(flow) => flow,
                    Err(refused) => return Ok(Err(refused)),
                };
                let binding = binding.expect("`load` refuses a flow without its binding");
                let state: FlowState = serde_json::from_str(&flow.state)?;
                let waits =
                    matches!(&state.stage, Stage::Federate { provider: way, .. } if way.id == provider.id);
                if !waits {
                    return Ok(Ok(None));
                }
                let mut walk = Walk {
                    app: &app,
                    connection,
                    now: app.now(),
                    flow: flow.id.clone(),
                    organization: flow.organization.clone(),
                    state,
                    session: None,
                    client,
                    sign_in: None,
                };
                walk.state.messages.clear();
                walk.answered(&provider, person).await?;
                let (_, token) = settle(walk, &flow, &binding, None).await?;
                Ok::<_, WalkError>(Ok(token))
            })
        })
        .await?;
    shared.outbox_bell.notify_one();
    Ok(arrived)
}

impl Walk<'_> {
    /// Goes on with what a provider said.
    async fn answered(
        &mut self,
        provider: &Provider,
        person: Result<Person, Failure>,
    ) -> Result<(), WalkError> {
        // Taken away while the person was there: then its word counts no more (S53).
        let present = providers::find_enabled(self.connection, &self.organization, &provider.id).await?;
        match (person, present.filter(|present| present.protocol == provider.protocol)) {
            // By what it may vouch for now.
            (Ok(person), Some(present)) => self.arrived(&present, person).await,
            (Ok(_), None) => self.refuse(provider, Failure::Denied, MessageCode::ProviderFailed).await,
            (Err(Failure::Denied), _) => {
                self.refuse(provider, Failure::Denied, MessageCode::ProviderCancelled).await
            }
            (Err(failure), _) => self.refuse(provider, failure, MessageCode::ProviderFailed).await,
        }
    }

    /// Writes down why an answer was refused, tells the person the plain part of it, and offers the ways again.
    async fn refuse(
        &mut self,
        provider: &Provider,
        failure: Failure,
        code: MessageCode,
    ) -> Result<(), WalkError> {
        let (subject, detail) =
            (format!("flow:{}", self.flow), json!({ "provider": provider.id, "reason": failure.as_str() }));
        tracing::info!(
            provider = provider.id,
            reason = failure.as_str(),
            "an identity provider's answer was refused"
        );
        self.audit("anonymous", "federation.refused", &subject, &detail).await?;
        self.say_provider(code);
        self.offer_ways().await
    }
}
