//! `send`, `resend` and `verify`: the code.

use vestibule_contract::message::{Message, MessageCode, Severity};
use vestibule_domain::account::Account;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::code::{Code, CodeVerdict, check};
use vestibule_domain::limit::{Rate, Retry};
use vestibule_domain::time::Timestamp;
use vestibule_storage::codes::{self, StoredCode};
use vestibule_storage::{StoreError, limits};

use super::Values;
use crate::flows::sending::limit_key;
use crate::flows::state::{Goal, Stage};
use crate::flows::walk::{Invalid, Moved, Walk, WalkError};

/// Sends the first or another code.
pub(super) async fn send(walk: &mut Walk<'_>) -> Moved {
    let Stage::EmailCode { address, sent } = walk.state.stage.clone() else {
        return Ok(Ok(()));
    };
    if let Some(early) = sent.filter(|sent| sent.resend_at > walk.now) {
        walk.say(
            Message::new(MessageCode::SendLimited, Severity::Warning, "No more codes for now.")
                .with("retry_at", early.resend_at.to_rfc3339()),
        );
        return Ok(Ok(()));
    }
    match walk.state.goal {
        Goal::Redeem | Goal::Decline | Goal::Link => walk.send_code(address.clone(), Some(address)).await?,
        Goal::SignIn | Goal::SignUp => walk.send_to_typed(address).await?,
    }
    Ok(Ok(()))
}

/// Checks a code. The attempt is spent before anything is compared (T15).
pub(super) async fn verify(walk: &mut Walk<'_>, values: &Values) -> Moved {
    let Stage::EmailCode { address, sent: Some(sent) } = walk.state.stage.clone() else {
        return Ok(Ok(()));
    };
    let digits = walk.app.config.code.digits;
    let typed = values.get("code").map(String::as_str).unwrap_or_default();
    if typed.trim().is_empty() {
        return Ok(Err(Invalid::field(MessageCode::ValueRequired, "code", "Enter the code from the mail.")));
    }
    let Ok(code) = Code::read_typed(typed, digits) else {
        let message =
            Message::new(MessageCode::CodeFormat, Severity::Error, format!("The code has {digits} digits."));
        return Ok(Err(Invalid(vec![message.about("code").with("digits", digits)])));
    };
    let Some(stored) = codes::find(walk.connection, &walk.flow, &sent.id).await? else {
        run_out(walk);
        return Ok(Ok(()));
    };
    // A code that is over is compared with nothing, and so costs the address nothing: who holds an old one cannot keep
    // its owner from trying the new one.
    let dead = check(stored.state, stored.attempts_left, stored.expires_at, walk.now, false);
    let budgets = budgets(walk, &address, matches!(dead, CodeVerdict::Wrong { .. }));
    if let Err(retry_at) = admit_attempt(walk, &address, &budgets).await? {
        walk.say(
            Message::new(
                MessageCode::TooManyAttempts,
                Severity::Error,
                "Too many attempts. Wait, then try again.",
            )
            .with("retry_at", retry_at.to_rfc3339()),
        );
        return Ok(Ok(()));
    }
    match judge(walk, &address, &stored, &code).await? {
        CodeVerdict::Right => {
            let key = failures_key(&address);
            limits::clear_failures(walk.connection, &key).await?;
            proven(walk, address).await?;
        }
        CodeVerdict::Wrong { attempts_left: 0 } => {
            count_failure(walk, &address).await?;
            used_up(walk);
        }
        CodeVerdict::Exhausted => used_up(walk),
        CodeVerdict::Wrong { attempts_left } => {
            count_failure(walk, &address).await?;
            let text = format!("That code is not right. Tries left: {attempts_left}.");
            complain(walk, MessageCode::CodeWrong, &text, Some(attempts_left));
        }
        CodeVerdict::Expired | CodeVerdict::Superseded | CodeVerdict::Used => {
            run_out(walk);
        }
    }
    Ok(Ok(()))
}

fn used_up(walk: &mut Walk<'_>) {
    complain(walk, MessageCode::CodeUsedUp, "That code no longer works. Ask for a new one.", None);
}

fn run_out(walk: &mut Walk<'_>) {
    complain(walk, MessageCode::CodeExpired, "That code has run out. Ask for a new one.", None);
}

fn complain(walk: &mut Walk<'_>, code: MessageCode, text: &str, attempts_left: Option<u32>) {
    let message = Message::new(code, Severity::Error, text).about("code");
    walk.say(match attempts_left {
        Some(left) => message.with("attempts_left", left),
        None => message,
    });
}

/// Compares, after the attempt is spent.
async fn judge(
    walk: &mut Walk<'_>,
    address: &EmailAddress,
    stored: &StoredCode,
    code: &Code,
) -> Result<CodeVerdict, StoreError> {
    codes::spend_attempt(walk.connection, &walk.flow, &stored.id).await?;
    let matches = stored.hash.matches(&code.hash(&walk.app.keys.code, &walk.binding(address)));
    let verdict = check(stored.state, stored.attempts_left, stored.expires_at, walk.now, matches);
    if verdict == CodeVerdict::Right && !codes::burn(walk.connection, &walk.flow, &stored.id).await? {
        return Ok(CodeVerdict::Used);
    }
    Ok(verdict)
}

fn failures_key(address: &EmailAddress) -> String {
    limit_key(&["attempt", "address", address.key()])
}

/// One budget of attempts per address and per client, whichever flow they are made in (S93, S94).
fn budgets(walk: &Walk<'_>, address: &EmailAddress, is_compared: bool) -> Vec<(String, Rate)> {
    let policy = &walk.app.config.limits;
    let mut budgets = vec![(limit_key(&["attempt", "client", &walk.client]), policy.attempts_per_ip)];
    budgets.extend(is_compared.then(|| (failures_key(address), policy.attempts_per_address)));
    budgets
}

async fn admit_attempt(
    walk: &mut Walk<'_>,
    address: &EmailAddress,
    budgets: &[(String, Rate)],
) -> Result<Result<(), Timestamp>, StoreError> {
    let (failures, last) = limits::failures(walk.connection, &failures_key(address)).await?;
    let streak = walk.app.config.limits.consecutive_failures.admit(failures, last, walk.now);
    if let Err(Retry { at }) = streak {
        return Ok(Err(at));
    }
    let admitted = limits::admit_all(walk.connection, budgets, walk.now).await?;
    Ok(admitted.map_err(|(_, retry)| retry.at))
}

/// Counts a wrong code, and writes it down: a row of them is what an attack looks like afterwards (P5).
async fn count_failure(walk: &mut Walk<'_>, address: &EmailAddress) -> Result<(), StoreError> {
    limits::count_failure(walk.connection, &failures_key(address), walk.now).await?;
    // Who tried is what the code did not prove.
    let (subject, detail) =
        (format!("flow:{}", walk.flow), serde_json::json!({ "address": address.masked() }));
    walk.audit("anonymous", "code.refused", &subject, &detail).await
}

/// The mailbox is proven, and with it the identity of whoever came from a provider to prove it.
async fn proven(walk: &mut Walk<'_>, address: EmailAddress) -> Result<(), WalkError> {
    let account = match walk.state.federated.take() {
        // Of a provider that was taken away meanwhile only the mailbox is left (S53).
        Some(identity) if walk.is_believed(&identity).await? => Account { address, identity },
        Some(_) | None => Account::of_mailbox(address),
    };
    walk.is_proven(account).await
}
