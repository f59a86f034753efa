//! What the script in the worker calls: texts of JSON in and out, the name of a failure thrown.

use serde::Deserialize;
use vestibule_domain::provider::Failure;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fetch::fetch;
use crate::{Arrival, Client};

/// Begins a sign-in: a [`Client`] in, a [`crate::Departure`] out.
#[wasm_bindgen]
pub async fn begin(client: String) -> Result<String, JsError> {
    let departure = crate::begin(&fetch, &read::<Client>(&client)?).await.map_err(named)?;
    Ok(serde_json::to_string(&departure)?)
}

/// Finishes it: an [`Arrival`] in, the ID token out.
#[wasm_bindgen]
pub async fn finish(arrival: String) -> Result<String, JsError> {
    crate::finish(&fetch, read::<Arrival>(&arrival)?).await.map_err(named)
}

fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, JsError> {
    serde_json::from_str(json).map_err(|_| named(Failure::Malformed))
}

fn named(failure: Failure) -> JsError {
    JsError::new(failure.as_str())
}
