//! Making, resending and revoking invitations; the same for the API, the desk and the command line.

pub mod create;
pub mod draft;
pub mod letter;
pub mod resend;
pub mod revoke;
