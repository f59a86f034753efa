//! A connector that knows us by a client certificate: a TLS server of our own, which asks for one.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use crate::abroad::CONTOSO;
use crate::program::Place;

/// An authority, and what it issues.
struct Authority {
    parameters: CertificateParams,
    key: KeyPair,
}

struct Issued {
    key: KeyPair,
    certificate: rcgen::Certificate,
}

impl Authority {
    fn new() -> Self {
        let mut parameters = CertificateParams::new(Vec::new()).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self { parameters, key: KeyPair::generate().unwrap() }
    }

    fn certificate(&self) -> rcgen::Certificate {
        self.parameters.self_signed(&self.key).unwrap()
    }

    fn issues(&self, name: &str, purpose: ExtendedKeyUsagePurpose) -> Issued {
        let key = KeyPair::generate().unwrap();
        let mut parameters = CertificateParams::new(vec![name.to_owned()]).unwrap();
        parameters.extended_key_usages = vec![purpose];
        let issuer = Issuer::from_params(&self.parameters, &self.key);
        Issued { certificate: parameters.signed_by(&key, &issuer).unwrap(), key }
    }
}

/// Requests that arrived, each with the certificate that was shown.
type Seen = Arc<Mutex<Vec<(String, CertificateDer<'static>)>>>;

/// A connector that lets everybody go on whom the authority vouches for. Gives its port.
fn serve(authority: &Authority) -> (u16, Seen) {
    let own = authority.issues("localhost", ExtendedKeyUsagePurpose::ServerAuth);
    let mut roots = RootCertStore::empty();
    roots.add(authority.certificate().der().clone()).unwrap();
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap();
    let key = PrivateKeyDer::try_from(own.key.serialize_der()).unwrap();
    let config = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![own.certificate.der().clone()], key)
        .unwrap();
    let (config, seen) = (Arc::new(config), Seen::default());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let noted = seen.clone();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            // Whoever shows no certificate ends here, and the next one is served.
            if let Some(request) = answer(config.clone(), connection.unwrap()) {
                noted.lock().unwrap().push(request);
            }
        }
    });
    (port, seen)
}

fn answer(config: Arc<ServerConfig>, connection: TcpStream) -> Option<(String, CertificateDer<'static>)> {
    let mut stream = StreamOwned::new(ServerConnection::new(config).unwrap(), connection);
    let mut request = Vec::new();
    // Our requests end with the body's brace.
    while !request.ends_with(b"}") {
        let mut chunk = [0; 1_024];
        match stream.read(&mut chunk) {
            Ok(length) if length > 0 => request.extend_from_slice(&chunk[..length]),
            Ok(_) | Err(_) => return None,
        }
    }
    let body = r#"{"version":"1.0.0","action":"Continue"}"#;
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length";
    write!(stream, "{head}: {}\r\n\r\n{body}", body.len()).ok()?;
    stream.conn.send_close_notify();
    stream.flush().ok()?;
    let certificate = stream.conn.peer_certificates()?.first()?.clone().into_owned();
    Some((String::from_utf8(request).unwrap(), certificate))
}

/// Runs a command of the program, which trusts this authority as it trusts those of the machine.
fn run(place: &Place, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule-backend"));
    command.args(arguments).current_dir(place.path(".")).env_clear().env("SSL_CERT_FILE", "authority.pem");
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout) + &text(&output.stderr))
}

#[test]
fn t21_s117_a_connector_knows_us_by_our_certificate_and_we_know_it_by_its_own() {
    let (authority, other) = (Authority::new(), Authority::new());
    let (port, seen) = serve(&authority);
    let place = Place::new();
    let toml = std::fs::read_to_string(place.path("vestibule.toml")).unwrap();
    place.configure(&format!("federation = {{ private_networks = [\"127.0.0.0/8\", \"::1/128\"] }}\n{toml}"));
    std::fs::write(place.path("authority.pem"), authority.certificate().pem()).unwrap();
    std::fs::write(place.path("claims.json"), r#"{"email":"jo@partner.example"}"#).unwrap();

    let ours = authority.issues("vestibule.example", ExtendedKeyUsagePurpose::ClientAuth);
    let theirs = other.issues("vestibule.example", ExtendedKeyUsagePurpose::ClientAuth);
    let entry = |id: &str, authentication: &str| {
        format!(
            "\n[[connectors]]\nid = \"{id}\"\nname = \"{id}\"\ntarget_url = \"https://localhost:{port}/ask\"\n\
             {authentication}\n"
        )
    };
    let certified = |issued: &Issued| {
        let (certificate, key) = (issued.certificate.pem(), issued.key.serialize_pem());
        format!("certificate = '''{certificate}'''\nprivate_key = '''{key}'''")
    };
    let file = [
        CONTOSO.to_owned(),
        entry("ours", &certified(&ours)),
        entry("theirs", &certified(&theirs)),
        entry("nameless", "username = \"vestibule\"\npassword = \"password\""),
    ];
    std::fs::write(place.path("contoso.toml"), file.concat()).unwrap();
    let (well, said) = run(&place, &["apply", "contoso.toml"]);
    assert!(well, "{said}");

    let asked = |id: &str| {
        let arguments = ["connector", "--organization", "contoso", "test", id];
        let rest = ["--point", "post_federation_signup", "--claims", "claims.json"];
        run(&place, &[&arguments[..], &rest].concat())
    };
    let (well, said) = asked("ours");
    assert!(well && said.contains("after 1 request and") && said.contains("the sign-up goes on"), "{said}");
    assert!(said.contains("client certificate") && !said.contains("PRIVATE KEY"), "{said}");
    {
        let seen = seen.lock().unwrap();
        let [(request, certificate)] = seen.as_slice() else { panic!("{seen:?}") };
        assert_eq!(certificate, ours.certificate.der());
        assert!(
            request.starts_with("POST /ask HTTP/1.1\r\n") && !request.contains("authorization"),
            "{request}"
        );
    }
    for id in ["theirs", "nameless"] {
        let (well, said) = asked(id);
        assert!(!well && said.contains("(unreachable)"), "{id}: {said}");
    }

    // And one whose own certificate nobody vouches for is told nothing.
    std::fs::write(place.path("authority.pem"), other.certificate().pem()).unwrap();
    let (well, said) = asked("ours");
    assert!(!well && said.contains("(unreachable)"), "{said}");
    assert_eq!(seen.lock().unwrap().len(), 1);
}
