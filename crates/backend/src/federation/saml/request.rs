//! A request in an address: the HTTP-Redirect binding (SAML Bindings 2.0, section 3.4).

use std::io::{self, Write as _};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use url::{Url, form_urlencoded};
use x509_cert::der::pem;

use super::certificate::{Algorithm, Key};

/// How our requests are signed: every provider knows it.
const ALGORITHM: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

/// Our key for requests.
pub struct SigningKey(RsaKeyPair);

/// Why a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a key.
    #[error("`signing_key` is not an RSA private key in PEM, of 2048 to 4096 bits")]
    Unreadable,
    /// Not a certificate.
    #[error("`signing_certificate` is not a certificate in PEM")]
    Certificate,
    /// They do not belong together.
    #[error("`signing_certificate` is not of `signing_key`")]
    Mismatch,
}

impl SigningKey {
    /// Reads a key in PEM: PKCS#8 or PKCS#1.
    ///
    /// # Errors
    /// When it is none that can be used.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let (label, der) = pem::decode_vec(text.trim().as_bytes()).map_err(|_| KeyError::Unreadable)?;
        let pair = match label {
            "PRIVATE KEY" => RsaKeyPair::from_pkcs8(&der),
            "RSA PRIVATE KEY" => RsaKeyPair::from_der(&der),
            _ => return Err(KeyError::Unreadable),
        };
        pair.map(Self).map_err(|_| KeyError::Unreadable)
    }

    /// Reads its certificate in PEM, and gives it as metadata has it.
    ///
    /// # Errors
    /// When it is another key's, or none.
    pub fn certificate(&self, text: &str) -> Result<String, KeyError> {
        let (label, der) = pem::decode_vec(text.trim().as_bytes()).map_err(|_| KeyError::Certificate)?;
        if label != "CERTIFICATE" {
            return Err(KeyError::Certificate);
        }
        let certificate = BASE64_STANDARD.encode(der);
        let key = Key::of_certificate(&certificate).map_err(|_| KeyError::Certificate)?;
        let (algorithm, probe) = (Algorithm::parse(ALGORITHM).ok_or(KeyError::Mismatch)?, b"probe");
        let signature = self.sign(probe).map_err(|_| KeyError::Mismatch)?;
        if key.verifies(algorithm, probe, &signature) { Ok(certificate) } else { Err(KeyError::Mismatch) }
    }

    fn sign(&self, message: &[u8]) -> io::Result<Vec<u8>> {
        let mut signature = vec![0; self.0.public().modulus_len()];
        // PKCS#1 v1.5 draws nothing; the library asks for a source all the same.
        let signed = self.0.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature);
        signed.map(|()| signature).map_err(|_| io::Error::other("signing failed"))
    }
}

/// The address that carries a request.
///
/// # Errors
/// When it cannot be signed.
pub fn address(sso_url: &Url, request: &str, state: &str, key: Option<&SigningKey>) -> io::Result<Url> {
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(request.as_bytes())?;
    let request = BASE64_STANDARD.encode(deflated.finish()?);
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("SAMLRequest", &request).append_pair("RelayState", state);
    if key.is_some() {
        query.append_pair("SigAlg", ALGORITHM);
    }
    let mut query = query.finish();
    if let Some(key) = key {
        let signature = BASE64_STANDARD.encode(key.sign(query.as_bytes())?);
        let mut signed = form_urlencoded::Serializer::new(query);
        signed.append_pair("Signature", &signature);
        query = signed.finish();
    }
    let mut url = sso_url.clone();
    let query = match url.query().filter(|own| !own.is_empty()) {
        Some(own) => format!("{own}&{query}"),
        None => query,
    };
    url.set_query(Some(&query));
    Ok(url)
}
