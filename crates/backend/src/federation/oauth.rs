//! OAuth 2.0 servers that are no OpenID Providers, and yet tell who signed in: the way there (`begin`), and what comes back
//! (`answer`). Nobody signs what they say, so it is asked for at the place that the organization's file names, with a
//! token that we fetched ourselves.

pub(super) mod answer;
pub(super) mod begin;
mod client;
