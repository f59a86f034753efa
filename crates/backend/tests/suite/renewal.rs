//! Keys of SAML identity providers that change, and our own for requests (S46, S47, S59).

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use rcgen::{CertificateParams, KeyPair};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPublicKey as _;
use rsa::pkcs8::{EncodePrivateKey as _, LineEnding};
use serde_json::json;
use vestibule_backend::cli::apply;

use crate::abroad::{CONTOSO, LOCAL, choose, continued, present, url};
use crate::asserter::{Asserter, Sign, asked};
use crate::client::step;
use crate::saml::back;
use crate::world::{GENEROUS, World};

/// Metadata at an address, and how often they were asked for.
#[derive(Clone)]
struct Published {
    text: Arc<Mutex<String>>,
    asked: Arc<AtomicUsize>,
}

async fn metadata(State(published): State<Published>) -> String {
    published.asked.fetch_add(1, Ordering::SeqCst);
    published.text.lock().unwrap().clone()
}

async fn publish(text: String) -> (Published, String) {
    let published = Published { text: Arc::new(Mutex::new(text)), asked: Arc::default() };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/metadata", listener.local_addr().unwrap());
    let router = Router::new().route("/metadata", get(metadata)).with_state(published.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (published, address)
}

fn entry(address: &str) -> String {
    format!(
        "{CONTOSO}\n[[providers]]\nid = \"work\"\nlabel = \"Work\"\nkind = \"saml\"\nmetadata_url = \"{address}\"\n\
         domains = [\"partner.example\"]\n"
    )
}

#[tokio::test]
async fn s46_s47_s59_a_changed_key_is_asked_for_once_and_no_answer_makes_us_ask_more() {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let (old, new, stranger) = (Asserter::new(), Asserter::new(), Asserter::new());
    let (published, address) = publish(old.metadata()).await;
    world.apply("contoso", &entry(&address)).await;
    let mut guest = 0;
    let mut come = async |signer: &Asserter| {
        guest += 1;
        let (mut client, address) = (world.client(), format!("g{guest}@partner.example"));
        let away = continued(&world, &mut client, &address).await;
        let response = Asserter::response(url(&away), &format!("g-{guest}"), &address)
            .replace("2026-11-20T10:05:00Z", "2026-11-20T11:00:00Z");
        back(&world, &mut client, url(&away), &signer.signed(&response, Sign::Both)).await;
        step(&present(&mut client, &away).await).to_owned()
    };
    assert_eq!(published.asked.load(Ordering::SeqCst), 1, "when the file was applied");
    assert_eq!(come(&old).await, "consent");
    assert_eq!(come(&old).await, "consent");
    assert_eq!(published.asked.load(Ordering::SeqCst), 2, "and at the first guest");
    *published.text.lock().unwrap() = new.metadata();
    for (signer, expected) in [(&new, "consent"), (&new, "consent"), (&stranger, "choose_provider")] {
        assert_eq!(come(signer).await, expected);
        assert_eq!(published.asked.load(Ordering::SeqCst), 3, "once more, and remembered");
    }
    // Metadata of somebody else at the same address count for nothing.
    *published.text.lock().unwrap() = stranger.metadata().replace("https://idp", "https://evil");
    world.advance(Duration::from_mins(6));
    assert_eq!(come(&stranger).await, "choose_provider");
    assert_eq!(published.asked.load(Ordering::SeqCst), 4);
    assert_eq!(come(&new).await, "consent", "what was known before counts on");
    assert_eq!(published.asked.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn s59_requests_are_signed_by_a_key_of_ours_that_nobody_reads() {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap();
    let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap().to_string();
    let pair = KeyPair::from_pem(&pem).unwrap();
    let certificate = CertificateParams::new(Vec::new()).unwrap().self_signed(&pair).unwrap();
    let entry = |certificate: &str| {
        let wants = Asserter::new()
            .entry("work", "")
            .replace("<md:IDPSSODescriptor ", "<md:IDPSSODescriptor WantAuthnRequestsSigned=\"1\" ")
            .replace("example/sso", "example/sso?tenant=1");
        format!(
            "{CONTOSO}{wants}signing_key = \"\"\"\n{pem}\"\"\"\nsigning_certificate = \"\"\"\n{certificate}\"\"\"\n"
        )
    };
    // The certificate of another key would be found out by the provider, at the first guest.
    let other =
        CertificateParams::new(Vec::new()).unwrap().self_signed(&KeyPair::generate().unwrap()).unwrap();
    for (wrong, told) in [(other.pem(), "is not of `signing_key`"), (pem.clone(), "not a certificate")] {
        let refused = apply::put(&world.app, "contoso", &entry(&wrong)).await;
        let said = format!("{:#}", refused.expect_err(told));
        assert!(said.contains(told) && !said.contains("PRIVATE"), "{said}");
    }
    world.apply("contoso", &entry(&certificate.pem())).await;
    let stored = world.rows("SELECT settings FROM providers").await.join("");
    assert!(!stored.contains("PRIVATE") && stored.contains("sealed_key"), "{stored}");
    let ours = world.client().get("/federation/contoso/work/metadata").await.text;
    assert!(
        ours.contains(&BASE64_STANDARD.encode(certificate.der()))
            && ours.contains("AuthnRequestsSigned=\"true\"")
    );
    let mut client = world.client();
    let entry = client.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    let away = choose(&mut client, &entry, "work").await;
    let asked = asked(url(&away));
    let signature = BASE64_STANDARD.decode(&asked.query["Signature"]).unwrap();
    let (_, query) = url(&away).split_once("sso?tenant=1&").unwrap();
    let (message, _) = query.split_once("&Signature=").unwrap();
    assert!(
        message.starts_with("SAMLRequest=")
            && message.contains("&RelayState=")
            && message.contains("&SigAlg=")
    );
    let public = key.to_public_key().to_pkcs1_der().unwrap();
    let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public.as_bytes());
    assert!(public.verify(message.as_bytes(), &signature).is_ok());
}
