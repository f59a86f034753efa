//! OData's query options (OData 4.01, part 2, section 5.1), as far as what is told here has a use for them. What Graph's own
//! clients send by themselves works; what does not is said, and never passed over.
//!
//! Everything that can be expanded is told anyway, but for a user flow's languages; so `$expand` is looked at, and changes
//! little. `$select` leaves members out.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{FromRequestParts, OriginalUri, Query};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use url::form_urlencoded::Serializer;

use super::create::client_request_id;
use super::error::GraphProblem;
use super::resource::wrong;
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// Most entries of a page, as for invitations. No list here is as long.
const MOST: usize = 999;

/// What a resource has.
pub(super) struct Kind {
    /// Its members.
    pub(super) members: &'static [&'static str],
    /// Which of them can be expanded, each with what can be expanded in it.
    pub(super) expands: &'static [(&'static str, &'static [&'static str])],
}

/// What stands behind the `?`: the organization, and options.
pub struct Queried {
    /// The organization.
    pub(super) asked: Asked,
    path: String,
    options: BTreeMap<String, String>,
}

impl FromRequestParts<Shared> for Queried {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Self::Rejection> {
        let refused = |message: String| {
            GraphProblem::bad_request(message).answer(app.now(), client_request_id(&parts.headers))
        };
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        let Query(pairs) = pairs.map_err(|rejection| refused(rejection.body_text()))?;
        let path = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |uri| &uri.0).path().to_owned();
        let (mut asked, mut options) = (Asked::default(), BTreeMap::new());
        for (name, value) in pairs {
            let before = if name == "organization" {
                asked.organization.replace(value)
            } else if name.starts_with('$') {
                options.insert(name.clone(), value)
            } else {
                // Not OData's, and nobody else's: as it is everywhere.
                None
            };
            if before.is_some() {
                return Err(refused(format!("`{name}` stands there twice.")));
            }
        }
        Ok(Self { asked, path, options })
    }
}

impl Queried {
    /// Whether a member is asked for that is told only then.
    pub(super) fn expands(&self, member: &str) -> bool {
        let expanded = self.options.get("$expand").map(String::as_str).unwrap_or_default();
        split(expanded, ',').is_some_and(|parts| parts.iter().any(|part| part.trim() == member))
    }

    /// The answer with one resource.
    pub(super) fn one<T: Serialize>(
        &self,
        app: &App,
        headers: &HeaderMap,
        kind: &Kind,
        outcome: Result<T, GraphProblem>,
    ) -> Response {
        let outcome = outcome.and_then(|told| {
            self.supported(&["$select", "$expand"], "one resource")?;
            let told = self.chosen(kind)?.of(json(&told)?);
            Ok(told)
        });
        answered(app, headers, outcome)
    }

    /// The answer with a list, which is all of it.
    pub(super) fn list<T: Serialize>(
        &self,
        app: &App,
        headers: &HeaderMap,
        kind: &Kind,
        outcome: Result<T, GraphProblem>,
    ) -> Response {
        answered(app, headers, outcome.and_then(|told| self.page(app, kind, json(&told)?)))
    }

    fn page(&self, app: &App, kind: &Kind, mut told: Value) -> Result<Value, GraphProblem> {
        self.supported(&["$select", "$expand", "$top", "$skip", "$count"], "lists")?;
        let chosen = self.chosen(kind)?;
        let top = self.number("$top", 1)?.unwrap_or(MOST);
        let skip = self.number("$skip", 0)?.unwrap_or_default();
        let counts = match self.options.get("$count").map(String::as_str) {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => return Err(wrong("$count", "$count is true or false.")),
        };
        let all = told["value"].as_array().cloned().unwrap_or_default();
        let of_all = all.len();
        let page = all.into_iter().skip(skip).take(top).map(|one| chosen.of(one));
        told["value"] = page.collect();
        if counts {
            told["@odata.count"] = of_all.into();
        }
        let next = skip.saturating_add(top);
        if next < of_all {
            told["@odata.nextLink"] = self.address(app, next).into();
        }
        Ok(told)
    }

    /// Refuses what nobody here knows how to do.
    fn supported(&self, known: &[&str], what: &str) -> Result<(), GraphProblem> {
        match self.options.keys().find(|name| !known.contains(&name.as_str())) {
            Some(other) => {
                let message =
                    format!("`{}` is not supported here. Of {what}, {} are.", short(other), known.join(", "));
                Err(GraphProblem::bad_request(message))
            }
            None => Ok(()),
        }
    }

    fn number(&self, name: &'static str, least: usize) -> Result<Option<usize>, GraphProblem> {
        let Some(given) = self.options.get(name) else { return Ok(None) };
        let number = given.parse().ok().filter(|number| (least..=MOST).contains(number));
        number.map(Some).ok_or_else(|| wrong(name, format!("{name} is {least} to {MOST}.")))
    }

    /// Which members are told.
    fn chosen(&self, kind: &Kind) -> Result<Chosen, GraphProblem> {
        let expanded = match self.options.get("$expand") {
            Some(given) => expanded(given, kind)?,
            None => Vec::new(),
        };
        let Some(given) = self.options.get("$select") else { return Ok(Chosen(None)) };
        let mut names: Vec<String> = given.split(',').map(|name| name.trim().to_owned()).collect();
        if let Some(other) = names.iter().find(|name| !kind.members.contains(&name.as_str())) {
            let message =
                format!("$select: there is no `{}`; known are {}.", short(other), kind.members.join(", "));
            return Err(wrong("$select", message));
        }
        names.extend(expanded);
        Ok(Chosen(Some(names)))
    }

    /// The address of the next page.
    fn address(&self, app: &App, skip: usize) -> String {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(self.asked.organization.iter().map(|id| ("organization", id)));
        query.extend_pairs(self.options.iter().filter(|(name, _)| *name != "$skip"));
        query.append_pair("$skip", &skip.to_string());
        // The dollar needs no escape in a query (RFC 3986, section 3.4), and people read it.
        let query = query.finish().replace("%24", "$");
        format!("{}{}?{query}", app.config.public_url.origin(), self.path)
    }
}

/// The members that are told; none for all.
struct Chosen(Option<Vec<String>>);

impl Chosen {
    fn of(&self, one: Value) -> Value {
        match (&self.0, one) {
            (Some(names), Value::Object(members)) => {
                let told = |name: &String| name.starts_with('@') || names.contains(name);
                Value::Object(members.into_iter().filter(|(name, _)| told(name)).collect::<Map<_, _>>())
            }
            (_, other) => other,
        }
    }
}

/// The members that an `$expand` names.
fn expanded(given: &str, kind: &Kind) -> Result<Vec<String>, GraphProblem> {
    let refuse = |part: &str| {
        let known: Vec<&str> = kind.expands.iter().map(|(name, _)| *name).collect();
        let known = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
        wrong("$expand", format!("$expand: `{}` is not supported; here it takes {known}.", short(part)))
    };
    let parts = split(given, ',').ok_or_else(|| refuse(given))?;
    let one = |part: &str| {
        let part = part.trim();
        let (path, options) = match part.split_once('(') {
            Some((path, rest)) => (path, Some(rest.strip_suffix(')').ok_or_else(|| refuse(part))?)),
            None => (part, None),
        };
        let (name, below) = path.split_once('/').map_or((path, None), |(name, below)| (name, Some(below)));
        let (_, inner) = kind.expands.iter().find(|(known, _)| *known == name).ok_or_else(|| refuse(part))?;
        // In another's words: `a/b` and `a($expand=b)`.
        let nested = match options {
            Some(options) => Some(options.strip_prefix("$expand=").ok_or_else(|| refuse(part))?),
            None => below,
        };
        let known = |nested: &str| nested.split(',').all(|one| inner.contains(&one.trim()));
        if nested.is_none_or(known) { Ok(name.to_owned()) } else { Err(refuse(part)) }
    };
    parts.into_iter().map(one).collect()
}

/// Splits outside of parentheses; `None` when they do not fit.
fn split(text: &str, at: char) -> Option<Vec<&str>> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_u32, 0);
    for (index, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            c if c == at && depth == 0 => {
                parts.push(&text[start..index]);
                start = index + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    (depth == 0).then_some(parts)
}

fn short(text: &str) -> String {
    vestibule_domain::message::single_line(text, 60)
}

fn json<T: Serialize>(told: &T) -> Result<Value, GraphProblem> {
    serde_json::to_value(told).map_err(|error| crate::flows::walk::WalkError::from(error).into())
}

fn answered(app: &App, headers: &HeaderMap, outcome: Result<Value, GraphProblem>) -> Response {
    match outcome {
        Ok(told) => Json(told).into_response(),
        Err(problem) => problem.answer(app.now(), client_request_id(headers)),
    }
}
