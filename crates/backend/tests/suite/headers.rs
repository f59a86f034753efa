//! What every response carries, whatever it answers (S38, S61, S63, S64, S69 to S71, S77, S78, S80).

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;

use crate::client::{Answer, Client, flow_path};
use crate::people::{ANA, MIRA, guest, invite, open, with_session};
use crate::routes::ROUTES;
use crate::world::{GENEROUS, World};

/// An answer of every route and every kind of refusal, to somebody who is signed in and to nobody.
async fn answers(world: &World) -> Vec<(String, Answer)> {
    let token = invite(world, ANA).await;
    let mut all = Vec::new();
    let mira = with_session(world, MIRA).await;
    for (who, client) in [("nobody", world.client()), ("mira", mira)] {
        for route in ROUTES {
            for accept in ["application/json", "text/html"] {
                let kind = if route.takes_forms() {
                    "application/x-www-form-urlencoded"
                } else {
                    "application/json"
                };
                let request = Client::build(route.verb(), route.path)
                    .header(header::ACCEPT, accept)
                    .header(header::CONTENT_TYPE, kind)
                    .body(Body::empty());
                let answer = client.clone().send(request.unwrap()).await;
                all.push((format!("{} {} as {who} for {accept}", route.method, route.path), answer));
            }
        }
    }
    let mut client = world.client();
    let mut put = |what: &str, answer| all.push((what.to_owned(), answer));
    put("live invitation", client.page(&format!("/i/{token}")).await);
    put("404 page", client.page("/nowhere").await);
    put("404", client.get("/nowhere").await);
    put("405", client.send(Client::build(Method::PATCH, "/").body(Body::empty()).unwrap()).await);
    let elsewhere = Request::get("/").header(header::HOST, "evil.example").body(Body::empty());
    put("421", client.send(elsewhere.unwrap()).await);
    let foreign = Request::post("/").header(header::ORIGIN, "https://evil.example").body(Body::empty());
    put("403", client.send(foreign.unwrap()).await);
    let text = Client::build(Method::POST, "/api/v1/flows").header(header::CONTENT_TYPE, "text/plain");
    put("415", client.send(text.body(Body::empty()).unwrap()).await);
    put("400", client.post("/api/v1/flows", &json!([])).await);
    let document = open(&mut client, &token).await;
    put("409", client.post(&flow_path(&document), &json!({ "rev": 9, "action": "continue" })).await);
    put("422", client.act(&document, "accept", json!({})).await);
    put("flow page", client.page(&format!("/flow/{}", document["flow"]["id"].as_str().unwrap())).await);
    all
}

#[tokio::test]
async fn s38_s64_s69_s70_s71_s80_every_response_has_the_security_headers() {
    let world = World::with(GENEROUS).await;
    let fixed = [
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("cross-origin-resource-policy", "same-origin"),
        ("origin-agent-cluster", "?1"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
    ];
    let mut statuses = BTreeSet::new();
    for (what, answer) in answers(&world).await {
        statuses.insert(answer.status.as_u16());
        for (name, value) in fixed {
            assert_eq!(answer.header(name), Some(value), "{what}: {name}");
        }
        let hsts = answer.header("strict-transport-security").unwrap();
        let age: u64 = hsts.strip_prefix("max-age=").unwrap().split(';').next().unwrap().parse().unwrap();
        assert!(age >= 31_536_000 && hsts.contains("includeSubDomains"), "{what}: {hsts}");
        let permissions = answer.header("permissions-policy").unwrap();
        for feature in ["camera", "geolocation", "payment", "usb", "clipboard-read", "microphone"] {
            assert!(permissions.contains(&format!("{feature}=()")), "{what}: {feature}");
        }
        let csp = answer.header("content-security-policy").unwrap_or_else(|| panic!("{what} has no policy"));
        for directive in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(csp.split(';').any(|one| one.trim() == directive), "{what}: {csp}");
        }
        for weak in ["unsafe-inline", "'unsafe-eval'", "*", "http:", "https:"] {
            assert!(!csp.contains(weak), "{what}: {csp}");
        }
        assert_eq!(answer.header("server"), None, "{what}");
    }
    for status in [200, 201, 204, 303, 400, 401, 403, 404, 405, 409, 415, 421, 422] {
        assert!(status == 201 || statuses.contains(&status), "{status} was not among {statuses:?}");
    }
}

#[tokio::test]
async fn s64_a_drawn_page_has_the_whole_policy_and_names_its_styles() {
    let world = World::new().await;
    let token = invite(&world, ANA).await;
    let answer = world.client().page(&format!("/i/{token}")).await;
    let csp = answer.header("content-security-policy").unwrap();
    for directive in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
        "report-uri /csp-report",
    ] {
        assert!(csp.split(';').any(|one| one.trim() == directive), "{directive} in {csp}");
    }
    let styles = answer.text.matches("<style").count();
    assert!(styles >= 1 && csp.matches("'sha256-").count() == styles, "{styles} styles: {csp}");
    assert!(!answer.text.contains(" style=") && !answer.text.contains(" onclick="), "nothing inline");
    let scripts = answer.text.split("<script").skip(1);
    for script in scripts.filter(|script| !script.contains("application/json")) {
        assert!(
            script.contains("src=\"/assets/") && script.contains("integrity=\"sha384-"),
            "{}",
            &script[..80]
        );
    }
}

#[tokio::test]
async fn s61_every_cookie_is_host_bound_and_out_of_reach_of_scripts() {
    let world = World::with(GENEROUS).await;
    let mut seen = BTreeSet::new();
    let mut look = |what: &str, answer: &Answer| {
        for cookie in answer.set_cookies() {
            let mut parts = cookie.split(';').map(str::trim);
            let (name, _) = parts.next().unwrap().split_once('=').unwrap();
            let attributes: Vec<&str> = parts.collect();
            for attribute in ["Secure", "HttpOnly", "Path=/"] {
                assert!(attributes.contains(&attribute), "{what}: {cookie}");
            }
            assert!(
                !attributes.iter().any(|one| one.to_ascii_lowercase().starts_with("domain")),
                "{what}: {cookie}"
            );
            assert!(name.starts_with("__Host-") && cookie.len() < 4096, "{what}: {cookie}");
            let (kind, same_site) = match name {
                "__Host-vestibule-session" => ("session", "SameSite=Strict"),
                "__Host-vestibule-form" => ("form", "SameSite=Lax"),
                _ => ("flow", "SameSite=Lax"),
            };
            let cleared = attributes.contains(&"Max-Age=0");
            assert!(cleared || attributes.contains(&same_site), "{what}: {cookie}");
            assert!(kind != "flow" || attributes.contains(&"Max-Age=3600"), "{what}: {cookie}");
            seen.insert(kind);
        }
    };
    for (what, answer) in answers(&world).await {
        look(&what, &answer);
    }
    let mut client = world.client();
    let started = client.post("/api/v1/flows", &json!({ "intent": "sign-in" })).await;
    look("start", &started);
    let sent = client.act(&started.json(), "continue", json!({ "email": MIRA })).await.ok();
    let code = world.code_for(MIRA).await;
    look("sign-in", &client.verify(&sent, &code).await);
    look("sign-out", &client.delete("/api/v1/session").await);
    assert_eq!(seen, BTreeSet::from(["session", "form", "flow"]));
}

#[tokio::test]
async fn s63_no_origin_is_ever_let_read() {
    let world = World::new().await;
    for origin in ["null", "https://tenant.example.evil", "http://localhost:8081", "http://localhost:8080"] {
        for route in ROUTES {
            for method in [route.verb(), Method::OPTIONS] {
                let request = Request::builder()
                    .method(method)
                    .uri(route.path)
                    .header(header::ORIGIN, origin)
                    .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
                    .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type, authorization");
                let answer = world.client().send(request.body(Body::empty()).unwrap()).await;
                let reflected =
                    answer.headers.keys().any(|name| name.as_str().starts_with("access-control-"));
                assert!(!reflected, "{origin} {} {}", route.method, route.path);
            }
        }
    }
}

#[tokio::test]
async fn s78_private_answers_are_stored_nowhere() {
    let world = World::new().await;
    let public = ["/.well-known/vestibule", "/api/v1/brand", "/assets/{name}", "/favicon.ico"];
    let mut mira = with_session(&world, MIRA).await;
    for route in ROUTES {
        let request =
            Client::build(route.verb(), route.path).header(header::ACCEPT, "text/html").body(Body::empty());
        let answer = mira.send(request.unwrap()).await;
        let control = answer.header("cache-control").unwrap_or_else(|| panic!("{} says nothing", route.path));
        if public.contains(&route.pattern) && answer.status.is_success() {
            assert!(control.starts_with("public, max-age="), "{} {control}", route.path);
            assert!(answer.set_cookies().is_empty(), "{}", route.path);
        } else {
            assert_eq!(control, "no-store", "{} {}", route.method, route.path);
        }
        let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        if is_page && answer.status == StatusCode::OK && !route.pattern.starts_with("/dev") {
            let vary = answer.header("vary").unwrap_or_default().to_lowercase();
            assert!(vary.contains("cookie") && vary.contains("accept-language"), "{}: {vary}", route.path);
        }
    }
}

#[tokio::test]
async fn s77_signing_out_clears_and_ends() {
    let world = World::new().await;
    for by_form in [false, true] {
        let mut ana = guest(&world, &format!("ana{by_form}@partner.example")).await;
        let kept = ana.clone();
        let answer = if by_form {
            let csrf = ana.page("/apps").await.hidden("csrf");
            ana.form("/signout", &[("csrf", &csrf)]).await
        } else {
            ana.delete("/api/v1/session").await
        };
        assert!(answer.header("clear-site-data").unwrap().contains("\"cache\""));
        assert!(answer.set_cookies().iter().any(|cookie| cookie.starts_with("__Host-vestibule-session=;")));
        // Whoever kept the cookie has nothing.
        for mut browser in [ana, kept] {
            for path in ["/api/v1/session", "/api/v1/me", "/api/v1/me/apps", "/api/v1/me/consents"] {
                assert_eq!(browser.get(path).await.status, StatusCode::UNAUTHORIZED, "{path}");
            }
            assert_eq!(browser.page("/apps").await.status, StatusCode::SEE_OTHER);
        }
    }
    world.check().await;
}
