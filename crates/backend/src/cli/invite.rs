//! `invite`.

use anyhow::{Context, Result};
use clap::Args;
use vestibule_storage::invitations::Inviter;
use vestibule_storage::organizations;

use super::output;
use crate::flows::walk::WalkError;
use crate::invitations::create::{Draft, create};
use crate::invitations::letter::link_url;
use crate::state::{App, Shared};

/// Invites somebody.
#[derive(Args)]
pub(super) struct Invite {
    /// Organization.
    #[arg(long)]
    organization: String,
    /// Address to invite.
    address: String,
    /// The guest's name.
    #[arg(long)]
    name: Option<String>,
    /// Words for the mail.
    #[arg(long)]
    message: Option<String>,
    /// Who invites, as the guest is told; the organization's name when absent.
    #[arg(long)]
    inviter: Option<String>,
    /// Id of an app to share; may be given several times.
    #[arg(long = "app")]
    apps: Vec<String>,
    /// Where the guest goes afterwards.
    #[arg(long, default_value = "/apps")]
    redirect: String,
    /// Days until it runs out.
    #[arg(long)]
    days: Option<u32>,
    /// Prints the link instead of sending a mail.
    #[arg(long)]
    print_link: bool,
}

impl Invite {
    /// Invites.
    pub(super) async fn run(self, app: &Shared) -> Result<()> {
        let print_link = self.print_link;
        let writer = app.clone();
        let outcome = app
            .store
            .write(move |connection| {
                Box::pin(async move {
                    let app: &App = &writer;
                    let Some(organization) = organizations::find(connection, &self.organization).await?
                    else {
                        return Ok(None);
                    };
                    let inviter = Inviter {
                        id: None,
                        name: self.inviter.unwrap_or_else(|| organization.name.clone()),
                        email: organization.settings.contact.clone(),
                    };
                    let draft = Draft {
                        address: self.address,
                        name: self.name,
                        message: self.message,
                        redirect_url: self.redirect,
                        apps: self.apps,
                        days: self.days,
                        send_mail: !print_link,
                        ..Draft::default()
                    };
                    create(app, connection, &organization, &inviter, "command", &draft).await.map(Some)
                })
            })
            .await
            .map_err(|error: WalkError| anyhow::Error::from(error))?;
        let created = outcome.context("there is no such organization")??;
        let invitation = &created.invitation;
        let until = invitation.life.expires_at.to_rfc3339();
        output::line(format_args!(
            "{} invited, until {until}: {}",
            invitation.address.display(),
            invitation.id
        ));
        if print_link {
            output::line(link_url(app, &created.link));
        } else {
            output::line("the mail goes out as soon as the server runs");
        }
        Ok(())
    }
}
