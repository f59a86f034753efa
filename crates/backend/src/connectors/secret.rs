//! Passwords and private keys for connectors: sealed in the database, told nobody but the connector.

use crate::seal::SealError;
use crate::state::App;

/// What they are sealed for; another sealed text does not open as one.
const PURPOSE: &str = "connector secret";

/// Seals a password or a private key for the database.
///
/// # Errors
/// When there is no randomness.
pub fn seal(app: &App, secret: &str) -> Result<String, SealError> {
    app.sealer.seal(app.entropy.as_ref(), PURPOSE, secret.as_bytes())
}

/// Opens a password or a private key.
///
/// # Errors
/// When the secret of this installation was changed.
pub fn open(app: &App, sealed: &str) -> Result<String, SealError> {
    String::from_utf8(app.sealer.open(PURPOSE, sealed)?).map_err(|_| SealError::Refused)
}
