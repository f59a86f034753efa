//! The decision over every combination of facts, and the stories that it tells.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{Decision, Facts, RedemptionMode, Refusal, decide};
use crate::{address::EmailAddress, invitation::Status};

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// Calls `check` with each of the 5,760 combinations: five statuses, two modes, nine pairs of identities out of none,
/// the invited and another, and six more facts.
fn for_every_combination(mut check: impl FnMut(&Facts<'_>)) {
    let (invited, other) = (address("invited@x.example"), address("other@x.example"));
    let identities = [None, Some(&invited), Some(&other)];
    for &status in Status::ALL {
        for &mode in RedemptionMode::ALL {
            for proven in identities {
                for session in identities {
                    for bits in 0..64_u32 {
                        let bit = |index: u32| bits & (1 << index) != 0;
                        check(&Facts {
                            status,
                            superseded_link: bit(0),
                            invited: &invited,
                            proven,
                            session,
                            mode,
                            domain_admitted: bit(1),
                            guest_disabled: bit(2),
                            redeemed_by_same: bit(3),
                            consented: bit(4),
                            wrong_account_accepted: bit(5),
                        });
                    }
                }
            }
        }
    }
}

/// The table, first row that fits: the same rules as prose would have them, in another form than the code.
fn table(facts: &Facts<'_>) -> Decision {
    use Decision::{AlreadyMine, AskConsent, ProveMailbox, Redeem, Refused, WrongAccount};

    let person = if facts.proven.is_some() { facts.proven } else { facts.session };
    let known = person.is_some();
    let open = facts.mode == RedemptionMode::Open;
    let accepted = facts.status == Status::Accepted;
    let invited = person == Some(facts.invited);
    let right = invited || (known && open && facts.wrong_account_accepted);
    let account = person.unwrap_or(facts.invited).clone();
    let rows = [
        (facts.superseded_link, Refused(Refusal::Replaced)),
        (facts.status == Status::Revoked, Refused(Refusal::Revoked)),
        (facts.status == Status::Declined, Refused(Refusal::Declined)),
        (facts.status == Status::Expired, Refused(Refusal::Expired)),
        (accepted && !known, Refused(Refusal::Used)),
        (accepted && !facts.redeemed_by_same && !(facts.guest_disabled && invited), Refused(Refusal::Used)),
        (facts.guest_disabled, Refused(Refusal::Disabled)),
        (accepted, AlreadyMine),
        (!facts.domain_admitted, Refused(Refusal::DomainBlocked)),
        (!known, ProveMailbox),
        (!right, WrongAccount { may_continue: open }),
        (!facts.consented, AskConsent { account: account.clone() }),
        (true, Redeem { account }),
    ];
    rows.into_iter().find_map(|(fits, decision)| fits.then_some(decision)).unwrap()
}

#[test]
fn every_combination_follows_the_table() {
    let mut seen = 0;
    for_every_combination(|facts| {
        assert_eq!(decide(facts), table(facts), "{facts:?}");
        seen += 1;
    });
    assert_eq!(seen, 5 * 2 * 9 * 64);
}

#[test]
fn t03_in_strict_mode_only_the_invited_address_redeems() {
    for_every_combination(|facts| match decide(facts) {
        Decision::Redeem { account } | Decision::AskConsent { account } => {
            assert!(facts.mode == RedemptionMode::Open || account == *facts.invited, "{facts:?}");
        }
        Decision::ProveMailbox
        | Decision::WrongAccount { .. }
        | Decision::AlreadyMine
        | Decision::Refused(_) => {}
    });
}

#[test]
fn t13_t14_nobody_redeems_what_is_not_pending_or_without_consent() {
    for_every_combination(|facts| {
        if matches!(decide(facts), Decision::Redeem { .. }) {
            assert!(
                facts.status == Status::Pending && facts.consented && !facts.superseded_link,
                "{facts:?}"
            );
            assert!(facts.domain_admitted && !facts.guest_disabled, "{facts:?}");
        }
    });
}

/// A pending invitation that nobody has touched, in strict mode.
fn fresh(invited: &EmailAddress) -> Facts<'_> {
    Facts {
        status: Status::Pending,
        superseded_link: false,
        invited,
        proven: None,
        session: None,
        mode: RedemptionMode::Strict,
        domain_admitted: true,
        guest_disabled: false,
        redeemed_by_same: false,
        consented: false,
        wrong_account_accepted: false,
    }
}

#[test]
fn the_usual_walk() {
    let alice = address("alice@x.example");
    let start = fresh(&alice);
    assert_eq!(decide(&start), Decision::ProveMailbox);
    let proven = Facts { proven: Some(&alice), ..start };
    assert_eq!(decide(&proven), Decision::AskConsent { account: alice.clone() });
    let consented = Facts { consented: true, ..proven };
    assert_eq!(decide(&consented), Decision::Redeem { account: alice.clone() });
    let replay = Facts { status: Status::Accepted, redeemed_by_same: true, ..consented };
    assert_eq!(decide(&replay), Decision::AlreadyMine);
    let forwarded = Facts { status: Status::Accepted, ..fresh(&alice) };
    assert_eq!(decide(&forwarded), Decision::Refused(Refusal::Used));
}

#[test]
fn t04_somebody_else_signed_in_is_asked_and_a_proof_settles_it() {
    let (alice, bob) = (address("alice@x.example"), address("bob@x.example"));
    let strict =
        Facts { session: Some(&bob), consented: true, wrong_account_accepted: true, ..fresh(&alice) };
    assert_eq!(decide(&strict), Decision::WrongAccount { may_continue: false });
    let open = Facts { mode: RedemptionMode::Open, wrong_account_accepted: false, ..strict };
    assert_eq!(decide(&open), Decision::WrongAccount { may_continue: true });
    let goes_on = Facts { wrong_account_accepted: true, ..open };
    assert_eq!(decide(&goes_on), Decision::Redeem { account: bob.clone() });
    let proves = Facts { proven: Some(&alice), ..strict };
    assert_eq!(decide(&proves), Decision::Redeem { account: alice.clone() });
}

#[test]
fn t18_an_old_link_is_replaced_whatever_else_holds() {
    let alice = address("alice@x.example");
    for &status in Status::ALL {
        let facts = Facts { status, superseded_link: true, proven: Some(&alice), ..fresh(&alice) };
        assert_eq!(decide(&facts), Decision::Refused(Refusal::Replaced));
    }
}

#[test]
fn i7_a_disabled_guest_is_not_in_by_an_old_link() {
    let alice = address("alice@x.example");
    let back = Facts {
        status: Status::Accepted,
        redeemed_by_same: true,
        guest_disabled: true,
        proven: Some(&alice),
        ..fresh(&alice)
    };
    assert_eq!(decide(&back), Decision::Refused(Refusal::Disabled));
}
