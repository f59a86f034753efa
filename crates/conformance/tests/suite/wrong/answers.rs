//! What is wrong with answers of any kind.

use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Method, StatusCode};
use serde_json::{Value, json};

use super::{Defect, Wrong};

pub(crate) const DEFECTS: &[Defect] = &[
    Defect {
        case: "documents.schema",
        wrong: Wrong::Answers(|_, answer, _| {
            if answer.is_step("email_code") {
                answer.edit(|json| json["step"]["data"]["sender"] = Value::Null);
            }
        }),
    },
    Defect {
        case: "documents.actions",
        wrong: Wrong::Answers(|_, answer, _| {
            if answer.is_step("consent") {
                let action = json!({ "name": "levitate", "style": "link" });
                answer.edit(|json| json["actions"].as_array_mut().unwrap().push(action));
            }
        }),
    },
    Defect {
        case: "documents.not-stored",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::GET, "/api/v1/flows/") {
                answer.headers.insert(CACHE_CONTROL, HeaderValue::from_static("max-age=60"));
            }
        }),
    },
    Defect {
        case: "problems.schema",
        wrong: Wrong::Answers(|_, answer, _| {
            if answer.status == 409 {
                answer.edit(|json| json["title"] = Value::Null);
            }
        }),
    },
    Defect {
        case: "problems.registry",
        wrong: Wrong::Answers(|_, answer, _| {
            if answer.status == 409 {
                answer.edit(|json| json["type"] = json!("about:blank"));
            }
        }),
    },
    Defect {
        case: "problems.no-fault",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.method == Method::OPTIONS {
                answer.status = StatusCode::INTERNAL_SERVER_ERROR;
            }
        }),
    },
    Defect {
        case: "headers.nosniff",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.starts() {
                answer.headers.remove(X_CONTENT_TYPE_OPTIONS);
            }
        }),
    },
    Defect {
        case: "secrets.code",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.action() == "verify" && answer.is_step("consent") {
                answer.edit(|json| json["debug"] = asked.json()["values"]["code"].clone());
            }
        }),
    },
    Defect {
        case: "secrets.invitation",
        wrong: Wrong::Answers(|asked, answer, _| {
            if let Some(token) = asked.json()["invitation"].as_str().filter(|_| answer.is_step("invitation"))
            {
                answer.edit(|json| json["links"]["restart"] = json!(format!("/i/{token}")));
            }
        }),
    },
    Defect {
        case: "secrets.cookies",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::GET, "/api/v1/session") && answer.status == 200 {
                answer.edit(|json| json["token"] = json!(asked.header("cookie")));
            }
        }),
    },
];
