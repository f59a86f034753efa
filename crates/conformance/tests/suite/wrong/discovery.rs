//! What is wrong at the door: discovery, brand, and the start of a flow.

use axum::http::header::{CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderValue, Method};
use serde_json::{Value, json};

use super::mechanism::cookies;
use super::{Defect, Wrong};

const DISCOVERY: &str = "/.well-known/vestibule";
const BRAND: &str = "/api/v1/brand";

pub(crate) const DEFECTS: &[Defect] = &[
    Defect {
        case: "discovery.document",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.path == DISCOVERY && answer.status == 200 {
                answer.edit(|json| json["locales"] = json!("en"));
            }
        }),
    },
    Defect {
        case: "discovery.version",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.path == DISCOVERY && answer.status == 200 {
                answer.edit(|json| json["contract"] = json!("2.0"));
            }
        }),
    },
    Defect {
        case: "discovery.endpoints",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.starts() && asked.body == "{}" {
                answer.refuse(vestibule_contract::ProblemCode::NotFound);
            }
        }),
    },
    Defect {
        case: "discovery.cacheable",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.path == DISCOVERY {
                answer.headers.remove(ETAG);
            }
        }),
    },
    Defect {
        case: "discovery.profiles",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.path == DISCOVERY && answer.status == 200 {
                answer.edit(|json| json["profiles"].as_array_mut().unwrap().push(json!("levitation")));
            }
        }),
    },
    Defect {
        case: "brand.document",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.path.starts_with(BRAND) && answer.status == 200 {
                answer.edit(|json| json["radius"] = json!("12px"));
            }
        }),
    },
    Defect {
        case: "brand.contrast",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.path.starts_with(BRAND) && answer.status == 200 {
                answer.edit(|json| json["dark"]["on_accent"] = json!("#999999"));
            }
        }),
    },
    Defect {
        case: "brand.cacheable",
        wrong: Wrong::Reads(|asked, _| {
            if asked.path.starts_with(BRAND) {
                asked.headers.remove("if-none-match");
            }
        }),
    },
    Defect {
        case: "brand.unknown",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.path.starts_with(BRAND) && answer.status == 404 {
                answer.succeed(&json!({}));
            }
        }),
    },
    Defect {
        case: "start.created",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.starts() {
                answer.headers.remove(LOCATION);
            }
        }),
    },
    Defect {
        case: "start.media-type",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.starts() && answer.status == 201 {
                answer.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            }
        }),
    },
    Defect {
        case: "start.binding-cookie",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.starts() {
                answer.edit_cookies(|cookie| cookie.replace("; HttpOnly", ""));
            }
        }),
    },
    Defect {
        // Forgets the first flow as soon as a second one runs in the same browser.
        case: "start.own-flow",
        wrong: Wrong::Answers(|asked, answer, _| {
            let flows = cookies(asked).iter().filter(|(name, _)| name.contains("-flow-")).count();
            if asked.is(&Method::GET, "/api/v1/flows/") && flows > 1 {
                answer.refuse(vestibule_contract::ProblemCode::NotFound);
            }
        }),
    },
    Defect {
        case: "start.unknown-intent",
        wrong: Wrong::Reads(|asked, _| asked.body = asked.body.replace("take-over", "sign-in")),
    },
    Defect {
        case: "start.unknown-member",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.body.contains("x_of_tomorrow") {
                answer.succeed(&Value::Null);
            }
        }),
    },
    Defect {
        case: "start.capabilities",
        wrong: Wrong::Answers(|asked, answer, _| {
            if asked.body.contains("a-step-that-nobody-has") {
                answer.edit(|json| json["links"] = json!({}));
            }
        }),
    },
];
