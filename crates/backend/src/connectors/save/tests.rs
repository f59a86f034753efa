//! What is refused when a connector is saved, and what is stored of one that is not.
#![expect(clippy::unwrap_used, reason = "tests")]

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use vestibule_storage::connectors::{Authentication, Connector, OnFailure};

use super::prepare;
use crate::connectors::secret;
use crate::connectors::tests::{LOCAL, Place};
use crate::connectors::wanted::Wanted;

const LEAST: &str =
    "id = \"approval\"\nname = \"Approval\"\ntarget_url = \"https://connector.example/ask\"\n";
const BASIC: &str = "username = \"vestibule\"\npassword = \"a-secret-of-the-connector\"\n";

async fn prepared(place: &Place, text: &str) -> anyhow::Result<Connector> {
    let wanted: Wanted = toml::from_str(text)?;
    prepare(&place.app, "contoso", wanted).await
}

fn certified(key: &KeyPair, of: &KeyPair, until: i32) -> String {
    let mut parameters = CertificateParams::new(vec!["vestibule.example".to_owned()]).unwrap();
    (parameters.not_before, parameters.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(until, 1, 1));
    let certificate = parameters.self_signed(of).unwrap().pem();
    format!("certificate = '''{certificate}'''\nprivate_key = '''{}'''\n", key.serialize_pem())
}

#[tokio::test]
async fn what_is_stored_is_sealed_and_what_is_not_said_is_usual() {
    let place = Place::with("").await;
    let connector = prepared(&place, &format!("{LEAST}{BASIC}")).await.unwrap();
    assert_eq!((connector.timeout_seconds, connector.on_failure), (20, OnFailure::Closed));
    assert_eq!(connector.target_url, "https://connector.example/ask");
    assert!(!format!("{connector:?}").contains("a-secret-of-the-connector"));
    let Authentication::Basic { username, sealed_password } = connector.authentication else { panic!() };
    assert_eq!(username, "vestibule");
    assert_eq!(secret::open(&place.app, &sealed_password).unwrap(), "a-secret-of-the-connector");
    assert!(crate::federation::secret::open(&place.app, &sealed_password).is_err(), "a purpose of its own");

    let key = KeyPair::generate().unwrap();
    let more = "timeout_seconds = 1\non_failure = \"fail_open\"\n";
    let text = format!("{LEAST}{}{more}", certified(&key, &key, 2030));
    let connector = prepared(&place, &text).await.unwrap();
    assert_eq!((connector.timeout_seconds, connector.on_failure), (1, OnFailure::Open));
    let Authentication::Certificate { sealed_key, certificates } = connector.authentication else { panic!() };
    assert_eq!(secret::open(&place.app, &sealed_key).unwrap(), key.serialize_pem().trim());
    assert!(certificates.starts_with("-----BEGIN CERTIFICATE-----") && !certificates.contains("PRIVATE"));
}

#[tokio::test]
async fn s117_addresses_that_may_not_be_asked_are_refused_when_they_are_saved() {
    let (inside, outside) = (Place::with(LOCAL).await, Place::with("").await);
    let local = format!("{LEAST}{BASIC}").replace("https://connector.example", "http://127.0.0.1:1");
    assert!(prepared(&inside, &local).await.is_ok(), "a listed network, also without TLS");
    for (url, says) in [
        ("http://127.0.0.1:1/ask", "federation.private_networks"),
        ("http://93.184.216.34/ask", "is not https"),
        ("https://169.254.169.254/ask", "federation.private_networks"),
        ("https://[::ffff:10.0.0.1]/ask", "federation.private_networks"),
        ("https://2130706433/ask", "federation.private_networks"),
        ("file:///etc/passwd", "may not be asked"),
        ("ftp://connector.example/", "may not be asked"),
        ("connector.example/ask", "is no address"),
        ("https://", "is no address"),
        ("https://user:password@connector.example/ask", "as `username` and `password`"),
        ("https://user@connector.example/ask", "as `username` and `password`"),
        ("https://connector.example/ask#part", "fragment"),
    ] {
        let text = format!("{LEAST}{BASIC}").replace("https://connector.example/ask", url);
        let error = format!("{:#}", prepared(&outside, &text).await.unwrap_err());
        assert!(error.contains("target_url") && error.contains(says), "{url}: {error}");
    }
    let long = format!("{LEAST}{BASIC}").replace("/ask", &format!("/{}", "x".repeat(2_000)));
    assert!(prepared(&outside, &long).await.unwrap_err().to_string().contains("longer than 2000"));
}

#[tokio::test]
async fn what_cannot_work_is_refused_with_what_to_do() {
    let place = Place::with("").await;
    let (key, other) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let right = certified(&key, &key, 2030);
    let (certificate, private_key) = right.split_at(right.find("private_key").unwrap());
    let basic = |username: &str, password: &str| format!("username = {username}\npassword = {password}\n");
    for (more, says) in [
        (String::new(), "could not know who asks"),
        (format!("{BASIC}{right}"), "give either"),
        (format!("{BASIC}{certificate}"), "give either"),
        ("username = \"vestibule\"\n".to_owned(), "`username` and `password` belong together"),
        ("password = \"x\"\n".to_owned(), "`username` and `password` belong together"),
        (certificate.to_owned(), "`certificate` and `private_key` belong together"),
        (private_key.to_owned(), "`certificate` and `private_key` belong together"),
        (basic("\"a:b\"", "\"x\""), "`username` has to be"),
        (basic("\"a\\nb\"", "\"x\""), "`username` has to be"),
        (basic("\"\"", "\"x\""), "`username` has to be"),
        (basic("\"a\"", "\"x\\u0000\""), "`password` has to be"),
        (basic("\"a\"", "\"\""), "`password` has to be"),
        (certified(&other, &key, 2030), "not of `private_key`"),
        (certified(&key, &key, 2026), "`certificate` ended at 2026-01-01"),
        (right.replace("-----BEGIN CERT", "-----BEGIN DERT"), "`certificate` cannot be read"),
        (right.replace("PRIVATE KEY", "ENCRYPTED KEY"), "`private_key` is not a key"),
        (format!("{BASIC}timeout_seconds = 0\n"), "set it to 1 to 20"),
        (format!("{BASIC}timeout_seconds = 21\n"), "set it to 1 to 20"),
        (format!("{BASIC}timeout_seconds = -1\n"), "timeout_seconds"),
        (format!("{BASIC}on_failure = \"ignore\"\n"), "fail_closed"),
        (format!("{BASIC}retries = 3\n"), "retries"),
    ] {
        let error = format!("{:#}", prepared(&place, &format!("{LEAST}{more}")).await.unwrap_err());
        assert!(error.contains(says), "{more}: {error}");
        assert!(!error.contains("-----BEGIN PRIVATE KEY"), "no secret is told: {error}");
    }
    for (from, to, says) in [
        ("id = \"approval\"", "id = \"Approval!\"", "2 to 40 characters"),
        ("name = \"Approval\"", "name = \" \"", "`name` is what"),
        ("name = \"Approval\"", "name = \"a\\nb\"", "`name` is what"),
    ] {
        let text = format!("{LEAST}{BASIC}").replace(from, to);
        let error = format!("{:#}", prepared(&place, &text).await.unwrap_err());
        assert!(error.contains(says), "{to}: {error}");
    }
    let plain = format!("{LEAST}{right}").replace("https://connector.example", "http://127.0.0.1:1");
    let error = format!("{:#}", prepared(&Place::with(LOCAL).await, &plain).await.unwrap_err());
    assert!(error.contains("shown in TLS alone"), "{error}");
}
