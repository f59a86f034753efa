//! The commands of the program: what they do, what they print, and what they refuse.

use crate::program::{Caller, Place};

const CONTOSO: [&str; 2] = ["--organization", "contoso"];

fn of_contoso<'a>(command: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
    [&[command], CONTOSO.as_slice(), rest].concat()
}

#[test]
fn s122_nothing_starts_on_a_missing_or_weak_secret_and_it_says_what_to_set() {
    let place = Place::new();
    let rest =
        "public_url = \"https://door.example\"\n[mail]\nfrom = \"a@door.example\"\ntransport = \"inbox\"\n";
    for secret in [
        "",
        "secret = \"\"\n",
        "secret = \"changeme\"\n",
        "secret = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"\n",
    ] {
        place.configure(&format!("{secret}{rest}"));
        for command in ["serve", "check"] {
            let said = place.fails(&[command]);
            assert!(said.contains("secret"), "{secret}: {said}");
            assert!(said.contains("openssl rand -base64 32"), "{secret}: {said}");
            assert!(!said.contains("changeme") && !said.contains("aaaaaaaa"), "{said}");
        }
    }
    std::fs::remove_file(place.path("vestibule.toml")).unwrap();
    assert!(place.fails(&["serve"]).contains("vestibule.toml"));
}

#[test]
fn a_language_that_nobody_built_is_refused_at_the_start() {
    let place = Place::new();
    let toml = std::fs::read_to_string(place.path("vestibule.toml")).unwrap();
    place.configure(&format!("locales = [\"de\"]\n{toml}"));
    let said = place.fails(&["serve"]);
    assert!(said.contains("`locales`") && said.contains("\"en\""), "{said}");
}

#[test]
fn an_organization_is_applied_as_its_file_says_and_again_without_a_change() {
    let place = Place::new();
    assert_eq!(place.works(&["apply", "contoso.toml"]).trim(), "contoso is as contoso.toml says");
    let whole = std::fs::read_to_string(place.path("contoso.toml")).unwrap();
    for (from, to, told) in [
        ("name = ", "nmae = ", "nmae"),
        ("role = \"administrator\"", "role = \"king\"", "king"),
        ("kind = \"folder\"", "kind = \"drawer\"", "drawer"),
    ] {
        assert!(whole.contains(from), "{from}");
        std::fs::write(place.path("wrong.toml"), whole.replacen(from, to, 1)).unwrap();
        let said = place.fails(&["apply", "wrong.toml"]);
        assert!(said.contains("wrong.toml") && said.contains(told), "{said}");
    }
    assert!(place.fails(&["apply", "absent.toml"]).contains("absent.toml"));
    assert_eq!(place.works(&["check"]).trim(), "I1 to I9 hold");
}

#[test]
fn an_invitation_lives_by_commands() {
    let place = Place::new();
    let said = place.works(&of_contoso(
        "invite",
        &["ana@partner.example", "--app", "wiki", "--days", "3", "--print-link"],
    ));
    let mut lines = said.lines();
    let id = lines.next().unwrap().rsplit(' ').next().unwrap().to_owned();
    assert!(lines.next().unwrap().starts_with(&format!("{}/i/", place.origin)), "{said}");
    let list = || place.works(&of_contoso("invitations", &["list"]));
    assert!(list().contains(&format!("{id}  pending")), "{}", list());
    place.works(&of_contoso("invitations", &["resend", &id]));
    place.works(&of_contoso("invitations", &["revoke", &id]));
    assert!(list().contains(&format!("{id}  revoked")), "{}", list());
    for refused in [
        of_contoso("invitations", &["revoke", &id]),
        of_contoso("invitations", &["resend", &id]),
        of_contoso("invitations", &["revoke", "nothing"]),
        of_contoso("invite", &["not an address"]),
        of_contoso("invite", &["ben@partner.example", "--app", "nothing"]),
        of_contoso("invite", &["ben@partner.example", "--redirect", "https://evil.example/"]),
        vec!["invite", "--organization", "nobody", "ben@partner.example"],
        vec!["token", "--organization", "nobody", "create", "--name", "x"],
    ] {
        let said = place.fails(&refused);
        assert!(said.starts_with("vestibule-backend: ") && said.lines().count() == 1, "{refused:?}: {said}");
    }
    assert_eq!(list().lines().count(), 1, "what was refused left nothing: {}", list());
    assert_eq!(place.works(&["check"]).trim(), "I1 to I9 hold");
}

#[test]
fn a_token_works_until_it_is_revoked_while_the_server_runs() {
    let place = Place::new();
    let said = place.works(&of_contoso("token", &["create", "--name", "integration"]));
    let (token, id) = (said.lines().next().unwrap(), said.trim().rsplit(' ').next().unwrap());
    let _server = place.serve();
    let mut program = Caller::new(&place.origin);
    program.bearer = Some(token.to_owned());
    let body = |address: &str| crate::people::least(address);
    let (status, invitation) = program.post("/v1.0/invitations", &body("ana@partner.example")).unwrap();
    assert_eq!(status, 201, "{invitation}");
    assert_eq!(
        invitation.get("inviteRedeemUrl").filter(|url| !url.is_null()),
        None,
        "without the scope for links"
    );
    place.works(&of_contoso("token", &["revoke", id]));
    let (status, refused) = program.post("/v1.0/invitations", &body("ben@partner.example")).unwrap();
    assert_eq!(status, 401, "{refused}");
    assert!(place.fails(&of_contoso("token", &["revoke", id])).contains("no such live token"));
}

/// Runs a statement on the data of a place, as nobody else does.
fn sql(place: &Place, statement: &'static str) {
    place.on_data(|store| async move { crate::world::change(&store, statement).await });
}

/// What was written down, oldest first.
fn written_down(place: &Place) -> Vec<String> {
    let query =
        "SELECT actor || ' ' || action || ' ' || subject FROM audit ORDER BY at, organization, sequence";
    place.on_data(|store| async move { crate::world::rows(&store, query).await })
}

#[test]
fn p5_what_commands_change_is_written_down() {
    let place = Place::new();
    let said = place.works(&of_contoso("token", &["create", "--name", "integration"]));
    let id = said.trim().rsplit(' ').next().unwrap();
    place.works(&of_contoso("token", &["revoke", id]));
    place.works(&of_contoso("invite", &["ana@partner.example"]));
    place.works(&of_contoso("guests", &["disable", "ana@partner.example"]));
    place.works(&of_contoso("guests", &["enable", "ana@partner.example"]));
    let expected = [
        "organization.applied",
        "token.created",
        "token.revoked",
        "invitation.created",
        "user.disabled",
        "user.enabled",
    ];
    let written = written_down(&place);
    assert_eq!(written.len(), expected.len(), "{written:?}");
    assert!(written[1..3].iter().all(|line| line.ends_with(&format!(" token:{id}"))), "{written:?}");
    for (line, action) in written.iter().zip(expected) {
        assert!(line.starts_with(&format!("command {action} ")), "{line}");
    }
    assert_eq!(place.works(&["check"]).trim(), "I1 to I9 hold");
}

#[test]
fn a_guest_is_listed_disabled_enabled_and_loses_an_app() {
    let place = Place::new();
    let ana = "ana@partner.example";
    place.works(&of_contoso("invite", &[ana, "--app", "wiki", "--app", "plans"]));
    let list = || place.works(&of_contoso("guests", &["list"])).trim().to_owned();
    let apps = |text: &str| {
        let mut apps: Vec<String> = text.split_whitespace().skip(2).map(str::to_owned).collect();
        apps.sort_unstable();
        apps
    };
    assert!(list().starts_with(&format!("pending   {ana}")), "{}", list());
    assert_eq!(apps(&list()), ["plans", "wiki"]);
    place.works(&of_contoso("guests", &["disable", ana]));
    assert!(list().starts_with("disabled"), "{}", list());
    assert!(place.fails(&of_contoso("invite", &[ana])).contains("blocked"), "nobody invites around it");
    place.works(&of_contoso("guests", &["enable", ana]));
    place.works(&of_contoso("guests", &["unassign", ana, "wiki"]));
    assert_eq!(apps(&list()), ["plans"]);
    let again = place.works(&of_contoso("guests", &["unassign", ana, "wiki"]));
    assert_eq!(again.trim(), "it is not shared with that guest");
    for (address, told) in
        [("mira@contoso.example", "is a member"), ("nobody@partner.example", "there is no")]
    {
        let said = place.fails(&of_contoso("guests", &["disable", address]));
        assert!(said.contains(told) && said.lines().count() == 1, "{said}");
    }
    assert_eq!(place.works(&["check"]).trim(), "I1 to I9 hold");
}

#[test]
fn t23_an_operator_sees_who_unsubscribed_and_lifts_it_when_asked() {
    let place = Place::new();
    assert_eq!(place.works(&["suppressions", "list"]), "");
    sql(
        &place,
        "INSERT INTO suppressions (address_key, organization, since) VALUES ('ana@partner.example', '', 0), \
         ('ana@partner.example', 'contoso', 0)",
    );
    let listed = place.works(&["suppressions", "list"]);
    assert_eq!(
        listed,
        "1970-01-01T00:00:00Z  everybody  ana@partner.example\n1970-01-01T00:00:00Z  contoso  ana@partner.example\n"
    );
    place.works(&["suppressions", "lift", "Ana@partner.example"]);
    assert_eq!(place.works(&["suppressions", "list"]), "");
    assert!(place.fails(&["suppressions", "lift", "ana@partner.example"]).contains("already"));
    assert!(
        written_down(&place).contains(&"command suppression.lifted guest:ana@partner.example".to_owned())
    );
}

#[test]
fn check_names_what_is_broken() {
    let place = Place::new();
    place.works(&of_contoso("invite", &["ana@partner.example"]));
    sql(&place, "UPDATE invitations SET state = 'accepted'");
    let output = place.run(&["check"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("I1: "), "{said}");
}
