//! What can be shared, and with whom it is.

use vestibule_domain::time::Timestamp;

use crate::invitations::Invitation;
use crate::row::{Reader, all};
use crate::{Connection, StoreError};

const TABLE: &str = "apps";

/// Something that can be shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// Id, chosen by the organization's file.
    pub id: String,
    /// Name.
    pub name: String,
    /// What one does with it.
    pub description: Option<String>,
    /// `app`, `site`, `folder`, `file` or `group`.
    pub kind: String,
    /// Where it opens.
    pub launch_url: String,
    /// Whom to ask: name.
    pub owner_name: Option<String>,
    /// Whom to ask: address.
    pub owner_email: Option<String>,
    /// Collection that it stands in.
    pub collection: Option<String>,
}

/// Why, since and until when somebody can see an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// App.
    pub app: String,
    /// User.
    pub user: String,
    /// Who granted it, as a name.
    pub granted_by: String,
    /// The grantor's reason.
    pub reason: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// Until when; for ever when absent.
    pub until: Option<Timestamp>,
}

fn read(row: &Reader<'_>) -> Result<App, StoreError> {
    Ok(App {
        id: row.text("id")?,
        name: row.text("name")?,
        description: row.text_option("description")?,
        kind: row.text("kind")?,
        launch_url: row.text("launch_url")?,
        owner_name: row.text_option("owner_name")?,
        owner_email: row.text_option("owner_email")?,
        collection: row.text_option("collection")?,
    })
}

/// Everything that an organization can share, by name.
pub async fn list(connection: &mut Connection, organization: &str) -> Result<Vec<App>, StoreError> {
    let rows = sqlx::query("SELECT * FROM apps WHERE organization = $1 ORDER BY name, id")
        .bind(organization)
        .fetch_all(connection)
        .await?;
    all(&rows, TABLE, read)
}

/// Writes an app as the organization's file gives it, new or changed.
pub async fn put(connection: &mut Connection, organization: &str, app: &App) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO apps (organization, id, name, description, kind, launch_url, owner_name, owner_email, collection) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (organization, id) DO UPDATE SET \
         name = excluded.name, description = excluded.description, kind = excluded.kind, \
         launch_url = excluded.launch_url, owner_name = excluded.owner_name, owner_email = excluded.owner_email, \
         collection = excluded.collection",
    )
    .bind(organization)
    .bind(&app.id)
    .bind(&app.name)
    .bind(&app.description)
    .bind(&app.kind)
    .bind(&app.launch_url)
    .bind(&app.owner_name)
    .bind(&app.owner_email)
    .bind(&app.collection)
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes the apps that the organization's file no longer names, and their assignments. Gives their ids.
pub async fn remove_others(
    connection: &mut Connection,
    organization: &str,
    keep: &[String],
) -> Result<Vec<String>, StoreError> {
    let mut removed = Vec::new();
    for app in list(connection, organization).await?.into_iter().filter(|app| !keep.contains(&app.id)) {
        for statement in [
            "DELETE FROM assignments WHERE organization = $1 AND app = $2",
            "DELETE FROM apps WHERE organization = $1 AND id = $2",
        ] {
            sqlx::query(statement).bind(organization).bind(&app.id).execute(&mut *connection).await?;
        }
        removed.push(app.id);
    }
    Ok(removed)
}

/// Shares an app with a user; an earlier assignment is replaced, its beginning kept.
pub async fn assign(
    connection: &mut Connection,
    organization: &str,
    assignment: &Assignment,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO assignments (organization, app, user_id, granted_by, reason, since, until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organization, app, user_id) DO UPDATE SET \
         granted_by = excluded.granted_by, reason = excluded.reason, until = excluded.until",
    )
    .bind(organization)
    .bind(&assignment.app)
    .bind(&assignment.user)
    .bind(&assignment.granted_by)
    .bind(&assignment.reason)
    .bind(assignment.since.0)
    .bind(assignment.until.map(|at| at.0))
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes back what waits for a guest who has not come in: the invitation that promised it is over. What somebody who is
/// in has stays.
pub async fn withdraw(connection: &mut Connection, organization: &str, user: &str) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM assignments WHERE organization = $1 AND user_id = $2 AND EXISTS (SELECT 1 FROM users \
         WHERE users.organization = $1 AND users.id = $2 AND users.state = 'pending')",
    )
    .bind(organization)
    .bind(user)
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes an app back from a user. `false` when it was not shared.
pub async fn unassign(
    connection: &mut Connection,
    organization: &str,
    app: &str,
    user: &str,
) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM assignments WHERE organization = $1 AND app = $2 AND user_id = $3")
        .bind(organization)
        .bind(app)
        .bind(user)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// What an invitation promises and its guest still has, by name: what was taken back since is promised no more.
pub async fn promised(
    connection: &mut Connection,
    invitation: &Invitation,
    now: Timestamp,
) -> Result<Vec<App>, StoreError> {
    let shared = shared_with(connection, &invitation.organization, &invitation.user, now).await?;
    Ok(shared.into_iter().map(|(app, _)| app).filter(|app| invitation.apps.contains(&app.id)).collect())
}

/// What is shared with a user now, by name.
pub async fn shared_with(
    connection: &mut Connection,
    organization: &str,
    user: &str,
    now: Timestamp,
) -> Result<Vec<(App, Assignment)>, StoreError> {
    let rows = sqlx::query(
        "SELECT apps.*, assignments.user_id, assignments.granted_by, assignments.reason, assignments.since, \
         assignments.until FROM assignments JOIN apps ON apps.organization = assignments.organization \
         AND apps.id = assignments.app WHERE assignments.organization = $1 AND assignments.user_id = $2 \
         AND (assignments.until IS NULL OR assignments.until > $3) ORDER BY apps.name, apps.id",
    )
    .bind(organization)
    .bind(user)
    .bind(now.0)
    .fetch_all(connection)
    .await?;
    all(&rows, TABLE, |row| {
        let app = read(row)?;
        let assignment = Assignment {
            app: app.id.clone(),
            user: row.text("user_id")?,
            granted_by: row.text("granted_by")?,
            reason: row.text_option("reason")?,
            since: row.at("since")?,
            until: row.at_option("until")?,
        };
        Ok((app, assignment))
    })
}
