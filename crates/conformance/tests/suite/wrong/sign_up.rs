//! What is wrong on a stranger's way in.

use axum::http::header::SET_COOKIE;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use vestibule_contract::ProblemCode;

use super::{Answer, Asked, Defect, Wrong};

const FLOW: &str = "/api/v1/flows/";
const PAGE: &str = "/signup/";

/// Whether it is a step of a type in a sign-up.
fn is_at(answer: &Answer, kind: &str) -> bool {
    answer.is_of("sign-up") && answer.is_step(kind)
}

/// Whether it refuses an action at a type of step in a sign-up.
fn refuses_at(answer: &Answer, kind: &str) -> bool {
    let step = &answer.json()["step"];
    answer.status == 422 && step["flow"]["intent"] == "sign-up" && step["step"]["type"] == kind
}

/// Whether it looks whether it goes on, at a revision that compares so with the present one.
fn checks(asked: &Asked, answer: &Answer, compares: impl Fn(u64, u64) -> bool) -> bool {
    let (at, now) = (asked.json()["rev"].as_u64(), answer.json()["flow"]["rev"].as_u64());
    asked.action() == "check" && at.zip(now).is_some_and(|(at, now)| compares(at, now))
}

pub(crate) const DEFECTS: &[Defect] = &[
    Defect {
        case: "sign-up.unknown",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.starts() && asked.json()["user_flow"] == "" {
                answer.edit(|json| json["step"]["step"]["data"]["reason"] = json!("account_disabled"));
            }
        }),
    },
    Defect {
        case: "sign-up.begins",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.starts() && answer.is_of("sign-up") {
                answer.edit(|json| json["flow"]["intent"] = json!("sign-in"));
            }
        }),
    },
    Defect {
        // Whoever types an address is at the form.
        case: "sign-up.proof",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.json()["values"]["email"].is_string() && is_at(answer, "email_code") {
                answer.edit(|json| {
                    json["step"] =
                        json!({ "type": "attributes", "data": { "account": "someone@else.example" } });
                    json["actions"] = json!([{ "name": "continue", "style": "primary",
                        "fields": [{ "name": "displayName", "type": "text" }] }]);
                });
            }
        }),
    },
    Defect {
        case: "sign-up.consent",
        wrong: Wrong::Answers(|_, answer, _| {
            if is_at(answer, "consent") {
                answer.edit(|json| json["step"]["data"]["account"] = json!("someone@else.example"));
            }
        }),
    },
    Defect {
        case: "sign-up.refusal",
        wrong: Wrong::Answers(|asked, answer, memory| {
            if asked.action() == "cancel" && answer.is_of("sign-up") {
                memory.count("refused");
            } else if asked.is(&Method::GET, "/api/v1/session") && memory.counted("refused") == 1 {
                memory.count("refused");
                answer.succeed(&json!({}));
            }
        }),
    },
    Defect {
        case: "sign-up.no-skip",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.action() == "continue" && refuses_at(answer, "consent") {
                answer.succeed_with_step();
            }
        }),
    },
    Defect {
        case: "sign-up.challenge",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.json()["values"]["solution"] == "" && refuses_at(answer, "challenge") {
                answer.succeed_with_step();
            }
        }),
    },
    Defect {
        case: "sign-up.form",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::GET, FLOW) && is_at(answer, "attributes") {
                answer.edit(|json| {
                    let fields = json["actions"][0]["fields"].as_array_mut().unwrap();
                    let country = fields.iter_mut().find(|field| field["type"] == "country").unwrap();
                    country["options"][0]["value"] = json!("Afghanistan");
                });
            }
        }),
    },
    Defect {
        case: "sign-up.form-refuses",
        wrong: Wrong::Answers(|asked, answer, _| {
            let wrong = asked.json()["values"]["people"] == "5001";
            if wrong && refuses_at(answer, "attributes") {
                answer.edit(|json| json["errors"][0]["field"] = json!("form"));
            }
        }),
    },
    Defect {
        case: "sign-up.check-behind",
        wrong: Wrong::Answers(|asked, answer, _| {
            if checks(asked, answer, |at, now| at < now) && answer.is_step("attributes") {
                answer.refuse(ProblemCode::StaleRevision);
            }
        }),
    },
    Defect {
        case: "sign-up.done",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::GET, "/api/v1/session") && answer.body.contains("@conformance.example") {
                answer.edit(|json| json["account"] = json!("someone@else.example"));
            }
        }),
    },
    Defect {
        // The name is taken from whatever was sent.
        case: "sign-up.unasked",
        wrong: Wrong::Answers(|asked, answer, memory| {
            if let Some(role) = asked.json()["values"]["role"].as_str() {
                memory.keep("role", role);
            } else if asked.path.starts_with("/api/v1/me?")
                && answer.body.contains("@conformance.example")
                && let Some(role) = memory.kept("role")
            {
                answer.edit(|json| json["name"] = json!(role));
            }
        }),
    },
    Defect {
        case: "sign-up.return-to",
        wrong: Wrong::Answers(|_, answer, _| {
            if is_at(answer, "done") {
                let data = json!({ "redirect": "https://evil.example/take", "kind": "panel" });
                answer.edit(|json| json["step"]["data"] = data);
            }
        }),
    },
    Defect {
        case: "sign-up.cookie-again",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::GET, FLOW) && is_at(answer, "done") {
                answer.headers.remove(SET_COOKIE);
            }
        }),
    },
    Defect {
        // Who comes second to the end is told that the address is taken.
        case: "sign-up.twice-at-once",
        wrong: Wrong::Answers(|asked, answer, memory| {
            let filled = asked.action() == "continue" && is_at(answer, "done");
            if filled && memory.count("filled") == 2 {
                answer.edit(|json| {
                    let data = json!({ "reason": "account_disabled", "reference": "8F2K-77QD" });
                    json["step"] = json!({ "type": "blocked", "data": data });
                });
            }
        }),
    },
    Defect {
        // Who is a guest already is asked to agree again.
        case: "sign-up.guest-again",
        wrong: Wrong::Answers(|asked, answer, memory| {
            if is_at(answer, "consent") {
                memory.keep("consent", &answer.body);
            } else if asked.action() == "verify" && is_at(answer, "done") {
                let consent: Value = serde_json::from_str(&memory.kept("consent").unwrap()).unwrap();
                answer.edit(|json| {
                    json["step"] = consent["step"].clone();
                    json["actions"] = consent["actions"].clone();
                });
            }
        }),
    },
    Defect {
        case: "sign-up.known-address",
        wrong: Wrong::Answers(|asked, answer, memory| {
            let address = asked.json()["values"]["email"].as_str().map(str::to_owned);
            if let Some(address) = address.filter(|_| is_at(answer, "email_code"))
                && memory.count(&address) == 3
            {
                answer.edit(|json| json["messages"] = json!([]));
            }
        }),
    },
    Defect {
        case: "sign-up.waits",
        wrong: Wrong::Answers(|_, answer, _| {
            if is_at(answer, "pending_approval") {
                answer.edit(|json| json["step"]["data"]["until"] = json["step"]["data"]["since"].clone());
            }
        }),
    },
    Defect {
        case: "sign-up.check",
        wrong: Wrong::Answers(|asked, answer, _| {
            if checks(asked, answer, |at, now| at > now) {
                answer.refuse(ProblemCode::StaleRevision);
            }
        }),
    },
    Defect {
        case: "sign-up.page",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::GET, PAGE) {
                answer.body = answer.body.replace("method=\"post\"", "method=\"get\"");
            }
        }),
    },
    Defect {
        case: "sign-up.page-walks",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::POST, PAGE) && answer.status == 303 {
                answer.status = StatusCode::FOUND;
            }
        }),
    },
    Defect {
        case: "sign-up.page-unknown",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::GET, PAGE) && answer.status == 404 {
                answer.status = StatusCode::OK;
            }
        }),
    },
];
