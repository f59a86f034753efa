//! `connector list|test`: which API connectors there are, and what one would be told, answers, and brings about.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::Value;
use vestibule_storage::connectors::{self, Authentication, Connector};

use super::output;
use crate::connectors::answer::{Answer, Outcome, read};
use crate::connectors::call::{Called, compose, converse};
use crate::connectors::request::Point;
use crate::connectors::shown_address;
use crate::state::Shared;

mod claims;
mod words;

/// Lists API connectors, or tries one.
#[derive(Args)]
pub(super) struct Command {
    /// Organization.
    #[arg(long)]
    organization: String,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Prints the connectors, by id.
    List,
    /// Asks a connector about somebody, and shows request, answer and effect. Exit code 1 when there is no verdict.
    Test(Test),
}

#[derive(Args)]
struct Test {
    /// The connector's id.
    id: String,
    /// Where in the sign-up: `post_federation_signup` or `post_attribute_collection`.
    #[arg(long, value_parser = Point::parse)]
    point: Point,
    /// A JSON file with what is known of somebody, in the names of the request.
    #[arg(long)]
    claims: PathBuf,
    /// A JSON file with an answer of before, `{"status": 200, "body": {…}}`: nobody is asked.
    #[arg(long)]
    answer: Option<PathBuf>,
}

/// An answer of before. A body that is a text stands for itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    status: u16,
    #[serde(default)]
    content_type: Option<String>,
    body: Value,
}

impl Command {
    /// Runs the command.
    pub(super) async fn run(self, app: &Shared) -> Result<ExitCode> {
        match self.what {
            What::List => list(app, self.organization).await.map(|()| ExitCode::SUCCESS),
            What::Test(test) => test.run(app, self.organization).await,
        }
    }
}

async fn list(app: &Shared, organization: String) -> Result<()> {
    let read = app
        .store
        .read(|connection| Box::pin(async move { connectors::list(connection, &organization).await }));
    for connector in read.await? {
        let knows = match connector.authentication {
            Authentication::Basic { .. } => "password",
            Authentication::Certificate { .. } => "certificate",
        };
        let Connector { id, name, timeout_seconds, .. } = &connector;
        let (on_failure, address) = (connector.on_failure.as_str(), shown_address(&connector.target_url));
        output::line(format_args!("{id}  {knows}  {timeout_seconds}s  {on_failure}  {address}  {name}"));
    }
    Ok(())
}

impl Test {
    async fn run(self, app: &Shared, organization: String) -> Result<ExitCode> {
        let claims =
            claims::read(&json(&self.claims)?).with_context(|| format!("in {}", self.claims.display()))?;
        let (id, point) = (self.id.clone(), self.point);
        let found = app
            .store
            .read(|connection| {
                Box::pin(async move { connectors::find(connection, &organization, &id).await })
            })
            .await?;
        let connector = found.with_context(|| format!("there is no connector {} there", self.id))?;
        let request = match compose(app, &connector, point, &claims) {
            Ok(request) => request,
            Err(failure) => return Ok(told(&connector, point, &Outcome::Failed(failure), None)),
        };
        output::line(words::request(&request, &connector.authentication));
        let (outcome, answer) = if let Some(path) = &self.answer {
            let answer = recorded(path)?;
            output::line("Answer, as recorded; nobody was asked:");
            (read(point, &answer), Some(answer))
        } else {
            let (called, answer) = converse(app, &connector, point, &request).await;
            let Called { outcome, attempts, duration } = called;
            let requests = if attempts == 1 { "request" } else { "requests" };
            let milliseconds = duration.as_millis();
            output::line(format_args!("Answer, after {attempts} {requests} and {milliseconds} ms:"));
            (outcome, answer)
        };
        output::line(answer.as_ref().map_or_else(|| "  none\n".to_owned(), words::answer));
        Ok(told(&connector, point, &outcome, answer.as_ref()))
    }
}

/// Says what comes of it.
fn told(connector: &Connector, point: Point, outcome: &Outcome, answer: Option<&Answer>) -> ExitCode {
    output::line(words::effect(connector, point, outcome, answer));
    match outcome {
        Outcome::Failed(_) => ExitCode::FAILURE,
        Outcome::Continue(_) | Outcome::Block(_) | Outcome::Invalid(_) => ExitCode::SUCCESS,
    }
}

fn recorded(path: &Path) -> Result<Answer> {
    let recorded: Recorded =
        serde_json::from_value(json(path)?).with_context(|| format!("in {}", path.display()))?;
    let body = match recorded.body {
        Value::String(text) => text,
        body @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            body.to_string()
        }
    };
    Ok(Answer { status: recorded.status, content_type: recorded.content_type, body: body.into_bytes() })
}

fn json(path: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("in {}", path.display()))
}
