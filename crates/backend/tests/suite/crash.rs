//! The machine loses its power in the middle of many redemptions, again and again: what was answered is there, what
//! was not is whole or absent, and every invariant holds (P1, I1 to I9).

use std::collections::BTreeSet;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use serde_json::json;

use crate::program::{Caller, Place};

/// What a server said before it died.
enum Said {
    /// `201` for an invitation.
    Invited(String),
    /// The last step of its redemption.
    Redeemed(String),
}

/// Invites and redeems until the server is gone.
fn live(origin: &str, bearer: &str, name: &str, said: &Sender<Said>) {
    let walk = |number: usize| -> Option<()> {
        let address = format!("{name}-{number}@partner.example");
        let mut program = Caller::new(origin);
        program.bearer = Some(bearer.to_owned());
        let body = json!({
            "invitedUserEmailAddress": address, "inviteRedirectUrl": "/apps", "vestibule": { "apps": ["wiki"] },
        });
        let (status, invitation) = program.post("/v1.0/invitations", &body)?;
        assert_eq!(status, 201, "{invitation}");
        let id = invitation["id"].as_str()?.to_owned();
        said.send(Said::Invited(id.clone())).ok()?;
        let token = invitation["inviteRedeemUrl"].as_str()?.rsplit('/').next()?.to_owned();
        let mut guest = Caller::new(origin);
        let (_, card) = guest.post("/api/v1/flows", &json!({ "intent": "redeem", "invitation": token }))?;
        let sent = guest.act(&card, "continue", &json!({}))?;
        let code = guest.code_for(&address)?;
        let consent = guest.act(&sent, "verify", &json!({ "code": code }))?;
        let done = guest.act(&consent, "accept", &json!({}))?;
        assert_eq!(done["step"]["type"], "done", "{done}");
        said.send(Said::Redeemed(id)).ok()
    };
    let _ = (0..).try_for_each(walk);
}

#[test]
fn p1_a_kill_loses_nothing_that_was_answered_and_leaves_nothing_half_done() {
    let place = Place::new();
    let token = place.works(&[
        "token",
        "--organization",
        "contoso",
        "create",
        "--name",
        "t",
        "--scope",
        "invite",
        "--scope",
        "link",
    ]);
    let bearer = token.lines().next().unwrap();
    let (mut invited, mut redeemed) = (BTreeSet::new(), BTreeSet::new());
    for round in 0..5 {
        let server = place.serve();
        let (said, heard) = channel();
        thread::scope(|scope| {
            for worker in 0..4 {
                let (said, origin) = (said.clone(), &place.origin);
                scope.spawn(move || live(origin, bearer, &format!("r{round}-w{worker}"), &said));
            }
            drop(said);
            let mut server = Some(server);
            let mut answers = 0;
            for one in heard {
                match one {
                    Said::Invited(id) => invited.insert(id),
                    Said::Redeemed(id) => redeemed.insert(id),
                };
                answers += 1;
                // Another place in the work of the others each time.
                if answers >= 9 + round * 2 {
                    drop(server.take());
                }
            }
        });
        assert_eq!(place.works(&["check"]).trim(), "I1 to I9 hold", "after kill {round}");
    }
    assert!(redeemed.len() >= 10, "{} redeemed", redeemed.len());
    let list = place.works(&["invitations", "--organization", "contoso", "list", "--most", "10000"]);
    let state = |id: &str| {
        list.lines().find(|line| line.starts_with(id)).and_then(|line| line.split_whitespace().nth(1))
    };
    for id in &invited {
        assert!(state(id).is_some(), "{id} was answered with 201 and is gone");
    }
    for id in &redeemed {
        assert_eq!(state(id), Some("accepted"), "{id} was redeemed");
    }
}
