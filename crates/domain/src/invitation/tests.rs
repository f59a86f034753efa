//! An invitation's life against a model: a table of what each status allows.

use core::time::Duration;

use proptest::prelude::*;

use super::{InvalidTransition, Invitation, InvitationState, Status};
use crate::time::Timestamp;

const LIFETIME: Duration = Duration::from_secs(100);

#[derive(Clone, Copy, Debug)]
enum Action {
    Accept,
    Decline,
    Revoke,
    Resend,
}

const ACTIONS: [Action; 4] = [Action::Accept, Action::Decline, Action::Revoke, Action::Resend];

fn act(invitation: Invitation, action: Action, now: Timestamp) -> Result<Invitation, InvalidTransition> {
    match action {
        Action::Accept => invitation.accept(now),
        Action::Decline => invitation.decline(now),
        Action::Revoke => invitation.revoke(now),
        Action::Resend => invitation.resend(now, LIFETIME),
    }
}

/// The model: which state each action leads to, from which status.
fn model(from: Status, action: Action) -> Option<InvitationState> {
    match (from, action) {
        (Status::Pending, Action::Accept) => Some(InvitationState::Accepted),
        (Status::Pending, Action::Decline) => Some(InvitationState::Declined),
        (Status::Pending | Status::Expired, Action::Revoke) => Some(InvitationState::Revoked),
        (Status::Pending | Status::Expired, Action::Resend) => Some(InvitationState::Pending),
        (Status::Expired, Action::Accept | Action::Decline)
        | (
            Status::Accepted | Status::Declined | Status::Revoked,
            Action::Accept | Action::Decline | Action::Revoke | Action::Resend,
        ) => None,
    }
}

fn pending() -> Invitation {
    Invitation { state: InvitationState::Pending, version: 1, expires_at: Timestamp(0).plus(LIFETIME) }
}

#[test]
fn t16_expiry_is_read_off_the_clock_at_use() {
    let end = pending().expires_at;
    assert_eq!(pending().status(end.minus(Duration::from_millis(1))), Status::Pending);
    assert_eq!(pending().status(end), Status::Expired);
    assert_eq!(pending().accept(end), Err(InvalidTransition { from: Status::Expired }));
}

#[test]
fn t16_who_comes_after_a_revocation_is_refused() {
    let now = Timestamp(5);
    let revoked = pending().revoke(now);
    assert_eq!(
        revoked.and_then(|invitation| invitation.accept(now)),
        Err(InvalidTransition { from: Status::Revoked })
    );
}

#[test]
fn t18_a_resend_begins_a_new_term_and_undoes_no_answer() {
    let late = Timestamp(0).plus(LIFETIME * 5);
    let again = Invitation { state: InvitationState::Pending, version: 2, expires_at: late.plus(LIFETIME) };
    assert_eq!(pending().resend(late, LIFETIME), Ok(again));
    let declined = pending().decline(Timestamp(1)).and_then(|invitation| invitation.resend(late, LIFETIME));
    assert_eq!(declined, Err(InvalidTransition { from: Status::Declined }));
}

proptest! {
    #[test]
    fn t13_every_walk_follows_the_model(
        walk in prop::collection::vec((0_usize..ACTIONS.len(), 0_u64..120), 1..12),
    ) {
        let mut invitation = pending();
        let mut now = Timestamp(0);
        for (action, wait) in walk {
            now = now.plus(Duration::from_secs(wait));
            let from = invitation.status(now);
            let outcome = act(invitation, ACTIONS[action], now);
            match model(from, ACTIONS[action]) {
                None => prop_assert_eq!(outcome, Err(InvalidTransition { from })),
                Some(state) => {
                    let expires_at = match ACTIONS[action] {
                        Action::Resend => now.plus(LIFETIME),
                        Action::Accept | Action::Decline | Action::Revoke => invitation.expires_at,
                    };
                    let expected = Invitation { state, version: invitation.version + 1, expires_at };
                    prop_assert_eq!(outcome, Ok(expected));
                    invitation = expected;
                }
            }
        }
    }

    #[test]
    fn p6_a_final_state_stays_whatever_the_clock_does(at in any::<i64>(), action in 0_usize..ACTIONS.len()) {
        let finals = [InvitationState::Accepted, InvitationState::Declined, InvitationState::Revoked];
        for state in finals {
            let invitation = Invitation { state, ..pending() };
            prop_assert!(act(invitation, ACTIONS[action], Timestamp(at)).is_err());
        }
    }
}
