//! Requests that change something come from our own pages, whatever a page of somebody else's can send (S62, T11).

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;

use crate::client::{Client, flow_path};
use crate::people::{ANA, MIRA, guest, invite, open, to_consent, with_session};
use crate::routes::ROUTES;
use crate::world::{GENEROUS, ORIGIN, World};

/// What other sites can make a browser send: `Origin` and `Sec-Fetch-Site`.
const FOREIGN: [(Option<&str>, Option<&str>); 13] = [
    (None, None),
    (None, Some("cross-site")),
    (None, Some("same-site")),
    (None, Some("none")),
    (Some("https://evil.example"), None),
    (Some("https://evil.example"), Some("cross-site")),
    (Some("https://evil.example"), Some("same-origin")),
    // A sibling on the same registrable domain, another port, another scheme, a look-alike.
    (Some("http://evil.localhost:8080"), Some("same-site")),
    (Some("http://localhost:8081"), Some("same-site")),
    (Some("https://localhost:8080"), Some("cross-site")),
    (Some("http://localhost:8080.evil.example"), Some("cross-site")),
    // A sandboxed frame.
    (Some("null"), None),
    (Some("null"), Some("cross-site")),
];

/// A request of a page of somebody else's.
fn foreign(
    method: &Method,
    path: &str,
    origin: Option<&str>,
    site: Option<&str>,
    kind: &str,
    body: &str,
) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, kind);
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    if let Some(site) = site {
        request = request.header("sec-fetch-site", site);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

#[tokio::test]
async fn s62_t11_nothing_is_changed_from_another_site() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let consent = to_consent(&world, &mut ana, &token, ANA).await;
    let flow = flow_path(&consent);
    let accept = json!({ "rev": consent["flow"]["rev"], "action": "accept", "values": {} }).to_string();
    // The victim is an administrator with a session, a form cookie and a flow at the consent.
    let mira = with_session(&world, MIRA).await;
    ana.cookies.extend(mira.cookies.clone());
    ana.page("/").await;
    let before = world.census().await;
    let bodies = [
        ("application/json", accept.as_str()),
        ("text/plain", accept.as_str()),
        ("application/x-www-form-urlencoded", "action=accept&rev=2&csrf=x"),
        ("multipart/form-data; boundary=b", "--b--"),
        ("", ""),
    ];
    for route in ROUTES.iter().filter(|route| route.changes()) {
        let path = if route.path.starts_with("/api/v1/flows/") { &flow } else { route.path };
        for (origin, site) in FOREIGN {
            for (kind, body) in bodies {
                let answer = ana.send(foreign(&route.verb(), path, origin, site, kind, body)).await;
                let what = format!("{} {path} {origin:?} {site:?} {kind}", route.method);
                assert_eq!(
                    (answer.status, answer.code().as_str()),
                    (StatusCode::FORBIDDEN, "origin_refused"),
                    "{what}"
                );
                assert!(answer.set_cookies().is_empty(), "{what}");
            }
        }
    }
    assert_eq!(world.census().await, before);
    assert_eq!(ana.get(&flow).await.ok()["step"]["type"], "consent");
    assert_eq!(world.count("SELECT COUNT(*) FROM consents").await, 0);
}

#[tokio::test]
async fn s62_a_get_with_an_override_of_the_method_changes_nothing() {
    let world = World::new().await;
    let mut ana = guest(&world, ANA).await;
    for name in ["x-http-method-override", "x-http-method", "x-method-override"] {
        for method in ["DELETE", "POST"] {
            for path in [
                "/api/v1/session",
                "/api/v1/session?_method=DELETE",
                "/apps/account?_method=POST&action=revoke",
            ] {
                let request = Request::builder().uri(path).header(name, method).body(Body::empty()).unwrap();
                ana.send(request).await;
            }
        }
    }
    ana.get("/api/v1/session").await.ok();
    assert_eq!(world.count("SELECT COUNT(*) FROM consents WHERE revoked_at IS NULL").await, 1);
}

#[tokio::test]
async fn s62_scripts_send_json_and_nothing_else() {
    let world = World::new().await;
    let mut mira = with_session(&world, MIRA).await;
    let before = world.census().await;
    let body = json!({ "intent": "sign-in" }).to_string();
    for path in ["/api/v1/flows", "/v1.0/invitations", "/v1.0/vestibule/invitePreview"] {
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/json5",
            "",
        ] {
            let answer =
                mira.send(foreign(&Method::POST, path, Some(ORIGIN), Some("same-origin"), kind, &body)).await;
            assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path} {kind}");
        }
    }
    assert_eq!(world.census().await, before);
}

/// A form as its page has it, with another token.
async fn post_form(client: &mut Client, path: &str, csrf: &str, action: &str) -> StatusCode {
    client
        .form(path, &[("csrf", csrf), ("rev", "0"), ("action", action), ("email", ANA), ("id", "x")])
        .await
        .status
}

#[tokio::test]
async fn s62_a_form_needs_the_token_that_its_own_browser_was_given() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let link = format!("/i/{token}");
    let mut attacker = world.client();
    let foreign = attacker.page("/").await.hidden("csrf");
    let mut ana = world.client();
    let page = ana.page(&link).await;
    let own = page.hidden("csrf");
    let before = world.census().await;
    let cut = &own[..own.len() - 1];
    for csrf in ["", "x", &foreign, cut, &format!("{own}A"), &own.to_lowercase()] {
        for path in ["/", link.as_str(), "/apps/account", "/apps/account/link", "/desk/invite", "/signout"] {
            assert_eq!(
                post_form(&mut ana, path, csrf, "continue").await,
                StatusCode::SEE_OTHER,
                "{path}: shown anew"
            );
        }
    }
    // A browser that takes no cookies is told so.
    let mut forgetful = world.client();
    assert_eq!(post_form(&mut forgetful, &link, &own, "continue").await, StatusCode::FORBIDDEN);
    assert_eq!(world.census().await, before);
    // And the right token works.
    assert_eq!(post_form(&mut ana, &link, &own, "continue").await, StatusCode::SEE_OTHER);
    assert_eq!(world.count("SELECT COUNT(*) FROM codes").await, 1);
}

#[tokio::test]
async fn s62_a_sign_out_cannot_be_forced() {
    let world = World::new().await;
    let mut ana = guest(&world, ANA).await;
    for (origin, site) in FOREIGN {
        ana.send(foreign(&Method::DELETE, "/api/v1/session", origin, site, "", "")).await;
        ana.send(foreign(&Method::POST, "/signout", origin, site, "application/x-www-form-urlencoded", ""))
            .await;
    }
    ana.get("/api/v1/session").await.ok();
}

#[tokio::test]
async fn s62_two_origins_are_none() {
    let world = World::new().await;
    let request = Client::build(Method::POST, "/api/v1/flows").header(header::ORIGIN, "https://evil.example");
    let request =
        request.header(header::CONTENT_TYPE, "application/json").body(Body::from("{\"intent\":\"sign-in\"}"));
    assert_eq!(world.client().send(request.unwrap()).await.code(), "origin_refused");
    let mut client = world.client();
    let token = invite(&world, ANA).await;
    open(&mut client, &token).await;
}
