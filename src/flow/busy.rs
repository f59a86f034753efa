//! Names for what is under way: an action of a step by its own name, and these.

/// The first answer of a page is awaited.
pub const LOAD: &str = "load";
/// A step is looked at again, by itself.
pub const LOOK: &str = "look";
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

/// The field by which one of several actions of one name is chosen.
pub const PROVIDER: &str = "provider";

/// The name of an action of a step; of several that choose, each has its own.
pub fn of(action: &str, provider: Option<&str>) -> String {
    match provider {
        Some(provider) => [action, ".", provider].concat(),
        None => action.to_owned(),
    }
}
