//! A flow's stage as a step document.

mod stop;

use vestibule_contract::StepDocument;
use vestibule_contract::challenge::ALGORITHM;
use vestibule_contract::document::{BrandRef, FlowRef, Links, OrganizationCard, Progress};
use vestibule_contract::flow::Intent;
use vestibule_contract::step::{
    Attributes, Blocked, BlockedReason, Challenge, Checking, ChooseProvider, CodeState, Consent, Done,
    EmailCode, Federate, FederateMode, Identify, InvitationCard, Inviter, PendingApproval, Permission,
    ProviderCard, ProviderKind, Resource, ResourceKind, SharedValue, Step, WrongAccount,
};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::time::Timestamp;
use vestibule_storage::invitations::{self, Invitation};
use vestibule_storage::organizations::{self, Organization};
use vestibule_storage::{Connection, StoreError, apps, users};

pub use stop::stop;

use super::offered::offered;
use super::state::{FlowState, Goal, Stage};
use crate::state::App;

/// A flow as it is drawn. Without `id` it is a preview: the page of a flow that nobody has begun.
pub struct Drawn<'a> {
    /// Its id, unless it is a preview.
    pub id: Option<&'a str>,
    /// Revision.
    pub rev: i64,
    /// Organization; empty until it is known.
    pub organization: &'a str,
    /// State.
    pub state: &'a FlowState,
    /// When it runs out.
    pub expires_at: Option<Timestamp>,
}

/// An organization as a guest is shown it.
pub fn card(organization: &Organization) -> OrganizationCard {
    OrganizationCard {
        id: organization.id.to_string(),
        name: organization.name.clone(),
        domain: organization.domain.clone(),
        logo: None,
    }
}

/// The values that an organization receives of a guest who proves a mailbox.
pub fn shared_values(account: &EmailAddress, name: Option<&str>) -> Vec<SharedValue> {
    let mut shared = vec![SharedValue { claim: "email".into(), value: account.display().to_owned() }];
    shared.extend(name.map(|name| SharedValue { claim: "name".into(), value: name.to_owned() }));
    shared
}

/// Draws a flow. Reads only.
pub async fn document(
    app: &App,
    connection: &mut Connection,
    drawn: &Drawn<'_>,
) -> Result<StepDocument, StoreError> {
    let organization = organizations::find(connection, drawn.organization).await?;
    let invitation = match &drawn.state.invitation {
        Some(id) => invitations::find(connection, drawn.organization, id).await?,
        None => None,
    };
    let step = step(app, connection, drawn, organization.as_ref(), invitation.as_ref()).await?;
    Ok(StepDocument {
        flow: FlowRef {
            id: drawn.id.map(str::to_owned),
            rev: u64::try_from(drawn.rev).unwrap_or_default(),
            intent: drawn.state.intent,
            organization: organization.as_ref().map(|organization| organization.id.to_string()),
            expires_at: drawn.expires_at.map(Timestamp::to_rfc3339),
        },
        actions: offered(drawn.state, organization.as_ref()),
        messages: drawn.state.messages.clone(),
        progress: progress(drawn.state),
        links: links(drawn, organization.as_ref(), invitation.as_ref()),
        brand: organization.as_ref().map(|organization| BrandRef {
            href: format!("/api/v1/brand?organization={}", organization.id),
            etag: crate::routes::brand::etag(organization),
        }),
        organization: organization.as_ref().map(card),
        step,
    })
}

async fn step(
    app: &App,
    connection: &mut Connection,
    drawn: &Drawn<'_>,
    organization: Option<&Organization>,
    invitation: Option<&Invitation>,
) -> Result<Step, StoreError> {
    Ok(match &drawn.state.stage {
        Stage::Invitation => match (organization, invitation) {
            (Some(organization), Some(invitation)) => {
                Step::Invitation(invitation_card(connection, organization, invitation, app.now()).await?)
            }
            (None, _) | (_, None) => blocked(BlockedReason::UnknownInvitation, "", None, None),
        },
        Stage::Identify => Step::Identify(Identify {}),
        Stage::Choose { ways } => Step::ChooseProvider(ChooseProvider {
            providers: ways
                .iter()
                .map(|way| ProviderCard {
                    id: way.id.clone(),
                    kind: way.kind.map_or(ProviderKind::EmailCode, |kind| ProviderKind::read(kind.as_str())),
                    label: way.label.clone(),
                    last_used: way.last_used,
                    unavailable: way.down,
                })
                .collect(),
        }),
        Stage::Federate { provider, url, origin, browser } => {
            let asked =
                Federate { label: provider.label.clone(), origin: origin.clone(), ..Federate::default() };
            Step::Federate(match browser.clone() {
                None => Federate { url: url.clone(), ..asked },
                Some(browser) => Federate {
                    mode: FederateMode::Browser,
                    issuer: Some(browser.issuer),
                    client_id: Some(browser.client_id),
                    scope: Some(browser.scope),
                    redirect_uri: Some(browser.redirect_uri),
                    nonce: Some(browser.nonce),
                    login_hint: browser.login_hint,
                    ..asked
                },
            })
        }
        Stage::EmailCode { address, sent } => Step::EmailCode(EmailCode {
            sent_to: address.masked(),
            sender: crate::mail::compose::sender_shown(organization, &app.config),
            digits: app.config.code.digits,
            state: if sent.is_some() { CodeState::Sent } else { CodeState::Ready },
            resend_at: sent.as_ref().map(|sent| sent.resend_at.to_rfc3339()),
            expires_at: sent.as_ref().map(|sent| sent.expires_at.to_rfc3339()),
        }),
        Stage::Challenge { salt, bits, open_at, .. } => Step::Challenge(Challenge {
            algorithm: ALGORITHM.to_owned(),
            salt: salt.clone(),
            bits: *bits,
            open_at: open_at.to_rfc3339(),
        }),
        Stage::WrongAccount { active, .. } => Step::WrongAccount(WrongAccount {
            invited: invitation.map(|invitation| invitation.address.masked()).unwrap_or_default(),
            active: active.display().to_owned(),
        }),
        Stage::Consent { account } => match organization {
            Some(organization) => {
                let user = match invitation {
                    Some(invitation) => users::find(connection, drawn.organization, &invitation.user).await?,
                    None => users::find_by_address(connection, drawn.organization, &account.address).await?,
                };
                Step::Consent(Consent {
                    organization: card(organization),
                    account: account.address.display().to_owned(),
                    privacy_url: organization.settings.privacy_url.clone(),
                    terms_url: organization.settings.terms_url.clone(),
                    permissions: Permission::ALL.to_vec(),
                    shared: shared_values(
                        &account.address,
                        // A stranger has no name here but the one that came along.
                        user.and_then(|user| user.name).or(drawn.state.name_of_stranger()).as_deref(),
                    ),
                })
            }
            None => blocked(BlockedReason::UnknownInvitation, "", None, None),
        },
        Stage::Attributes { account, .. } => {
            Step::Attributes(Attributes { account: account.address.display().to_owned() })
        }
        Stage::Checking { since, .. } => Step::Checking(Checking { since: since.to_rfc3339() }),
        Stage::PendingApproval { account, since, until, reference, .. } => {
            Step::PendingApproval(PendingApproval {
                account: account.address.display().to_owned(),
                since: since.to_rfc3339(),
                until: until.to_rfc3339(),
                reference: reference.clone(),
                contact: contact(organization),
            })
        }
        Stage::Blocked { reason, reference } => blocked(*reason, reference, organization, invitation),
        Stage::Done { redirect, kind } => Step::Done(Done { redirect: redirect.clone(), kind: *kind }),
    })
}

fn blocked(
    reason: BlockedReason,
    reference: &str,
    organization: Option<&Organization>,
    invitation: Option<&Invitation>,
) -> Step {
    Step::Blocked(Blocked {
        reason,
        reference: reference.to_owned(),
        contact: contact(organization),
        inviter: invitation.map(|invitation| invitation.inviter.name.clone()),
    })
}

fn contact(organization: Option<&Organization>) -> Option<String> {
    organization.and_then(|it| it.settings.contact.as_ref()).map(|address| format!("mailto:{address}"))
}

async fn invitation_card(
    connection: &mut Connection,
    organization: &Organization,
    invitation: &Invitation,
    now: Timestamp,
) -> Result<InvitationCard, StoreError> {
    let resources = apps::promised(connection, invitation, now)
        .await?
        .into_iter()
        .map(|app| Resource { kind: ResourceKind::read(&app.kind), id: app.id, name: app.name })
        .collect();
    Ok(InvitationCard {
        organization: card(organization),
        inviter: Inviter { name: invitation.inviter.name.clone(), email: invitation.inviter.email.clone() },
        message: invitation.message.as_deref().map(vestibule_domain::message::defang),
        resources,
        invited: invitation.address.masked(),
        expires_at: invitation.life.expires_at.to_rfc3339(),
    })
}

fn progress(state: &FlowState) -> Option<Progress> {
    let of = match (state.intent, state.goal) {
        (Intent::Redeem, Goal::Redeem) => 3,
        (_, Goal::SignIn) => 2,
        // The form is not always there, and consent always is.
        (_, Goal::SignUp) => 4,
        (_, Goal::Redeem | Goal::Decline | Goal::Link) => return None,
    };
    let index = match &state.stage {
        Stage::Invitation | Stage::Identify => 1,
        // Where nobody is expected, choosing is how it begins.
        Stage::Choose { .. } if state.invitation.is_none() => 1,
        Stage::Choose { .. }
        | Stage::Federate { .. }
        | Stage::EmailCode { .. }
        | Stage::Challenge { .. }
        | Stage::WrongAccount { .. } => 2,
        Stage::Consent { .. } => 3,
        Stage::Attributes { .. } | Stage::Checking { .. } => 4,
        Stage::PendingApproval { .. } | Stage::Blocked { .. } | Stage::Done { .. } => return None,
    };
    Some(Progress { index, of: of.max(index) })
}

fn links(drawn: &Drawn<'_>, organization: Option<&Organization>, invitation: Option<&Invitation>) -> Links {
    let mailto = |address: &String| format!("mailto:{address}");
    let settings = organization.map(|organization| &organization.settings);
    let stopped = matches!(drawn.state.stage, Stage::Blocked { .. });
    Links {
        html: drawn.id.map(|id| format!("/flow/{id}")),
        // Without the invitation's secret the way back in is to sign in with the invited address.
        restart: stopped.then(|| drawn.state.begins_at(drawn.organization)),
        help: settings.and_then(|settings| settings.contact.as_ref()).map(mailto),
        report: invitation.and(settings).and_then(|settings| settings.report.as_ref()).map(mailto),
        unsubscribe: drawn.state.unsubscribe.clone(),
    }
}

/// The sign-in entry of an organization.
pub fn entry(organization: &str) -> String {
    if organization.is_empty() { "/".to_owned() } else { format!("/?organization={organization}") }
}
