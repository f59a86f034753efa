//! `complete`: what an identity provider gave to the front-end itself.

use crate::flows::federation::vouched::Vouched;
use crate::flows::walk::{Moved, Walk};

/// Goes on as whoever the provider vouches for. Without anybody to ask, the provider was taken away meanwhile (S53).
pub(super) async fn complete(walk: &mut Walk<'_>, vouched: Option<Vouched>) -> Moved {
    match vouched {
        Some(vouched) => walk.vouched(vouched).await?,
        None => walk.provider_is_gone().await?,
    }
    Ok(Ok(()))
}
