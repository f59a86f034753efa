//! `GET {me}/apps`: what is shared, why, since and until when.

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use vestibule_contract::panel::{App as Item, Apps, Contact, Why};
use vestibule_contract::step::ResourceKind;
use vestibule_storage::apps::{self, App, Assignment};

use super::context::{self, About, Asked, Here};
use crate::http::problem::ApiProblem;
use crate::sessions::Signed;
use crate::state::{App as Backend, Shared};

/// Items a page.
const PAGE: usize = 100;

/// What to show of it.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Filter {
    /// Organization.
    #[serde(default)]
    pub organization: Option<String>,
    /// Words that have to occur.
    #[serde(default)]
    pub query: Option<String>,
    /// Name of a collection.
    #[serde(default)]
    pub collection: Option<String>,
    /// From where on.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// What is shared.
pub async fn get(
    State(app): State<Shared>,
    Signed(session): Signed,
    Query(filter): Query<Filter>,
) -> Result<Json<Apps>, ApiProblem> {
    let asked = Asked { organization: filter.organization.clone() };
    let here = context::of(&app, &session, &asked, About::Shared).await?;
    Ok(Json(shared(&app, &here, &filter).await?))
}

/// What is shared with a person and matches.
pub async fn shared(app: &Backend, here: &Here, filter: &Filter) -> Result<Apps, ApiProblem> {
    let (organization, user, now) = (here.user.organization.clone(), here.user.id.clone(), app.now());
    let all = app
        .store
        .read(|connection| {
            Box::pin(async move { apps::shared_with(connection, &organization, &user, now).await })
        })
        .await?;
    Ok(page(all, filter))
}

fn page(all: Vec<(App, Assignment)>, filter: &Filter) -> Apps {
    let words: Vec<String> =
        filter.query.iter().flat_map(|query| query.split_whitespace()).map(str::to_lowercase).collect();
    let matches = |app: &App| {
        let text = [Some(&app.name), app.description.as_ref(), app.collection.as_ref()];
        let text = text.into_iter().flatten().map(|text| text.to_lowercase()).collect::<Vec<_>>().join("\n");
        words.iter().all(|word| text.contains(word.as_str()))
            && filter.collection.as_ref().is_none_or(|wanted| Some(wanted) == app.collection.as_ref())
    };
    let found: Vec<(App, Assignment)> = all.into_iter().filter(|(app, _)| matches(app)).collect();
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    // The cursor is the last id that was shown; one that is gone meanwhile starts anew rather than failing.
    let from = filter.cursor.as_ref().and_then(|last| found.iter().position(|(app, _)| &app.id == last));
    let rest = found.into_iter().skip(from.map_or(0, |at| at + 1));
    let mut items: Vec<Item> = rest.take(PAGE + 1).map(item).collect();
    let more = items.len() > PAGE;
    items.truncate(PAGE);
    let next_cursor = items.last().filter(|_| more).map(|last| last.id.clone());
    Apps { items, total, next_cursor }
}

fn item((app, assignment): (App, Assignment)) -> Item {
    Item {
        kind: ResourceKind::read(&app.kind),
        id: app.id,
        name: app.name,
        description: app.description,
        launch_url: app.launch_url,
        why: Why { granted_by: assignment.granted_by, reason: assignment.reason },
        since: assignment.since.to_rfc3339(),
        until: assignment.until.map(vestibule_domain::time::Timestamp::to_rfc3339),
        owner: app.owner_name.map(|name| Contact { name, email: app.owner_email }),
        collection: app.collection,
    }
}

#[cfg(test)]
mod tests;
