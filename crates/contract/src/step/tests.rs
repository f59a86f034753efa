//! The wire form of a step, and what a newer backend may send.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{Done, DoneKind, Identify, Step};

#[test]
fn writes_type_and_data() {
    let step = Step::Done(Done { redirect: "/apps".into(), kind: DoneKind::Panel });
    let json = serde_json::to_string(&step).unwrap();
    assert_eq!(json, r#"{"type":"done","data":{"redirect":"/apps","kind":"panel"}}"#);
    assert_eq!(serde_json::from_str::<Step>(&json).unwrap(), step);
}

#[test]
fn missing_data_reads_as_empty() {
    assert_eq!(serde_json::from_str::<Step>(r#"{"type":"identify"}"#).unwrap(), Step::Identify(Identify {}));
}

#[test]
fn a_type_of_tomorrow_is_unknown_and_keeps_its_name() {
    let step: Step = serde_json::from_str(r#"{"type":"palm_reading","data":{"hand":[1,2]}}"#).unwrap();
    assert_eq!(step, Step::Unknown("palm_reading".into()));
}

#[test]
fn a_known_type_with_wrong_data_is_an_error_not_a_guess() {
    assert!(serde_json::from_str::<Step>(r#"{"type":"done","data":{"redirect":7}}"#).is_err());
    assert!(serde_json::from_str::<Step>(r#"{"type":"done"}"#).is_err());
}

#[test]
fn every_listed_type_is_one_that_reads_as_itself() {
    for kind in Step::TYPES {
        let read = serde_json::from_str::<Step>(&format!(r#"{{"type":"{kind}","data":{{}}}}"#));
        assert!(!matches!(read, Ok(Step::Unknown(_))), "{kind}");
    }
}
