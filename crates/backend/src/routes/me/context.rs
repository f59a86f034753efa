//! Whose panel, and in which organization.

use serde::Deserialize;
use vestibule_contract::document::{Links, OrganizationCard};
use vestibule_contract::panel;
use vestibule_domain::permission::Role;
use vestibule_storage::organizations::{self, Organization};
use vestibule_storage::sessions::Session;
use vestibule_storage::users::{self, User};
use vestibule_storage::{Connection, StoreError, consents};

use crate::flows::document::{card, entry};
use crate::flows::ways::Offer;
use crate::http::problem::ApiProblem;
use crate::state::App;

/// The organization that a request is about.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// Its id; the first one of the person when absent.
    #[serde(default)]
    pub organization: Option<String>,
}

/// The person in one organization.
pub struct Here {
    /// The user there.
    pub user: User,
    /// The organization.
    pub organization: Organization,
    /// Whether the organization has ways to sign in besides the code.
    pub may_link: bool,
    /// All organizations of the person, by name.
    pub all: Vec<(User, Organization)>,
}

/// Why there is no such context.
pub enum Missing {
    /// The store failed.
    Store(StoreError),
    /// The person does not belong there, or nowhere.
    NotFound,
    /// The guest has taken the consent back; it has to be given again first.
    Consent(String),
}

impl From<StoreError> for Missing {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Missing> for ApiProblem {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Store(error) => error.into(),
            Missing::NotFound => Self::not_found(),
            Missing::Consent(organization) => Self::forbidden()
                .detail("The consent was taken back. Sign in to this organization again to give it.")
                .links(Links { restart: Some(entry(&organization)), ..Links::default() }),
        }
    }
}

/// What a request is about, and thereby whether the guest has to have agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// What the organization shares. Needs the guest's consent.
    Shared,
    /// The person's own data. What was agreed to and taken back stays to be seen by whom it is about.
    Own,
}

/// Finds the context of a request.
pub async fn find(
    connection: &mut Connection,
    session: &Session,
    asked: &Asked,
    about: About,
) -> Result<Here, Missing> {
    let mut all = Vec::new();
    for user in users::of_identity(connection, &session.account.identity).await? {
        if let Some(organization) = organizations::find(connection, &user.organization).await? {
            all.push((user, organization));
        }
    }
    let wanted = asked.organization.as_deref().filter(|id| !id.is_empty());
    let mut refused = Missing::NotFound;
    for (user, organization) in &all {
        if wanted.is_some_and(|wanted| wanted != organization.id.as_str()) {
            continue;
        }
        let needs_consent = about == About::Shared && user.role == Role::Guest;
        if needs_consent && !consents::is_given(connection, &user.organization, &user.id).await? {
            refused = Missing::Consent(user.organization.clone());
            continue;
        }
        let may_link = Offer::read(connection, &user.organization).await?.is_choice();
        return Ok(Here { user: user.clone(), organization: organization.clone(), may_link, all });
    }
    Err(refused)
}

/// The context of a request, on a reader.
pub async fn of(app: &App, session: &Session, asked: &Asked, about: About) -> Result<Here, Missing> {
    let (session, asked) = (session.clone(), asked.clone());
    app.store
        .read(|connection| Box::pin(async move { find(connection, &session, &asked, about).await }))
        .await
}

/// A role on the wire.
pub fn role(role: Role) -> panel::Role {
    match role {
        Role::Guest => panel::Role::Guest,
        Role::Member => panel::Role::Member,
        Role::Inviter => panel::Role::Inviter,
        Role::Administrator => panel::Role::Administrator,
    }
}

impl Here {
    /// The organization as it is shown.
    pub fn card(&self) -> OrganizationCard {
        card(&self.organization)
    }
}
