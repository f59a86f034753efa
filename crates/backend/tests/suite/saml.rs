//! Guests come with an account at a SAML 2.0 identity provider (S59).

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::json;
use vestibule_backend::cli::apply;

use crate::abroad::{CONTOSO, LOCAL, choose, continued, identities, present, url};
use crate::asserter::{Asserter, Sign, asked, attribute};
use crate::client::{Answer, Client, message, step};
use crate::people::{ANA, BOB};
use crate::world::{GENEROUS, World};

/// A world in which Contoso's guests of `partner.example` have an account at a SAML provider.
pub(crate) async fn world() -> (World, Asserter) {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let work = Asserter::new();
    world.apply("contoso", &format!("{CONTOSO}{}", work.entry("work", "\"partner.example\""))).await;
    (world, work)
}

/// What the provider's page lets the browser post: from another site, so without any of our cookies.
pub(crate) async fn posted(world: &World, provider: &str, state: &str, response: &str) -> Answer {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("SAMLResponse", &BASE64_STANDARD.encode(response)).append_pair("RelayState", state);
    raw(world, provider, form.finish()).await
}

pub(crate) async fn raw(world: &World, provider: &str, body: String) -> Answer {
    let request = Request::post(format!("/federation/contoso/{provider}/acs"))
        .header(header::ORIGIN, "https://idp.partner.example")
        .header("sec-fetch-site", "cross-site")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    world.client().send(request.body(Body::from(body)).unwrap()).await
}

/// The whole way back: the post, and where it leads the browser.
pub(crate) async fn back(world: &World, client: &mut Client, to: &str, response: &str) -> Answer {
    let state = asked(to).query["RelayState"].clone();
    let answer = posted(world, "work", &state, response).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    assert!(answer.set_cookies().is_empty(), "whose post it is, nobody knows");
    client.page(answer.header("location").unwrap()).await
}

#[tokio::test]
async fn s59_t07_the_account_of_the_invited_domain_redeems_without_a_code_and_comes_back() {
    let (world, work) = world().await;
    for (round, sign) in [Sign::Assertion, Sign::Response, Sign::Both].into_iter().enumerate() {
        let (address, subject) = (format!("ana{round}@partner.example"), format!("a-{round}"));
        let mut ana = world.client();
        let away = continued(&world, &mut ana, &address).await;
        let request = asked(url(&away)).request;
        assert!(!request.contains("ForceAuthn") && !request.contains("IsPassive"), "{request}");
        assert_eq!(attribute(&request, "Destination"), "https://idp.partner.example/sso");
        let response = work.signed(&Asserter::response(url(&away), &subject, &address), sign);
        back(&world, &mut ana, url(&away), &response).await;
        let consent = present(&mut ana, &away).await;
        assert_eq!(
            (step(&consent), &consent["step"]["data"]["account"]),
            ("consent", &json!(address)),
            "{sign:?}"
        );
        assert_eq!(step(&ana.act(&consent, "accept", json!({})).await.ok()), "done");
        assert_eq!(ana.get("/api/v1/session").await.ok()["method"], "federated");
        assert_eq!(world.mails_to(&address).await.len(), 1, "no code was sent");
        // Another day, and the provider calls the address another one by now (S50).
        let mut later = world.client();
        let entry = later.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
        let away = choose(&mut later, &entry, "work").await;
        let response = work.signed(&Asserter::response(url(&away), &subject, "new@elsewhere.example"), sign);
        back(&world, &mut later, url(&away), &response).await;
        assert_eq!(later.get("/api/v1/session").await.ok()["account"], address);
    }
    assert_eq!(identities(&world).await, ["work a-0", "work a-1", "work a-2"]);
    world.check().await;
}

#[tokio::test]
async fn s51_s59_t03_a_saml_providers_word_proves_no_mailbox_of_another_domain_or_person() {
    let (world, work) = world().await;
    let mut client = world.client();
    let chooser = continued(&world, &mut client, "bob@home.example").await;
    let away = choose(&mut client, &chooser, "work").await;
    let response = work.signed(&Asserter::response(url(&away), "b", "bob@home.example"), Sign::Assertion);
    back(&world, &mut client, url(&away), &response).await;
    assert_eq!(step(&present(&mut client, &away).await), "email_code");
    assert_eq!(identities(&world).await, [""; 0]);
    // And somebody else's account leaves the invitation as it is.
    let mut other = world.client();
    let away = continued(&world, &mut other, ANA).await;
    let response = work.signed(&Asserter::response(url(&away), "b", BOB), Sign::Assertion);
    back(&world, &mut other, url(&away), &response).await;
    assert_eq!(step(&present(&mut other, &away).await), "wrong_account");
}

/// Whoever begins a sign-in and has somebody else's browser finish it at the provider comes in as nobody.
#[tokio::test]
async fn s42_s59_an_answer_counts_for_the_browser_that_began_and_delivered_it() {
    let (world, work) = world().await;
    let mut eve = world.client();
    let away = continued(&world, &mut eve, ANA).await;
    // Ana, whom the provider knows, opens the address that Eve was sent to. Her browser delivers the answer, and has no
    // cookie of Eve's flow.
    let response = work.signed(&Asserter::response(url(&away), "a", ANA), Sign::Assertion);
    let mut ana = world.client();
    back(&world, &mut ana, url(&away), &response).await;
    assert!(ana.cookies.keys().all(|name| !name.contains("session")));
    assert_eq!(step(&present(&mut eve, &away).await), "federate");
    // Eve has the cookie, and not what was delivered.
    let state = asked(url(&away)).query["RelayState"].clone();
    eve.page(&format!("/federation/contoso/work/callback?state={state}&delivery=00")).await;
    let refused = present(&mut eve, &away).await;
    assert_eq!((step(&refused), message(&refused)), ("choose_provider", "provider_failed"));
    let reasons = world.rows("SELECT detail FROM audit WHERE action = 'federation.refused'").await;
    assert!(reasons.len() == 1 && reasons[0].contains("mix_up"), "{reasons:?}");
    assert_eq!(identities(&world).await, [""; 0]);
}

#[tokio::test]
async fn s59_an_answer_counts_once_for_its_own_request_in_its_own_browser() {
    let (world, work) = world().await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    let response = work.signed(&Asserter::response(url(&away), "a", ANA), Sign::Assertion);
    // The first answer is kept; another one in its place, or the same again, changes nothing.
    let state = asked(url(&away)).query["RelayState"].clone();
    posted(&world, "work", &state, &response).await;
    let second = work.signed(&Asserter::response(url(&away), "b", BOB), Sign::Assertion);
    posted(&world, "work", &state, &second).await;
    back(&world, &mut ana, url(&away), &response).await;
    let consent = present(&mut ana, &away).await;
    assert_eq!((step(&consent), &consent["step"]["data"]["account"]), ("consent", &json!(ANA)));
    back(&world, &mut ana, url(&away), &response).await;
    assert_eq!(present(&mut ana, &away).await, consent);
    // In another flow it is the answer to another request.
    let other = continued(&world, &mut ana, BOB).await;
    back(&world, &mut ana, url(&other), &response).await;
    assert_eq!(message(&present(&mut ana, &other).await), "provider_failed");
    let reasons = world.rows("SELECT detail FROM audit WHERE action = 'federation.refused'").await;
    assert!(reasons.len() == 1 && reasons[0].contains("in_response_to"), "{reasons:?}");
    world.check().await;
}

#[tokio::test]
async fn s59_what_nobody_asked_for_is_not_taken() {
    let (world, work) = world().await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    let response = work.signed(&Asserter::response(url(&away), "a", ANA), Sign::Assertion);
    let state = asked(url(&away)).query["RelayState"].clone();
    // Begun by the provider, with no journey or one that is made up.
    for made_up in ["", "/apps", &"A".repeat(43)] {
        assert_eq!(
            posted(&world, "work", made_up, &response).await.status,
            StatusCode::NOT_FOUND,
            "{made_up}"
        );
    }
    // At another provider's address.
    posted(&world, "other", &state, &response).await;
    assert!(world.rows("SELECT detail FROM audit WHERE action = 'federation.refused'").await.is_empty());
    // The journey is as it was; whoever comes without an answer has ended it.
    ana.page(&format!("/federation/contoso/work/callback?state={state}")).await;
    assert_eq!(message(&present(&mut ana, &away).await), "provider_failed");
    for (body, status) in [
        ("RelayState=x".to_owned(), 400),
        (format!("RelayState={state}&SAMLResponse=x&SAMLResponse=y"), 400),
        ("x".repeat(256 * 1024 + 1), 413),
    ] {
        assert_eq!(raw(&world, "work", body).await.status.as_u16(), status);
    }
}

#[tokio::test]
async fn s59_an_address_is_a_name_where_the_file_says_so() {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let work = Asserter::new();
    for (name_id, format, taken) in [
        ("email", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", true),
        ("email", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", false),
        ("unspecified", "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified", true),
        ("unspecified", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient", false),
    ] {
        let kind = format!("kind = \"saml\"\nname_id = \"{name_id}\"");
        let entry = work.entry("work", "\"partner.example\"").replace("kind = \"saml\"", &kind);
        world.apply("contoso", &format!("{CONTOSO}{entry}")).await;
        let mut ana = world.client();
        let away = continued(&world, &mut ana, ANA).await;
        let request = asked(url(&away)).request;
        let policy = request.split("<samlp:NameIDPolicy").nth(1).unwrap();
        assert!(attribute(policy, "Format").ends_with(if name_id == "email" {
            ":emailAddress"
        } else {
            ":unspecified"
        }));
        // Without any attribute the address can only be the name.
        let response = Asserter::response(url(&away), ANA, "")
            .replace("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", format)
            .replace("Name=\"mail\"", "Name=\"other\"");
        back(&world, &mut ana, url(&away), &work.signed(&response, Sign::Assertion)).await;
        let expected = match (taken, name_id) {
            (true, "email") => "consent",
            (true, _) => "email_code",
            (false, _) => "choose_provider",
        };
        assert_eq!(step(&present(&mut ana, &away).await), expected, "{name_id} {format}");
    }
}

#[tokio::test]
async fn s53_s59_a_provider_that_was_taken_away_after_its_answer_counts_no_more() {
    let (world, work) = world().await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    let state = asked(url(&away)).query["RelayState"].clone();
    let response = work.signed(&Asserter::response(url(&away), "a", ANA), Sign::Assertion);
    posted(&world, "work", &state, &response).await;
    let off = work.entry("work", "\"partner.example\"") + "enabled = false\n";
    world.apply("contoso", &format!("{CONTOSO}{off}")).await;
    ana.page(&format!("/federation/contoso/work/callback?state={state}")).await;
    assert_eq!(step(&present(&mut ana, &away).await), "federate", "nothing came of it");
    assert_eq!(identities(&world).await, [""; 0]);
}

#[tokio::test]
async fn s59_our_metadata_name_us_and_are_there_before_the_providers_own() {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let off = "\n[[providers]]\nid = \"work\"\nlabel = \"Work\"\nkind = \"saml\"\nenabled = false\n";
    world.apply("contoso", &format!("{CONTOSO}{off}")).await;
    let answer = world.client().get("/federation/contoso/work/metadata").await;
    assert_eq!(answer.header("content-type"), Some("application/samlmetadata+xml"));
    let here = "http://localhost:8080/federation/contoso/work";
    assert_eq!(attribute(&answer.text, "entityID"), format!("{here}/metadata"));
    assert_eq!(attribute(&answer.text, "Location"), format!("{here}/acs"));
    assert_eq!(attribute(&answer.text, "WantAssertionsSigned"), "true");
    assert_eq!(attribute(&answer.text, "AuthnRequestsSigned"), "false");
    let nowhere = world.client().get("/federation/contoso/other/metadata").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn s59_a_wrong_provider_is_refused_when_its_file_is_applied() {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let entry = Asserter::new().entry("work", "");
    let cases: [(&str, &str, &str); 7] = [
        ("kind = \"saml\"", "kind = \"saml\"\nmetadata_url = \"https://x.example\"", "either `metadata`"),
        ("kind = \"saml\"", "kind = \"saml\"\nissuer = \"https://other.example\"", "not of the `issuer`"),
        ("kind = \"saml\"", "kind = \"saml\"\nclient_id = \"x\"", "unknown field `client_id`"),
        ("kind = \"saml\"", "kind = \"saml\"\nsigning_key = \"x\"", "belong together"),
        ("https://idp.partner.example/sso", "http://idp.partner.example/sso", "SingleSignOnService"),
        ("<md:IDPSSODescriptor ", "<md:IDPSSODescriptor WantAuthnRequestsSigned=\"true\" ", "`signing_key`"),
        ("<md:EntityDescriptor ", "<md:EntityDescriptor validUntil=\"2026-11-20T09:00:00Z\" ", "valid until"),
    ];
    for (from, to, told) in cases {
        let file = format!("{CONTOSO}{}", entry.replacen(from, to, 1));
        let refused = apply::put(&world.app, "contoso", &file).await;
        let said = format!("{:#}", refused.expect_err(told));
        assert!(said.contains(told), "{told}: {said}");
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM providers").await, 0);
}
