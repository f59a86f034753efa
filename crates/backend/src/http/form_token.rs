//! Tokens in forms: proof that this browser was given the form (S62), for posting without any script.
//!
//! A cookie holds a secret of this browser; a form holds `base64url(nonce ‖ HMAC(key, cookie ‖ nonce))`. Another site
//! can neither read nor compute it. Each response has its own nonce, so the token never repeats and compression of the
//! page tells nothing about it (BREACH).

#[cfg(test)]
mod tests;

use core::fmt;

use axum::http::HeaderValue;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use vestibule_domain::ports::{Entropy, EntropyError};
use vestibule_domain::secret::Token;

use super::cookies::{self, CookieOptions, Cookies};

/// The hidden field of every form.
pub const FIELD: &str = "csrf";

const NONCE: usize = 16;

/// Makes and checks the tokens of forms.
#[derive(Clone)]
pub struct FormTokens {
    key: [u8; 32],
}

/// The token for one response, and the cookie to set when the browser has none yet.
#[derive(Clone, Debug)]
pub struct Issued {
    /// For the hidden field.
    pub token: String,
    /// `Set-Cookie` for a browser that was not here before.
    pub set_cookie: Option<HeaderValue>,
}

impl FormTokens {
    /// With the key [`Keys::form`](crate::keys::Keys::form).
    pub fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// A token for the forms of one response to the browser with these cookies.
    pub fn issue(&self, cookies: &Cookies, entropy: &dyn Entropy) -> Result<Issued, EntropyError> {
        // A value that is not of ours was planted; it is replaced.
        let known = cookies.get(cookies::FORM).filter(|value| Token::parse(value).is_ok());
        let (cookie, set_cookie) = if let Some(value) = known {
            (value.to_owned(), None)
        } else {
            let value = Token::generate(entropy)?.reveal();
            let header = cookies::set(cookies::FORM, &value, CookieOptions::FORM);
            (value, Some(header))
        };
        let mut token = [0; NONCE].to_vec();
        entropy.fill(&mut token)?;
        let mac = self.mac(&cookie, &token);
        token.extend(mac);
        Ok(Issued { token: BASE64_URL_SAFE_NO_PAD.encode(token), set_cookie })
    }

    /// Whether a posted token was issued to the browser with these cookies.
    pub fn verify(&self, cookies: &Cookies, token: &str) -> Verdict {
        let Some(cookie) = cookies.get(cookies::FORM) else { return Verdict::NoCookie };
        let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(token) else { return Verdict::Refused };
        let Some((nonce, mac)) = bytes.split_at_checked(NONCE) else { return Verdict::Refused };
        let genuine: bool = self.mac(cookie, nonce).as_slice().ct_eq(mac).into();
        if genuine { Verdict::Genuine } else { Verdict::Refused }
    }

    fn mac(&self, cookie: &str, nonce: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        // The nonce has a fixed length and stands last, so no other pair gives the same bytes.
        mac.update(cookie.as_bytes());
        mac.update(nonce);
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for FormTokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FormTokens([redacted])")
    }
}

/// What a posted token proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The form was given to this browser.
    Genuine,
    /// The browser sent no cookie: it takes none, or the form is older than its cookies. Worth a page that says so.
    NoCookie,
    /// Not a token for this browser.
    Refused,
}
