//! A step document as cases read it: by its members, so that a document with one fault can still be looked at for
//! others.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use vestibule_contract::challenge::{ALGORITHM, solves};

use crate::form;
use crate::http::Exchange;

/// Bits of a challenge up to which it is solved.
const MOST_BITS: u32 = 24;

/// A step document, and the answer that it came in.
#[derive(Clone, Debug)]
pub struct Document {
    /// The document.
    pub json: Value,
    /// The answer.
    pub answer: Arc<Exchange>,
}

impl Document {
    /// The document that an answer is or carries.
    pub(crate) fn of(answer: &Arc<Exchange>) -> Option<Self> {
        answer.document().map(|json| Self { json, answer: answer.clone() })
    }

    /// The step's type.
    pub(crate) fn kind(&self) -> &str {
        self.json["step"]["type"].as_str().unwrap_or_default()
    }

    /// The step's data.
    pub(crate) fn data(&self) -> &Value {
        &self.json["step"]["data"]
    }

    /// The flow's id.
    pub(crate) fn id(&self) -> &str {
        self.json["flow"]["id"].as_str().unwrap_or_default()
    }

    /// The revision.
    pub(crate) fn rev(&self) -> u64 {
        self.json["flow"]["rev"].as_u64().unwrap_or_default()
    }

    /// The offered actions.
    pub(crate) fn actions(&self) -> &[Value] {
        self.json["actions"].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// Names of the offered actions.
    pub(crate) fn action_names(&self) -> Vec<&str> {
        self.actions().iter().filter_map(|action| action["name"].as_str()).collect()
    }

    /// Whether an action is offered.
    pub(crate) fn offers(&self, name: &str) -> bool {
        self.action_names().contains(&name)
    }

    /// Codes of the messages.
    pub(crate) fn message_codes(&self) -> Vec<&str> {
        let messages = self.json["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
        messages.iter().filter_map(|message| message["code"].as_str()).collect()
    }

    /// The body that takes an action at this revision.
    pub(crate) fn submission(&self, action: &str, values: &Value) -> Value {
        json!({ "rev": self.rev(), "action": action, "values": values })
    }

    /// A number that solves a challenge, or one that does not.
    pub(crate) fn solution(&self, right: bool) -> Option<String> {
        let salt = self.data()["salt"].as_str().filter(|_| self.data()["algorithm"] == ALGORITHM)?;
        let bits = u32::try_from(self.data()["bits"].as_u64()?).ok().filter(|bits| *bits <= MOST_BITS)?;
        (0..u32::MAX).map(|number| number.to_string()).find(|text| solves(salt, text, bits) == right)
    }

    /// An action that asks for something, with the name of a required field.
    pub(crate) fn demanding(&self) -> Option<(&str, &str)> {
        self.actions().iter().find_map(|action| {
            let required = fields(action).iter().find(|field| field["required"] == true)?;
            Some((action["name"].as_str()?, required["name"].as_str()?))
        })
    }

    /// An action that leads on, filled in as far as its fields' types tell how. `email` is what is typed as address.
    pub(crate) fn forward(&self, email: &str) -> Option<(&str, Value)> {
        let primary =
            self.actions().iter().find(|action| action["style"] == "primary").or(self.actions().first())?;
        let mut values = Map::new();
        for field in fields(primary) {
            let value = match field["type"].as_str().unwrap_or_default() {
                "email" => Some(email.to_owned()),
                "hidden" => Some(field["value"].as_str().unwrap_or_default().to_owned()),
                _ => form::admissible(field),
            };
            match value {
                Some(value) => values.insert(field["name"].as_str()?.to_owned(), Value::String(value)),
                None if field["required"] == true => return None,
                None => continue,
            };
        }
        Some((primary["name"].as_str()?, Value::Object(values)))
    }
}

/// The fields of an action.
pub(crate) fn fields(action: &Value) -> &[Value] {
    action["fields"].as_array().map(Vec::as_slice).unwrap_or_default()
}
