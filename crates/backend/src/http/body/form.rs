//! Bodies of HTML forms.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Request};
use url::form_urlencoded;

use super::{read, require_type};
use crate::http::problem::ApiProblem;

/// The one field that may come several times: one box each. Its values are joined by spaces, as the page without forms
/// sends them.
const REPEATED: &str = "apps";
/// More fields than any form of ours has.
const MOST_FIELDS: usize = 200;

/// A body of `application/x-www-form-urlencoded`: values by field name.
///
/// Refused as a problem: another media type (415), more than 64 KiB (413), too slow (408), a field twice or too many
/// fields (400).
#[derive(Clone, Debug)]
pub struct FormBody(pub BTreeMap<String, String>);

impl<S: Send + Sync> FromRequest<S> for FormBody {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        require_type(request.headers(), &["application/x-www-form-urlencoded"])?;
        let bytes = read(request.into_body()).await?;
        fields(&bytes).map(Self)
    }
}

pub(super) fn fields(bytes: &[u8]) -> Result<BTreeMap<String, String>, ApiProblem> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    for (count, (name, value)) in form_urlencoded::parse(bytes).enumerate() {
        if count >= MOST_FIELDS {
            return Err(ApiProblem::invalid_request("There are too many fields."));
        }
        match fields.get_mut(name.as_ref()) {
            None => {
                fields.insert(name.into_owned(), value.into_owned());
            }
            Some(known) if name == REPEATED => {
                known.push(' ');
                known.push_str(&value);
            }
            Some(_) => return Err(ApiProblem::invalid_request("A field was sent twice.")),
        }
    }
    Ok(fields)
}
