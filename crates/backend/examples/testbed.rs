//! A backend for tests in a browser: the real server, and beside it a control port that moves the clock, makes
//! invitations, delivers mail and asks for the invariants.
//!
//! `testbed --port 8081 --control 8082 --data DIR --dist dist [--smtp PORT] [--locales en,en-XA]`
//!
//! The server's limits count by `X-Forwarded-For` from this machine, so that each test can be a caller of its own.
#![expect(clippy::unwrap_used, reason = "a test tool stops at whatever it did not expect")]

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use clap::Parser;
use serde::Deserialize;
use serde_json::{Value, json};
use vestibule_backend::cli::{apply, output};
use vestibule_backend::config::Config;
use vestibule_backend::flows::walk::WalkError;
use vestibule_backend::invitations::create::{Draft, create};
use vestibule_backend::invitations::letter::link_url;
use vestibule_backend::invitations::{resend::resend, revoke::revoke};
use vestibule_backend::pages::dist::Dist;
use vestibule_backend::ports::{OsEntropy, SystemClock};
use vestibule_backend::server;
use vestibule_backend::state::{App, Shared};
use vestibule_domain::ports::Clock;
use vestibule_domain::time::Timestamp;
use vestibule_storage::invitations::Inviter;
use vestibule_storage::{StoreError, check, organizations, users};

#[derive(Parser)]
struct Arguments {
    #[arg(long)]
    port: u16,
    #[arg(long)]
    control: u16,
    #[arg(long)]
    data: PathBuf,
    #[arg(long, default_value = "dist")]
    dist: PathBuf,
    /// Port of a mail server on this machine; mail stays in memory without it.
    #[arg(long)]
    smtp: Option<u16>,
    #[arg(long, default_value = "en")]
    locales: String,
}

/// The machine's clock, moved by as much as a test asks for.
#[derive(Clone, Default)]
struct MovedClock(Arc<AtomicI64>);

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0 + self.0.load(Ordering::SeqCst))
    }
}

#[derive(Clone)]
struct Control {
    app: Shared,
    clock: MovedClock,
}

#[tokio::main]
async fn main() {
    let arguments = Arguments::parse();
    let clock = MovedClock::default();
    let config = Config::parse(&toml(&arguments), std::iter::empty()).unwrap();
    let dist = Dist::load(&config.dist).unwrap();
    let app = App::assemble(config, dist, Arc::new(clock.clone()), Arc::new(OsEntropy)).await.unwrap();
    for (name, text) in [
        ("contoso", include_str!("../../../demo/organizations/contoso.toml")),
        ("fabrikam", include_str!("../../../demo/organizations/fabrikam.toml")),
    ] {
        apply::put(&app, name, text).await.unwrap();
    }
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.control));
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    let control = router(Control { app: app.clone(), clock });
    tokio::spawn(async move { axum::serve(listener, control).await });
    let listening = server::bind(&app).await.unwrap();
    output::line(format_args!("ready: {}", app.config.public_url.origin()));
    listening.serve().await.unwrap();
}

fn toml(arguments: &Arguments) -> String {
    let port = arguments.port;
    let locales: Vec<String> = arguments.locales.split(',').map(str::to_owned).collect();
    let transport = match arguments.smtp {
        Some(smtp) => format!(
            "transport = \"smtp\"\n[mail.smtp]\nhost = \"127.0.0.1\"\nport = {smtp}\ntls = \"none\"\n"
        ),
        None => "transport = \"inbox\"\n".to_owned(),
    };
    format!(
        "public_url = \"http://localhost:{port}\"\nsecret = \"Yy4pQ1zV8m0T2kS6wB9dH3xL7nR5cJqF\"\ndata = {:?}\n\
         dist = {:?}\nlocales = {locales:?}\n\
         [server]\nlisten = \"127.0.0.1:{port}\"\ntrusted_proxies = [\"127.0.0.1/32\"]\n\
         [federation]\nprivate_networks = [\"127.0.0.0/8\", \"::1/128\"]\n\
         [log]\nlevel = \"warn\"\n[mail]\nfrom = \"Vestibule <door@vestibule.example>\"\n{transport}",
        arguments.data.display().to_string(),
        arguments.dist.display().to_string(),
    )
}

fn router(control: Control) -> Router {
    Router::new()
        .route("/clock", post(move_clock))
        .route("/inbox", get(inbox))
        .route("/check", get(invariants))
        .route("/census", get(census))
        .route("/invitations", post(invite))
        .route("/invitations/{organization}/{id}/revoke", post(take_back))
        .route("/invitations/{organization}/{id}/resend", post(send_again))
        .route("/organizations", post(put))
        .route("/users/{organization}/{id}/disable", post(disable))
        .with_state(control)
}

#[derive(Deserialize)]
struct File {
    text: String,
}

async fn put(State(control): State<Control>, Json(File { text }): Json<File>) -> Json<Value> {
    let id = apply::put(&control.app, "the test", &text).await.unwrap();
    Json(json!({ "id": id.to_string() }))
}

#[derive(Deserialize)]
struct Move {
    by_ms: i64,
}

async fn move_clock(State(control): State<Control>, Json(Move { by_ms }): Json<Move>) -> Json<Value> {
    control.clock.0.fetch_add(by_ms, Ordering::SeqCst);
    control.app.outbox_bell.notify_one();
    Json(json!({ "now": control.clock.now().to_rfc3339() }))
}

async fn inbox(State(control): State<Control>) -> Json<Value> {
    let entries =
        control.app.transport.inbox().map(vestibule_backend::mail::inbox::Inbox::entries).unwrap_or_default();
    Json(serde_json::to_value(entries).unwrap())
}

async fn invariants(State(control): State<Control>) -> Json<Value> {
    let violations = control.app.store.read::<_, StoreError, _>(|db| Box::pin(check::run(db))).await.unwrap();
    let lines: Vec<String> =
        violations.iter().map(|one| format!("{}: {}", one.invariant, one.what)).collect();
    Json(json!({ "violations": lines }))
}

async fn census(State(control): State<Control>) -> Json<Value> {
    let counts = control.app.store.read::<_, StoreError, _>(|db| Box::pin(check::census(db))).await.unwrap();
    Json(counts.into_iter().map(|(table, rows)| (table.to_owned(), json!(rows))).collect())
}

#[derive(Deserialize)]
struct Wanted {
    organization: String,
    address: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    apps: Vec<String>,
    #[serde(default)]
    redirect: Option<String>,
    #[serde(default)]
    days: Option<u32>,
}

/// Invites, and gives what a test needs to go on: the id and the link.
async fn invite(State(control): State<Control>, Json(wanted): Json<Wanted>) -> Json<Value> {
    let writer = control.app.clone();
    let created = control
        .app
        .store
        .write(move |connection| {
            Box::pin(async move {
                let app: &App = &writer;
                let organization = organizations::find(connection, &wanted.organization).await?.unwrap();
                let inviter = Inviter {
                    id: None,
                    name: "Mira Lindqvist".to_owned(),
                    email: Some("mira@contoso.example".to_owned()),
                };
                let draft = Draft {
                    address: wanted.address,
                    name: wanted.name,
                    message: wanted.message,
                    redirect_url: wanted.redirect.unwrap_or_else(|| "/apps".to_owned()),
                    apps: wanted.apps,
                    days: wanted.days,
                    send_mail: true,
                    ..Draft::default()
                };
                // Each test invites as somebody else, so that none spends another's budget.
                let actor = format!("test:{}", draft.address);
                create(app, connection, &organization, &inviter, &actor, &draft).await
            })
        })
        .await
        .map_err(|error: WalkError| error.to_string())
        .unwrap()
        .map_err(|refusal| refusal.to_string())
        .unwrap();
    control.app.outbox_bell.notify_one();
    let link = link_url(&control.app, &created.link);
    Json(json!({ "id": created.invitation.id, "user": created.invitation.user, "link": link }))
}

async fn take_back(
    State(control): State<Control>,
    Path((organization, id)): Path<(String, String)>,
) -> Json<Value> {
    let writer = control.app.clone();
    let outcome = control
        .app
        .store
        .write::<_, WalkError, _>(move |connection| {
            Box::pin(async move { revoke(&writer, connection, &organization, &id, "test").await })
        })
        .await
        .unwrap();
    Json(json!({ "revoked": outcome.is_ok() }))
}

async fn send_again(
    State(control): State<Control>,
    Path((organization, id)): Path<(String, String)>,
) -> Json<Value> {
    let writer = control.app.clone();
    let created = control
        .app
        .store
        .write::<_, WalkError, _>(move |connection| {
            Box::pin(async move {
                let app: &App = &writer;
                let organization = organizations::find(connection, &organization).await?.unwrap();
                resend(app, connection, &organization, &id, "test").await
            })
        })
        .await
        .unwrap()
        .map_err(|refusal| refusal.to_string())
        .unwrap();
    control.app.outbox_bell.notify_one();
    Json(json!({ "link": link_url(&control.app, &created.link) }))
}

async fn disable(
    State(control): State<Control>,
    Path((organization, id)): Path<(String, String)>,
) -> Json<Value> {
    let now = control.clock.now();
    control
        .app
        .store
        .write::<_, StoreError, _>(move |db| {
            Box::pin(async move { users::set_disabled(db, &organization, &id, Some(now)).await })
        })
        .await
        .unwrap();
    Json(json!({ "disabled": true }))
}
