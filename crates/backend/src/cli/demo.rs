//! `demo`: everything on one machine, ready to click, without any configuration.

use std::path::PathBuf;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::invitation::Status;
use vestibule_storage::invitations::Inviter;
use vestibule_storage::{invitations, organizations, users};

mod providers;

use self::providers::Providers;
use super::{apply, output};
use crate::config::Config;
use crate::flows::walk::WalkError;
use crate::invitations::create::{Draft, create};
use crate::invitations::resend::resend;
use crate::state::{App, Shared};
use crate::{log, server};

const ORGANIZATIONS: &[(&str, &str)] = &[
    ("demo/organizations/contoso.toml", include_str!("../../../../demo/organizations/contoso.toml")),
    ("demo/organizations/fabrikam.toml", include_str!("../../../../demo/organizations/fabrikam.toml")),
];

/// Somebody whom the demo invites.
struct Guest {
    address: &'static str,
    name: &'static str,
    organization: &'static str,
    host: (&'static str, &'static str),
    message: &'static str,
    reason: &'static str,
    apps: &'static [&'static str],
}

/// The guest for whom an invitation waits.
const ANA: Guest = Guest {
    address: "ana@partner.example",
    name: "Ana Ruiz",
    organization: "contoso",
    host: ("Mira Lindqvist", HOST),
    message: "Here are the plans for spring. See you on Monday!",
    reason: "Spring launch, until the summer",
    apps: &["wiki", "plans"],
};

/// Who invites her.
const HOST: &str = "mira@contoso.example";

/// Guests who have accounts of their own, where identity providers run: by OpenID Connect, by SAML, and at one that the
/// page itself speaks to.
const WITH_ACCOUNTS: [Guest; 3] = [
    with_account("ben@partner.example", "Ben Adeyemi"),
    with_account("kim@harbour.example", "Kim Solberg"),
    with_account("lee@lantern.example", "Lee Tanaka"),
];

const fn with_account(address: &'static str, name: &'static str) -> Guest {
    Guest {
        address,
        name,
        organization: FEDERATED,
        host: ("Ines Moreau", "ines@fabrikam.example"),
        message: "The order book, as we said on the phone.",
        reason: "Orders of the spring launch",
        apps: &["orders"],
    }
}

/// The organization whose guests come with accounts of their own.
const FEDERATED: &str = "fabrikam";

/// Serves a demo.
#[derive(Args)]
pub(super) struct Demo {
    /// Port on this machine.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Folder of the demo's data.
    #[arg(long, default_value = ".vestibule/demo")]
    data: PathBuf,
    /// Folder of the built front-end.
    #[arg(long, default_value = "dist")]
    dist: PathBuf,
    /// Begins with empty data.
    #[arg(long)]
    fresh: bool,
    /// Program (JavaScript, for Node.js) that is the demo's identity providers.
    #[arg(long)]
    providers: Option<PathBuf>,
}

impl Demo {
    /// Serves until it is told to stop.
    pub(super) async fn run(self) -> Result<()> {
        if self.fresh && self.data.exists() {
            std::fs::remove_dir_all(&self.data)
                .with_context(|| format!("emptying {}", self.data.display()))?;
        }
        std::fs::create_dir_all(&self.data).with_context(|| format!("making {}", self.data.display()))?;
        let config = self.config()?;
        log::start(&config.log);
        let app = super::backend(config).await?;
        let providers = match &self.providers {
            Some(script) => Some(Providers::start(script, FEDERATED, self.port)?),
            None => None,
        };
        for (name, text) in ORGANIZATIONS {
            let own = providers.as_ref().filter(|_| name.contains(FEDERATED));
            let entries = own.map(|providers| providers.entries.as_str()).unwrap_or_default();
            apply::put(&app, name, &format!("{text}\n{entries}")).await?;
        }
        invite(&app, &ANA).await?;
        if providers.is_some() {
            for guest in &WITH_ACCOUNTS {
                invite(&app, guest).await?;
            }
        }
        let listening = server::bind(&app).await?;
        let origin = app.config.public_url.origin();
        output::line(format_args!("ready: {origin}"));
        output::line(format_args!(
            "  1. {origin}/dev/inbox    {} has a mail: open its link, and come in as a guest",
            ANA.address
        ));
        output::line(format_args!(
            "  2. {origin}/             sign in as {HOST}: the code lands in the same inbox"
        ));
        output::line(format_args!("  3. {origin}/desk/invite  as {HOST}, invite somebody yourself"));
        if providers.is_some() {
            output::line(
                "  4. the mails for ben, kim and lee lead to organizations of their own: sign in there",
            );
            output::line("     as ben, kim and lee, with any password");
            output::line(format_args!(
                "  5. {origin}/?organization={FEDERATED}  the choice between accounts"
            ));
        }
        output::line(format_args!(
            "  6. {origin}/signup/makers?organization={FEDERATED}  anybody signs up, with any address"
        ));
        output::line("Ctrl-C stops it.");
        listening.serve().await
    }

    fn config(&self) -> Result<Config> {
        let toml = format!(
            "public_url = \"http://localhost:{port}\"\nsecret = \"{secret}\"\ndata = {data:?}\ndist = {dist:?}\n\
             locales = [\"en\"]\n\
             [server]\nlisten = \"127.0.0.1:{port}\"\nextra_hosts = [\"127.0.0.1:{port}\"]\n\
             [mail]\nfrom = \"Vestibule demo <door@localhost.example>\"\ntransport = \"inbox\"\n\
             [federation]\nprivate_networks = [\"127.0.0.0/8\", \"::1/128\"]\n\
             [log]\nlevel = \"warn\"\n",
            port = self.port,
            secret = self.secret()?,
            data = self.data.display().to_string(),
            dist = self.dist.display().to_string(),
        );
        // For the other commands, which read a file.
        let path = self.data.join("vestibule.toml");
        std::fs::write(&path, &toml).with_context(|| format!("writing {}", path.display()))?;
        Ok(Config::parse(&toml, std::iter::empty())?)
    }

    /// The demo's own secret, made at the first start and kept with its data.
    fn secret(&self) -> Result<String> {
        use vestibule_domain::ports::Entropy;
        let path = self.data.join("secret");
        if let Ok(secret) = std::fs::read_to_string(&path) {
            return Ok(secret);
        }
        let mut bytes = [0; 32];
        crate::ports::OsEntropy.fill(&mut bytes)?;
        let secret = STANDARD.encode(bytes);
        std::fs::write(&path, &secret).with_context(|| format!("writing {}", path.display()))?;
        Ok(secret)
    }
}

/// Sees to it that a mail for a guest waits in the inbox, which is empty after each start: the first invitation, or
/// the one that waits sent again. Once the guest has come in, nothing is sent.
async fn invite(app: &Shared, guest: &'static Guest) -> Result<()> {
    let writer = app.clone();
    app.store
        .write(move |connection| {
            Box::pin(async move {
                let app: &App = &writer;
                let Some(organization) = organizations::find(connection, guest.organization).await? else {
                    return Ok(());
                };
                let address = EmailAddress::parse(guest.address).expect("the demo's own address is one");
                if let Some(known) = users::find_by_address(connection, guest.organization, &address).await? {
                    let waiting =
                        invitations::pending_of_user(connection, guest.organization, &known.id).await?;
                    let now = app.now();
                    let open = |status| matches!(status, Status::Pending | Status::Expired);
                    if let Some(one) = waiting.into_iter().find(|one| open(one.life.status(now))) {
                        let _ = resend(app, connection, &organization, &one.id, "command").await?;
                    }
                    return Ok(());
                }
                let (name, email) = guest.host;
                let inviter = Inviter { id: None, name: name.to_owned(), email: Some(email.to_owned()) };
                let draft = Draft {
                    address: guest.address.to_owned(),
                    name: Some(guest.name.to_owned()),
                    message: Some(guest.message.to_owned()),
                    redirect_url: "/apps".to_owned(),
                    apps: guest.apps.iter().map(|&app| app.to_owned()).collect(),
                    reason: Some(guest.reason.to_owned()),
                    send_mail: true,
                    ..Draft::default()
                };
                let _ = create(app, connection, &organization, &inviter, "command", &draft).await?;
                Ok::<_, WalkError>(())
            })
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(())
}
