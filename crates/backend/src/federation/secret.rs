//! Client secrets at providers: sealed in the database, told nobody but the provider.

use crate::seal::SealError;
use crate::state::App;

/// What they are sealed for; another sealed text does not open as one.
const PURPOSE: &str = "provider secret";

/// What is stored of a provider cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoredProviderError {
    /// The description.
    #[error("the description of the provider: {0}")]
    Metadata(#[from] serde_json::Error),
    /// The client secret.
    #[error("the client secret of the provider: {0}")]
    Secret(#[from] SealError),
    /// An address that is stored, or that is made of the public URL.
    #[error("an address of the provider, or its callback, is none")]
    Address,
}

/// Seals a client secret for the database.
///
/// # Errors
/// When there is no randomness.
pub fn seal(app: &App, secret: &str) -> Result<String, SealError> {
    app.sealer.seal(app.entropy.as_ref(), PURPOSE, secret.as_bytes())
}

/// Opens a client secret.
///
/// # Errors
/// When the secret of this installation was changed.
pub fn open(app: &App, sealed: &str) -> Result<String, StoredProviderError> {
    String::from_utf8(app.sealer.open(PURPOSE, sealed)?)
        .map_err(|_| StoredProviderError::Secret(SealError::Refused))
}
