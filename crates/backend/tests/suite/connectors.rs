//! API connectors in an organization's file and on the command line: what is refused, whose they are, what is shown.
//! How they are asked is proven beside the code, in `src/connectors`.

mod certificate;

use serde_json::{Value, json};
use vestibule_backend::cli::apply;
use vestibule_storage::StoreError;
use vestibule_storage::connectors::managed::{self, Managed};
use vestibule_storage::connectors::{Authentication, Connector, OnFailure};
use vestibule_storage::providers::Source;

use crate::abroad::CONTOSO;
use crate::program::Place;
use crate::world::World;

const PASSWORD: &str = "a-password-of-the-connector";

fn entry(id: &str) -> String {
    format!(
        "\n[[connectors]]\nid = \"{id}\"\nname = \"Approval\"\n\
         target_url = \"https://connector.example/ask?code=a-key\"\nusername = \"vestibule\"\n\
         password = \"{PASSWORD}\"\n"
    )
}

fn made_by_the_api(id: &str) -> Connector {
    Connector {
        organization: "contoso".to_owned(),
        id: id.to_owned(),
        name: "Made".to_owned(),
        target_url: "https://made.example/".to_owned(),
        authentication: Authentication::Basic {
            username: "vestibule".to_owned(),
            sealed_password: "sealed".to_owned(),
        },
        timeout_seconds: 20,
        on_failure: OnFailure::Closed,
    }
}

async fn make(world: &World, id: &str) {
    let connector = made_by_the_api(id);
    let made = world.app.store.write::<_, StoreError, _>(move |connection| {
        Box::pin(async move { managed::create(connection, &connector).await })
    });
    assert!(made.await.unwrap());
}

async fn known(world: &World) -> Vec<(String, Source)> {
    let read = world.app.store.read::<_, StoreError, _>(|connection| {
        Box::pin(async move { managed::list(connection, "contoso").await })
    });
    read.await.unwrap().into_iter().map(|Managed { connector, source }| (connector.id, source)).collect()
}

#[tokio::test]
async fn the_file_says_which_connectors_there_are_and_those_of_the_api_stay() {
    let world = World::new().await;
    make(&world, "made").await;
    make(&world, "taken-over").await;
    let file = format!("{CONTOSO}{}{}", entry("approval"), entry("taken-over"));
    world.apply("contoso", &file).await;
    let of = |id: &str, source| (id.to_owned(), source);
    let all = [of("approval", Source::File), of("made", Source::Api), of("taken-over", Source::File)];
    assert_eq!(known(&world).await, all);
    let noted = "SELECT subject FROM audit WHERE action = 'connector.changed'";
    assert_eq!(world.rows(noted).await, ["connector:taken-over"], "the file wins, and says so");
    world.apply("contoso", CONTOSO).await;
    assert_eq!(known(&world).await, [of("made", Source::Api)]);
    world.check().await;
}

#[tokio::test]
async fn a_file_with_a_connector_that_cannot_work_changes_nothing() {
    let world = World::new().await;
    world.apply("contoso", &format!("{CONTOSO}{}", entry("approval"))).await;
    for id in 0..15 {
        make(&world, &format!("made-{id}")).await;
    }
    let many: String = (0..6).map(|id| entry(&format!("file-{id}"))).collect();
    for (entries, says) in [
        (format!("{}{}", entry("twice"), entry("twice")), "connector id twice is taken"),
        (many.clone(), "20 connectors at most: the file has 6, and 15 others"),
        (entry("approval").replace("https:", "http:").replace("connector.example", "93.184.216.34"), "https"),
        (entry("approval").replace("username", "user"), "unknown field `user`"),
    ] {
        let error = apply::put(&world.app, "contoso.toml", &format!("{CONTOSO}{entries}")).await.unwrap_err();
        let error = format!("{error:#}");
        assert!(error.contains("contoso.toml") && error.contains(says), "{error}");
        assert!(!error.contains(PASSWORD), "{error}");
        assert_eq!(known(&world).await.len(), 16);
    }
    // Those that it takes over count once.
    let five = many.replace("file-5", "made-0");
    world.apply("contoso", &format!("{CONTOSO}{five}")).await;
    assert_eq!(known(&world).await.len(), 20);
}

const OF_CONTOSO: [&str; 3] = ["connector", "--organization", "contoso"];

fn place() -> Place {
    let place = Place::new();
    let file = format!("{CONTOSO}{}{}", entry("approval"), entry("extra"));
    let file = file.replacen("\nid = \"extra\"", "\non_failure = \"fail_open\"\nid = \"extra\"", 1);
    std::fs::write(place.path("contoso.toml"), file).unwrap();
    place.works(&["apply", "contoso.toml"]);
    let claims =
        json!({ "email": "jo@partner.example", "surname": "Vega", "city": "", "ui_locales": "pt-PT" });
    std::fs::write(place.path("claims.json"), claims.to_string()).unwrap();
    place
}

/// What `connector test` prints for a recorded answer, and whether it ended well.
fn tried(place: &Place, id: &str, point: &str, answer: &Value) -> (String, bool) {
    std::fs::write(place.path("answer.json"), answer.to_string()).unwrap();
    let rest = ["test", id, "--point", point, "--claims", "claims.json", "--answer", "answer.json"];
    let output = place.run(&[&OF_CONTOSO[..], &rest].concat());
    let (said, wrong) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(!said.contains(PASSWORD) && !said.contains("a-key"), "{said}");
    assert!(!wrong.contains(PASSWORD) && !wrong.contains("a-key"), "{wrong}");
    (said + &wrong, output.status.success())
}

#[test]
fn connectors_are_listed_and_tried_without_a_secret_on_the_screen_or_in_the_data() {
    let place = place();
    let list = place.works(&[&OF_CONTOSO[..], &["list"]].concat());
    assert_eq!(
        list,
        "approval  password  20s  fail_closed  https://connector.example/ask?code=******  Approval\n\
         extra  password  20s  fail_open  https://connector.example/ask?code=******  Approval\n"
    );
    let answer = json!({ "status": 200, "body": {
        "version": "1.0.0", "action": "Continue", "lastName": "Veiga", "isAdmin": true,
    } });
    let (said, well) = tried(&place, "approval", "post_federation_signup", &answer);
    assert!(well, "{said}");
    for part in [
        "  POST https://connector.example/ask?code=******\n",
        "  authorization: Basic ******\n",
        "  {\n    \"email\": \"jo@partner.example\",\n    \"lastName\": \"Vega\",\n    \"ui_locales\": \"pt-PT\"\n  }\n",
        "nobody was asked",
        "The form is filled in with:\n  surname = \"Veiga\"\n",
        "Not looked at: isAdmin\n",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    for file in std::fs::read_dir(place.path("data")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(PASSWORD.len()).any(|window| window == PASSWORD.as_bytes()));
    }
}

#[test]
fn a_try_says_in_words_what_an_answer_brings_about() {
    let place = place();
    let body =
        |action: &str| json!({ "version": "1.0.0", "action": action, "status": "400", "userMessage": "No." });
    let (after_federation, before_creation) = ("post_federation_signup", "post_attribute_collection");
    for (id, point, answer, well, says) in [
        (
            "approval",
            after_federation,
            json!({ "status": 200, "body": body("ShowBlockPage") }),
            true,
            "the sign-up ends",
        ),
        (
            "approval",
            before_creation,
            json!({ "status": 400, "body": body("ValidationError") }),
            true,
            "the form stays",
        ),
        (
            "approval",
            after_federation,
            json!({ "status": 400, "body": body("ValidationError") }),
            false,
            "(misplaced)",
        ),
        (
            "approval",
            before_creation,
            json!({ "status": 200, "body": body("ValidationError") }),
            false,
            "(mismatch)",
        ),
        ("approval", before_creation, json!({ "status": 200, "body": "<html>" }), false, "(not_json)"),
        ("approval", before_creation, json!({ "status": 401, "body": {} }), false, "our credentials"),
        ("approval", before_creation, json!({ "status": 500, "body": {} }), false, "ends with an error"),
        ("extra", before_creation, json!({ "status": 500, "body": {} }), false, "goes on without it"),
        (
            "nothing",
            before_creation,
            json!({ "status": 200, "body": {} }),
            false,
            "there is no connector nothing",
        ),
        ("approval", "sometime", json!({ "status": 200, "body": {} }), false, "post_federation_signup or"),
        ("approval", before_creation, json!({ "status": 200 }), false, "missing field `body`"),
    ] {
        let (said, went_well) = tried(&place, id, point, &answer);
        assert_eq!(went_well, well, "{answer}: {said}");
        assert!(said.contains(says), "{says}: {said}");
    }
    for (claims, says) in [
        (json!({ "email": "jo@partner.example", "isAdmin": true }), "isAdmin is never sent"),
        (json!({ "email": "jo@partner.example", "surname": "a", "lastName": "b" }), "twice"),
        (json!({ "city": "Porto" }), "claims are a JSON object"),
    ] {
        std::fs::write(place.path("claims.json"), claims.to_string()).unwrap();
        let (said, well) = tried(&place, "approval", before_creation, &json!({ "status": 200, "body": {} }));
        assert!(!well && said.contains(says), "{says}: {said}");
    }
}

#[test]
fn the_connectors_of_a_user_flow_are_tried_in_their_order_and_what_its_form_takes_is_said() {
    let place = place();
    let flow = "\n[[user_flows]]\nid = \"suppliers\"\nname = \"Suppliers\"\nafter_federation = \"approval\"\n\
                before_creation = \"extra\"\nattributes = [{ id = \"tier\", kind = \"integer\", label = \"Tier\" }]\n";
    let file = std::fs::read_to_string(place.path("contoso.toml")).unwrap();
    std::fs::write(place.path("contoso.toml"), file + flow).unwrap();
    place.works(&["apply", "contoso.toml"]);
    let answer = json!({ "status": 200, "body": {
        "version": "1.0.0", "action": "Continue", "city": "Porto", "country": "Atlantis",
        "extension_tier": 2, "extension_other": "x",
    } });
    std::fs::write(place.path("answer.json"), answer.to_string()).unwrap();
    let test = ["connector", "test", "--flow", "suppliers", "--claims", "claims.json"];
    let recorded = ["--point", "post_federation_signup", "--answer", "answer.json"];
    let said = place.works(&[&test[..], &recorded].concat());
    assert!(said.starts_with("approval at post_federation_signup\n"), "{said}");
    assert!(said.contains("The user flow suppliers takes of them:\n  city = Porto\n  tier = 2\n"), "{said}");
    // Nobody is at the address, and both are asked all the same.
    let output = place.run(&test);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success() && said.contains("\nextra at post_attribute_collection\n"), "{said}");
    for (arguments, says) in [
        (vec!["--flow", "nothing"], "there is no user flow nothing"),
        (vec!["approval"], "--point"),
        (vec!["approval", "--flow", "suppliers"], "cannot be used with"),
        (vec![], "required"),
    ] {
        let wrong =
            place.fails(&[&["connector", "test", "--claims", "claims.json"], &arguments[..]].concat());
        assert!(wrong.contains(says), "{says}: {wrong}");
    }
}
