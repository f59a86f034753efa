//! A sign-in by the browser's own hand, at a provider in memory that does as it is told.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as B64};
use openidconnect::{HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use url::Url;
use vestibule_domain::provider::Failure;

use crate::{Arrival, Client, Departure, begin, finish};

const ISSUER: &str = "https://id.partner.example";

fn client() -> Client {
    Client {
        issuer: ISSUER.to_owned(),
        client_id: "vestibule".to_owned(),
        scope: "openid email profile".to_owned(),
        redirect_uri: "https://door.example/federate/contoso/work".to_owned(),
        nonce: "a-nonce".to_owned(),
        login_hint: Some("ana@partner.example".to_owned()),
    }
}

/// What a provider would say, changed in one thing.
#[derive(Clone)]
struct Provider {
    metadata: fn(&mut Value),
    claims: fn(&mut Value),
    algorithm: &'static str,
    token_status: u16,
    asked: Arc<Mutex<Vec<(String, String)>>>,
}

impl Provider {
    fn honest() -> Self {
        Self {
            metadata: |_| {},
            claims: |_| {},
            algorithm: "ES256",
            token_status: 200,
            asked: Arc::default(),
        }
    }

    fn key() -> SigningKey {
        SigningKey::from_slice(&[7; 32]).unwrap()
    }

    fn id_token(&self) -> String {
        let mut claims = json!({
            // Years ago: whether it is over is for the backend to say.
            "iss": ISSUER, "aud": "vestibule", "sub": "ana-1", "nonce": "a-nonce", "iat": 1_000, "exp": 1_300,
        });
        (self.claims)(&mut claims);
        let header = json!({ "alg": self.algorithm, "kid": "one" });
        let text = format!("{}.{}", B64.encode(header.to_string()), B64.encode(claims.to_string()));
        let signature: Signature = Self::key().sign(text.as_bytes());
        format!("{text}.{}", B64.encode(signature.to_bytes()))
    }

    fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let (url, body) = (request.uri().to_string(), String::from_utf8(request.body().clone()).unwrap());
        self.asked.lock().unwrap().push((url.clone(), body));
        let (status, json) = match url.strip_prefix(ISSUER) {
            Some("/.well-known/openid-configuration") => {
                let mut metadata = json!({
                    "issuer": ISSUER,
                    "authorization_endpoint": format!("{ISSUER}/authorize"),
                    "token_endpoint": format!("{ISSUER}/token"),
                    "jwks_uri": format!("{ISSUER}/jwks"),
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["ES256"],
                    "authorization_response_iss_parameter_supported": true,
                });
                (self.metadata)(&mut metadata);
                (200, metadata)
            }
            Some("/jwks") => {
                let point = Self::key().verifying_key().to_sec1_point(false);
                let (x, y) = (B64.encode(point.x().unwrap()), B64.encode(point.y().unwrap()));
                let key = json!({ "kty": "EC", "crv": "P-256", "kid": "one", "x": x, "y": y });
                (200, json!({ "keys": [key] }))
            }
            Some("/token") => (
                self.token_status,
                json!({ "access_token": "secret", "refresh_token": "secret", "token_type": "Bearer", "id_token": self.id_token() }),
            ),
            _ => (404, Value::Null),
        };
        let mut response = HttpResponse::new(json.to_string().into_bytes());
        *response.status_mut() = status.try_into().unwrap();
        response.headers_mut().insert("content-type", "application/json".try_into().unwrap());
        response
    }

    /// The provider as the client that asks it.
    fn asking(&self) -> impl Fn(HttpRequest) -> Ready<Result<HttpResponse, Infallible>> + 'static {
        let provider = self.clone();
        move |request| ready(Ok(provider.answer(&request)))
    }

    async fn begin(&self) -> Result<Departure, Failure> {
        begin(&self.asking(), &client()).await
    }

    async fn finish(&self, change: impl FnOnce(&mut Arrival)) -> Result<String, Failure> {
        let mut arrival = Arrival {
            client: client(),
            verifier: "v".repeat(43),
            code: Some("a-code".to_owned()),
            iss: Some(ISSUER.to_owned()),
            error: None,
        };
        change(&mut arrival);
        finish(&self.asking(), arrival).await
    }

    fn tokens_asked(&self) -> usize {
        self.asked.lock().unwrap().iter().filter(|(url, _)| url.ends_with("/token")).count()
    }
}

#[tokio::test]
async fn s41_a_sign_in_begins_with_secrets_of_its_own() {
    let provider = Provider::honest();
    let (one, other) = (provider.begin().await.unwrap(), provider.begin().await.unwrap());
    assert!(one.state != other.state && one.verifier != other.verifier);
    let url = Url::parse(&one.url).unwrap();
    assert_eq!(
        format!("{}{}", url.origin().ascii_serialization(), url.path()),
        format!("{ISSUER}/authorize")
    );
    let query: HashMap<String, String> = url.query_pairs().into_owned().collect();
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(one.verifier));
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "vestibule"),
        ("redirect_uri", "https://door.example/federate/contoso/work"),
        ("scope", "openid email profile"),
        ("nonce", "a-nonce"),
        ("login_hint", "ana@partner.example"),
        ("code_challenge_method", "S256"),
        ("code_challenge", challenge.as_str()),
        ("state", &one.state),
    ] {
        assert_eq!(query.get(name).map(String::as_str), Some(value), "{name}");
    }
}

#[tokio::test]
async fn s41_the_code_is_traded_by_a_public_client_that_proves_that_it_is_its_own() {
    let provider = Provider::honest();
    let token = provider.finish(|_| {}).await.unwrap();
    assert_eq!(token, provider.id_token(), "the ID token, and none of the others");
    let asked = provider.asked.lock().unwrap();
    let form = asked.iter().find(|(url, _)| url.ends_with("/token")).map(|(_, form)| form.as_str()).unwrap();
    let form: HashMap<String, String> = url::form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    assert_eq!((form["code"].as_str(), form["client_id"].as_str()), ("a-code", "vestibule"));
    assert_eq!(form["code_verifier"], "v".repeat(43));
    assert_eq!(form["redirect_uri"], client().redirect_uri);
    assert!(!form.contains_key("client_secret"));
}

#[tokio::test]
async fn s40_s58_an_answer_of_another_issuer_or_without_a_code_is_taken_to_nobody() {
    type Case = (fn(&mut Arrival), Failure);
    let cases: [Case; 6] = [
        (|it| it.iss = Some("https://evil.example".to_owned()), Failure::MixUp),
        (|it| it.iss = Some(format!("{ISSUER}/")), Failure::MixUp),
        (|it| it.iss = None, Failure::MixUp),
        (|it| it.error = Some("access_denied".to_owned()), Failure::Denied),
        (|it| it.error = Some("<img src=x>".to_owned()), Failure::ProviderError),
        (|it| it.code = None, Failure::Malformed),
    ];
    for (change, failure) in cases {
        let provider = Provider::honest();
        assert_eq!(provider.finish(change).await, Err(failure));
        assert_eq!(provider.tokens_asked(), 0, "{failure:?}");
    }
}

#[tokio::test]
async fn s39_a_provider_that_names_itself_otherwise_is_not_gone_to() {
    for (metadata, failure) in [
        ((|it| it["issuer"] = json!("https://evil.example")) as fn(&mut Value), Failure::Issuer),
        (|it| it["issuer"] = json!(format!("{ISSUER}/")), Failure::Issuer),
        (
            |it| it["authorization_endpoint"] = json!("http://id.partner.example/authorize"),
            Failure::Malformed,
        ),
        (|it| it["authorization_endpoint"] = json!("javascript:alert(1)"), Failure::Malformed),
        (|it| it["jwks_uri"] = json!(format!("{ISSUER}/nothing")), Failure::Unreachable),
    ] {
        let provider = Provider { metadata, ..Provider::honest() };
        assert_eq!(provider.begin().await.unwrap_err(), failure);
        assert_eq!(provider.finish(|_| {}).await, Err(failure));
        assert_eq!(provider.tokens_asked(), 0);
    }
}

#[tokio::test]
async fn s43_s44_a_token_that_is_not_for_this_sign_in_is_not_handed_on() {
    for (claims, failure) in [
        ((|it| it["iss"] = json!("https://evil.example")) as fn(&mut Value), Failure::Issuer),
        (|it| it["aud"] = json!("somebody"), Failure::Audience),
        (|it| it["nonce"] = json!("another"), Failure::Nonce),
        (|it| drop(it.as_object_mut().unwrap().remove("nonce")), Failure::Nonce),
    ] {
        let provider = Provider { claims, ..Provider::honest() };
        assert_eq!(provider.finish(|_| {}).await, Err(failure));
    }
    for (algorithm, failure) in
        [("none", Failure::Signature), ("HS256", Failure::Algorithm), ("RS256", Failure::Key)]
    {
        let provider = Provider { algorithm, ..Provider::honest() };
        assert_eq!(provider.finish(|_| {}).await, Err(failure), "{algorithm}");
    }
    let refusing = Provider { token_status: 400, ..Provider::honest() };
    assert_eq!(refusing.finish(|_| {}).await, Err(Failure::Exchange));
}
