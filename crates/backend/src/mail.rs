//! Mail: written (`compose`), kept sealed in the outbox with the change that promised it (`letter`), sent by one
//! worker (`worker`) through a mail server (`smtp`) or into memory for a demo (`inbox`).
//!
//! Nothing here decides whether a mail is owed; the outbox row is written in the transaction of whatever owes it (P4).
//!
//! There is no `List-Unsubscribe` yet: it would have to be honoured by a page that blocks further invitations, and a
//! header that does nothing is worse than none. Until then a mail says whom to write to.

pub mod compose;
pub mod inbox;
pub mod letter;
mod message;
pub mod smtp;
pub mod transport;
pub mod words;
pub mod worker;

/// Kinds of mail in the outbox.
pub mod kind {
    /// An invitation.
    pub const INVITATION: &str = "invitation";
    /// A one-time code.
    pub const CODE: &str = "code";
    /// A mail that is made and stored like any other, and never sent: for an address that is not known here. So the
    /// work, and the time it takes, tell nothing (S97).
    pub const SUPPRESSED: &str = "suppressed";
}
