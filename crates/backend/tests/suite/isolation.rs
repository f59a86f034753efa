//! What one organization does cannot be seen from another, not even through a person or an address that both know
//! (S104, I5).

use std::collections::BTreeMap;
use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Answer, Client, step};
use crate::people::{ANA, BOB, INES, MIRA, TOM, invite_as, least, program, redeem, with_session};
use crate::world::{GENEROUS, World};
use vestibule_backend::routes::graph::caller::SCOPE_WRITE_PROVIDERS;

/// Addresses that both organizations deal with.
const SHARED: [&str; 4] = [ANA, BOB, TOM, "cleo@partner.example"];

/// A generator without state anywhere else (Knuth's MMIX constants): runs are told by their seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// One random thing that an inviter does, and perhaps the guest whom it concerns.
async fn something(world: &World, organization: &str, inviter: &mut Client, dice: &mut Dice) {
    let address = SHARED[dice.roll(SHARED.len())];
    // A provider that is turned off is asked nothing, so that it takes no network to make one.
    let provider = json!({
        "@odata.type": "#microsoft.graph.socialIdentityProvider", "identityProviderType": "GitHub",
        "clientId": organization, "clientSecret": "secret", "vestibule": { "enabled": false },
    });
    let mut program = program(world, organization, &[SCOPE_WRITE_PROVIDERS]).await;
    match dice.roll(3) {
        0 => program.delete("/v1.0/identity/identityProviders/github").await,
        _ => program.post("/v1.0/identity/identityProviders", &provider).await,
    };
    let path = format!("/v1.0/invitations?organization={organization}");
    let answer = inviter.post(&path, &least(address)).await;
    let steps = dice.roll(5);
    // A member is not invited into the own organization.
    if answer.status == StatusCode::CREATED {
        let token = world.link_for(address).await;
        walk(world, &token, address, steps).await;
    }
}

/// A guest's first steps.
async fn walk(world: &World, token: &str, address: &str, steps: usize) {
    let mut guest = world.client();
    let mut document = guest.start(&json!({ "intent": "redeem", "invitation": token })).await;
    for _ in 0..steps {
        let answer = match step(&document) {
            "invitation" => guest.act(&document, "continue", json!({})).await,
            "email_code" => guest.verify(&document, &world.code_for(address).await).await,
            "consent" => guest.act(&document, "accept", json!({})).await,
            _ => return,
        };
        document = answer.ok();
    }
}

/// An answer with each id replaced by its place among all ids, since ids differ from run to run.
fn told(answer: &Answer, ids: &mut BTreeMap<String, usize>) -> Value {
    fn rename(value: &mut Value, ids: &mut BTreeMap<String, usize>) {
        match value {
            Value::String(text) if text.len() == 36 && text.matches('-').count() == 4 => {
                let next = ids.len();
                *text = format!("id {}", ids.entry(text.clone()).or_insert(next));
            }
            // A reference is drawn at random for each answer.
            Value::String(text) if text.starts_with("V-") => "reference".clone_into(text),
            Value::Array(items) => items.iter_mut().for_each(|item| rename(item, ids)),
            Value::Object(members) => members.values_mut().for_each(|member| rename(member, ids)),
            _ => {}
        }
    }
    let mut value =
        json!([answer.status.as_u16(), serde_json::from_str::<Value>(&answer.text).unwrap_or_default()]);
    rename(&mut value, ids);
    value
}

/// All that people of Contoso can read, after its own doings with or without those of Fabrikam in between.
async fn view(seed: u64, with_the_other: bool) -> Vec<Value> {
    let world = World::with(GENEROUS).await;
    let (mut here, mut there) = (with_session(&world, MIRA).await, with_session(&world, INES).await);
    let (mut own, mut others) = (Dice(seed), Dice(seed ^ 0xA5A5));
    for _ in 0..8 {
        // What happened at one instant is listed in no order that could be told.
        world.advance(Duration::from_secs(1));
        something(&world, "contoso", &mut here, &mut own).await;
        if with_the_other {
            something(&world, "fabrikam", &mut there, &mut others).await;
        }
    }
    world.advance(Duration::from_secs(1));
    let guest = "dora@partner.example";
    let token = invite_as(&world, &mut here, "contoso", &least(guest)).await;
    let mut arrived = redeem(&world, &token, guest).await;
    let (mut ids, mut answers) = (BTreeMap::new(), Vec::new());
    for client in [&mut here, &mut arrived] {
        for path in [
            "/api/v1/me",
            "/api/v1/me/apps",
            "/api/v1/me/organizations",
            "/api/v1/me/consents",
            "/api/v1/me/activity",
            "/api/v1/brand",
            "/v1.0/invitations",
            "/v1.0/vestibule/inviteOptions",
            "/v1.0/identity/identityProviders",
            "/v1.0/identity/apiConnectors",
            "/v1.0/identity/b2xUserFlows",
            "/v1.0/identity/userFlowAttributes",
            "/v1.0/policies/authenticationFlowsPolicy",
        ] {
            answers.push(told(&client.get(&format!("{path}?organization=contoso")).await, &mut ids));
        }
    }
    world.check().await;
    answers
}

#[tokio::test]
async fn s104_what_contoso_sees_is_the_same_with_and_without_fabrikam() {
    for seed in [1, 2, 3] {
        let (alone, beside) = (view(seed, false).await, view(seed, true).await);
        assert!(alone[6].to_string().len() > 500, "there is something to see: {}", alone[6]);
        for (alone, beside) in alone.iter().zip(&beside) {
            assert_eq!(alone, beside, "seed {seed}");
        }
    }
}
