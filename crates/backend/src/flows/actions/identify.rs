//! `continue` with an address: the sign-in's first step. Never tells whether the address is known (S97).

use vestibule_contract::message::MessageCode;
use vestibule_domain::address::EmailAddress;

use super::Values;
use crate::flows::walk::{Invalid, Moved, Walk};

/// Takes the address and goes its way; a code is sent to people who can come in, for others everything looks the same.
pub(super) async fn identify(walk: &mut Walk<'_>, values: &Values) -> Moved {
    let typed = values.get("email").map(|text| text.trim()).unwrap_or_default();
    if typed.is_empty() {
        return Ok(Err(Invalid::field(MessageCode::ValueRequired, "email", "Enter your e-mail address.")));
    }
    let address = match EmailAddress::parse(typed) {
        Ok(address) => address,
        Err(error) => {
            let (code, text) = if error.is_confusable() {
                (MessageCode::AddressConfusable, "This address mixes alphabets.")
            } else {
                (MessageCode::AddressInvalid, "This is not an e-mail address.")
            };
            return Ok(Err(Invalid::field(code, "email", text)));
        }
    };
    walk.go_by_address(address).await?;
    Ok(Ok(()))
}
