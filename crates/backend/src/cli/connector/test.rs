//! `connector test`: asks about somebody, or reads an answer of before.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};
use clap::Args;
use serde::Deserialize;
use serde_json::Value;
use vestibule_domain::sign_up::UserFlow;
use vestibule_storage::connectors::{self, Connector};
use vestibule_storage::{StoreError, user_flows};

use super::super::output;
use super::{claims, words};
use crate::connectors::answer::{Answer, Outcome, read};
use crate::connectors::call::{Called, compose, converse};
use crate::connectors::request::{Claims, Point};
use crate::state::Shared;

/// What is tried.
#[derive(Args)]
pub(super) struct Test {
    /// The connector's id.
    #[arg(required_unless_present = "flow", conflicts_with = "flow", requires = "point")]
    id: Option<String>,
    /// A user flow, whose connectors are asked one after the other.
    #[arg(long)]
    flow: Option<String>,
    /// Where in the sign-up: `post_federation_signup` or `post_attribute_collection`. Of a user flow, both as it is.
    #[arg(long, value_parser = Point::parse)]
    point: Option<Point>,
    /// A JSON file with what is known of somebody, in the names of the request.
    #[arg(long)]
    claims: PathBuf,
    /// A JSON file with an answer of before, `{"status": 200, "body": {…}}`: nobody is asked.
    #[arg(long, requires = "point")]
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

/// A connector to be asked, and for which form.
struct Asked {
    connector: Connector,
    point: Point,
    flow: Option<UserFlow>,
}

impl Test {
    /// Runs the command.
    pub(super) async fn run(self, app: &Shared, organization: String) -> Result<ExitCode> {
        let claims =
            claims::read(&json(&self.claims)?).with_context(|| format!("in {}", self.claims.display()))?;
        let mut verdicts = true;
        for asked in self.asked(app, organization).await? {
            verdicts &= self.ask(app, &asked, &claims).await?;
        }
        Ok(if verdicts { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// Who is asked.
    async fn asked(&self, app: &Shared, organization: String) -> Result<Vec<Asked>> {
        let (id, flow) = (self.id.clone(), self.flow.clone());
        let (all, flow) = app
            .store
            .read::<_, StoreError, _>(|connection| {
                Box::pin(async move {
                    let flow = match flow {
                        Some(flow) => user_flows::find(connection, &organization, &flow).await?,
                        None => None,
                    };
                    Ok((connectors::list(connection, &organization).await?, flow))
                })
            })
            .await?;
        let find = |id: &str| {
            let found = all.iter().find(|connector| connector.id == id).cloned();
            found.with_context(|| format!("there is no connector {id} there"))
        };
        if let Some(id) = id {
            let point = self.point.context("--point is missing")?;
            return Ok(vec![Asked { connector: find(&id)?, point, flow: None }]);
        }
        let flow = flow.with_context(|| {
            format!("there is no user flow {} there", self.flow.as_deref().unwrap_or_default())
        })?;
        let points = [
            (Point::AfterFederation, &flow.flow.after_federation),
            (Point::BeforeCreation, &flow.flow.before_creation),
        ];
        let mut asked = Vec::new();
        for (point, id) in points {
            if let Some(id) = id.as_ref().filter(|_| self.point.is_none_or(|only| only == point)) {
                asked.push(Asked { connector: find(id.as_str())?, point, flow: Some(flow.flow.clone()) });
            }
        }
        ensure!(!asked.is_empty(), "the user flow {} asks no connector there", flow.flow.id);
        Ok(asked)
    }

    /// Asks one, and says what comes of it. `false` when there is no verdict.
    async fn ask(&self, app: &Shared, asked: &Asked, claims: &Claims) -> Result<bool> {
        let Asked { connector, point, flow } = asked;
        if flow.is_some() {
            output::line(format_args!("{} at {}\n", connector.id, point.as_str()));
        }
        let (outcome, answer) = match compose(app, connector, *point, claims) {
            Err(failure) => (Outcome::Failed(failure), None),
            Ok(request) => {
                output::line(words::request(&request, &connector.authentication));
                let heard = if let Some(path) = &self.answer {
                    let answer = recorded(path)?;
                    output::line("Answer, as recorded; nobody was asked:");
                    (read(*point, &answer), Some(answer))
                } else {
                    let (called, answer) = converse(app, connector, *point, &request, &claims.email).await;
                    let Called { outcome, attempts, duration } = called;
                    let requests = if attempts == 1 { "request" } else { "requests" };
                    let milliseconds = duration.as_millis();
                    output::line(format_args!("Answer, after {attempts} {requests} and {milliseconds} ms:"));
                    (outcome, answer)
                };
                output::line(heard.1.as_ref().map_or_else(|| "  none\n".to_owned(), words::answer));
                heard
            }
        };
        output::line(words::effect(connector, *point, &outcome, answer.as_ref()));
        if let (Some(flow), Outcome::Continue(values)) = (flow, &outcome) {
            output::line(words::taken(flow, values));
        }
        Ok(!matches!(outcome, Outcome::Failed(_)))
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
