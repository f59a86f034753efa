//! `…/b2xUserFlows/{id}/languages`: in which languages a user flow speaks.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::user_flow::{PREFIX, UserFlowLanguage, UserFlowLanguages};
use vestibule_domain::sign_up::UserFlow;

use super::{read, wire};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::odata::{Kind, Queried};
use crate::routes::graph::resource::{self, Id, id};
use crate::state::{App, Shared};

/// What a language has.
const LANGUAGE: Kind = Kind { members: &["id", "displayName", "isEnabled"], expands: &[] };

/// Languages in their own words (Unicode CLDR), by tag.
const NAMES: &str = include_str!("languages.txt");

/// What a language is called by who speaks it; its tag where that is not known.
fn name(tag: &str) -> &str {
    let of = |wanted: &str| {
        let lines = NAMES.lines().filter_map(|line| line.split_once(' '));
        lines.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(wanted)).map(|(_, name)| name)
    };
    of(tag).unwrap_or(tag)
}

/// The languages of the pages, and those that only the user flow has words in: a form in one of these is not shown.
pub(super) fn of(app: &App, flow: &UserFlow) -> Vec<UserFlowLanguage> {
    let spoken = &app.config.locales;
    let is_spoken = |tag: &str| spoken.iter().any(|known| known.eq_ignore_ascii_case(tag));
    let own: BTreeSet<&String> = flow
        .attributes
        .iter()
        .flat_map(|attribute| attribute.texts.keys())
        .filter(|tag| !is_spoken(tag))
        .collect();
    let language = |tag: &String, is_enabled| UserFlowLanguage {
        odata_context: None,
        id: tag.clone(),
        display_name: name(tag).to_owned(),
        is_enabled,
    };
    let (spoken, own) =
        (spoken.iter().map(|tag| language(tag, true)), own.into_iter().map(|tag| language(tag, false)));
    spoken.chain(own).collect()
}

fn context(app: &App, flow: &UserFlow, rest: &str) -> String {
    resource::context(app, &format!("{}('{PREFIX}{}')/languages{rest}", wire::SET, flow.id))
}

/// The languages of a user flow.
pub async fn list(State(app): State<Shared>, path: Id, queried: Queried, headers: HeaderMap) -> Response {
    let outcome = async {
        let (_, found, _) = read::one(&app, &id(path)?, &queried.asked, &headers).await?;
        Ok(UserFlowLanguages { odata_context: context(&app, &found.flow, ""), value: of(&app, &found.flow) })
    };
    queried.list(&app, &headers, &LANGUAGE, outcome.await)
}

/// One of them.
pub async fn get(
    State(app): State<Shared>,
    path: Id<(String, String)>,
    queried: Queried,
    headers: HeaderMap,
) -> Response {
    let outcome = async {
        let (flow, tag) = id(path)?;
        let (_, found, _) = read::one(&app, &flow, &queried.asked, &headers).await?;
        let mut all = of(&app, &found.flow).into_iter();
        let one = all.find(|language| language.id.eq_ignore_ascii_case(&tag));
        let one = one.ok_or_else(GraphProblem::not_found)?;
        Ok(UserFlowLanguage { odata_context: Some(context(&app, &found.flow, "/$entity")), ..one })
    };
    queried.one(&app, &headers, &LANGUAGE, outcome.await)
}
