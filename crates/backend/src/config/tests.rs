//! What a configuration may say, and how mistakes in it are named.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::time::Duration;

use super::keys::{KEYS, variable};
use super::{Config, ConfigError, LogFormat, MailTransport, PublicUrl, SmtpTls};

/// Every key, each with a value that is not the default.
const FULL: &str = include_str!("tests/full.toml");
/// What has to be set.
const LEAST: &str = r#"
    public_url = "https://guests.example"
    secret = "8hU3kq0mYv1zXw5RtN7cPj2LsD9bFgQe"
    mail = { from = "Vestibule <guests@example.org>", transport = "inbox" }
"#;

fn none() -> std::iter::Empty<(String, String)> {
    std::iter::empty()
}

fn one(name: &str, value: &str) -> std::iter::Once<(String, String)> {
    std::iter::once((name.to_owned(), value.to_owned()))
}

/// A configuration for tests of other modules, with some lines of its own at the top level.
pub(crate) fn sample(more: &str) -> Config {
    Config::parse(&format!("{more}\n{LEAST}"), none()).unwrap()
}

fn error(text: &str) -> String {
    Config::parse(text, none()).unwrap_err().to_string()
}

#[test]
fn a_file_with_every_key_is_taken_as_it_says() {
    let config = Config::parse(FULL, none()).unwrap();
    assert_eq!(config.public_url.origin(), "https://guests.example:8443");
    assert_eq!(config.server.listen.to_string(), "[::]:9000");
    assert_eq!(config.server.extra_hosts, ["health.internal:9000"]);
    assert_eq!(config.server.trusted_proxies.len(), 2);
    assert_eq!(config.database().to_str().unwrap(), "/var/lib/vestibule/vestibule.db");
    assert_eq!((config.code.digits, config.code.lifetime), (6, Duration::from_mins(5)));
    assert_eq!(config.sessions.idle, Duration::from_mins(30));
    assert_eq!(config.limits.send_per_ip.burst, 7);
    assert_eq!(config.locales, ["de", "en"]);
    assert_eq!(config.log.format, LogFormat::Json);
    assert_eq!(config.mail.from.name, "Contoso Guests");
    let MailTransport::Smtp(smtp) = config.mail.transport else { panic!("smtp") };
    assert_eq!((smtp.host.as_str(), smtp.port, smtp.tls), ("mail.example.org", 2465, SmtpTls::Wrapper));
    assert_eq!(smtp.credentials.unwrap().password.reveal(), "smtp-canary");
}

#[test]
fn the_list_of_keys_is_the_list_of_what_can_be_set() {
    fn flatten(prefix: &str, table: &toml::Table, into: &mut BTreeSet<String>) {
        for (name, value) in table {
            match value {
                toml::Value::Table(inner) => flatten(&format!("{prefix}{name}."), inner, into),
                _ => {
                    into.insert(format!("{prefix}{name}"));
                }
            }
        }
    }
    let mut in_file = BTreeSet::new();
    flatten("", &FULL.parse().unwrap(), &mut in_file);
    let known: BTreeSet<String> = KEYS.iter().map(|(key, _)| (*key).to_owned()).collect();
    assert_eq!(in_file, known, "config/tests/full.toml shows every key");
}

#[test]
fn defaults_are_safe_and_work_on_one_machine() {
    let config = sample("");
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
    assert!(config.server.trusted_proxies.is_empty());
    assert_eq!(config.code.digits, 8);
    assert_eq!(config.locales, ["en"]);
    assert_eq!(config.log.format, LogFormat::Text);
}

#[test]
fn the_environment_overrides_the_file() {
    let env = [
        ("VESTIBULE_PUBLIC_URL", "http://localhost:8080"),
        ("VESTIBULE_SERVER_LISTEN", "127.0.0.1:0"),
        ("VESTIBULE_SERVER_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1"),
        ("VESTIBULE_CODE_DIGITS", "7"),
        ("VESTIBULE_LIMITS_SEND_PER_IP_BURST", "9"),
        ("VESTIBULE_MAIL_SMTP_PASSWORD", "other"),
        ("PATH", "/bin"),
    ];
    let env = env.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let config = Config::parse(FULL, env.into_iter()).unwrap();
    assert_eq!(config.public_url.authority(), "localhost:8080");
    assert_eq!(config.server.listen.port(), 0);
    assert_eq!(config.server.trusted_proxies[1].to_string(), "192.0.2.1/32");
    assert_eq!((config.code.digits, config.limits.send_per_ip.burst), (7, 9));
    let MailTransport::Smtp(smtp) = config.mail.transport else { panic!("smtp") };
    assert_eq!(smtp.credentials.unwrap().password.reveal(), "other");
}

#[test]
fn a_variable_of_a_section_that_is_no_key_is_refused_and_a_platforms_own_are_not() {
    let misspelled = Config::parse(LEAST, one("VESTIBULE_MAIL_SMTP_PASWORD", "x")).unwrap_err().to_string();
    assert!(
        misspelled.contains("VESTIBULE_MAIL_SMTP_PASWORD") && misspelled.contains("smtp"),
        "{misspelled}"
    );
    for name in ["VESTIBULE_SERVICE_HOST", "VESTIBULE_PORT", "VESTIBULE_PORT_8080_TCP", "VESTIBULE_CONFIG"] {
        assert!(Config::parse(LEAST, one(name, "x")).is_ok(), "{name}");
    }
}

#[test]
fn s122_no_start_on_an_empty_short_or_sample_secret() {
    let samples = [
        "",
        "short",
        "changeme",
        "00000000000000000000000000000000",
        "please-change-this-secret-please-change",
        "your-secret-here-your-secret-here-1234",
        "abcdefghijklmnopqrstuvwxyz0123456789",
    ];
    for sample in samples {
        let error = Config::parse(LEAST, one("VESTIBULE_SECRET", sample)).unwrap_err().to_string();
        assert!(error.contains("`secret`") && error.contains("openssl rand -base64 32"), "{error}");
        assert!(error.contains("VESTIBULE_SECRET"), "{error}");
        assert!(sample.is_empty() || !error.contains(sample), "repeats the secret: {error}");
    }
    let missing = LEAST.lines().filter(|line| !line.contains("secret")).collect::<Vec<_>>().join("\n");
    assert!(error(&missing).contains("`secret`: is not set"));
}

#[test]
fn s112_debug_and_errors_show_no_secret() {
    let shown = format!("{:?}", Config::parse(FULL, none()).unwrap());
    for canary in ["smtp-canary", "secret-canary"] {
        assert!(FULL.contains(canary));
        assert!(!shown.contains(canary), "{shown}");
    }
    let broken = "public_url = \"https://guests.example\"\nsecret = \"secret-canary";
    let error = error(broken);
    assert!(error.contains("line 2") && !error.contains("canary"), "{error}");
    let wrong_kind = self::error("secret = 1234567890123456789");
    assert!(wrong_kind.contains("`secret`") && !wrong_kind.contains("12345"), "{wrong_kind}");
}

#[test]
fn every_mistake_is_named_with_what_to_set() {
    let cases = [
        ("sercet = \"x\"", "`sercet` is not known; known at the top: public_url, secret"),
        ("[server]\nlisen = \"x\"", "`server.lisen` is not known; known in [server]: listen"),
        (
            "[limits.send_per_ip]\nrate = 1",
            "`limits.send_per_ip.rate` is not known; known in [limits.send_per_ip]",
        ),
        ("server = 1", "`server` is not known"),
        ("[server]\nlisten = 8080", "`server.listen`: is of the wrong kind; set it to a text in quotes"),
        ("[code]\ndigits = \"8\"", "`code.digits`: is of the wrong kind; set it to a whole number"),
        ("locales = \"en\"", "`locales`: is of the wrong kind; set it to a list of texts"),
        ("[code]\ndigits = 4", "`code.digits`: is out of bounds; it must be between 6 and 10"),
        ("[code]\nlifetime = \"1h\"", "`code.lifetime`"),
        ("[code]\nlifetime = \"ten\"", "`code`: expected a duration"),
        ("[sessions]\nabsolute = \"30d\"", "`sessions.absolute`"),
        ("[limits.attempts_per_address]\nburst = 100\nper = \"1s\"", "`limits.attempts_per_address`"),
    ];
    for (text, expected) in cases {
        assert!(error(text).contains(expected), "{text}: {}", error(text));
    }
    let cases = [
        ("locales", "[]", "`locales`: is empty"),
        ("locales", "[\"../../etc\"]", "is not a language tag"),
        ("server.listen", "\"localhost\"", "`server.listen`: `localhost` is not an address with a port"),
        ("server.extra_hosts", "[\"a b\"]", "`server.extra_hosts`"),
        (
            "server.trusted_proxies",
            "[\"10.0.0.0/99\"]",
            "`server.trusted_proxies`: `10.0.0.0/99` is not a network",
        ),
        ("log.format", "\"xml\"", "`log.format`"),
        ("log.level", "\"a=b=c\"", "`log.level`"),
        ("dist", "3", "`dist`"),
    ];
    for (key, value, expected) in cases {
        let error = error(&format!("{key} = {value}\n{LEAST}"));
        assert!(error.contains(expected) && error.contains(&variable(key)), "{key}: {error}");
    }
}

#[test]
fn mail_is_sent_in_the_clear_only_to_this_machine() {
    let with = |smtp: &str| {
        let text =
            LEAST.replace("transport = \"inbox\"", &format!("transport = \"smtp\", smtp = {{ {smtp} }}"));
        Config::parse(&text, none())
    };
    for host in ["localhost", "127.0.0.1", "::1"] {
        assert!(with(&format!("host = \"{host}\", tls = \"none\"")).is_ok(), "{host}");
    }
    for (smtp, expected) in [
        ("host = \"mail.example\", tls = \"none\"", "in the clear"),
        ("host = \"127.0.0.1.example\", tls = \"none\"", "in the clear"),
        ("host = \"mail.example\", tls = \"opportunistic\"", "`mail.smtp.tls`"),
        ("port = 25", "`mail.smtp.host`: is not set"),
        ("host = \"m\", port = 70000", "`mail.smtp.port`"),
        ("host = \"m\", username = \"u\"", "`mail.smtp.password`: is not set"),
    ] {
        let error = with(smtp).unwrap_err().to_string();
        assert!(error.contains(expected), "{smtp}: {error}");
    }
    let MailTransport::Smtp(smtp) = with("host = \"mail.example\"").unwrap().mail.transport else {
        panic!("smtp")
    };
    assert_eq!((smtp.port, smtp.tls), (587, SmtpTls::Required));
}

#[test]
fn s108_the_public_url_is_an_https_origin_or_this_machine() {
    for (text, origin) in [
        ("https://guests.example", "https://guests.example"),
        ("https://Guests.Example:443/", "https://guests.example"),
        ("https://guests.example:8443", "https://guests.example:8443"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ] {
        assert_eq!(PublicUrl::parse(text).unwrap().origin(), origin);
    }
    for text in [
        "",
        "guests.example",
        "http://guests.example",
        "http://localhost.example",
        "ftp://guests.example",
        "https://guests.example/path",
        "https://guests.example?x",
        "https://guests.example#x",
        "https://user@guests.example",
        "https://user:password@guests.example",
        "javascript:alert(1)",
    ] {
        assert!(PublicUrl::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let path = std::path::Path::new("no/such/vestibule.toml");
    let error = Config::load(path, none()).unwrap_err();
    assert!(
        matches!(error, ConfigError::Read { .. }) && error.to_string().contains("no/such/vestibule.toml")
    );
}

#[test]
fn the_sender_is_an_address_with_or_without_a_name() {
    let with =
        |from: &str| Config::parse(LEAST, one("VESTIBULE_MAIL_FROM", from)).map(|config| config.mail.from);
    for (from, name) in [
        ("Guests <guests@example.org>", "Guests"),
        ("\"Guests, Contoso\" <guests@example.org>", "Guests, Contoso"),
        ("guests@example.org", "Vestibule"),
        ("<guests@example.org>", "Vestibule"),
    ] {
        let sender = with(from).unwrap();
        assert_eq!((sender.name.as_str(), sender.address.display()), (name, "guests@example.org"), "{from}");
    }
    for from in [
        "",
        "Guests",
        "Guests <>",
        "Guests <x>",
        "a@example.org, b@example.org",
        "G <a@example.org> <b@example.org>",
    ] {
        let error = with(from).unwrap_err().to_string();
        assert!(error.contains("`mail.from`") && error.contains("Vestibule <guests@example.org>"), "{error}");
    }
}
