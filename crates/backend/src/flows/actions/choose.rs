//! `choose` and `cancel`: the way to prove who one is.

use vestibule_contract::message::MessageCode;

use super::Values;
use crate::flows::offered::PROVIDER;
use crate::flows::state::{Stage, Way};
use crate::flows::walk::{Invalid, Moved, Walk};

/// Goes the chosen way.
pub(super) async fn choose(walk: &mut Walk<'_>, values: &Values) -> Moved {
    let chosen = values.get(PROVIDER).map(String::as_str).unwrap_or_default();
    let Stage::Choose { ways } = &walk.state.stage else { return Ok(Ok(())) };
    if !ways.iter().any(|way| way.id == chosen) {
        return Ok(Err(Invalid::field(MessageCode::ValueInvalid, PROVIDER, "Choose one of the ways.")));
    }
    // Whoever came from a provider before and chooses again does not mean that account.
    walk.state.forget_provider();
    if chosen == Way::EMAIL {
        match walk.invitation().await? {
            Some(invitation) => walk.send_to_invited(&invitation).await?,
            None => walk.go(Stage::Identify),
        }
        return Ok(Ok(()));
    }
    let chosen = chosen.to_owned();
    walk.federate(&chosen, None).await?;
    Ok(Ok(()))
}

/// Does not go to the provider after all.
pub(super) async fn cancel(walk: &mut Walk<'_>) -> Moved {
    walk.offer_ways().await?;
    Ok(Ok(()))
}
