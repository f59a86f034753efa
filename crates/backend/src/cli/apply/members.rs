//! The members of an organization's file.

use anyhow::{Result, ensure};
use vestibule_domain::account::Identity;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::permission::Role;
use vestibule_storage::Connection;
use vestibule_storage::users::{self, Creation, User};

use crate::state::App as Backend;

/// A member as the file says. The organization vouches for the mailbox, so it is an identity at once.
pub(super) async fn put(
    backend: &Backend,
    connection: &mut Connection,
    organization: &str,
    address: &EmailAddress,
    name: &str,
    role: Role,
) -> Result<()> {
    let now = backend.now();
    let id = if let Some(user) = users::find_by_address(connection, organization, address).await? {
        users::update_profile(connection, organization, &user.id, Some(name), role).await?;
        users::set_disabled(connection, organization, &user.id, None).await?;
        users::accept(connection, organization, &user.id, now).await?;
        user.id
    } else {
        let user = User {
            organization: organization.to_owned(),
            id: backend.new_id()?,
            address: address.clone(),
            name: Some(name.to_owned()),
            role,
            accepted: true,
            state_changed_at: now,
            created_at: now,
            disabled_at: None,
        };
        users::insert(connection, &user, Creation::File).await?;
        user.id
    };
    let mailbox = Identity::of_mailbox(address);
    if !users::add_identity(connection, organization, &id, &mailbox, now).await? {
        // It may have redeemed somebody else's invitation before, where that is allowed.
        let owner = users::tied_to(connection, organization, &mailbox).await?;
        ensure!(
            owner.as_ref() == Some(&id),
            "{} signs in as another guest here already; give the member another address",
            address.display()
        );
    }
    Ok(())
}
