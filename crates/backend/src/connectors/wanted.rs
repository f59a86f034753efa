//! What somebody wants of a connector: as a file or a call says it, before it was checked.

use serde::Deserialize;
use vestibule_domain::id::OrganizationId;
use vestibule_domain::secret::SecretString;
use vestibule_storage::connectors::OnFailure;

/// A connector as it is wanted.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Its id in the organization: a slug.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Where it is asked.
    pub target_url: String,
    /// HTTP Basic: the name.
    pub username: Option<String>,
    /// HTTP Basic: the password.
    pub password: Option<SecretString>,
    /// Client certificate, and those that lead from it to an authority: PEM.
    pub certificate: Option<String>,
    /// Its private key: PEM.
    pub private_key: Option<SecretString>,
    /// For how long an answer is waited for.
    #[serde(default = "twenty")]
    pub timeout_seconds: u32,
    /// What happens when there is no verdict.
    #[serde(default)]
    pub on_failure: OnFailure,
}

/// As long as Microsoft Entra waits.
fn twenty() -> u32 {
    20
}
