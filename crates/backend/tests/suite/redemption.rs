//! The main job: invited, proven, agreed, in.

use serde_json::json;

use crate::people::{ANA, invite, to_consent};
use crate::world::World;

#[tokio::test]
async fn a_guest_is_invited_redeems_and_stands_in_the_panel() {
    let world = World::new().await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let consent = to_consent(&world, &mut ana, &token, ANA).await;
    assert_eq!(consent["step"]["data"]["account"], ANA);
    let done = ana.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(
        done["step"],
        json!({ "type": "done", "data": { "redirect": "/apps?organization=contoso", "kind": "panel" } })
    );
    let apps = ana.get("/api/v1/me/apps").await.ok();
    let names: Vec<_> =
        apps["items"].as_array().unwrap().iter().map(|app| app["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Plans 2027", "Project wiki"]);
    assert_eq!(apps["items"][0]["why"], json!({ "granted_by": "Mira Lindqvist", "reason": "Spring launch" }));
    let consents = ana.get("/api/v1/me/consents").await.ok();
    assert_eq!(consents["items"].as_array().unwrap().len(), 1);
    let activity = ana.get("/api/v1/me/activity").await.ok();
    let actions: Vec<_> = activity["items"].as_array().unwrap().iter().map(|one| &one["action"]).collect();
    assert_eq!(actions, ["session.started", "invitation.accepted", "consent.given"]);
    world.check().await;
}
