//! To which browser a form belongs.

#![expect(clippy::unwrap_used, reason = "tests")]

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use vestibule_domain::testing::{FailingEntropy, SeededEntropy};

use super::{FormTokens, Verdict};
use crate::http::cookies::Cookies;

fn with_cookie(set_cookie: &HeaderValue) -> Cookies {
    let text = set_cookie.to_str().unwrap().split(';').next().unwrap();
    let mut headers = HeaderMap::new();
    headers.insert(COOKIE, HeaderValue::from_str(text).unwrap());
    Cookies::read(&headers)
}

#[test]
fn s62_a_form_is_taken_from_the_browser_that_it_was_given_to() {
    let (tokens, entropy) = (FormTokens::new([1; 32]), SeededEntropy::new(1));
    let first = tokens.issue(&Cookies::default(), &entropy).unwrap();
    let browser = with_cookie(&first.set_cookie.unwrap());
    assert_eq!(tokens.verify(&browser, &first.token), Verdict::Genuine);

    let second = tokens.issue(&browser, &entropy).unwrap();
    assert!(second.set_cookie.is_none(), "the browser keeps its cookie, so forms in other tabs stay good");
    assert_ne!(first.token, second.token, "no token repeats");
    assert_eq!(tokens.verify(&browser, &second.token), Verdict::Genuine);
    assert_eq!(tokens.verify(&browser, &first.token), Verdict::Genuine);

    let other = tokens.issue(&Cookies::default(), &entropy).unwrap();
    let stranger = with_cookie(&other.set_cookie.unwrap());
    assert_eq!(tokens.verify(&stranger, &first.token), Verdict::Refused);
    assert_eq!(tokens.verify(&Cookies::default(), &first.token), Verdict::NoCookie);
    assert_eq!(FormTokens::new([2; 32]).verify(&browser, &first.token), Verdict::Refused);
}

#[test]
fn s62_every_changed_token_is_refused() {
    let (tokens, entropy) = (FormTokens::new([1; 32]), SeededEntropy::new(1));
    let issued = tokens.issue(&Cookies::default(), &entropy).unwrap();
    let browser = with_cookie(&issued.set_cookie.unwrap());
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(&issued.token).unwrap();
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        let changed = BASE64_URL_SAFE_NO_PAD.encode(changed);
        assert_eq!(tokens.verify(&browser, &changed), Verdict::Refused, "byte {place}");
    }
    for hostile in ["", "AAAA", "====", &issued.token[..40], &format!("{}AAAA", issued.token)] {
        assert_eq!(tokens.verify(&browser, hostile), Verdict::Refused, "{hostile}");
    }
}

#[test]
fn a_planted_cookie_is_replaced() {
    let tokens = FormTokens::new([1; 32]);
    let mut headers = HeaderMap::new();
    headers.insert(COOKIE, HeaderValue::from_static("__Host-vestibule-form=planted"));
    let issued = tokens.issue(&Cookies::read(&headers), &SeededEntropy::new(1)).unwrap();
    assert!(issued.set_cookie.is_some());
}

#[test]
fn without_randomness_there_is_no_form() {
    assert!(FormTokens::new([1; 32]).issue(&Cookies::default(), &FailingEntropy).is_err());
}
