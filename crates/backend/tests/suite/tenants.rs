//! Providers of many tenants, as Microsoft Entra is one, and what is told apart from the ID token.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use vestibule_domain::provider::Failure;

use crate::abroad::{CONTOSO, LOCAL, back, choose, continued, identities, present, url};
use crate::client::step;
use crate::people::ANA;
use crate::provider::{Change, Provider};
use crate::world::{GENEROUS, World};

const ONE: &str = "9f4a7c1e-2b3d-4e5f-8a9b-0c1d2e3f4a5b";

/// A world whose guests may come with accounts of any tenant.
async fn world() -> (World, Provider) {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let entra = Provider::start().await;
    entra.told().metadata = |d| {
        let issuer = d["issuer"].as_str().unwrap().to_owned();
        d["issuer"] = json!(format!("{issuer}/{{tenantid}}/v2.0"));
        d["authorization_response_iss_parameter_supported"] = json!(false);
    };
    let file = entra.entry("entra", "").replace("issuer = \"", "kind = \"microsoft\"\nissuer = \"");
    let file = file.replace(&entra.issuer, &format!("{}/{{tenantid}}/v2.0", entra.issuer));
    world.apply("contoso", &format!("{CONTOSO}{file}")).await;
    (world, entra)
}

/// Signs in there, with what is changed in the token. Gives the flow afterwards.
async fn arrive(world: &World, entra: &Provider, address: &str, claims: Change) -> Value {
    let mut client = world.client();
    let mut at = continued(world, &mut client, address).await;
    if step(&at) == "choose_provider" {
        at = choose(&mut client, &at, "entra").await;
    }
    entra.told().claims = claims;
    let query = entra.sign_in(url(&at), "s-1", address);
    // Entra does not name itself in its answer.
    let query: Vec<&str> = query.split('&').filter(|part| !part.starts_with("iss=")).collect();
    back(&mut client, "entra", &query.join("&")).await;
    present(&mut client, &at).await
}

fn tenant(claims: &mut Value, id: &str) {
    claims["iss"] = json!(format!("{}/{id}/v2.0", claims["iss"].as_str().unwrap()));
    claims["tid"] = json!(id);
    drop(claims.as_object_mut().unwrap().remove("email_verified"));
}

#[tokio::test]
async fn s50_s51_t07_r42_an_address_of_a_tenant_counts_only_where_its_domain_was_verified() {
    let (world, entra) = world().await;
    // nOAuth: whoever has a tenant writes any address into an account of it.
    let never: [Change; 5] = [
        |c| tenant(c, ONE),
        |c| {
            tenant(c, ONE);
            c["xms_edov"] = json!(false);
        },
        |c| {
            tenant(c, ONE);
            c["xms_edov"] = json!(0);
        },
        |c| {
            tenant(c, ONE);
            c["xms_edov"] = json!("0");
        },
        |c| {
            tenant(c, ONE);
            c["email_verified"] = json!(true);
        },
    ];
    for claims in never {
        assert_eq!(step(&arrive(&world, &entra, ANA, claims).await), "email_code");
    }
    let proven = arrive(&world, &entra, ANA, |c| {
        tenant(c, ONE);
        c["xms_edov"] = json!(true);
    });
    assert_eq!(step(&proven.await), "consent");
}

#[tokio::test]
async fn the_domain_leads_to_the_page_of_the_right_tenant_and_the_address_stays_here() {
    let (world, _) = world().await;
    let mut ana = world.client();
    let chooser = continued(&world, &mut ana, ANA).await;
    let away = choose(&mut ana, &chooser, "entra").await;
    let asked = url(&away);
    assert!(asked.contains("domain_hint=partner.example"), "{asked}");
    assert!(!asked.contains("login_hint") && !asked.contains("ana"), "{asked}");
}

#[tokio::test]
async fn s54_a_second_factor_that_a_provider_names_counts_for_nothing() {
    let (world, entra) = world().await;
    let claims: Change = |c| {
        tenant(c, ONE);
        c["xms_edov"] = json!(true);
        c["amr"] = json!(["mfa", "pwd"]);
        c["acr"] = json!("possessionorinherence");
        c["auth_time"] = json!(0);
    };
    let mut ana = world.client();
    let chooser = continued(&world, &mut ana, ANA).await;
    let away = choose(&mut ana, &chooser, "entra").await;
    entra.told().claims = claims;
    let query = entra.sign_in(url(&away), "s-1", ANA);
    let query: Vec<&str> = query.split('&').filter(|part| !part.starts_with("iss=")).collect();
    back(&mut ana, "entra", &query.join("&")).await;
    let consent = present(&mut ana, &away).await;
    assert_eq!(step(&ana.act(&consent, "accept", json!({})).await.ok()), "done");
    let session = ana.get("/api/v1/session").await.ok();
    assert_eq!(session["method"], "federated");
    assert!(!session.to_string().contains("mfa") && !session.to_string().contains("acr"), "{session}");
}

#[tokio::test]
async fn s50_the_issuer_is_that_of_the_tenant_which_the_token_names() {
    let (world, entra) = world().await;
    let wrong: [Change; 5] = [
        // The place itself, another tenant than is named, none, none that is one, a way out of the path.
        |c| tenant(c, "{tenantid}"),
        |c| {
            tenant(c, ONE);
            c["tid"] = json!("00000000-2b3d-4e5f-8a9b-0c1d2e3f4a5b");
        },
        |c| {
            tenant(c, ONE);
            drop(c.as_object_mut().unwrap().remove("tid"));
        },
        |c| tenant(c, "common"),
        |c| tenant(c, "../../../../../../../../../../evil/x"),
    ];
    for claims in wrong {
        assert_eq!(step(&arrive(&world, &entra, ANA, claims).await), "choose_provider");
    }
    let written = world.rows("SELECT detail FROM audit WHERE action = 'federation.refused'").await;
    assert!(
        written.len() == 5 && written.iter().all(|it| it.contains(Failure::Issuer.as_str())),
        "{written:?}"
    );
    // The same subject of two tenants is two people.
    for (address, claims) in [
        (ANA, (|c| tenant(c, ONE)) as Change),
        ("kim@partner.example", |c| {
            tenant(c, "11111111-2b3d-4e5f-8a9b-0c1d2e3f4a5b");
        }),
    ] {
        let asked = arrive(&world, &entra, address, claims).await;
        assert_eq!(step(&asked), "email_code");
    }
    assert_eq!(identities(&world).await, [""; 0]);
}

#[tokio::test]
async fn s45_s50_a_key_signs_for_the_tenants_that_it_was_published_for() {
    for (key, expected) in [("{tenantid}", "consent"), (ONE, "consent"), ("another", "choose_provider")] {
        let (world, entra) = world().await;
        entra.told().signs_for = Some(format!("{}/{key}/v2.0", entra.issuer));
        let arrived = arrive(&world, &entra, ANA, |c| {
            tenant(c, ONE);
            c["xms_edov"] = json!(true);
        });
        assert_eq!(step(&arrived.await), expected, "{key}");
    }
}

#[tokio::test]
async fn s51_google_lets_in_whom_the_owner_of_the_domain_has_there() {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let google = Provider::start().await;
    let file =
        google.entry("entra", "\"partner.example\"").replace("issuer = \"", "kind = \"google\"\nissuer = \"");
    world.apply("contoso", &format!("{CONTOSO}{file}")).await;
    let said: [(Change, &str); 3] = [
        // An account of anybody's that was verified by a mail once.
        (|_| {}, "email_code"),
        (|c| c["hd"] = json!("elsewhere.example"), "email_code"),
        (|c| c["hd"] = json!("partner.example"), "consent"),
    ];
    for (claims, expected) in said {
        let mut client = world.client();
        let away = continued(&world, &mut client, ANA).await;
        google.told().claims = claims;
        back(&mut client, "entra", &google.sign_in(url(&away), "s-1", ANA)).await;
        assert_eq!(step(&present(&mut client, &away).await), expected);
    }
}

#[tokio::test]
async fn s41_s42_an_answer_that_is_posted_from_elsewhere_goes_on_by_the_same_rules() {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let apple = Provider::start().await;
    let entry =
        apple.entry("work", "\"partner.example\"").replace("issuer = \"", "kind = \"apple\"\nissuer = \"");
    world.apply("contoso", &format!("{CONTOSO}{entry}")).await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    assert!(url(&away).contains("response_mode=form_post"), "{}", url(&away));
    let answer = apple.sign_in(url(&away), "ana-1", ANA);
    // From the provider's page, without cookies; whatever else is in the form stays behind.
    let post = |body: String| {
        Request::post("/federation/contoso/work/callback")
            .header("origin", "https://appleid.apple.com")
            .header("sec-fetch-site", "cross-site")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap()
    };
    let posted = world.client().send(post(format!("{answer}&user=%7B%7D&code_verifier=x"))).await;
    assert_eq!(posted.status, StatusCode::SEE_OTHER);
    let on = posted.header("location").unwrap().to_owned();
    assert!(on.starts_with("/federation/contoso/work/callback?state=") && !on.contains("user"), "{on}");
    // Another browser's way there counts for nothing, its own does.
    world.client().page(&on).await;
    ana.page(&on).await;
    assert_eq!(step(&present(&mut ana, &away).await), "consent");
    assert_eq!(world.client().send(post(format!("{answer}&{answer}"))).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn s49_what_is_told_apart_from_the_token_is_of_the_same_person_or_counts_for_nothing() {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let work = Provider::start().await;
    work.told().metadata =
        |d| d["userinfo_endpoint"] = json!(format!("{}/userinfo", d["issuer"].as_str().unwrap()));
    work.told().claims = |c| drop(c.as_object_mut().unwrap().remove("email"));
    world.apply("contoso", &format!("{CONTOSO}{}", work.entry("work", "\"partner.example\""))).await;
    let same = r#"{"sub": "ana-1", "email": "ana@partner.example", "email_verified": true}"#;
    let cases: [(&'static str, &str); 6] = [
        (same, "consent"),
        (r#"{"sub": "ana-1", "email": "ana@partner.example", "email_verified": "true"}"#, "choose_provider"),
        (r#"{"sub": "ana-2", "email": "ana@partner.example", "email_verified": true}"#, "choose_provider"),
        (r#"{"email": "ana@partner.example", "email_verified": true}"#, "choose_provider"),
        ("<html>", "choose_provider"),
        // No address at all: the code asks the mailbox.
        (r#"{"sub": "ana-1"}"#, "email_code"),
    ];
    for (said, expected) in cases {
        work.told().userinfo = said;
        let mut ana = world.client();
        let away = continued(&world, &mut ana, ANA).await;
        back(&mut ana, "work", &work.sign_in(url(&away), "ana-1", ANA)).await;
        assert_eq!(step(&present(&mut ana, &away).await), expected, "{said}");
    }
    let written = world.rows("SELECT detail FROM audit WHERE action = 'federation.refused'").await;
    assert!(
        written.len() == 4 && written.iter().all(|it| it.contains(Failure::UserInfo.as_str())),
        "{written:?}"
    );
}
