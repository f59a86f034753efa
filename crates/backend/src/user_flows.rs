//! User flows before anybody comes by them: whether one can work in its organization. What cannot is refused when it is
//! saved, by a file or by the API, and not when a stranger meets it.

use vestibule_domain::address::EmailAddress;
use vestibule_domain::sign_up::{UserFlow, UserFlowError};
use vestibule_storage::connectors::{self, Connector};
use vestibule_storage::organizations::Organization;
use vestibule_storage::providers::{self, Provider};
use vestibule_storage::{Connection, StoreError, apps, users};

use crate::flows::state::Way;

/// What a user flow leans on.
#[derive(Clone, Debug)]
pub struct Around {
    /// What all this is of, for people: "the file", "the organization".
    pub of: &'static str,
    /// Ids of the apps.
    pub apps: Vec<String>,
    /// The connectors.
    pub connectors: Vec<Connector>,
    /// The identity providers, those that are turned off among them.
    pub providers: Vec<Provider>,
    /// Whether people sign in by a code.
    pub email_code: bool,
    /// Who is a member.
    pub members: Vec<EmailAddress>,
}

/// Why a user flow cannot work. Each says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Wrong wherever it is.
    #[error(transparent)]
    Flow(#[from] UserFlowError),
    /// It leads nowhere.
    #[error("`apps` names {0}, which {1} does not have")]
    App(String, &'static str),
    /// Nobody could be asked.
    #[error("there is no connector {0}: add it to `connectors`")]
    Connector(String),
    /// Nobody could come in.
    #[error("nobody could sign up: `providers` names none that is enabled; add one, or `email` for the code")]
    NoWay,
    /// A stranger would decide.
    #[error("`approval.approvers` names {0}, who is no member of {1}")]
    Approver(String, &'static str),
}

impl Around {
    /// What an organization has now.
    pub async fn stored(
        connection: &mut Connection,
        organization: &Organization,
    ) -> Result<Self, StoreError> {
        let id = organization.id.as_str();
        let members = users::of_file(connection, id).await?;
        Ok(Self {
            of: "the organization",
            apps: apps::list(connection, id).await?.into_iter().map(|app| app.id).collect(),
            connectors: connectors::list(connection, id).await?,
            providers: providers::list(connection, id).await?,
            email_code: organization.settings.redemption_order.email_code,
            members: members
                .into_iter()
                .filter(|member| member.disabled_at.is_none())
                .map(|member| member.address)
                .collect(),
        })
    }

    /// Whether a user flow can work here.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn admit(&self, flow: &UserFlow) -> Result<(), Unfit> {
        flow.validate()?;
        if let Some(app) = flow.apps.iter().find(|id| !self.apps.contains(id)) {
            return Err(Unfit::App(app.clone(), self.of));
        }
        for id in [&flow.after_federation, &flow.before_creation].into_iter().flatten() {
            if !self.connectors.iter().any(|connector| connector.id == id.as_str()) {
                return Err(Unfit::Connector(id.to_string()));
            }
        }
        // A name that leads nowhere offers nothing.
        let way = self.providers.iter().any(|it| it.enabled && flow.offers(&it.id));
        let code = self.email_code && flow.offers(Way::EMAIL);
        if flow.providers.is_some() && !way && !code {
            return Err(Unfit::NoWay);
        }
        for approver in flow.approval.iter().flat_map(|approval| &approval.approvers) {
            let known = EmailAddress::parse(approver).is_ok_and(|address| self.members.contains(&address));
            if !known {
                return Err(Unfit::Approver(approver.clone(), self.of));
            }
        }
        Ok(())
    }
}
