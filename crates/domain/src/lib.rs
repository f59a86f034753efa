//! The rules of the front door, as pure functions.
//!
//! Nothing here reads a clock, draws randomness, waits, or touches a database, a mail server or a browser. Time is a
//! [`Timestamp`](time::Timestamp) that is passed in, randomness an [`Entropy`](ports::Entropy), and what happened
//! before is passed in as plain values. So every rule can be tested at any moment and in any state, and the writer
//! can decide inside of the transaction that makes the decision true.
//!
//! In reading order:
//!
//! | what the rules are made of | |
//! |---|---|
//! | [`time`], [`duration`] | a moment, and a span as a configuration writes it |
//! | [`id`], [`named`] | identifiers; enums whose values have names |
//! | [`ports`], `testing` | clock and randomness, and their doubles for tests (feature `testing`) |
//! | [`secret`] | tokens, the master secret and the keys made from it |
//! | [`bound`] | a configured value that is out of bounds |
//!
//! | the rules | |
//! |---|---|
//! | [`address`] | which text is an e-mail address, and when two are one mailbox |
//! | [`account`] | who somebody is: a proven identity, and the address it acts under |
//! | [`code`] | one-time codes: made, read, hashed, judged |
//! | [`limit`] | how often something may be done |
//! | [`invitation`], [`redemption`] | the life of an invitation, and who may redeem it |
//! | [`provider`] | which identity provider fits a person, and what its word is worth |
//! | [`redirect`] | where a guest may be sent afterwards |
//! | [`message`] | text by one person in a mail to another |
//! | [`permission`] | who may invite, and guests of which domains |
//! | [`brand`] | an organization's look, and whether it can be read |
//! | [`session`] | how long a session lasts, and how sure we are of who is in it |
//! | [`audit`] | the chain of audit entries |
//!
//! Identifiers such as S93 or T05 name the security requirements and threats that a rule answers; a test that proves one
//! carries it in its name.

pub mod time;

pub mod duration;

pub mod id;

pub mod named;

pub mod ports;

#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub mod secret;

pub mod bound;

pub mod address;

pub mod account;

pub mod code;

pub mod limit;

pub mod invitation;

pub mod redemption;

pub mod provider;

pub mod redirect;

pub mod message;

pub mod permission;

pub mod brand;

pub mod session;
pub mod sign_up;

pub mod audit;
