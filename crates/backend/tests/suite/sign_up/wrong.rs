//! What is turned off, wrong, twice or too much; and forms alone.

use axum::http::StatusCode;
use serde_json::json;
use vestibule_backend::cli::apply;

use super::{SUPPLIERS, ZOE, agreed, file, filled, world};
use crate::abroad::CONTOSO;
use crate::client::step;

#[tokio::test]
async fn what_is_turned_off_is_not_there_for_anybody() {
    let world = world(SUPPLIERS).await;
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    let off = [
        file(&SUPPLIERS.replace("apps = ", "enabled = false\napps = ")),
        format!("{CONTOSO}{SUPPLIERS}"),
        file(""),
    ];
    for text in off {
        world.apply("contoso", &text).await;
        let mut other = world.client();
        let body = json!({ "intent": "sign-up", "organization": "contoso", "user_flow": "suppliers" });
        let answer = other.post("/api/v1/flows", &body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(answer.json()["step"]["step"]["data"]["reason"], "sign_up_off");
        let page = other.page("/signup/suppliers?organization=contoso").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.text.contains("You cannot sign up here"), "{}", page.text);
    }
    // Whoever was under way, too.
    let stop = zoe.act(&form, "continue", filled()).await.ok();
    assert_eq!(stop["step"]["data"]["reason"], "sign_up_off");
    assert_eq!(world.count("SELECT COUNT(*) FROM users WHERE creation <> 'file'").await, 0);
}

#[tokio::test]
async fn s104_an_address_without_an_organization_is_whose_it_was_first_and_nobody_takes_it_up() {
    let world = world(SUPPLIERS).await;
    let mut zoe = world.client();
    let page = zoe.page("/signup/suppliers").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Contoso Research"), "{}", page.text);
    let second = format!("id = \"northwind\"\nname = \"Northwind\"\ndomain = \"northwind.example\"\n[settings]\nself_service_sign_up = true\n{SUPPLIERS}").replace("apps = [\"wiki\"]\n", "");
    world.apply("northwind", &second).await;
    let page = zoe.page("/signup/suppliers").await;
    assert!(page.text.contains("Contoso Research") && !page.text.contains("Northwind"), "{}", page.text);
    assert_eq!(zoe.page("/signup/suppliers?organization=northwind").await.status, StatusCode::OK);
    // The first gives it up, and what was printed on its posters leads to nobody else.
    world.apply("contoso", &file("")).await;
    world.apply("northwind", &second).await;
    assert_eq!(zoe.page("/signup/suppliers").await.status, StatusCode::NOT_FOUND);
    assert_eq!(zoe.page("/signup/suppliers?organization=northwind").await.status, StatusCode::OK);
}

#[tokio::test]
async fn s89_s105_wrong_values_stay_on_the_form_and_what_was_not_asked_is_nothing() {
    let world = world(SUPPLIERS).await;
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    for (values, field, code) in [
        (json!({}), "displayName", "value_required"),
        (json!({ "displayName": "x".repeat(257) }), "displayName", "value_too_long"),
        (json!({ "displayName": "x", "country": "XX" }), "country", "value_invalid"),
        (json!({ "displayName": "x", "tier": "3" }), "tier", "value_invalid"),
        (json!({ "displayName": "x\u{0}y" }), "displayName", "value_invalid"),
    ] {
        let answer = zoe.act(&form, "continue", values.clone()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{values}");
        let error = &answer.json()["errors"][0];
        assert_eq!((&error["field"], &error["code"]), (&json!(field), &json!(code)), "{values}");
    }
    let mut values = filled();
    for name in ["role", "userType", "emailVerified", "state", "apps", "extension_admin"] {
        values[name] = json!("administrator");
    }
    assert_eq!(step(&zoe.act(&form, "continue", values).await.ok()), "done");
    assert_eq!(world.count("SELECT COUNT(*) FROM user_attributes").await, 3);
    assert_eq!(world.rows("SELECT role FROM users WHERE creation <> 'file'").await, ["guest"]);
}

#[tokio::test]
async fn t14_two_tabs_of_one_address_are_one_guest() {
    let world = world(SUPPLIERS).await;
    let (mut one, mut other) = (world.client(), world.client());
    let first = agreed(&world, &mut one, ZOE).await;
    let second = agreed(&world, &mut other, ZOE).await;
    let (first, second) =
        tokio::join!(one.act(&first, "continue", filled()), other.act(&second, "continue", filled()));
    assert_eq!((step(&first.ok()), step(&second.ok())), ("done", "done"));
    assert_eq!(world.count("SELECT COUNT(*) FROM users WHERE creation <> 'file'").await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM sign_ups").await, 1);
    world.check().await;
}

#[tokio::test]
async fn s96_no_more_guests_a_day_than_the_user_flow_makes() {
    let world = world(&SUPPLIERS.replace("apps = ", "guests_per_day = 1\napps = ")).await;
    let mut outcomes = Vec::new();
    for address in [ZOE, "yan@supplier.example"] {
        let mut client = world.client();
        let form = agreed(&world, &mut client, address).await;
        let end = client.act(&form, "continue", filled()).await.ok();
        outcomes.push((step(&end).to_owned(), end["step"]["data"]["reason"].clone()));
    }
    assert_eq!(outcomes[0].0, "done");
    assert_eq!(outcomes[1], ("blocked".to_owned(), json!("too_many_attempts")));
}

#[tokio::test]
async fn s81_it_all_works_with_forms_alone() {
    let world = world(SUPPLIERS).await;
    let mut zoe = world.client();
    let path = "/signup/suppliers?organization=contoso";
    let page = zoe.page(path).await;
    let csrf = page.hidden("csrf");
    let sent = zoe.form(path, &[("csrf", &csrf), ("action", "continue"), ("rev", "0"), ("email", ZOE)]).await;
    let flow = sent.header("location").unwrap().to_owned();
    for (fields, shown) in [
        (vec![("action", "verify"), ("code", "CODE")], "Share your details"),
        (vec![("action", "accept")], "A few more details"),
        (vec![("action", "continue"), ("displayName", "Zoë"), ("country", "XX")], "not possible here"),
    ] {
        let page = zoe.page(&flow).await;
        let (csrf, rev) = (page.hidden("csrf"), page.hidden("rev"));
        let code = world.code_for(ZOE).await;
        let mut all = vec![("csrf", csrf.as_str()), ("rev", rev.as_str())];
        all.extend(
            fields
                .into_iter()
                .map(|(name, value)| (name, if value == "CODE" { code.as_str() } else { value })),
        );
        let answer = zoe.form(&flow, &all).await;
        let text =
            if answer.status == StatusCode::SEE_OTHER { zoe.page(&flow).await.text } else { answer.text };
        assert!(text.contains(shown), "{shown}: {text}");
    }
    let page = zoe.page(&flow).await;
    let (csrf, rev) = (page.hidden("csrf"), page.hidden("rev"));
    let fields = [("csrf", csrf.as_str()), ("rev", &rev), ("action", "continue"), ("displayName", "Zoë")];
    let done = zoe.form(&flow, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(world.count("SELECT COUNT(*) FROM users WHERE user_flow = 'suppliers'").await, 1);
}

#[tokio::test]
async fn a_wrong_user_flow_is_refused_when_the_file_is_applied() {
    let world = world(SUPPLIERS).await;
    for (from, to, told) in [
        ("\"wiki\"", "\"nothing\"", "names nothing, which the file does not have"),
        ("label = \"Tier\"", "label = \"Your password\"", "asks for a password"),
        ("apps = ", "providers = []\napps = ", "nobody could sign up"),
        (
            "apps = ",
            "approval = { approvers = [\"zoe@supplier.example\"] }\napps = ",
            "no member of the file",
        ),
    ] {
        let text = file(&SUPPLIERS.replace(from, to));
        let refused = apply::put(&world.app, "contoso", &text).await;
        let said = format!("{:#}", refused.unwrap_err());
        assert!(said.contains(told) && said.contains("the user flow suppliers"), "{said}");
    }
    let refused = apply::put(&world.app, "contoso", &file(&format!("{SUPPLIERS}{SUPPLIERS}"))).await;
    assert!(format!("{:#}", refused.unwrap_err()).contains("two user flows called suppliers"));
}

#[tokio::test]
async fn s89_t33_what_one_person_has_agreed_to_and_passed_is_no_other_persons() {
    let world = world(SUPPLIERS).await;
    let mut first = world.client();
    let form = agreed(&world, &mut first, ZOE).await;
    let stop = first.act(&form, "cancel", json!({})).await.ok();
    assert_eq!(step(&stop), "blocked");
    // Somebody else proves another account in the very flow: asked for consent, and shown nothing of the first.
    let mut other = first.clone();
    let again = other.act(&stop, "restart", json!({})).await.ok();
    assert_eq!(step(&again), "attributes", "the same person goes on");
    // A guest of another organization, by the session of this browser.
    let session = crate::people::sign_in(&world, crate::people::INES).await;
    let mut ines = world.client();
    ines.cookies.clone_from(&session.cookies);
    let consent = super::begin(&mut ines).await;
    assert_eq!(step(&consent), "consent", "known here, and a stranger there");
    let stop = ines.act(&consent, "cancel", json!({})).await.ok();
    let tom = crate::people::sign_in(&world, crate::people::MIRA).await;
    let flow_cookies: Vec<_> = ines
        .cookies
        .iter()
        .filter(|(name, _)| name.contains("flow"))
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect();
    let mut mixed = world.client();
    mixed.cookies.clone_from(&tom.cookies);
    mixed.cookies.extend(flow_cookies);
    let next = mixed.act(&stop, "restart", json!({})).await.ok();
    assert_ne!(step(&next), "attributes", "who acts now has agreed to nothing: {next}");
    world.check().await;
}

#[tokio::test]
async fn t33_an_invitation_that_came_meanwhile_is_redeemed_and_nothing_old_is_revived() {
    let world = world(SUPPLIERS).await;
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    crate::people::invite(&world, ZOE).await;
    let next = zoe.act(&form, "continue", filled()).await.ok();
    assert_eq!(step(&next), "consent", "of the invitation");
    assert_eq!(step(&zoe.act(&next, "accept", json!({})).await.ok()), "done");
    assert_eq!(world.rows("SELECT state FROM invitations").await, ["accepted"]);
    assert_eq!(world.count("SELECT COUNT(*) FROM users WHERE user_flow IS NOT NULL").await, 0);
    // Invited long ago, to something that the user flow does not share.
    let late = "late@supplier.example";
    crate::people::invite(&world, late).await;
    world.advance(std::time::Duration::from_hours(24 * 100));
    let mut client = world.client();
    let form = agreed(&world, &mut client, late).await;
    assert_eq!(step(&client.act(&form, "continue", filled()).await.ok()), "done");
    let apps = client.get("/api/v1/me/apps?organization=contoso").await.ok();
    let ids: Vec<_> = apps["items"].as_array().unwrap().iter().map(|app| app["id"].clone()).collect();
    assert_eq!(ids, ["wiki"]);
    world.check().await;
}
