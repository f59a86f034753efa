//! The management plane's identity providers: Graph's shapes, who may, what is never told, and that a change counts at
//! once.

mod effects;
mod wrong;

use axum::http::StatusCode;
use serde_json::{Value, json};
use vestibule_backend::cli::apply;
use vestibule_backend::routes::graph::caller::{
    SCOPE_INVITE, SCOPE_LINK, SCOPE_READ_PROVIDERS, SCOPE_WRITE_PROVIDERS,
};

use crate::abroad::{CONTOSO, LOCAL, back, continued, present, url};
use crate::client::{Answer, Client, step};
use crate::people::{ANA, INES, MIRA, TOM, guest, program, with_session};
use crate::provider::{CLIENT, Provider, SECRET};
use crate::world::{GENEROUS, ORIGIN, World};

const PROVIDERS: &str = "/v1.0/identity/identityProviders";
const WORK: &str = "/v1.0/identity/identityProviders/work";

/// A world with a provider that nobody knows yet, and a program that may manage.
async fn world() -> (World, Provider, Client) {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let manager = program(&world, "contoso", &[SCOPE_WRITE_PROVIDERS]).await;
    (world, Provider::start().await, manager)
}

/// A request for it as `work`, which speaks for Ana's domain.
fn work(provider: &Provider) -> Value {
    json!({
        "@odata.type": "#microsoft.graph.oidcIdentityProvider",
        "id": "work",
        "displayName": "Partner account",
        "clientId": CLIENT,
        "clientAuthentication": {
            "@odata.type": "#microsoft.graph.oidcClientSecretAuthentication", "clientSecret": SECRET,
        },
        "issuer": provider.issuer,
        "wellKnownEndpoint": format!("{}/.well-known/openid-configuration", provider.issuer),
        "responseType": "code",
        "scope": "openid email",
        "vestibule": { "domains": ["Partner.example"] },
    })
}

/// GitHub, turned off, so that it is asked nothing.
fn github() -> Value {
    json!({
        "@odata.type": "microsoft.graph.socialIdentityProvider", "displayName": "GitHub",
        "identityProviderType": "GitHub", "clientId": "us", "clientSecret": SECRET,
        "vestibule": { "enabled": false },
    })
}

fn made(answer: &Answer) -> Value {
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.json()
}

fn changed(answer: &Answer) {
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::NO_CONTENT, ""));
}

/// Status, target, and that the message says this.
fn refused(answer: &Answer, status: u16, target: &Value, says: &str) {
    let error = &answer.json()["error"];
    let what = format!("{says}: {} {}", answer.status, answer.text);
    assert_eq!((answer.status.as_u16(), &error["target"]), (status, target), "{what}");
    assert!(error["message"].as_str().unwrap().contains(says), "{what}");
}

fn ids(list: &Value) -> Vec<&str> {
    list["value"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn graph_identity_providers_have_the_shapes_of_graph() {
    let (world, provider, mut manager) = world().await;
    let answer = manager.post(PROVIDERS, &work(&provider)).await;
    assert_eq!(answer.header("location"), Some(format!("{ORIGIN}{WORK}").as_str()));
    let context = format!("{ORIGIN}/v1.0/$metadata#identity/identityProviders");
    let expected = json!({
        "@odata.context": format!("{context}/$entity"),
        "@odata.type": "#microsoft.graph.oidcIdentityProvider",
        "id": "work",
        "displayName": "Partner account",
        "clientId": CLIENT,
        "clientAuthentication": {
            "@odata.type": "#microsoft.graph.oidcClientSecretAuthentication", "clientSecret": "******",
        },
        "issuer": provider.issuer,
        "wellKnownEndpoint": format!("{}/.well-known/openid-configuration", provider.issuer),
        "responseType": "code",
        "scope": "openid email",
        "vestibule": {
            "kind": "openid_connect", "enabled": true, "domains": ["partner.example"], "position": 0,
            "source": "api", "callback": format!("{ORIGIN}/federation/contoso/work/callback"),
        },
    });
    assert_eq!(made(&answer), expected);
    assert_eq!(manager.get(WORK).await.ok(), expected);
    // The id of a known provider is its kind, unless somebody gives one.
    let social = made(&manager.post(PROVIDERS, &github()).await);
    assert_eq!(
        (&social["@odata.type"], &social["id"], &social["identityProviderType"], &social["clientSecret"]),
        (
            &json!("#microsoft.graph.socialIdentityProvider"),
            &json!("github"),
            &json!("GitHub"),
            &json!("******")
        )
    );
    let list = manager.get(PROVIDERS).await.ok();
    assert_eq!(
        (&list["@odata.context"], ids(&list)),
        (&json!(context), vec!["work", "github", "EmailOtpSignup-OAUTH"])
    );
    assert_eq!(
        list["value"][2],
        json!({
            "@odata.type": "#microsoft.graph.builtInIdentityProvider", "id": "EmailOtpSignup-OAUTH",
            "displayName": "Email One Time Passcode", "identityProviderType": "EmailOTP", "state": "enabled",
        })
    );
    changed(&manager.patch(&format!("{PROVIDERS}/github"), &json!({ "vestibule": { "position": 0 } })).await);
    changed(&manager.patch(WORK, &json!({ "displayName": "Ours", "vestibule": { "position": 7 } })).await);
    let list = manager.get(PROVIDERS).await.ok();
    assert_eq!((ids(&list)[0], &list["value"][1]["displayName"]), ("github", &json!("Ours")));
    changed(&manager.delete(WORK).await);
    assert_eq!(manager.get(WORK).await.status, StatusCode::NOT_FOUND);
    assert_eq!(manager.delete(WORK).await.status, StatusCode::NOT_FOUND);
    let told = world.rows("SELECT action || ' ' || subject || ' ' || detail FROM audit WHERE subject LIKE 'provider:%' ORDER BY sequence").await;
    assert_eq!(
        told,
        [
            "provider.created provider:work {\"enabled\":true,\"kind\":\"openid_connect\"}",
            "provider.created provider:github {\"enabled\":false,\"kind\":\"github\"}",
            "provider.changed provider:github {\"members\":[\"vestibule/position\"]}",
            "provider.changed provider:work {\"members\":[\"displayName\",\"vestibule/position\"]}",
            "provider.deleted provider:work {}",
        ]
    );
    world.check().await;
}

#[tokio::test]
async fn graph_what_comes_from_a_file_is_changed_there_and_stays_apart_from_the_api() {
    let (world, provider, mut manager) = world().await;
    let with_file = format!("{CONTOSO}{}", provider.entry("work", ""));
    world.apply("contoso", &with_file).await;
    for answer in [
        manager.patch(WORK, &json!({ "displayName": "Mine" })).await,
        manager.delete(WORK).await,
        manager.patch(&format!("{PROVIDERS}/EmailOtpSignup-OAUTH"), &json!({})).await,
        manager.delete(&format!("{PROVIDERS}/EmailOtpSignup-OAUTH")).await,
    ] {
        refused(&answer, 409, &Value::Null, "file");
    }
    refused(&manager.post(PROVIDERS, &work(&provider)).await, 409, &json!("id"), "already");
    made(&manager.post(PROVIDERS, &github()).await);
    let sources = "SELECT id || ' ' || source FROM providers WHERE organization = 'contoso' ORDER BY id";
    // Applied again, with and without its own: what the API made stays.
    world.apply("contoso", &with_file).await;
    assert_eq!(world.rows(sources).await, ["github api", "work file"]);
    world.apply("contoso", CONTOSO).await;
    assert_eq!(world.rows(sources).await, ["github api"]);
    // An id of both: the file wins, and it is written down.
    made(&manager.post(PROVIDERS, &work(&provider)).await);
    world.apply("contoso", &with_file).await;
    assert_eq!(world.rows(sources).await, ["github api", "work file"]);
    let last = "SELECT actor || ' ' || detail FROM audit WHERE subject = 'provider:work' ORDER BY sequence DESC LIMIT 1";
    assert_eq!(world.rows(last).await, ["command {\"members\":[\"vestibule/source\"]}"]);
    // A provider of the API is a way in, too, for the check that there is one.
    let no_code = with_file.replace("[settings]", "[settings]\nredemption_order = { email_code = false }");
    assert_ne!(no_code, with_file);
    world.apply("contoso", &no_code).await;
    assert_eq!(manager.get(&format!("{PROVIDERS}/EmailOtpSignup-OAUTH")).await.ok()["state"], "disabled");
    let none = CONTOSO.replace("[settings]", "[settings]\nredemption_order = { email_code = false }");
    let refused = apply::put(&world.app, "contoso", &none).await;
    assert!(format!("{:#}", refused.unwrap_err()).contains("nobody could sign in"));
    let mut second = work(&provider);
    second["id"] = json!("second");
    made(&manager.post(PROVIDERS, &second).await);
    world.apply("contoso", &none).await;
    assert_eq!(world.rows(sources).await, ["github api", "second api"]);
}

#[tokio::test]
async fn s103_identity_providers_are_managed_by_those_who_may() {
    let (world, provider, mut manager) = world().await;
    let ana = guest(&world, ANA).await;
    made(&manager.post(PROVIDERS, &work(&provider)).await);
    let every = [SCOPE_INVITE, SCOPE_LINK, SCOPE_READ_PROVIDERS, SCOPE_WRITE_PROVIDERS];
    let foreign = program(&world, "fabrikam", &every).await;
    // Who, in which organization, and the answers to reading, to one, and to changing.
    let cases = [
        ("anonymous", world.client(), "contoso", 401, 401, 401),
        ("guest", ana, "contoso", 403, 403, 403),
        ("member", with_session(&world, TOM).await, "contoso", 403, 403, 403),
        ("administrator", with_session(&world, MIRA).await, "contoso", 200, 200, 204),
        ("inviter of another", with_session(&world, INES).await, "contoso", 404, 404, 404),
        (
            "token to invite",
            program(&world, "contoso", &[SCOPE_INVITE, SCOPE_LINK]).await,
            "contoso",
            403,
            403,
            403,
        ),
        (
            "token to read",
            program(&world, "contoso", &[SCOPE_READ_PROVIDERS]).await,
            "contoso",
            200,
            200,
            403,
        ),
        ("token to write", manager, "contoso", 200, 200, 204),
        ("token of another", foreign.clone(), "contoso", 404, 404, 404),
        ("token of another, at home", foreign, "fabrikam", 200, 404, 404),
    ];
    let mut name = 0;
    for (who, mut client, organization, list, one, change) in cases {
        let of = format!("?organization={organization}");
        assert_eq!(client.get(&format!("{PROVIDERS}{of}")).await.status.as_u16(), list, "{who}");
        assert_eq!(client.get(&format!("{WORK}{of}")).await.status.as_u16(), one, "{who}");
        name += 1;
        let body = json!({ "displayName": format!("Name {name}") });
        assert_eq!(client.patch(&format!("{WORK}{of}"), &body).await.status.as_u16(), change, "{who}");
        if change != 204 {
            assert_eq!(client.delete(&format!("{WORK}{of}")).await.status.as_u16(), change, "{who}");
        }
    }
    assert_eq!(world.rows("SELECT label FROM providers").await, ["Name 8"]);
}

#[tokio::test]
async fn s104_the_same_id_in_two_organizations_is_two_providers() {
    let (world, provider, mut contoso) = world().await;
    let mut fabrikam = program(&world, "fabrikam", &[SCOPE_WRITE_PROVIDERS]).await;
    made(&contoso.post(PROVIDERS, &work(&provider)).await);
    let before = contoso.get(PROVIDERS).await.ok();
    assert_eq!(ids(&fabrikam.get(PROVIDERS).await.ok()), ["EmailOtpSignup-OAUTH"]);
    let theirs = made(&fabrikam.post(PROVIDERS, &work(&provider)).await);
    assert_eq!(theirs["vestibule"]["callback"], format!("{ORIGIN}/federation/fabrikam/work/callback"));
    // Somebody is under way at Contoso, while Fabrikam turns its own off and deletes it.
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    let query = provider.sign_in(url(&away), "ana-1", ANA);
    changed(&fabrikam.patch(WORK, &json!({ "displayName": "X", "vestibule": { "enabled": false } })).await);
    changed(&fabrikam.delete(WORK).await);
    assert_eq!(contoso.get(PROVIDERS).await.ok(), before);
    back(&mut ana, "work", &query).await;
    assert_eq!(step(&present(&mut ana, &away).await), "consent");
}
