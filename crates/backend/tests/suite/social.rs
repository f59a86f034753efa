//! Servers that speak OAuth 2.0 and no OpenID Connect, in the shape of GitHub and Facebook; and the presets.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{RawForm, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;
use vestibule_backend::cli::apply::put;
use vestibule_domain::provider::Failure;

use crate::abroad::{CONTOSO, LOCAL, back, choose, continued, identities, present, url};
use crate::client::{Client, message, step};
use crate::world::{GENEROUS, World};

const BOB: &str = "bob@home.example";

#[derive(Clone)]
struct Social {
    origin: String,
    said: Arc<Mutex<Said>>,
}

/// What it says of the person, and of the addresses.
struct Said {
    user: Value,
    emails: Value,
    challenge: String,
}

impl Social {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let said = Said {
            user: json!({ "id": 583_231, "email": null }),
            emails: json!([]),
            challenge: String::new(),
        };
        let social = Self { origin, said: Arc::new(Mutex::new(said)) };
        let router = Router::new()
            .route("/token", post(token))
            .route("/user", get(user))
            .route("/emails", get(emails))
            .with_state(social.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        social
    }

    fn entry(&self, more: &str) -> String {
        let Self { origin, .. } = self;
        format!(
            "\n[[providers]]\nid = \"github\"\nkind = \"github\"\nclient_id = \"us\"\nclient_secret = \"hush\"\n\
             authorization_endpoint = \"{origin}/authorize\"\ntoken_endpoint = \"{origin}/token\"\n\
             userinfo_endpoint = \"{origin}/user\"\nemails_endpoint = \"{origin}/emails\"\n{more}"
        )
    }

    fn says(&self, user: Value, emails: Value) {
        let mut said = self.said.lock().unwrap();
        (said.user, said.emails) = (user, emails);
    }

    /// Somebody agrees there, and comes back with this query.
    fn agree(&self, url: &str) -> String {
        let url = Url::parse(url).unwrap();
        let query: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!((query["response_type"].as_str(), query["client_id"].as_str()), ("code", "us"));
        assert_eq!(query["code_challenge_method"], "S256");
        assert_eq!(query["scope"], "read:user user:email");
        self.said.lock().unwrap().challenge.clone_from(&query["code_challenge"]);
        format!("state={}&code=one", query["state"])
    }
}

async fn token(State(social): State<Social>, RawForm(form): RawForm) -> Response {
    let form: HashMap<String, String> = url::form_urlencoded::parse(&form).into_owned().collect();
    let challenge = B64.encode(Sha256::digest(&form["code_verifier"]));
    if form["client_secret"] != "hush"
        || form["code"] != "one"
        || challenge != social.said.lock().unwrap().challenge
    {
        // As GitHub does it: an error, and 200.
        return Json(json!({ "error": "bad_verification_code" })).into_response();
    }
    Json(json!({ "access_token": "t", "token_type": "bearer", "scope": "" })).into_response()
}

async fn user(State(social): State<Social>, headers: HeaderMap) -> Response {
    if headers["authorization"] != "Bearer t" {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Json(social.said.lock().unwrap().user.clone()).into_response()
}

async fn emails(State(social): State<Social>) -> Json<Value> {
    Json(social.said.lock().unwrap().emails.clone())
}

async fn world() -> (World, Social) {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let social = Social::start().await;
    world.apply("contoso", &format!("{CONTOSO}{}", social.entry(""))).await;
    (world, social)
}

/// Goes there and comes back. Gives the flow afterwards.
async fn arrive(world: &World, social: &Social, client: &mut Client) -> Value {
    let mut at = continued(world, client, BOB).await;
    if step(&at) == "choose_provider" {
        at = choose(client, &at, "github").await;
    }
    let query = social.agree(url(&at));
    back(client, "github", &query).await;
    present(client, &at).await
}

#[tokio::test]
async fn s50_a_guest_comes_with_an_account_that_has_no_id_token_and_is_known_by_its_id() {
    let (world, social) = world().await;
    let verified = json!([{ "email": "x@else.example", "verified": true }, { "email": BOB, "primary": true, "verified": true }]);
    social.says(json!({ "id": 583_231, "login": "bob" }), verified);
    let mut bob = world.client();
    // The server does not run the mailbox: one code proves it.
    let asked = arrive(&world, &social, &mut bob).await;
    assert_eq!(step(&asked), "email_code");
    let consent = bob.verify(&asked, &world.code_for(BOB).await).await.ok();
    assert_eq!(step(&bob.act(&consent, "accept", json!({})).await.ok()), "done");
    assert_eq!(identities(&world).await, ["github 583231"]);
    // Another day the addresses are others; the id is the same.
    social.says(json!({ "id": 583_231 }), json!([]));
    let mut later = world.client();
    assert_eq!(step(&arrive(&world, &social, &mut later).await), "done");
    world.check().await;
}

#[tokio::test]
async fn s51_an_address_of_a_domain_that_the_server_speaks_for_counts_when_it_is_listed_as_verified() {
    let (world, social) = world().await;
    world.apply("contoso", &format!("{CONTOSO}{}", social.entry("domains = [\"home.example\"]\n"))).await;
    let list = |verified: Value| json!([{ "email": BOB, "primary": true, "verified": verified }]);
    for (user, emails, expected) in [
        (json!({ "id": "a" }), list(json!(true)), "consent"),
        (json!({ "id": "b" }), list(json!(false)), "email_code"),
        (json!({ "id": "c" }), json!([{ "email": BOB, "verified": true }]), "email_code"),
        (json!({ "id": "d", "email": BOB }), json!([]), "email_code"),
    ] {
        social.says(user, emails);
        assert_eq!(step(&arrive(&world, &social, &mut world.client()).await), expected);
    }
}

#[tokio::test]
async fn s43_s58_what_such_a_server_says_wrongly_is_refused_for_its_reason() {
    let (world, social) = world().await;
    let cases = [
        (json!({ "login": "bob" }), json!([]), Failure::UserInfo),
        (json!({ "id": null }), json!([]), Failure::Subject),
        (json!({ "id": "" }), json!([]), Failure::Subject),
        (json!({ "id": 1.5 }), json!([]), Failure::Subject),
        (json!({ "id": "x".repeat(256) }), json!([]), Failure::Subject),
        (json!({ "id": 1 }), json!({ "message": "rate limit" }), Failure::UserInfo),
        (json!([]), json!([]), Failure::UserInfo),
    ];
    for (user, emails, _) in &cases {
        social.says(user.clone(), emails.clone());
        let after = arrive(&world, &social, &mut world.client()).await;
        assert_eq!((step(&after), message(&after)), ("choose_provider", "provider_failed"), "{user}");
    }
    let mut client = world.client();
    let at = continued(&world, &mut client, BOB).await;
    let at = choose(&mut client, &at, "github").await;
    let query = social.agree(url(&at)).replace("code=one", "code=another");
    back(&mut client, "github", &query).await;
    let written =
        world.rows("SELECT detail FROM audit WHERE action = 'federation.refused' ORDER BY sequence").await;
    let expected = cases.iter().map(|(.., failure)| failure.as_str()).chain([Failure::Exchange.as_str()]);
    let expected: Vec<String> =
        expected.map(|reason| json!({ "provider": "github", "reason": reason }).to_string()).collect();
    assert_eq!(written, expected);
}

#[tokio::test]
async fn s39_a_provider_that_lacks_something_or_has_too_much_is_refused_with_what_to_do() {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let google = "[[providers]]\nid = \"google\"\nkind = \"google\"\n";
    let client = "client_id = \"us\"\nclient_secret = \"hush\"\n";
    for (entry, told) in [
        (format!("{google}client_secret = \"x\"\n"), "`client_id` is missing: the kind google needs it"),
        (format!("{google}client_id = \"x\"\n"), "`client_secret` is missing"),
        (
            format!("{google}{client}token_endpoint = \"https://x.example/\"\n"),
            "`token_endpoint` means nothing",
        ),
        (format!("{google}{client}shape = 7\n"), "unknown field `shape`"),
        (format!("[[providers]]\nid = \"xy\"\nkind = \"gogle\"\n{client}"), "unknown variant `gogle`"),
        (
            format!("[[providers]]\nid = \"xy\"\nkind = \"oauth2\"\n{client}"),
            "`authorization_endpoint` is missing",
        ),
        (
            format!(
                "[[providers]]\nid = \"xy\"\nkind = \"github\"\n{client}token_endpoint = \"http://intern.example/\"\n"
            ),
            "`token_endpoint`",
        ),
        (format!("[[providers]]\nid = \"xy\"\nlabel = \"X\"\n{client}"), "`issuer` is missing"),
        (format!("[[providers]]\nid = \"email\"\nkind = \"github\"\n{client}"), "the id `email` is taken"),
        (format!("{google}{client}label = \" \"\nenabled = false\n"), "`label` is what people press"),
    ] {
        let refused = put(&world.app, "contoso", &format!("{CONTOSO}\n{entry}")).await.unwrap_err();
        let said = format!("{refused:#}");
        assert!(said.contains(told), "{told}: {said}");
    }
    // The usual ones take an id and a secret, and have a name. Turned off they are not asked.
    let names = ["google", "microsoft", "microsoft_personal", "facebook", "apple", "github", "linkedin"];
    let all: Vec<String> = names
        .iter()
        .map(|name| {
            format!(
                "[[providers]]\nid = \"{}\"\nkind = \"{name}\"\nenabled = false\n{client}",
                name.replace('_', "-")
            )
        })
        .collect();
    world.apply("contoso", &format!("{CONTOSO}\n{}", all.concat())).await;
    let labels = world.rows("SELECT label FROM providers ORDER BY position").await;
    let expected =
        ["Google", "Microsoft work or school", "Microsoft", "Facebook", "Apple", "GitHub", "LinkedIn"];
    assert_eq!(labels, expected);
}
