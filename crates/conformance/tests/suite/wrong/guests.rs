//! What is wrong on a guest's way in: the code, the invitation, the consent, the sign-in.

use axum::http::Method;
use axum::http::header::SET_COOKIE;
use serde_json::{Value, json};
use vestibule_contract::ProblemCode;

use super::mechanism::cookies;
use super::{Answer, Asked, Defect, Memory, Wrong};

/// The code that the suite types where it means a wrong one.
const GUESS: &str = "01234567";

pub(crate) const DEFECTS: &[Defect] = &[
    Defect {
        case: "code.sent",
        wrong: Wrong::Answers(|asked, answer, _| {
            if answer.is_step("email_code") && asked.json()["values"]["email"].is_string() {
                answer.edit(|json| json["step"]["data"]["sent_to"] = asked.json()["values"]["email"].clone());
            }
        }),
    },
    Defect {
        case: "code.unknown-address",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.body.contains("@conformance.example") && answer.is_step("email_code") {
                answer.edit(|json| json["messages"] = json!([]));
            }
        }),
    },
    Defect {
        case: "code.address-format",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.json()["values"]["email"] == "a@" {
                answer.succeed_with_step();
            }
        }),
    },
    Defect {
        case: "code.empty",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.action() == "verify" && asked.json()["values"] == json!({}) {
                answer.edit(|json| json["errors"][0]["field"] = json!("digits"));
            }
        }),
    },
    Defect {
        case: "code.format",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.json()["values"]["code"] == "abc" {
                answer.edit(|json| json["errors"] = json!([]));
            }
        }),
    },
    Defect {
        case: "code.wrong",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.action() == "verify" && answer.is_step("email_code") {
                answer.edit(|json| json["messages"][0]["params"] = json!({}));
            }
        }),
    },
    Defect {
        // Never says that it is enough.
        case: "code.guesses",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.action() == "verify" && answer.is_step("email_code") {
                answer.edit(|json| {
                    json["messages"][0]["code"] = json!("code_wrong");
                    json["messages"][0]["params"] = json!({ "attempts_left": 4 });
                });
            }
        }),
    },
    Defect {
        case: "code.back",
        wrong: Wrong::Answers(|_, answer, _| {
            if answer.is_step("email_code") {
                answer.edit(|json| {
                    json["actions"].as_array_mut().unwrap().retain(|action| action["name"] != "back");
                });
            }
        }),
    },
    Defect {
        case: "redeem.unknown",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.starts() && asked.json()["invitation"] == "../../etc/passwd" {
                answer.refuse(ProblemCode::InvalidRequest);
            }
        }),
    },
    Defect {
        case: "redeem.invitation",
        wrong: Wrong::Answers(|_, answer, _| {
            if answer.is_step("invitation") {
                answer.edit(|json| json["step"]["data"]["invited"] = json!("ana@partner.example"));
            }
        }),
    },
    Defect {
        // The inviter is told that the mail was opened, and so is everybody.
        case: "redeem.link-is-safe",
        wrong: Wrong::Answers(|asked, answer, memory| {
            if asked.is(&Method::GET, "/i/") {
                memory.count("opened");
            } else if answer.is_step("invitation") && memory.counted("opened") > 0 {
                answer.edit(|json| json["step"]["data"]["message"] = json!("Seen."));
            }
        }),
    },
    Defect {
        case: "redeem.decline-needs-proof",
        wrong: Wrong::Answers(|asked, answer, memory| {
            if asked.action() == "decline" {
                memory.count("declined");
            } else if answer.is_step("invitation") && memory.counted("declined") > 0 {
                answer.edit(|json| json["step"]["data"]["message"] = json!("Declined."));
            }
        }),
    },
    Defect {
        case: "redeem.wrong-code",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.json()["values"]["code"] == GUESS && answer.is_of("redeem") {
                answer.edit(|json| json["messages"][0]["code"] = json!("code_expired"));
            }
        }),
    },
    Defect {
        case: "redeem.code-of-another-flow",
        wrong: Wrong::Answers(|asked, answer, _| {
            let code = asked.json()["values"]["code"].as_str().unwrap_or_default().to_owned();
            if code.len() == 8 && code != GUESS && answer.is_of("sign-in") && answer.is_step("email_code") {
                answer.edit(|json| done(json, "/apps"));
            }
        }),
    },
    Defect {
        case: "redeem.right-code",
        wrong: Wrong::Answers(|asked, answer, memory| {
            if answer.is_step("email_code") && answer.is_of("redeem") {
                memory.keep("step", &answer.body);
            } else if asked.action() == "verify" && answer.is_step("consent") && answer.is_of("redeem") {
                answer.body = memory.kept("step").unwrap();
            }
        }),
    },
    Defect {
        case: "redeem.done",
        wrong: Wrong::Answers(|asked, answer, memory| lose_session(asked, answer, memory, 1)),
    },
    Defect {
        case: "redeem.redirect",
        wrong: Wrong::Answers(|_, answer, _| {
            if answer.is_step("done") && answer.is_of("redeem") {
                answer.edit(|json| json["step"]["data"]["redirect"] = json!("//evil.example/apps"));
            }
        }),
    },
    Defect {
        case: "redeem.session-cookie",
        wrong: Wrong::Answers(|_, answer, _| {
            if answer.is_step("done") && answer.is_of("redeem") {
                answer.edit_cookies(|cookie| cookie.replace("; SameSite=Strict", "; SameSite=None"));
            }
        }),
    },
    Defect {
        case: "consent.values",
        wrong: Wrong::Answers(|_, answer, _| {
            if answer.is_step("consent") && answer.is_of("redeem") {
                answer.edit(|json| json["step"]["data"]["account"] = json!("someone@else.example"));
            }
        }),
    },
    Defect {
        case: "consent.permissions",
        wrong: Wrong::Answers(|_, answer, _| {
            if answer.is_step("consent") && answer.is_of("redeem") {
                answer.edit(|json| json["step"]["data"]["permissions"] = json!([]));
            }
        }),
    },
    Defect {
        case: "consent.refusal",
        wrong: Wrong::Answers(|asked, answer, memory| {
            if asked.action() == "cancel" {
                memory.count("refused");
            } else if asked.is(&Method::GET, "/api/v1/session") && memory.counted("refused") == 1 {
                memory.count("refused");
                answer.succeed(&json!({}));
            }
        }),
    },
    Defect {
        case: "consent.recorded",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.is(&Method::GET, "/api/v1/me/consents") && answer.status == 200 {
                answer.edit(|json| {
                    for item in json["items"].as_array_mut().unwrap() {
                        item["shared"] = json!([]);
                    }
                });
            }
        }),
    },
    Defect {
        case: "sign-in.done",
        wrong: Wrong::Answers(|asked, answer, memory| lose_session(asked, answer, memory, 2)),
    },
    Defect {
        case: "sign-in.return-to",
        wrong: Wrong::Answers(|_, answer, _| {
            if answer.is_step("done") && answer.is_of("sign-in") {
                answer.edit(|json| json["step"]["data"]["redirect"] = json!("https://evil.example/take"));
            }
        }),
    },
    Defect { case: "sign-in.new-session", wrong: Wrong::Both(know_planted, keep_planted) },
];

fn done(json: &mut Value, redirect: &str) {
    json["step"] = json!({ "type": "done", "data": { "redirect": redirect, "kind": "panel" } });
    json["actions"] = json!([]);
}

/// Says once that nobody is signed in.
fn lose_session(asked: &Asked, answer: &mut Answer, memory: &Memory, time: usize) {
    if asked.is(&Method::GET, "/api/v1/session") && answer.status == 200 && memory.count("sessions") == time {
        answer.refuse(ProblemCode::Unauthenticated);
    }
}

/// Makes the value that the browser had before the sign-in the session's.
fn keep_planted(asked: &Asked, answer: &mut Answer, memory: &Memory) {
    let planted = cookies(asked).into_iter().find(|(name, _)| name.contains("-flow-"));
    let Some((_, planted)) = planted.filter(|_| answer.is_step("done") && answer.is_of("sign-in")) else {
        return;
    };
    let real = answer.headers.get(SET_COOKIE).unwrap().to_str().unwrap();
    let real = real.split(['=', ';']).nth(1).unwrap().to_owned();
    answer.edit_cookies(|cookie| cookie.replace(&real, &planted));
    memory.keep(&planted, &real);
}

/// Takes such a value for the session that it has become.
fn know_planted(asked: &mut Asked, memory: &Memory) {
    let known = cookies(asked).into_iter().find(|(name, _)| name.contains("session"));
    if let Some((fake, real)) = known.and_then(|(_, value)| Some((value.clone(), memory.kept(&value)?))) {
        let cookie = asked.header("cookie").replace(&format!("session={fake}"), &format!("session={real}"));
        asked.set("cookie", &cookie);
    }
}
