//! A client certificate with its key in a PKCS#12 bundle, as Graph takes it.

use vestibule_contract::identity_provider::WriteOnly;
use vestibule_domain::secret::SecretString;

use crate::connectors::pkcs12::{Opened, Pkcs12Error, open as open_bundle};
use crate::connectors::save::tls_takes;
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::resource::wrong;
use crate::state::App;

/// Opens a bundle, beside what others wait for. `members` are those of bundle and password in the request.
pub(super) async fn open(
    app: &App,
    bundle: Option<WriteOnly>,
    password: Option<WriteOnly>,
    members: [&'static str; 2],
) -> Result<Opened, GraphProblem> {
    let [of_bundle, of_password] = members;
    let bundle = bundle.ok_or_else(|| wrong(of_bundle, "`pkcs12Value` is missing: the bundle in base64."))?;
    let password = password.ok_or_else(|| {
        wrong(of_password, "`password` is missing: where the bundle has none, give an empty text.")
    })?;
    let (now, password) = (app.now(), SecretString::new(password.0));
    let opened = tokio::task::spawn_blocking(move || open_bundle(&bundle.0, &password, now)).await;
    // A panic while it is read is a bundle that nobody can use.
    let opened = opened.unwrap_or(Err(Pkcs12Error::Unreadable));
    let opened = opened.map_err(|error| {
        let member = if error == Pkcs12Error::Password { of_password } else { of_bundle };
        wrong(member, format!("This certificate cannot be used: {error}"))
    })?;
    if !tls_takes(app, &opened.certificates, opened.private_key.reveal()) {
        let message = "TLS cannot use the certificate in `pkcs12Value` with its key: make new ones";
        return Err(wrong(of_bundle, format!("This certificate cannot be used: {message}")));
    }
    Ok(opened)
}
