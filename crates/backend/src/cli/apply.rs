//! `apply`: makes an organization what its file says. Running it again changes nothing.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Deserialize;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::brand::BrandTokens;
use vestibule_domain::id::OrganizationId;
use vestibule_domain::permission::Role;
use vestibule_domain::redirect::{AppUrl, Target, resolve};
use vestibule_domain::sign_up::UserFlow;
use vestibule_storage::apps::{self, App, Assignment};
use vestibule_storage::connectors::Connector;
use vestibule_storage::organizations::{self, Organization, Settings};
use vestibule_storage::providers::Provider;
use vestibule_storage::users;
use vestibule_storage::{Connection, audit, sessions};

use super::output;
use crate::connectors::wanted::Wanted;
use crate::state::{App as Backend, Shared};

mod connectors;
mod members;
mod providers;
mod user_flows;

/// Makes organizations what their files say.
#[derive(Args)]
pub struct Apply {
    /// Organization files (TOML).
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// An organization's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: OrganizationId,
    name: String,
    domain: String,
    #[serde(default)]
    settings: Option<Settings>,
    #[serde(default)]
    brand: BrandTokens,
    #[serde(default)]
    members: Vec<Member>,
    #[serde(default)]
    apps: Vec<Resource>,
    #[serde(default)]
    assignments: Vec<Assigned>,
    #[serde(default)]
    providers: Vec<providers::Entry>,
    #[serde(default)]
    connectors: Vec<Wanted>,
    #[serde(default)]
    user_flows: Vec<UserFlow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Member {
    address: String,
    name: String,
    role: Role,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resource {
    id: String,
    name: String,
    kind: String,
    launch_url: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    owner: Option<Owner>,
    #[serde(default)]
    collection: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Owner {
    name: String,
    #[serde(default)]
    email: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Assigned {
    app: String,
    member: String,
    #[serde(default)]
    reason: Option<String>,
}

impl Apply {
    /// Applies each file, or says what is wrong with it.
    pub async fn run(self, app: &Shared) -> Result<()> {
        for path in self.files {
            let text =
                std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            let id = put(app, &path.display().to_string(), &text).await?;
            output::line(format_args!("{id} is as {} says", path.display()));
        }
        Ok(())
    }
}

/// Makes an organization what the text of its file says. Gives its id.
pub async fn put(app: &Shared, name: &str, text: &str) -> Result<OrganizationId> {
    let (plan, wanted, connectors) = plan(text).with_context(|| format!("in {name}"))?;
    // Asked before anything is written: a wrong provider is refused here, not when a guest meets it.
    let providers =
        providers::describe(app, &plan.organization, wanted).await.with_context(|| format!("in {name}"))?;
    let id = plan.organization.id.clone();
    let connectors = connectors::prepare(app, &id, connectors).await.with_context(|| format!("in {name}"))?;
    let (writer, spoken_to) = (app.clone(), SpokenTo { providers, connectors });
    user_flows::check(app, &plan, &spoken_to).await.with_context(|| format!("in {name}"))?;
    app.store
        .write(move |connection| Box::pin(async move { write(&writer, connection, plan, &spoken_to).await }))
        .await?;
    Ok(id)
}

/// A file that was understood.
struct Plan {
    organization: Organization,
    members: Vec<(EmailAddress, String, Role)>,
    apps: Vec<App>,
    assignments: Vec<(String, EmailAddress, Option<String>)>,
    user_flows: Vec<UserFlow>,
}

/// Who is spoken to, and what that takes.
struct SpokenTo {
    providers: Vec<Provider>,
    connectors: Vec<Connector>,
}

fn plan(text: &str) -> Result<(Plan, Vec<providers::Entry>, Vec<Wanted>)> {
    let file: File = toml::from_str(text)?;
    if let Err(errors) = file.brand.validate() {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        bail!("the brand cannot be read by everybody: {}", errors.join("; "));
    }
    let domain = EmailAddress::parse(&format!("x@{}", file.domain)).context("`domain`")?.domain().to_owned();
    let mut members: Vec<(EmailAddress, String, Role)> = Vec::new();
    for member in file.members {
        let address =
            EmailAddress::parse(&member.address).with_context(|| format!("member {}", member.address))?;
        if members.iter().any(|(known, ..)| *known == address) {
            bail!("the file has {} twice", member.address);
        }
        members.push((address, member.name, member.role));
    }
    let mut apps = Vec::new();
    for app in file.apps {
        if !is_own_path(&app.launch_url) {
            AppUrl::parse(&app.launch_url).with_context(|| format!("launch_url of {}", app.id))?;
        }
        if apps.iter().any(|known: &App| known.id == app.id) {
            bail!("the file has two apps called {}", app.id);
        }
        if !["app", "site", "folder", "file", "group"].contains(&app.kind.as_str()) {
            bail!("the kind of {} is app, site, folder, file or group, not {}", app.id, app.kind);
        }
        apps.push(App {
            id: app.id,
            name: app.name,
            description: app.description,
            kind: app.kind,
            launch_url: app.launch_url,
            owner_email: app.owner.as_ref().and_then(|owner| owner.email.clone()),
            owner_name: app.owner.map(|owner| owner.name),
            collection: app.collection,
        });
    }
    let mut assignments = Vec::new();
    for one in file.assignments {
        let address =
            EmailAddress::parse(&one.member).with_context(|| format!("assignment of {}", one.app))?;
        if !apps.iter().any(|app| app.id == one.app) || !members.iter().any(|(member, ..)| *member == address)
        {
            bail!(
                "the assignment of {} to {} names an app or member that the file does not have",
                one.app,
                one.member
            );
        }
        assignments.push((one.app, address, one.reason));
    }
    let settings = match file.settings {
        Some(settings) => settings,
        None => toml::from_str("")?,
    };
    let organization = Organization { id: file.id, name: file.name, domain, settings, brand: file.brand };
    let user_flows = file.user_flows;
    Ok((Plan { organization, members, apps, assignments, user_flows }, file.providers, file.connectors))
}

/// Whether an app is a page of this service: a path that no browser reads as another host.
fn is_own_path(launch_url: &str) -> bool {
    // Which origin is our own does not matter for a path.
    launch_url.starts_with('/')
        && matches!(resolve(launch_url, &[], "https://own.example"), Some(Target::Path(_)))
}

async fn write(
    backend: &Backend,
    connection: &mut Connection,
    plan: Plan,
    spoken_to: &SpokenTo,
) -> Result<()> {
    let now = backend.now();
    let organization = plan.organization.id.as_str();
    organizations::put(connection, &plan.organization, now).await?;
    providers::store(connection, organization, &spoken_to.providers, now).await?;
    connectors::store(connection, organization, &spoken_to.connectors, now).await?;
    user_flows::store(connection, organization, &plan.user_flows, now).await?;
    for app in &plan.apps {
        apps::put(connection, organization, app).await?;
    }
    let keep: Vec<String> = plan.apps.iter().map(|app| app.id.clone()).collect();
    apps::remove_others(connection, organization, &keep).await?;
    for (address, name, role) in &plan.members {
        members::put(backend, connection, organization, address, name, *role).await?;
    }
    for user in users::of_file(connection, organization).await? {
        if user.disabled_at.is_none() && !plan.members.iter().any(|(address, ..)| *address == user.address) {
            users::set_disabled(connection, organization, &user.id, Some(now)).await?;
            sessions::end_all(connection, &user.address, now).await?;
        }
    }
    for user in users::of_file(connection, organization).await? {
        for (app, _) in apps::shared_with(connection, organization, &user.id, now).await? {
            if !plan
                .assignments
                .iter()
                .any(|(named, address, _)| *named == app.id && *address == user.address)
            {
                apps::unassign(connection, organization, &app.id, &user.id).await?;
            }
        }
    }
    for (app, address, reason) in plan.assignments {
        if let Some(user) = users::find_by_address(connection, organization, &address).await? {
            let assignment = Assignment {
                app,
                user: user.id,
                granted_by: plan.organization.name.clone(),
                reason,
                since: now,
                until: None,
            };
            apps::assign(connection, organization, &assignment).await?;
        }
    }
    let event = audit::Event {
        organization,
        actor: "command",
        action: "organization.applied",
        subject: "organization",
        detail: "{}",
    };
    audit::append(connection, &event, now).await?;
    Ok(())
}
