//! An OpenID Connect provider on this machine, which does as it is told: rightly, and wrongly in one thing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::{RawForm, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD as B64};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::world::START;

/// Our id there.
pub(crate) const CLIENT: &str = "vestibule";
/// Our secret there.
pub(crate) const SECRET: &str = "a-secret-of-the-client-at-the-provider";

/// The provider.
#[derive(Clone)]
pub(crate) struct Provider {
    /// Its issuer.
    pub(crate) issuer: String,
    told: Arc<Mutex<Told>>,
}

/// Changes what the provider would say.
pub(crate) type Change = fn(&mut Value);
/// Makes a token of its parts.
pub(crate) type Make = fn(&Parts) -> String;
/// A status and a body.
pub(crate) type Said = (u16, &'static str);

/// What it does.
pub(crate) struct Told {
    /// Changes the description.
    pub(crate) metadata: Change,
    /// Changes the claims of the next tokens.
    pub(crate) claims: Change,
    /// Changes the token's header, payload and signature, once they are made.
    pub(crate) token: Make,
    /// Says what the token endpoint answers instead.
    pub(crate) answer: Option<Said>,
    /// What it says of the person at its `UserInfo` endpoint.
    pub(crate) userinfo: &'static str,
    /// Ids of the keys that it publishes; the first signs.
    pub(crate) kids: Vec<&'static str>,
    /// Whose tokens they sign, where it says so.
    pub(crate) signs_for: Option<String>,
    /// How often the keys were asked for.
    pub(crate) key_requests: usize,
    codes: HashMap<String, Asked>,
}

/// A token in its parts.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) header: Value,
    pub(crate) payload: Value,
    pub(crate) sign: fn(&Value, &Value) -> String,
}

struct Asked {
    nonce: String,
    challenge: String,
    redirect: String,
    claims: Value,
}

/// One key is enough: what differs is what it is called.
fn key() -> SigningKey {
    SigningKey::from_slice(&[7; 32]).unwrap()
}

fn encoded(value: &Value) -> String {
    B64.encode(value.to_string())
}

/// Signs as a provider should.
pub(crate) fn signed(header: &Value, payload: &Value) -> String {
    let text = format!("{}.{}", encoded(header), encoded(payload));
    let signature: Signature = key().sign(text.as_bytes());
    format!("{text}.{}", B64.encode(signature.to_bytes()))
}

impl Told {
    fn id_token(&self, issuer: &str, nonce: &str, claims: &Value) -> String {
        let now = START.millis() / 1_000;
        let mut payload =
            json!({ "iss": issuer, "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": nonce });
        payload.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
        (self.claims)(&mut payload);
        let header = json!({ "alg": "ES256", "kid": self.kids[0] });
        (self.token)(&Parts { header, payload, sign: signed })
    }
}

impl Provider {
    /// A provider that runs until the test ends.
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let told = Told {
            metadata: |_| {},
            claims: |_| {},
            token: |parts| (parts.sign)(&parts.header, &parts.payload),
            answer: None,
            userinfo: "",
            kids: vec!["one"],
            signs_for: None,
            key_requests: 0,
            codes: HashMap::new(),
        };
        let provider = Self { issuer, told: Arc::new(Mutex::new(told)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/organizations/v2.0/.well-known/openid-configuration", get(metadata))
            .route("/userinfo", get(userinfo))
            .route("/jwks", get(jwks))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    /// What it is told to do.
    pub(crate) fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap()
    }

    /// Its entry in an organization's file.
    pub(crate) fn entry(&self, id: &str, domains: &str) -> String {
        format!(
            "\n[[providers]]\nid = \"{id}\"\nlabel = \"{id} account\"\nissuer = \"{}\"\nclient_id = \"{CLIENT}\"\n\
             client_secret = \"{SECRET}\"\ndomains = [{domains}]\n",
            self.issuer
        )
    }

    /// Its entry as a public client's, which the front-end is.
    pub(crate) fn public_entry(&self, id: &str, domains: &str) -> String {
        let secret = format!("client_secret = \"{SECRET}\"");
        self.entry(id, domains).replace(&secret, "mode = \"browser\"")
    }

    /// The ID token that the front-end is given for the step of a document.
    pub(crate) fn id_token(&self, document: &Value, subject: &str, email: &str) -> String {
        let asked = &document["step"]["data"];
        assert_eq!(
            (&asked["mode"], &asked["issuer"]),
            (&json!("browser"), &json!(self.issuer)),
            "{document}"
        );
        let claims = json!({ "sub": subject, "email": email, "email_verified": true });
        self.told().id_token(&self.issuer, asked["nonce"].as_str().unwrap(), &claims)
    }

    /// Somebody signs in at the address that a `federate` step gave, and comes back with this query.
    pub(crate) fn sign_in(&self, url: &str, subject: &str, email: &str) -> String {
        let url = Url::parse(url).unwrap();
        let query: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["client_id"], CLIENT);
        assert_eq!(query["code_challenge_method"], "S256");
        assert!(query["scope"].split(' ').any(|scope| scope == "openid"), "{}", query["scope"]);
        let mut told = self.told();
        let code = format!("code-{}", told.codes.len());
        let asked = Asked {
            nonce: query["nonce"].clone(),
            challenge: query["code_challenge"].clone(),
            redirect: query["redirect_uri"].clone(),
            claims: json!({ "sub": subject, "email": email, "email_verified": true }),
        };
        told.codes.insert(code.clone(), asked);
        let mut back = url::form_urlencoded::Serializer::new(String::new());
        back.append_pair("state", &query["state"])
            .append_pair("code", &code)
            .append_pair("iss", &self.issuer);
        back.finish()
    }
}

async fn metadata(State(provider): State<Provider>) -> Json<Value> {
    let issuer = &provider.issuer;
    let mut document = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "authorization_response_iss_parameter_supported": true,
    });
    (provider.told().metadata)(&mut document);
    Json(document)
}

async fn userinfo(State(provider): State<Provider>) -> Response {
    ([("content-type", "application/json")], provider.told().userinfo).into_response()
}

async fn jwks(State(provider): State<Provider>) -> Json<Value> {
    let mut told = provider.told();
    told.key_requests += 1;
    let point = key().verifying_key().to_sec1_point(false);
    let (x, y) = (B64.encode(point.x().unwrap()), B64.encode(point.y().unwrap()));
    let one = |kid: &&str| json!({ "kty": "EC", "crv": "P-256", "use": "sig", "kid": kid, "x": x, "y": y, "issuer": told.signs_for });
    Json(json!({ "keys": told.kids.iter().map(one).collect::<Vec<_>>() }))
}

async fn token(State(provider): State<Provider>, headers: HeaderMap, RawForm(form): RawForm) -> Response {
    let mut told = provider.told();
    if let Some((status, body)) = told.answer {
        return (StatusCode::from_u16(status).unwrap(), body).into_response();
    }
    let form: HashMap<String, String> = url::form_urlencoded::parse(&form).into_owned().collect();
    let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("{CLIENT}:{SECRET}")));
    let Some(asked) = told.codes.remove(&form["code"]) else {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    };
    let challenge = B64.encode(Sha256::digest(&form["code_verifier"]));
    let fits = headers["authorization"] == basic.as_str()
        && challenge == asked.challenge
        && form["redirect_uri"] == asked.redirect;
    if !fits {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    }
    let id_token = told.id_token(&provider.issuer, &asked.nonce, &asked.claims);
    Json(json!({ "access_token": "x", "token_type": "Bearer", "id_token": id_token })).into_response()
}
