//! What is wrong with running flows, and with requests at them.

use axum::http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{Method, StatusCode};
use serde_json::json;
use vestibule_contract::ProblemCode;

use super::{Defect, Wrong};

const FLOW: &str = "/api/v1/flows/";
const EVIL: &str = "https://evil.example";

pub(crate) const DEFECTS: &[Defect] = &[
    Defect {
        // Every read prolongs the flow, which shows after a while.
        case: "flows.get-is-safe",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::GET, FLOW) && asked.nth > 50 {
                answer.edit(|json| json["flow"]["expires_at"] = json!("2099-01-01T00:00:00Z"));
            }
        }),
    },
    Defect {
        case: "flows.head-is-safe",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::HEAD, FLOW) {
                answer.status = StatusCode::METHOD_NOT_ALLOWED;
            }
        }),
    },
    Defect {
        case: "flows.bound-get",
        wrong: Wrong::Both(
            |asked, memory| {
                if asked.is(&Method::GET, FLOW)
                    && asked.header("cookie").is_empty()
                    && let Some(cookie) = memory.kept(&asked.path)
                {
                    asked.set("cookie", &cookie);
                }
            },
            keep_binding,
        ),
    },
    Defect {
        case: "flows.bound-post",
        wrong: Wrong::Both(
            |asked, memory| {
                if let Some(cookie) = memory.kept(&asked.path).filter(|_| asked.acts()) {
                    let session: Vec<_> =
                        asked.header("cookie").split("; ").filter(|one| one.contains("session")).collect();
                    let cookies = [session, vec![cookie.as_str()]].concat().join("; ");
                    asked.headers.remove(COOKIE);
                    asked.set("cookie", &cookies);
                }
            },
            keep_binding,
        ),
    },
    Defect {
        case: "flows.unknown",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::GET, FLOW) && answer.status == 404 {
                answer.refuse(ProblemCode::Forbidden);
            }
        }),
    },
    Defect {
        // The first move of all is answered with the revision before it.
        case: "flows.moves",
        wrong: Wrong::Answers(|asked, answer, memory| {
            if asked.acts() && answer.status == 200 && memory.count("moves") == 1 {
                answer.edit(|json| json["flow"]["rev"] = asked.json()["rev"].clone());
            }
        }),
    },
    Defect {
        case: "flows.stale-revision",
        wrong: Wrong::Answers(|asked, answer, _| {
            let old = asked.json()["rev"].as_u64() < answer.json()["step"]["flow"]["rev"].as_u64();
            if answer.status == 409 && old && asked.header("idempotency-key").is_empty() {
                answer.succeed_with_step();
            }
        }),
    },
    Defect {
        case: "flows.future-revision",
        wrong: Wrong::Answers(|asked, answer, _| {
            let future = asked.json()["rev"].as_u64() > answer.json()["step"]["flow"]["rev"].as_u64();
            if answer.status == 409 && future {
                answer.succeed_with_step();
            }
        }),
    },
    Defect {
        case: "flows.replay",
        wrong: Wrong::Answers(|asked, answer, memory| {
            let key = format!("{} {}", asked.header("idempotency-key"), asked.body);
            if asked.acts() && !asked.header("idempotency-key").is_empty() && memory.count(&key) == 2 {
                answer.edit(|json| json["links"]["help"] = json!("mailto:other@contoso.example"));
            }
        }),
    },
    Defect {
        case: "flows.key-reused",
        wrong: Wrong::Reads(|asked, memory| {
            let key = asked.header("idempotency-key").to_owned();
            if memory.kept(&key).is_some_and(|body| body != asked.body) {
                asked.headers.remove("idempotency-key");
            }
            memory.keep(&key, &asked.body);
        }),
    },
    Defect {
        case: "flows.race",
        wrong: Wrong::Answers(|asked, answer, _| {
            if answer.status == 409 && !asked.header("idempotency-key").is_empty() && asked.nth <= 4 {
                answer.succeed_with_step();
            }
        }),
    },
    Defect {
        case: "flows.unknown-action",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.action() == "levitate" {
                answer.succeed_with_step();
            }
        }),
    },
    Defect {
        case: "flows.unoffered-action",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.action() == "accept" && refuses_sign_in(answer) {
                answer.succeed_with_step();
            }
        }),
    },
    Defect {
        case: "flows.missing-field",
        wrong: Wrong::Answers(|asked, answer, _| {
            let empty = asked.action() == "continue" && asked.json()["values"] == json!({});
            if empty && refuses_sign_in(answer) {
                answer.edit(|json| json["errors"][0]["field"] = json!("address"));
            }
        }),
    },
    Defect {
        case: "flows.expired",
        wrong: Wrong::Answers(|_, answer, _| {
            if answer.status == 410 {
                answer.edit(|json| json["links"] = json!({}));
            }
        }),
    },
    Defect {
        case: "requests.malformed-json",
        wrong: Wrong::Answers(|_, answer, _| {
            if answer.is_problem(ProblemCode::MalformedBody) {
                answer.refuse(ProblemCode::ValidationFailed);
            }
        }),
    },
    Defect {
        case: "requests.wrong-shape",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.acts() && asked.body == "[]" {
                answer.succeed(&json!({}));
            }
        }),
    },
    Defect {
        case: "requests.media-type",
        wrong: Wrong::Reads(|asked, _| {
            if asked.acts() {
                asked.headers.insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("application/json"));
            }
        }),
    },
    Defect {
        case: "requests.oversized",
        wrong: Wrong::Reads(|asked, _| {
            if asked.body.len() > 64 * 1024 {
                let mut json = asked.json();
                json["values"]["filler"] = json!("");
                asked.body = json.to_string();
            }
        }),
    },
    Defect {
        case: "requests.method",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.method == Method::DELETE && asked.path == "/api/v1/flows" {
                answer.refuse(ProblemCode::NotFound);
            }
        }),
    },
    Defect {
        case: "requests.cross-origin",
        wrong: Wrong::Reads(|asked, _| {
            if asked.acts() && [EVIL, "null"].contains(&asked.header("origin")) {
                asked.come_from_own_page();
            }
        }),
    },
    Defect {
        case: "requests.cross-site",
        wrong: Wrong::Reads(|asked, _| {
            let own = ![EVIL, "null"].contains(&asked.header("origin"));
            if asked.acts() && own && asked.header("sec-fetch-site") == "same-site" {
                asked.come_from_own_page();
            }
        }),
    },
    Defect {
        case: "requests.no-origin",
        wrong: Wrong::Reads(|asked, _| {
            if asked.acts() && asked.header("origin").is_empty() && asked.header("sec-fetch-site").is_empty()
            {
                asked.come_from_own_page();
            }
        }),
    },
    Defect {
        case: "requests.cross-origin-start",
        wrong: Wrong::Reads(|asked, _| {
            if asked.starts() && asked.header("origin") == EVIL {
                asked.come_from_own_page();
            }
        }),
    },
    Defect {
        case: "requests.no-cors",
        wrong: Wrong::Answers(|asked, answer, _| {
            if let Some(origin) = asked.headers.get("origin") {
                answer.headers.insert("access-control-allow-origin", origin.clone());
            }
        }),
    },
];

/// Whether an action is refused in a sign-in.
fn refuses_sign_in(answer: &super::Answer) -> bool {
    answer.status == 422 && answer.json()["step"]["flow"]["intent"] == "sign-in"
}

/// Keeps the cookie of each flow, by the path of the flow.
fn keep_binding(asked: &super::Asked, answer: &mut super::Answer, memory: &super::Memory) {
    if let Some(cookie) = answer.headers.get(SET_COOKIE).filter(|_| asked.starts()) {
        let pair = cookie.to_str().unwrap().split(';').next().unwrap();
        let id = answer.json()["flow"]["id"].as_str().unwrap().to_owned();
        memory.keep(&format!("{FLOW}{id}"), pair);
    }
}
