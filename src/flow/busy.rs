//! Names for what is under way and is not an action of a step.

/// The first answer of a page is awaited.
pub const LOAD: &str = "load";
/// The panel searches.
pub const SEARCH: &str = "search";
/// The next part of the list is on its way.
pub const MORE: &str = "more";
/// The organization changes.
pub const SWITCH: &str = "switch_organization";
/// The session ends.
pub const SIGN_OUT: &str = "sign_out";
/// The mail of the invite form is being composed.
pub const PREVIEW: &str = "preview";
/// The invitation is being made.
pub const INVITE: &str = "invite";
/// A consent is being taken back: this, a colon and the consent's id.
pub const REVOKE: &str = "revoke";
