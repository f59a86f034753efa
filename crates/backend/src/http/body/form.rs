//! Bodies of HTML forms.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Request};
use url::form_urlencoded;

use super::{read, require_type};
use crate::http::problem::ApiProblem;

/// Fields that may not come twice: what every form carries. Of the others, those with boxes come once for each that is
/// ticked; their values are joined by spaces, as the page with script sends them.
const ONCE: [&str; 6] = ["csrf", "action", "rev", "code", "email", "provider"];
/// More fields than any form of ours has.
const MOST_FIELDS: usize = 500;

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
        fields(&bytes, |name| !ONCE.contains(&name)).map(Self)
    }
}

/// The fields of a body; `repeats` says of a name whether it may come several times.
pub(super) fn fields(
    bytes: &[u8],
    repeats: impl Fn(&str) -> bool,
) -> Result<BTreeMap<String, String>, ApiProblem> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    for (count, (name, value)) in form_urlencoded::parse(bytes).enumerate() {
        if count >= MOST_FIELDS {
            return Err(ApiProblem::invalid_request("There are too many fields."));
        }
        match fields.get_mut(name.as_ref()) {
            None => {
                fields.insert(name.into_owned(), value.into_owned());
            }
            Some(known) if repeats(&name) => {
                known.push(' ');
                known.push_str(&value);
            }
            Some(_) => return Err(ApiProblem::invalid_request("A field was sent twice.")),
        }
    }
    Ok(fields)
}
