//! Nothing that is typed becomes a header, a recipient or a link of a mail (S118, S113).

use serde_json::json;

use crate::people::{ANA, INVITATIONS, MIRA, least, with_session};
use crate::world::{GENEROUS, ORIGIN, World};

/// Texts that want to be more than text.
const NASTY: [&str; 14] = [
    "Ana\r\nBcc: eve@evil.example",
    "Ana\nBcc: eve@evil.example\n\nHello",
    "Ana\rSubject: other",
    "Ana\u{0}Bcc: eve@evil.example",
    "Ana\u{2028}Bcc: eve@evil.example\u{2029}x",
    "Ana\u{85}Cc: eve@evil.example",
    "\"Ana\" <eve@evil.example>, other",
    "=?utf-8?q?Bcc=3A_eve=40evil.example?=",
    "=?utf-8?b?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=",
    "Ana\u{202e}elpmaxe.live\u{202c}",
    "Ana<script>alert(1)</script><img src=x onerror=alert(1)>",
    "%0d%0aBcc: eve@evil.example",
    ".\r\nMAIL FROM:<eve@evil.example>",
    "Ana\u{1b}[31mred",
];

#[tokio::test]
async fn s118_names_reasons_and_messages_stay_what_they_are() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    for (number, nasty) in NASTY.into_iter().enumerate() {
        let address = format!("ana{number}@partner.example");
        let mut body = least(&address);
        body["invitedUserDisplayName"] = json!(nasty);
        body["vestibule"] = json!({ "reason": nasty, "apps": ["wiki"] });
        body["invitedUserMessageInfo"] = json!({ "customizedMessageBody": nasty });
        let answer = mira.post(INVITATIONS, &body).await;
        if answer.status == 400 {
            // Refused is as good; it is the message that was, and nothing was made.
            assert_eq!(
                answer.json()["error"]["target"],
                "invitedUserMessageInfo/customizedMessageBody",
                "{nasty:?}"
            );
            body.as_object_mut().unwrap().remove("invitedUserMessageInfo");
            mira.post(INVITATIONS, &body).await.ok();
        }
        let mails = world.mails().await;
        let mail = &mails[0];
        assert_eq!(mails.len(), number + 1, "one mail each");
        assert_eq!(mail.to, [address.as_str()], "{nasty:?}");
        let names: Vec<String> = mail.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        for once in ["to", "from", "subject", "message-id", "date"] {
            assert_eq!(names.iter().filter(|name| *name == once).count(), 1, "{once}: {names:?}");
        }
        for never in ["bcc", "cc", "mail from:<eve@evil.example>"] {
            assert!(!names.iter().any(|name| name == never), "{nasty:?}: {names:?}");
        }
        for (name, value) in &mail.headers {
            assert!(!value.chars().any(char::is_control), "{name}: {value:?}");
            assert!(!value.contains("eve@evil.example") || name == "Subject", "{name}: {value:?}");
        }
        assert!(!mail.html.contains("<script") && !mail.html.contains("<img src=x"), "{}", mail.html);
        for text in [&mail.text, &mail.html, &mail.subject] {
            assert!(!text.contains(['\u{202e}', '\u{0}', '\u{1b}', '\u{2028}']), "{nasty:?}: {text}");
        }
    }
}

#[tokio::test]
async fn s118_t32_no_address_of_a_message_can_be_clicked_and_one_link_is_ours() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let mut body = least(ANA);
    let words = "Pay at https://evil.example/pay or www.evil.example, evil.example/x, ftp://evil.example, mailto:eve@evil.example";
    body["invitedUserMessageInfo"] = json!({ "customizedMessageBody": words });
    body["invitedUserDisplayName"] = json!("https://evil.example");
    mira.post(INVITATIONS, &body).await.ok();
    let mail = world.mails_to(ANA).await.remove(0);
    for text in [&mail.text, &mail.html] {
        for alive in
            ["https://evil.example", "www.evil.example", "ftp://evil", "mailto:eve", "//evil.example"]
        {
            assert!(!text.contains(alive), "{alive} in {text}");
        }
    }
    let links: Vec<&str> =
        mail.html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(!links.is_empty());
    for link in links {
        let ours = link.starts_with(&format!("{ORIGIN}/i/"))
            || link.starts_with("mailto:") && link.ends_with("contoso.example")
            || link.starts_with("https://contoso.example/");
        assert!(ours, "{link}");
    }
}

#[tokio::test]
async fn s118_addresses_with_more_in_them_are_no_addresses() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    for address in [
        "ana@partner.example\r\nBcc: eve@evil.example",
        "ana@partner.example,eve@evil.example",
        "ana@partner.example;eve@evil.example",
        "ana@partner.example eve@evil.example",
        "<ana@partner.example>",
        "Ana <ana@partner.example>",
        "ana@partner.example\0",
        "ana@[127.0.0.1]",
        "\"a b\"@partner.example",
        "ana@partner.example> SIZE=1",
        "ana%evil.example@partner.example\n",
        "@partner.example",
        "ana@",
        "ana@a@b",
    ] {
        for member in ["invitedUserEmailAddress", "cc"] {
            let mut body = least(ANA);
            if member == "cc" {
                body["invitedUserMessageInfo"] =
                    json!({ "ccRecipients": [{ "emailAddress": { "address": address } }] });
            } else {
                body[member] = json!(address);
            }
            assert_eq!(mira.post(INVITATIONS, &body).await.status, 400, "{member}: {address:?}");
        }
    }
    assert_eq!(world.mails().await.len(), 0);
}
