//! The program itself, as somebody starts it who runs a door: its commands, its server, its end.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use vestibule_storage::Store;

use crate::bundle;
use crate::world::GENEROUS;

/// A place with a configuration file, in which the program runs.
pub(crate) struct Place {
    folder: TempDir,
    /// Where the server listens, once it runs.
    pub(crate) origin: String,
}

impl Place {
    /// A place with Contoso in it.
    pub(crate) fn new() -> Self {
        Self::with("")
    }

    /// The same with more configuration.
    pub(crate) fn with(more: &str) -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let origin = format!("http://localhost:{port}");
        let place = Self { folder: TempDir::new().unwrap(), origin };
        place.configure(&format!(
            "public_url = \"{}\"\nsecret = \"Yy4pQ1zV8m0T2kS6wB9dH3xL7nR5cJqF\"\ndata = \"data\"\ndist = '{}'\n\
             {GENEROUS}{more}[server]\nlisten = \"127.0.0.1:{port}\"\n[log]\nformat = \"json\"\n\
             [mail]\nfrom = \"Vestibule <door@vestibule.example>\"\ntransport = \"inbox\"\n",
            place.origin,
            bundle::folder().display(),
        ));
        let contoso = include_str!("../../../../demo/organizations/contoso.toml");
        std::fs::write(place.path("contoso.toml"), contoso).unwrap();
        place.works(&["apply", "contoso.toml"]);
        place
    }

    /// Writes the configuration file.
    pub(crate) fn configure(&self, toml: &str) {
        std::fs::write(self.path("vestibule.toml"), toml).unwrap();
    }

    /// A file in this place.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule-backend"));
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a command that works prints.
    pub(crate) fn works(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (said, wrong) = (text(&output.stdout), text(&output.stderr));
        assert!(output.status.success(), "{arguments:?}: {said}{wrong}");
        said
    }

    /// What a command says that does not work.
    pub(crate) fn fails(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{arguments:?}: {}", text(&output.stdout));
        text(&output.stderr)
    }

    /// Works on the data itself, while no server runs.
    pub(crate) fn on_data<T, F: Future<Output = T>>(&self, work: impl FnOnce(Store) -> F) -> T {
        let database = self.path("data/vestibule.db");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { work(Store::open(&database).await.unwrap()).await })
    }

    /// Starts the server, and waits until it says that it is ready.
    pub(crate) fn serve(&self) -> Running {
        let mut child = self.command(&["serve"]).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let ready = log.by_ref().map_while(Result::ok).any(|line| line.contains("\"ready\""));
        assert!(ready, "the server ended before it was ready");
        // A pipe that nobody reads fills up, and then the server waits.
        std::thread::spawn(move || log.for_each(drop));
        Running { child }
    }
}

/// A running server. It does not outlive its test.
pub(crate) struct Running {
    child: Child,
}

impl Drop for Running {
    /// Ends it as a power failure does: without a word (`SIGKILL`).
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What the program calls: one JSON exchange after another, with cookies.
pub(crate) struct Caller {
    agent: ureq::Agent,
    origin: String,
    cookies: Vec<String>,
    /// An API token that it shows.
    pub(crate) bearer: Option<String>,
}

impl Caller {
    /// Somebody new.
    pub(crate) fn new(origin: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        Self { agent: config.into(), origin: origin.to_owned(), cookies: Vec::new(), bearer: None }
    }

    /// Status and body of an answer; nothing when the server is gone.
    pub(crate) fn get(&self, path: &str) -> Option<(u16, Value)> {
        let request =
            self.agent.get(format!("{}{path}", self.origin)).header("cookie", self.cookies.join("; "));
        let mut answer = request.call().ok()?;
        Some((answer.status().as_u16(), answer.body_mut().read_json().ok()?))
    }

    /// The same for a POST.
    pub(crate) fn post(&mut self, path: &str, body: &Value) -> Option<(u16, Value)> {
        let mut request =
            self.agent.post(format!("{}{path}", self.origin)).header("content-type", "application/json");
        request = match &self.bearer {
            Some(token) => request.header("authorization", format!("Bearer {token}")),
            None => request.header("cookie", self.cookies.join("; ")).header("origin", &self.origin),
        };
        let mut answer = request.send(body.to_string()).ok()?;
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().ok()?.split(';').next()?.to_owned();
            let name = pair.split('=').next()?.to_owned();
            self.cookies.retain(|known| known.split('=').next() != Some(&name));
            self.cookies.push(pair);
        }
        Some((answer.status().as_u16(), answer.body_mut().read_json().ok()?))
    }

    /// Takes an action at a step; gives the next one.
    pub(crate) fn act(&mut self, document: &Value, action: &str, values: &Value) -> Option<Value> {
        let (id, rev) = (document["flow"]["id"].as_str()?, &document["flow"]["rev"]);
        let body = json!({ "rev": rev, "action": action, "values": values });
        let (status, next) = self.post(&format!("/api/v1/flows/{id}"), &body)?;
        assert_eq!(status, 200, "{action} at {document}: {next}");
        Some(next)
    }

    /// The newest code in the inbox for an address; nothing when the server is gone.
    pub(crate) fn code_for(&self, address: &str) -> Option<String> {
        loop {
            let (_, mails) = self.get("/dev/inbox.json")?;
            let code = mails.as_array()?.iter().filter(|mail| mail["to"][0] == address).find_map(|mail| {
                let lines = mail["text"].as_str()?.lines().map(|line| line.replace(' ', ""));
                lines
                    .into_iter()
                    .find(|line| line.len() == 8 && line.bytes().all(|byte| byte.is_ascii_digit()))
            });
            if code.is_some() {
                return code;
            }
            std::thread::yield_now();
        }
    }
}
