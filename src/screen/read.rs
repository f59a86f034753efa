//! How the embedded page reads in the browser; what it is written by is serde's derive, on the server.

use vestibule_contract::read::{Read, Tree};
use vestibule_contract::read_members;

use super::{
    AccountScreen, Chrome, ChromeLinks, Failure, FailureKind, InviteScreen, Page, PanelScreen, Screen,
    StepScreen,
};

read_members! {
    Page { chrome, screen }
    Chrome { host, locale, organization, account, form_token, form_action, links }
    ChromeLinks { privacy, terms, help }
    StepScreen { document, draft }
    PanelScreen { me, organizations, apps, query }
    AccountScreen { me, organizations, consents, activity }
    InviteScreen { me, options, draft, errors, preview, sent }
    Failure { kind, reference }
}

// Serde writes an enum with data as an object of one member, and one without as text.
impl Read for Screen {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        if let Tree::Object(members) = value
            && let [(kind, data)] = members.as_slice()
        {
            match kind.as_str() {
                "Step" => return Self::Step(Read::read(data, sound)),
                "Panel" => return Self::Panel(Read::read(data, sound)),
                "Account" => return Self::Account(Read::read(data, sound)),
                "Invite" => return Self::Invite(Read::read(data, sound)),
                "Failure" => return Self::Failure(Read::read(data, sound)),
                _ => {}
            }
        }
        // The server never embeds the screen that stands for having nothing.
        *sound = false;
        Self::Loading
    }
}

impl Read for FailureKind {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        let name = String::read(value, sound);
        let known = Self::ALL.iter().find(|kind| kind.name() == name);
        *sound &= known.is_some();
        known.copied().unwrap_or(Self::Crashed)
    }
}

#[cfg(test)]
mod tests;
