//! What guests do who come with an account of their own.

use serde_json::{Value, json};

use crate::client::{Answer, Client, flow_path, step};
use crate::people::{invite, open};
use crate::provider::Provider;
use crate::world::{GENEROUS, World};

/// Contoso's file.
pub(crate) const CONTOSO: &str = include_str!("../../../../demo/organizations/contoso.toml");
/// Configuration for providers on this machine.
pub(crate) const LOCAL: &str = "[federation]\nprivate_networks = [\"127.0.0.0/8\"]\n";

/// A world in which Contoso's guests of `partner.example` have an account at one provider, and anybody at another.
pub(crate) async fn world() -> (World, Provider, Provider) {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let (work, social) = (Provider::start().await, Provider::start().await);
    let file =
        format!("{CONTOSO}{}{}", work.entry("work", "\"partner.example\""), social.entry("social", ""));
    world.apply("contoso", &file).await;
    (world, work, social)
}

/// Comes back from a provider.
pub(crate) async fn back(client: &mut Client, provider: &str, query: &str) -> Answer {
    client.page(&format!("/federation/contoso/{provider}/callback?{query}")).await
}

pub(crate) fn url(document: &Value) -> &str {
    assert_eq!(step(document), "federate", "{document}");
    document["step"]["data"]["url"].as_str().unwrap()
}

/// The flow as it stands.
pub(crate) async fn present(client: &mut Client, document: &Value) -> Value {
    client.get(&flow_path(document)).await.ok()
}

/// An invitation that was opened and continued.
pub(crate) async fn continued(world: &World, client: &mut Client, address: &str) -> Value {
    let token = invite(world, address).await;
    let document = open(client, &token).await;
    client.act(&document, "continue", json!({})).await.ok()
}

pub(crate) async fn choose(client: &mut Client, document: &Value, provider: &str) -> Value {
    assert_eq!(step(document), "choose_provider", "{document}");
    client.act(document, "choose", json!({ "provider": provider })).await.ok()
}

pub(crate) async fn identities(world: &World) -> Vec<String> {
    world.rows("SELECT provider || ' ' || subject FROM identities WHERE provider <> 'email' ORDER BY 1").await
}
