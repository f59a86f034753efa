//! A guest as it is told.

use std::collections::BTreeMap;

use vestibule_contract::user::User as Wire;
use vestibule_domain::permission::Role;
use vestibule_domain::sign_up::BuiltIn;
use vestibule_storage::organizations::Organization;
use vestibule_storage::users::User;

use crate::flows::sign_up::custom;
use crate::routes::graph::resource::context;
use crate::state::App;

/// Where they are.
pub(super) const PATH: &str = "/v1.0/users";

/// Everything that is told of somebody.
pub(super) fn entity(
    app: &App,
    organization: &Organization,
    user: &User,
    (user_flow, kept): (Option<String>, BTreeMap<String, String>),
) -> Wire {
    let name = |(id, value): (String, String)| {
        let name = if BuiltIn::parse(&id).is_ok() { id } else { custom(organization.id.as_str(), &id) };
        (name, value)
    };
    let kept = kept.into_iter().filter(|(id, _)| id != BuiltIn::DisplayName.as_str());
    let guest = user.role == Role::Guest;
    Wire {
        odata_context: context(app, "users/$entity"),
        id: user.id.clone(),
        display_name: user.name.clone(),
        mail: user.address.display().to_owned(),
        user_principal_name: format!(
            "{}#EXT#@{}",
            user.address.display().replace('@', "_"),
            organization.domain
        ),
        user_type: if guest { "Guest" } else { "Member" }.to_owned(),
        creation_type: match (guest, user_flow) {
            (false, _) => None,
            (true, Some(_)) => Some("SelfServiceSignUp".to_owned()),
            (true, None) => Some("Invitation".to_owned()),
        },
        external_user_state: if user.accepted { "Accepted" } else { "PendingAcceptance" }.to_owned(),
        external_user_state_change_date_time: user.state_changed_at.to_rfc3339(),
        created_date_time: user.created_at.to_rfc3339(),
        account_enabled: user.disabled_at.is_none(),
        attributes: kept.map(name).collect(),
    }
}
