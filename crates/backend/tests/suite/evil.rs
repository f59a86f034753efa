//! SAML answers that are wrong in one thing, and that they are refused for it.

use serde_json::{Value, json};
use vestibule_domain::provider::Failure;

use crate::abroad::{choose, continued, identities, present, url};
use crate::asserter::{Asserter, Sign};
use crate::client::{message, step};
use crate::people::ANA;
use crate::saml::{back, world};

type Change = fn(&str) -> String;

/// An answer.
pub(crate) struct Row {
    /// What is wrong.
    pub(crate) what: &'static str,
    /// What it says, before it is signed.
    pub(crate) before: Change,
    /// How it is signed.
    pub(crate) sign: Sign,
    /// What becomes of it then.
    pub(crate) after: Change,
    /// The reason that is written down.
    pub(crate) reason: Failure,
}

/// One that says something wrong, signed as well as can be.
pub(crate) const fn said(what: &'static str, before: Change, reason: Failure) -> Row {
    Row { what, before, sign: Sign::Both, after: same, reason }
}

/// One to which something was done after it was signed.
pub(crate) const fn done(what: &'static str, sign: Sign, after: Change, reason: Failure) -> Row {
    Row { what, before: same, sign, after, reason }
}

pub(crate) fn same(xml: &str) -> String {
    xml.to_owned()
}

/// Each is refused for its reason; the person reads one thing, nobody gets in, and the code still works (F06).
pub(crate) async fn each_is_refused(rows: &[Row]) {
    let mut wrong = Vec::new();
    let (world, work) = world().await;
    for Row { what, before, sign, after, reason } in rows {
        let mut ana = world.client();
        let away = continued(&world, &mut ana, ANA).await;
        let right = Asserter::response(url(&away), "ana-1", ANA);
        let meant = before(&right);
        let signed = work.signed(&meant, *sign);
        let response = after(&signed);
        assert!(*sign == Sign::Nothing || meant != right || response != signed, "{what} changes nothing");
        back(&world, &mut ana, url(&away), &response).await;
        let chooser = present(&mut ana, &away).await;
        let said = if *reason == Failure::Denied { "provider_cancelled" } else { "provider_failed" };
        assert_eq!((step(&chooser), message(&chooser)), ("choose_provider", said), "{what}");
        let written =
            "SELECT detail FROM audit WHERE action = 'federation.refused' ORDER BY sequence DESC LIMIT 1";
        let written: Value = serde_json::from_str(&world.rows(written).await[0]).unwrap();
        if written != json!({ "provider": "work", "reason": reason.as_str() }) {
            wrong.push(format!("{what}: {written}"));
        }
        assert_eq!(identities(&world).await, [""; 0], "{what}");
        assert_eq!(step(&choose(&mut ana, &chooser, "email").await), "email_code");
    }
    assert_eq!(wrong, [""; 0], "other reasons than expected");
}

/// With something else between two places, the first time.
pub(crate) fn between(xml: &str, begin: &str, end: &str, inner: &str) -> String {
    let (head, rest) = xml.split_once(begin).unwrap();
    let (_, tail) = rest.split_once(end).unwrap();
    format!("{head}{begin}{inner}{end}{tail}")
}
