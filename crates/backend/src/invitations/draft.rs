//! What a draft of an invitation has to be, and what it becomes: checked without changing anything, so that a preview
//! asks the same as the sending.

use std::time::Duration;

use vestibule_domain::address::EmailAddress;
use vestibule_domain::limit::Retry;
use vestibule_domain::message::{custom_message, single_line};
use vestibule_domain::redirect::{AppUrl, resolve};
use vestibule_storage::organizations::Organization;
use vestibule_storage::{Connection, StoreError, apps};

use crate::state::App;

/// Most characters of a display name.
const NAME_LENGTH: usize = 120;

/// What an invitation says, as it was asked for.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Address to invite.
    pub address: String,
    /// The guest's name.
    pub name: Option<String>,
    /// Words for the mail.
    pub message: Option<String>,
    /// BCP 47 tag of the mail's language.
    pub language: Option<String>,
    /// Who gets a copy.
    pub cc: Option<String>,
    /// Where the guest goes afterwards.
    pub redirect_url: String,
    /// Ids of the apps to share.
    pub apps: Vec<String>,
    /// Days until it runs out.
    pub days: Option<u32>,
    /// Why, shown to the guest in the panel.
    pub reason: Option<String>,
    /// Whether a mail goes out.
    pub send_mail: bool,
}

/// Why nobody was invited. `field` names the part of the draft.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A part of the draft is wrong.
    #[error("{text}")]
    Field {
        /// Which part.
        field: &'static str,
        /// What is wrong, and what to do.
        text: String,
    },
    /// The organization does not admit the address's domain.
    #[error("Addresses at {domain} cannot be invited here. Ask an administrator to admit the domain.")]
    Domain {
        /// The domain.
        domain: String,
    },
    /// The person exists here and is turned off.
    #[error("This person is blocked in the organization. Ask an administrator to lift the block first.")]
    Blocked,
    /// Too many invitations.
    #[error("Too many invitations {whose}. The next one can go out at {}.", retry.at.to_rfc3339())]
    Limited {
        /// By whom or to whom.
        whose: &'static str,
        /// When it is possible again.
        retry: Retry,
    },
}

fn wrong(field: &'static str, text: impl Into<String>) -> Refusal {
    Refusal::Field { field, text: text.into() }
}

/// A draft whose parts are right, as they will be stored.
pub struct Checked {
    /// Address to invite.
    pub address: EmailAddress,
    /// The guest's name, on one line.
    pub name: Option<String>,
    /// Words, cleaned.
    pub message: Option<String>,
    /// Who gets a copy.
    pub cc: Option<EmailAddress>,
    /// The shared apps.
    pub apps: Vec<apps::App>,
    /// How long it can be redeemed.
    pub lifetime: Duration,
    /// Why.
    pub reason: Option<String>,
}

/// Checks every part of a draft without changing anything.
pub async fn check(
    app: &App,
    connection: &mut Connection,
    organization: &Organization,
    draft: &Draft,
) -> Result<Result<Checked, Refusal>, StoreError> {
    let known = apps::list(connection, organization.id.as_str()).await?;
    Ok(check_parts(app, organization, &known, draft))
}

fn check_parts(
    app: &App,
    organization: &Organization,
    known: &[apps::App],
    draft: &Draft,
) -> Result<Checked, Refusal> {
    let address = EmailAddress::parse(&draft.address)
        .map_err(|error| wrong("address", format!("This address cannot be invited: {error}.")))?;
    if !organization.settings.domains.admits(&address) {
        return Err(Refusal::Domain { domain: address.domain().to_owned() });
    }
    let cc = draft.cc.as_deref().map(str::trim).filter(|cc| !cc.is_empty());
    let cc = cc
        .map(EmailAddress::parse)
        .transpose()
        .map_err(|error| wrong("cc", format!("This copy recipient cannot be written to: {error}.")))?
        // Nobody needs the same mail twice.
        .filter(|cc| *cc != address);
    let message = custom_message(draft.message.as_deref().unwrap_or_default())
        .map_err(|error| wrong("message", format!("{error}.")))?;
    let mut shared = Vec::new();
    for id in &draft.apps {
        match known.iter().find(|app| &app.id == id) {
            Some(app) => shared.push(app.clone()),
            None => {
                return Err(wrong(
                    "apps",
                    format!("There is nothing called “{}” to share here.", single_line(id, 40)),
                ));
            }
        }
    }
    let registered: Vec<AppUrl> =
        known.iter().filter_map(|app| AppUrl::parse(&app.launch_url).ok()).collect();
    if resolve(&draft.redirect_url, &registered, app.config.public_url.origin()).is_none() {
        return Err(wrong(
            "redirect",
            "The landing page must be a page of this service or of a registered app.",
        ));
    }
    if let Some(language) = draft.language.as_deref().filter(|language| !language.is_empty()) {
        let base = language.split('-').next().unwrap_or_default();
        if base.is_empty()
            || language.len() > 35
            || !language.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        {
            return Err(wrong("language", "This is not a language tag such as “en” or “pt-BR”."));
        }
    }
    let settings = &organization.settings;
    let days = draft.days.unwrap_or(settings.invitation_days);
    if days == 0 || days > settings.max_invitation_days {
        let text = format!("An invitation can last 1 to {} days here.", settings.max_invitation_days);
        return Err(wrong("days", text));
    }
    let line = |text: &Option<String>| {
        text.as_deref().map(|text| single_line(text, NAME_LENGTH)).filter(|text| !text.is_empty())
    };
    Ok(Checked {
        address,
        name: line(&draft.name),
        message,
        cc,
        apps: shared,
        lifetime: Duration::from_secs(u64::from(days) * 24 * 60 * 60),
        reason: line(&draft.reason),
    })
}
