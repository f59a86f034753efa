//! Mail: written (`compose`), kept sealed in the outbox with the change that promised it (`letter`), sent by one
//! worker (`worker`) through a mail server (`smtp`) or into memory for a demo (`inbox`).
//!
//! Nothing here decides whether a mail is owed; the outbox row is written in the transaction of whatever owes it (P4).
//!
//! A mail that is not to reach its recipient is written, stored and worked on like any other, and held back at the
//! very end: whether an address is known here (S97), or does not want invitations (T23), shows in no answer and in no time
//! that an answer takes.

pub mod compose;
pub mod inbox;
pub mod letter;
mod message;
pub mod smtp;
pub mod transport;
pub mod unsubscribe;
pub mod words;
pub mod worker;

/// Kinds of mail in the outbox.
pub mod kind {
    /// An invitation, to the guest.
    pub const INVITATION: &str = "invitation";
    /// The copy of an invitation that the inviter asked for.
    pub const COPY: &str = "copy";
    /// A sign-up to be decided, to who decides.
    pub const APPROVAL: &str = "approval";
    /// How a sign-up was decided, to who asked.
    pub const DECISION: &str = "decision";
    /// A one-time code.
    pub const CODE: &str = "code";
}
