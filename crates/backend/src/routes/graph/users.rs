//! `/v1.0/users`: guests that an approval system makes itself, in Microsoft Graph's shape.

pub mod change;
pub mod create;
pub mod read;
mod request;
mod wire;
