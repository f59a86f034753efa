//! Who may redeem an invitation, and what stands between that person and the door.
//!
//! One function decides it from facts, so that the page, the form without script and the final transaction all ask the
//! same question. Nothing of the facts comes from the client: they are rows, and proofs made in this flow (T17).

#[cfg(test)]
mod tests;

use crate::{address::EmailAddress, invitation::Status, named::named};

named! {
    /// Whether only the invited mailbox may redeem (T03).
    #[derive(Default)]
    pub enum RedemptionMode {
        /// Only the invited address.
        #[default]
        Strict = "strict",
        /// Any proven address, after a clear question; both addresses are recorded.
        Open = "open",
    }
}

/// Everything that the decision rests on.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, read from the records")]
pub struct Facts<'a> {
    /// How the invitation stands now.
    pub status: Status,
    /// The link is of an earlier mail of this invitation.
    pub superseded_link: bool,
    /// The address that was invited.
    pub invited: &'a EmailAddress,
    /// The address whose mailbox was proven in this flow.
    pub proven: Option<&'a EmailAddress>,
    /// The address of the session that the browser came with.
    pub session: Option<&'a EmailAddress>,
    /// Whether only the invited mailbox may redeem.
    pub mode: RedemptionMode,
    /// The organization's domain policy admits the account that would redeem.
    pub domain_admitted: bool,
    /// The account that would redeem is disabled at the organization.
    pub guest_disabled: bool,
    /// The proven account, or else that of the session, is the one that has redeemed this invitation.
    pub redeemed_by_same: bool,
    /// The account that would redeem has accepted the consent step of this flow.
    pub consented: bool,
    /// The person chose to go on with an account other than the invited one. Counts in open mode only.
    pub wrong_account_accepted: bool,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The person proves to own the invited mailbox.
    ProveMailbox,
    /// The person is somebody else. The invitation stays as it is (T04).
    WrongAccount {
        /// Whether the person may go on as somebody else.
        may_continue: bool,
    },
    /// The person is asked for consent.
    AskConsent {
        /// As whom.
        account: EmailAddress,
    },
    /// Everything is there: the invitation is to be accepted.
    Redeem {
        /// By whom.
        account: EmailAddress,
    },
    /// The same person redeemed it before; the answer is the same as then (T13).
    AlreadyMine,
    /// It cannot be redeemed.
    Refused(Refusal),
}

named! {
    /// Why an invitation cannot be redeemed.
    pub enum Refusal {
        /// It was not used in time.
        Expired = "expired",
        /// The inviting side took it back.
        Revoked = "revoked",
        /// The invited person said no.
        Declined = "declined",
        /// A newer mail has the link that works (T18).
        Replaced = "replaced",
        /// Somebody redeemed it, and nothing shows that it was this person.
        Used = "used",
        /// The organization does not admit guests of this domain.
        DomainBlocked = "domain_blocked",
        /// The organization has disabled this guest.
        Disabled = "disabled",
    }
}

/// Decides what comes next for the person with this link.
///
/// What is wrong with the invitation goes first, then what is wrong with the guest, then who the person is. A guest
/// who is disabled gets no "you are in" for an old link either, and one who is in stays in when the domain policy
/// becomes stricter, as with Entra.
pub fn decide(facts: &Facts<'_>) -> Decision {
    if facts.superseded_link {
        return Decision::Refused(Refusal::Replaced);
    }
    match facts.status {
        Status::Revoked => Decision::Refused(Refusal::Revoked),
        Status::Declined => Decision::Refused(Refusal::Declined),
        Status::Expired => Decision::Refused(Refusal::Expired),
        Status::Accepted => decide_accepted(facts),
        Status::Pending if facts.guest_disabled => Decision::Refused(Refusal::Disabled),
        Status::Pending if !facts.domain_admitted => Decision::Refused(Refusal::DomainBlocked),
        Status::Pending => decide_pending(facts),
    }
}

fn decide_accepted(facts: &Facts<'_>) -> Decision {
    let Some(person) = person(facts) else {
        return Decision::Refused(Refusal::Used);
    };
    // That a guest was switched off is told to that guest alone.
    let concerned = facts.redeemed_by_same || person == facts.invited;
    if facts.guest_disabled && concerned {
        Decision::Refused(Refusal::Disabled)
    } else if !facts.redeemed_by_same {
        Decision::Refused(Refusal::Used)
    } else {
        Decision::AlreadyMine
    }
}

fn decide_pending(facts: &Facts<'_>) -> Decision {
    let Some(account) = person(facts) else {
        return Decision::ProveMailbox;
    };
    let may_continue = match facts.mode {
        RedemptionMode::Strict => false,
        RedemptionMode::Open => true,
    };
    if account != facts.invited && !(may_continue && facts.wrong_account_accepted) {
        return Decision::WrongAccount { may_continue };
    }
    let account = account.clone();
    if facts.consented { Decision::Redeem { account } } else { Decision::AskConsent { account } }
}

/// Who the person is. A proof made in this flow says more than the session the browser happened to have.
fn person<'a>(facts: &Facts<'a>) -> Option<&'a EmailAddress> {
    facts.proven.or(facts.session)
}
