//! The reference backend on a port of its own, with somebody invited and somebody who can sign in.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::middleware::from_fn_with_state;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use vestibule_backend::cli::apply;
use vestibule_backend::config::Config;
use vestibule_backend::flows::walk::WalkError;
use vestibule_backend::invitations::create::{Draft, create};
use vestibule_backend::invitations::letter::link_url;
use vestibule_backend::pages::dist::Dist;
use vestibule_backend::ports::{OsEntropy, SystemClock};
use vestibule_backend::server;
use vestibule_backend::state::{App, Shared};
use vestibule_conformance::mailbox::Mailbox;
use vestibule_conformance::{Options, Report, cases, run};
use vestibule_domain::ports::Clock;
use vestibule_domain::time::Timestamp;
use vestibule_storage::invitations::Inviter;
use vestibule_storage::organizations;

use crate::dist;
use crate::wrong::{Defect, Memory, tamper};

/// The suite blocks, the backend does not: it runs here.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// The machine's clock, moved by as much as the suite asks for.
#[derive(Clone, Default)]
struct MovedClock(Arc<AtomicI64>);

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0 + self.0.load(Ordering::SeqCst))
    }
}

/// Contoso, which strangers may come to: by one user flow at once, by another when somebody has agreed.
const USER_FLOWS: &str = r#"
[[user_flows]]
id = "suppliers"
name = "Supplier sign-up"
apps = ["wiki"]
attributes = [
  { id = "displayName", required = true },
  { id = "country" },
  { id = "people", kind = "integer", label = "People", min = "1", max = "5000" },
  { id = "since", kind = "date", label = "Since" },
  { id = "tier", kind = "radio", label = "Tier", required = true, options = [{ value = "1", label = "Gold" }, { value = "2", label = "Silver" }] },
]

[[user_flows]]
id = "visitors"
name = "Visitor sign-up"
apps = ["wiki"]
approval = { approvers = ["tom@contoso.example"] }
proof_of_work = 8
"#;

/// Runs the suite against the reference backend, with all inputs, and wrong in one way or in none.
pub(crate) fn report(defect: Option<Defect>) -> Report {
    let folder = TempDir::new().unwrap();
    let clock = MovedClock::default();
    let (port, token) = RUNTIME.block_on(serve(&folder, &clock, defect));
    let options = Options {
        invitation: Some(token),
        invited: Some("ana@partner.example".to_owned()),
        mailbox: Some(Mailbox::Url(format!("http://localhost:{port}/dev/inbox.json"))),
        sign_in: Some("mira@contoso.example".to_owned()),
        advance_clock: Some(Box::new(move |by: Duration| {
            clock.0.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
            Ok(())
        })),
        user_flow: Some("suppliers".to_owned()),
        approved_user_flow: Some("visitors".to_owned()),
        forwarded_for: true,
        ..Options::new(format!("http://localhost:{port}").parse().unwrap())
    };
    run(&cases::all(), options).unwrap()
}

/// Serves until the process ends; gives the port and an invitation's token.
async fn serve(folder: &TempDir, clock: &MovedClock, defect: Option<Defect>) -> (u16, String) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    dist::write(&folder.path().join("dist"));
    let toml = format!(
        "public_url = \"http://localhost:{port}\"\nsecret = \"Yy4pQ1zV8m0T2kS6wB9dH3xL7nR5cJqF\"\ndata = '{}'\ndist = '{}'\n\
         [server]\ntrusted_proxies = [\"127.0.0.1/32\"]\n\
         [mail]\nfrom = \"Vestibule <door@vestibule.example>\"\ntransport = \"inbox\"\n",
        folder.path().join("data").display(),
        folder.path().join("dist").display(),
    );
    let config = Config::parse(&toml, std::iter::empty()).unwrap();
    let dist = Dist::load(&config.dist).unwrap();
    let app = App::assemble(config, dist, Arc::new(clock.clone()), Arc::new(OsEntropy)).await.unwrap();
    let contoso = include_str!("../../../../demo/organizations/contoso.toml");
    let open = contoso.replace("[settings]\n", "[settings]\nself_service_sign_up = true\n");
    apply::put(&app, "contoso", &format!("{open}{USER_FLOWS}")).await.unwrap();
    let token = invite(&app).await;
    tokio::spawn(server::worker(&app).run(std::future::pending()));
    let mut service = server::service(&app);
    if let Some(defect) = defect {
        service = service.layer(from_fn_with_state(Arc::new(Memory::new(defect)), tamper));
    }
    let service = service.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    (port, token)
}

async fn invite(app: &Shared) -> String {
    let shared = app.clone();
    let created = app.store.write::<_, WalkError, _>(move |connection| {
        Box::pin(async move {
            let app: &App = &shared;
            let organization = organizations::find(connection, "contoso").await?.unwrap();
            let inviter = Inviter { id: None, name: "Mira Lindqvist".to_owned(), email: None };
            let draft = Draft {
                address: "ana@partner.example".to_owned(),
                name: Some("Ana Ruiz".to_owned()),
                redirect_url: "/apps".to_owned(),
                apps: vec!["wiki".to_owned(), "plans".to_owned()],
                send_mail: true,
                ..Draft::default()
            };
            create(app, connection, &organization, &inviter, "test", &draft).await
        })
    });
    let created = created.await.unwrap().unwrap();
    link_url(app, &created.link).rsplit('/').next().unwrap().to_owned()
}
