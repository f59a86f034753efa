//! What is wrong with the session and the panel.

use axum::http::header::{CACHE_CONTROL, COOKIE};
use axum::http::{HeaderValue, Method, StatusCode};
use serde_json::{Value, json};
use vestibule_contract::ProblemCode;

use super::{Answer, Asked, Defect, Wrong};

const SESSION: &str = "/api/v1/session";

/// Changes the items of a list of the panel.
fn each(asked: &Asked, answer: &mut Answer, part: &str, change: impl Fn(&mut Value)) {
    if asked.is(&Method::GET, &format!("/api/v1/me/{part}")) && answer.status == 200 {
        answer.edit(|json| json["items"].as_array_mut().unwrap().iter_mut().for_each(&change));
    }
}

pub(crate) const DEFECTS: &[Defect] = &[
    Defect {
        case: "panel.signed-out",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.path == "/api/v1/me/activity" && answer.status == 401 {
                answer.succeed(&json!({ "items": [] }));
            }
        }),
    },
    Defect {
        case: "panel.me",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.path == "/api/v1/me" && answer.status == 200 {
                answer.edit(|json| json["name"] = Value::Null);
            }
        }),
    },
    Defect {
        case: "panel.apps",
        wrong: Wrong::Answers(|asked, answer, _| {
            each(asked, answer, "apps", |item| item["why"] = Value::Null);
        }),
    },
    Defect {
        case: "panel.apps-launch",
        wrong: Wrong::Answers(|asked, answer, _| {
            each(asked, answer, "apps", |item| item["launch_url"] = json!("javascript:alert(1)"));
        }),
    },
    Defect {
        case: "panel.apps-query",
        wrong: Wrong::Reads(|asked, _| {
            asked.path.truncate(asked.path.find("?query").unwrap_or(asked.path.len()));
        }),
    },
    Defect {
        case: "panel.organizations",
        wrong: Wrong::Answers(|asked, answer, _| {
            each(asked, answer, "organizations", |item| item["current"] = json!(false));
        }),
    },
    Defect {
        case: "panel.consents",
        wrong: Wrong::Answers(|asked, answer, _| {
            each(asked, answer, "consents", |item| item["given_at"] = json!(7));
        }),
    },
    Defect {
        case: "panel.activity",
        wrong: Wrong::Answers(|asked, answer, _| {
            each(asked, answer, "activity", |item| item["at"] = json!(7));
        }),
    },
    Defect {
        case: "panel.not-stored",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.path.starts_with("/api/v1/me") {
                answer.headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
            }
        }),
    },
    Defect {
        case: "panel.other-organization",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.path.contains("activity?organization=no-such") {
                answer.succeed(&json!({ "items": [] }));
            }
        }),
    },
    Defect {
        case: "panel.other-consent",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::DELETE, "/api/v1/me/consents/") {
                answer.status = StatusCode::NO_CONTENT;
                answer.body.clear();
            }
        }),
    },
    Defect {
        case: "session.signed-out",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::GET, SESSION) && !asked.headers.contains_key(COOKIE) {
                answer.refuse(ProblemCode::Forbidden);
            }
        }),
    },
    Defect {
        case: "session.forged",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::GET, SESSION) && asked.header("cookie").contains("AAAAAAAA") {
                answer.succeed(&json!({}));
            }
        }),
    },
    Defect {
        case: "session.document",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::GET, SESSION) && answer.status == 200 {
                answer.edit(|json| json["expires_at"] = json["authenticated_at"].clone());
            }
        }),
    },
    Defect {
        case: "session.cross-site-end",
        wrong: Wrong::Reads(|asked, _| {
            if asked.is(&Method::DELETE, SESSION) && asked.header("cookie").contains("session") {
                asked.come_from_own_page();
            }
        }),
    },
    Defect {
        // Forgets the cookie and nothing else.
        case: "session.end",
        wrong: Wrong::Reads(|asked, _| {
            if asked.is(&Method::DELETE, SESSION) && asked.header("sec-fetch-site") == "same-origin" {
                asked.headers.remove(COOKIE);
            }
        }),
    },
    Defect {
        case: "session.end-twice",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::DELETE, SESSION)
                && !asked.headers.contains_key(COOKIE)
                && answer.status == 204
            {
                answer.refuse(ProblemCode::Unauthenticated);
            }
        }),
    },
];
