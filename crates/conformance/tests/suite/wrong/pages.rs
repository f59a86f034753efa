//! What is wrong with pages.

use axum::http::header::{CONTENT_SECURITY_POLICY, LOCATION, REFERRER_POLICY, SET_COOKIE};
use axum::http::{HeaderValue, Method, StatusCode};
use serde_json::{Value, json};

use super::{Asked, Defect, Wrong};

/// Whether it opens the page of a flow.
fn opens_flow(asked: &Asked) -> bool {
    asked.is(&Method::GET, "/flow/")
}

fn opens_entry(asked: &Asked) -> bool {
    asked.method == Method::GET && asked.path == "/"
}

fn posts_entry(asked: &Asked) -> bool {
    asked.method == Method::POST && asked.path == "/"
}

pub(crate) const DEFECTS: &[Defect] = &[
    Defect {
        case: "pages.entry-form",
        wrong: Wrong::Answers(|asked, answer, _| {
            if opens_entry(asked) {
                answer.body = answer.body.replace("method=\"post\"", "method=\"get\"");
            }
        }),
    },
    Defect {
        case: "pages.csp",
        wrong: Wrong::Answers(|asked, answer, _| {
            if opens_entry(asked) {
                let policy = answer.headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
                let loose = policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'");
                answer.headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_str(&loose).unwrap());
            }
        }),
    },
    Defect {
        case: "pages.headers",
        wrong: Wrong::Answers(|asked, answer, _| {
            if opens_entry(asked) {
                answer.headers.insert(REFERRER_POLICY, HeaderValue::from_static("unsafe-url"));
            }
        }),
    },
    Defect {
        case: "pages.no-inline-code",
        wrong: Wrong::Answers(|asked, answer, _| {
            if opens_entry(asked) {
                answer.body = answer.body.replace("<body>", "<body><script>start()</script>");
            }
        }),
    },
    Defect {
        case: "pages.entry-is-safe",
        wrong: Wrong::Answers(|asked, answer, _| {
            if opens_entry(asked) {
                let cookie =
                    "__Host-vestibule-flow-0123456789ab=0123456789; Path=/; Secure; HttpOnly; SameSite=Lax";
                answer.headers.append(SET_COOKIE, HeaderValue::from_static(cookie));
            }
        }),
    },
    Defect {
        case: "pages.form-walks",
        wrong: Wrong::Answers(|asked, answer, _| {
            if posts_entry(asked) && answer.status == 303 {
                answer.status = StatusCode::FOUND;
            }
        }),
    },
    Defect {
        case: "pages.form-token",
        wrong: Wrong::Answers(|asked, answer, _| {
            if posts_entry(asked) && !asked.body.contains("csrf=") {
                answer.headers.insert(LOCATION, HeaderValue::from_static("/flow/1"));
            }
        }),
    },
    Defect {
        case: "pages.form-errors",
        wrong: Wrong::Answers(|asked, answer, _| {
            if posts_entry(asked) && answer.status == 422 {
                answer.body = answer.body.replace("nobody at home", "");
            }
        }),
    },
    Defect {
        case: "pages.unknown",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.path == "/no/such/page" {
                answer.status = StatusCode::OK;
            }
        }),
    },
    Defect {
        case: "twin.linked",
        wrong: Wrong::Answers(|asked, answer, _| {
            if answer.json()["links"]["html"].is_string() && !asked.body.contains("a-step-that-nobody-has") {
                answer.edit(|json| json["links"]["html"] = Value::Null);
            }
        }),
    },
    Defect {
        case: "twin.actions",
        wrong: Wrong::Answers(|asked, answer, _| {
            if opens_flow(asked) {
                answer.body = answer.body.replace("value=\"continue\"", "value=\"go\"");
            }
        }),
    },
    Defect {
        case: "twin.fields",
        wrong: Wrong::Answers(|asked, answer, _| {
            if opens_flow(asked) {
                answer.body = answer.body.replace("name=\"email\"", "name=\"mail\"");
            }
        }),
    },
    Defect {
        case: "twin.is-safe",
        wrong: Wrong::Answers(|asked, answer, memory| {
            let id = asked.path.rsplit('/').next().unwrap_or_default();
            if opens_flow(asked) {
                memory.count(id);
            } else if asked.is(&Method::GET, "/api/v1/flows/") && memory.counted(id) > 5 {
                answer.edit(|json| json["flow"]["expires_at"] = json!("2099-01-01T00:00:00Z"));
            }
        }),
    },
    Defect {
        case: "twin.bound",
        wrong: Wrong::Answers(|asked, answer, _| {
            if opens_flow(asked) && answer.status == 403 {
                answer.status = StatusCode::OK;
            }
        }),
    },
    Defect {
        case: "twin.stale",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::POST, "/flow/") && asked.nth == 2 {
                answer.status = StatusCode::CONFLICT;
            }
        }),
    },
];
