//! The ways to prove who one is: which there are, and which fits somebody.

use vestibule_contract::message::{Message, MessageCode, Severity};
use vestibule_contract::step::BlockedReason;
use vestibule_domain::account::Identity;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::provider::{self, Facts, Order, way};
use vestibule_domain::sign_up::UserFlow;
use vestibule_storage::invitations::Invitation;
use vestibule_storage::providers::{self, Provider};
use vestibule_storage::{Connection, StoreError, organizations, users};

use super::state::{Stage, Way};
use super::walk::{Walk, WalkError};
use crate::state::App;

/// What an organization offers.
pub struct Offer {
    known: Vec<Provider>,
    order: Order,
}

impl Offer {
    /// Reads what an organization offers now.
    pub async fn read(connection: &mut Connection, organization: &str) -> Result<Self, StoreError> {
        let found = organizations::find(connection, organization).await?;
        Ok(Self {
            known: providers::list(connection, organization).await?,
            order: found.map(|found| found.settings.redemption_order).unwrap_or_default(),
        })
    }

    /// The same for strangers who come by a user flow.
    #[must_use]
    pub fn only(mut self, flow: &UserFlow) -> Self {
        self.known.retain(|provider| flow.offers(&provider.id));
        self.order.email_code &= flow.offers(Way::EMAIL);
        self
    }

    /// Where a walk without an invitation begins.
    pub fn entry(&self, app: &App, last_used: Option<&str>) -> Stage {
        if self.is_choice() {
            Stage::Choose { ways: self.providers(app, last_used) }
        } else {
            Stage::Identify
        }
    }

    /// Whether there is more than the code.
    pub fn is_choice(&self) -> bool {
        self.known.iter().any(|provider| provider.enabled)
    }

    /// Providers that may be used, the one that was used last at this browser first.
    fn providers(&self, app: &App, last_used: Option<&str>) -> Vec<Way> {
        let card = |provider: &Provider| Way {
            last_used: last_used == Some(provider.id.as_str()),
            down: app.provider_health.is_down(provider, app.now()),
            ..card(provider)
        };
        let mut ways: Vec<Way> = self.known.iter().filter(|provider| provider.enabled).map(card).collect();
        ways.sort_by_key(|way| !way.last_used);
        ways
    }

    /// The way that fits. A provider that does not answer is not gone to without asking (F06).
    fn fitting<'k>(&'k self, app: &App, address: &EmailAddress, used: &[String]) -> provider::Way<'k> {
        let rules: Vec<provider::Provider<'k>> = self.known.iter().map(Provider::rules).collect();
        let fits = way(&self.order, &Facts { providers: &rules, address: Some(address), used });
        let id = match fits {
            provider::Way::Provider(id) => id,
            provider::Way::Code | provider::Way::Choose | provider::Way::None => return fits,
        };
        let down = |provider: &&Provider| app.provider_health.is_down(provider, app.now());
        match self.known.iter().find(|provider| provider.id == id) {
            Some(provider) if !down(&provider) => provider::Way::Provider(&provider.id),
            Some(_) | None => provider::Way::Choose,
        }
    }
}

/// A provider as one of the ways.
pub fn card(provider: &Provider) -> Way {
    Way { kind: Some(provider.kind), ..Way::called(&provider.id, &provider.label) }
}

/// The same outside of a walk.
pub async fn is_believed(connection: &mut Connection, identity: &Identity) -> Result<bool, StoreError> {
    match &identity.organization {
        None => Ok(true),
        Some(own) => Ok(providers::find_enabled(connection, own, &identity.provider).await?.is_some()),
    }
}

/// Where a sign-in of an organization begins: with a choice, where there is one.
pub async fn entry(
    app: &App,
    connection: &mut Connection,
    organization: &str,
    last_used: Option<&str>,
) -> Result<Stage, StoreError> {
    Ok(Offer::read(connection, organization).await?.entry(app, last_used))
}

impl Walk<'_> {
    /// What can be offered in this walk.
    async fn offer(&mut self) -> Result<Offer, StoreError> {
        let offer = Offer::read(self.connection, &self.organization).await?;
        Ok(match self.user_flow().await? {
            Some((_, flow)) => offer.only(&flow),
            None => offer,
        })
    }

    /// Asks for a proof of the invited mailbox, in the way that fits.
    pub async fn prove(&mut self, invitation: &Invitation) -> Result<(), WalkError> {
        let offer = self.offer().await?;
        let used = users::providers_of(self.connection, &self.organization, &invitation.address).await?;
        match offer.fitting(self.app, &invitation.address, &used) {
            provider::Way::Code => self.send_to_invited(invitation).await?,
            provider::Way::Choose => self.choose_of(&offer),
            // Without a hint: whoever has only the link is not told the whole address, and the journey's would tell it.
            provider::Way::Provider(id) => self.federate(id, None).await?,
            provider::Way::None => self.block(BlockedReason::Other),
        }
        Ok(())
    }

    /// Whether what proves an identity still counts: a provider may have been taken away (S53).
    pub async fn is_believed(&mut self, identity: &Identity) -> Result<bool, StoreError> {
        is_believed(self.connection, identity).await
    }

    /// Offers the ways anew: what the organization has now.
    pub async fn offer_ways(&mut self) -> Result<(), WalkError> {
        let offer = self.offer().await?;
        self.choose_of(&offer);
        Ok(())
    }

    fn choose_of(&mut self, offer: &Offer) {
        let mut ways = offer.providers(self.app, self.state.last_used.as_deref());
        // Who is expected has an address that a code can go to; everybody else types one, which does the same.
        if self.state.invitation.is_some() && offer.order.email_code {
            ways.push(Way::email());
        }
        self.go(Stage::Choose { ways });
    }

    /// Where `back` leads from a code: to the ways, where there are others.
    pub async fn other_ways(&mut self) -> Result<bool, WalkError> {
        let offer = self.offer().await?;
        if offer.is_choice() {
            self.choose_of(&offer);
        }
        Ok(offer.is_choice())
    }

    /// Goes the way of an address that somebody typed: to the provider that speaks for it, or by a code. Where a guest
    /// of that address has signed in before is told nobody who only typed it (S97).
    pub async fn go_by_address(&mut self, address: EmailAddress) -> Result<(), WalkError> {
        if self.is_kept_out(&address).await? {
            return Ok(());
        }
        let offer = self.offer().await?;
        match offer.fitting(self.app, &address, &[]) {
            provider::Way::Provider(id) => return self.federate(id, Some(&address)).await,
            provider::Way::Code => {}
            // The choice was there, and an address was typed all the same.
            provider::Way::Choose if offer.order.email_code => {}
            provider::Way::Choose | provider::Way::None => {
                let text = "Nobody here speaks for this address. Choose one of the ways.";
                self.say(Message::new(MessageCode::ProviderNone, Severity::Warning, text));
                self.choose_of(&offer);
                return Ok(());
            }
        }
        self.challenge_or_send(address).await
    }

    /// Sends a code to an address that somebody typed.
    pub(super) async fn send_to_typed(&mut self, address: EmailAddress) -> Result<(), WalkError> {
        let recipient = self.recipient(&address).await?;
        self.send_code(address, recipient).await
    }
}
