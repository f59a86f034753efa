//! Who may invite, and guests of which domains may come.

mod domains;
#[cfg(test)]
mod tests;

use crate::named::named;

pub use domains::{DomainKind, DomainPolicy};

named! {
    /// What a person is at an organization.
    pub enum Role {
        /// A guest.
        Guest = "guest",
        /// One of its own.
        Member = "member",
        /// One who may invite even where members may not.
        Inviter = "inviter",
        /// One who runs it.
        Administrator = "administrator",
    }
}

named! {
    /// Who may invite guests: `allowInvitesFrom` of the Microsoft Graph `authorizationPolicy`, with its names.
    pub enum InvitePolicy {
        /// Everybody, guests as well.
        Everyone = "everyone",
        /// All but guests.
        MembersAndInviters = "adminsGuestInvitersAndAllMembers",
        /// Administrators and inviters.
        Inviters = "adminsAndGuestInviters",
        /// Nobody, not even an administrator.
        Nobody = "none",
    }
}

/// Whether a person of this role may invite a guest.
pub fn may_invite(role: Role, policy: InvitePolicy) -> bool {
    match policy {
        InvitePolicy::Everyone => true,
        InvitePolicy::MembersAndInviters => match role {
            Role::Guest => false,
            Role::Member | Role::Inviter | Role::Administrator => true,
        },
        InvitePolicy::Inviters => match role {
            Role::Guest | Role::Member => false,
            Role::Inviter | Role::Administrator => true,
        },
        InvitePolicy::Nobody => false,
    }
}
