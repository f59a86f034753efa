//! Whole walks: from the invitation, the sign-in or the sign-up to the end, with a look at every side way that changes nothing.
//!
//! A walk is made once and looked at by many cases. It goes on by what each step offers, not by an order of its own, and
//! keeps every step. Where it cannot go on it stops and says why.

mod sign_up;

pub use sign_up::{Joined, Skip};
pub(crate) use sign_up::{await_decision, join, to_form};

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::case::Stop;
use crate::http::{Browser, Exchange, SecretKind};
use crate::kit::Kit;
use crate::step::Document;

/// Steps after which a walk counts as going in circles.
const LONGEST: usize = 24;

/// How long a walk waits before it asks again, where the backend asks somebody.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

/// Where a finished sign-in is asked to go, which no backend may do.
pub(crate) const FOREIGN: &str = "https://evil.example/take";

/// One action, and what came of it.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The step at which it was taken.
    pub before: Document,
    /// The action.
    pub action: String,
    /// The answer.
    pub answer: Arc<Exchange>,
}

/// A walk that was made.
pub struct Walk {
    /// The browser, signed in when the walk has ended well.
    pub browser: Browser,
    /// The first document.
    pub first: Option<Document>,
    /// Actions in order.
    pub taken: Vec<Taken>,
    /// Answer of `GET {session}` between saying no to the consent and saying yes.
    pub session_after_refusal: Option<Arc<Exchange>>,
    /// The code from the mail, once there was one.
    pub right_code: Option<String>,
    /// Answer to the code in a flow that it was not sent for, before it was used.
    pub in_another_flow: Option<Arc<Exchange>>,
    /// Attempts to leave a step out, made before what the step asks was done.
    pub skips: Vec<Skip>,
    /// What was sent for fields that the form has not; each value of it.
    pub unasked: Option<String>,
    /// Why it did not go on; the end of a whole walk is `done`, or where somebody has to decide.
    stopped: Option<Stop>,
}

impl Walk {
    /// A walk of a browser that has not gone anywhere.
    fn of(browser: Browser) -> Self {
        Self {
            browser,
            first: None,
            taken: Vec::new(),
            session_after_refusal: None,
            right_code: None,
            in_another_flow: None,
            skips: Vec::new(),
            unasked: None,
            stopped: None,
        }
    }

    /// The document at which the walk stands, or has stopped.
    pub(crate) fn last(&self) -> Option<Document> {
        self.taken.iter().rev().find_map(|taken| Document::of(&taken.answer)).or_else(|| self.first.clone())
    }

    /// The final document.
    pub(crate) fn done(&self) -> Result<Document, Stop> {
        self.last().filter(|last| last.kind() == "done").ok_or_else(|| Stop::skip(self.whereabouts()))
    }

    /// The answers to an action at a type of step.
    pub(crate) fn answers(&self, kind: &str, action: &str) -> Vec<&Taken> {
        self.taken.iter().filter(|taken| taken.before.kind() == kind && taken.action == action).collect()
    }

    /// The first document of a type.
    pub(crate) fn first_of(&self, kind: &str) -> Result<Document, Stop> {
        let steps = self.taken.iter().filter(|taken| taken.answer.status == 200);
        let all = self.first.iter().cloned().chain(steps.filter_map(|taken| Document::of(&taken.answer)));
        all.into_iter()
            .find(|document| document.kind() == kind)
            .ok_or_else(|| Stop::skip(format!("needs a step `{kind}`; {}", self.whereabouts())))
    }

    /// Where the walk has come to, in words.
    pub(crate) fn whereabouts(&self) -> String {
        let last = self.last();
        let kind = last.as_ref().map_or("nothing", Document::kind);
        match &self.stopped {
            None => format!("the walk ended at `{kind}`"),
            Some(Stop::Skip(why) | Stop::Unreachable(why)) => format!("the walk stopped at `{kind}`: {why}"),
            Some(Stop::Fail(why)) => {
                format!("the walk stopped at `{kind}`: {} instead of {}", why.seen, why.expected)
            }
        }
    }
}

/// How a walk behaves where there is a choice.
#[derive(Clone, Copy, Default)]
struct Manner<'a> {
    /// What to type where an address is asked for.
    email: Option<&'a str>,
    /// Whose mail to read.
    mail_to: Option<&'a str>,
    /// Whether to guess the code first, and to try the right one where it does not belong.
    guessing: bool,
    /// Whether to say no first where there is a yes.
    reluctant: bool,
    /// Whether to try to leave steps out.
    skipping: bool,
    /// A type of step at which to stop.
    until: Option<&'static str>,
    /// What to send for fields that the form has not.
    unasked: Option<&'a str>,
}

/// Redeems the invitation: a wrong code before the right one, a no before the yes.
pub(crate) fn redeem(kit: &Kit, body: &Value) -> Walk {
    let mail_to = kit.options.invited.as_deref();
    make(kit, body, &Manner { email: mail_to, mail_to, guessing: true, reluctant: true, ..Manner::default() })
}

/// Signs in as somebody, asking to be sent somewhere foreign afterwards.
pub(crate) fn sign_in(kit: &Kit, address: &str) -> Walk {
    let mut body = kit.start_body("sign-in");
    body["return_to"] = json!(FOREIGN);
    make(kit, &body, &Manner { email: Some(address), mail_to: Some(address), ..Manner::default() })
}

fn make(kit: &Kit, body: &Value, manner: &Manner<'_>) -> Walk {
    let mut walk = Walk::of(kit.browser());
    walk.stopped = begin(kit, &mut walk, body, manner).err();
    walk
}

fn begin(kit: &Kit, walk: &mut Walk, body: &Value, manner: &Manner<'_>) -> Result<(), Stop> {
    let document = kit.start(&mut walk.browser, body)?;
    go(kit, walk, document, manner)
}

fn go(kit: &Kit, walk: &mut Walk, mut document: Document, manner: &Manner<'_>) -> Result<(), Stop> {
    walk.first = Some(document.clone());
    let mut mail_before = newest(kit, manner)?;
    for _ in 0..LONGEST {
        if matches!(document.kind(), "done" | "pending_approval") || Some(document.kind()) == manner.until {
            return Ok(());
        }
        if manner.skipping {
            sign_up::try_to_skip(kit, walk, &document)?;
        }
        let (action, values) = next(kit, walk, &document, manner, mail_before.as_deref())?;
        if matches!(action.as_str(), "continue" | "solve" | "send" | "resend") {
            mail_before = newest(kit, manner)?;
        }
        let body = document.submission(&action, &values);
        let answer = walk.browser.post(&kit.flow(document.id())?, &body)?;
        walk.taken.push(Taken { before: document, action, answer: answer.clone() });
        document = Document::of(&answer)
            .filter(|_| answer.status == 200)
            .ok_or_else(|| Stop::skip(format!("the last action gave {}", answer.summary())))?;
        if document.kind() == "blocked" && walk.session_after_refusal.is_none() {
            walk.session_after_refusal = Some(walk.browser.get(&kit.endpoint("session")?)?);
        }
    }
    Err(Stop::skip(format!("it did not end after {LONGEST} actions")))
}

fn newest(kit: &Kit, manner: &Manner<'_>) -> Result<Option<String>, Stop> {
    let Some(mailbox) = &kit.options.mailbox else { return Ok(None) };
    mailbox.newest(manner.mail_to).map_err(|error| Stop::skip(format!("{error:#}")))
}

/// What to do at a step.
fn next(
    kit: &Kit,
    walk: &mut Walk,
    at: &Document,
    manner: &Manner<'_>,
    mail_before: Option<&str>,
) -> Result<(String, Value), Stop> {
    let first_time = |action: &str| walk.answers(at.kind(), action).is_empty();
    let action = |name: &str, values: Value| Ok((name.to_owned(), values));
    match at.kind() {
        "identify" => match manner.email {
            Some(email) => action("continue", json!({ "email": email })),
            None => Err(Stop::skip("needs --invited, since the invitation asks for the address")),
        },
        "email_code" if at.data()["state"] == "ready" => action("send", json!({})),
        "email_code" => {
            if manner.guessing && first_time("verify") && kit.options.mailbox.is_some() {
                return action("verify", json!({ "code": wrong_code(at) }));
            }
            let code = read_code(kit, at, manner, mail_before)?;
            if manner.guessing {
                walk.in_another_flow = try_elsewhere(kit, &code).ok();
            }
            walk.right_code = Some(code.clone());
            action("verify", json!({ "code": code }))
        }
        "consent" if manner.reluctant && first_time("cancel") => action("cancel", json!({})),
        "consent" => action("accept", json!({})),
        "wrong_account" => action("switch", json!({})),
        "blocked" if at.offers("restart") && walk.answers("blocked", "restart").is_empty() => {
            action("restart", json!({}))
        }
        "blocked" => Err(Stop::skip(format!("it is blocked: {}", at.data()["reason"]))),
        "attributes" => match at.forward(manner.email.unwrap_or_default()) {
            Some((name, mut values)) => {
                walk.unasked = manner.unasked.map(str::to_owned);
                sign_up::add_unasked(&mut values, at, manner.unasked);
                action(name, values)
            }
            None => Err(Stop::skip("the suite does not know how to fill in this form")),
        },
        "challenge" => match at.solution(true) {
            Some(solution) => action("solve", json!({ "solution": solution })),
            None => Err(Stop::skip("the suite does not know how to solve this challenge")),
        },
        "checking" => {
            std::thread::sleep(BETWEEN_LOOKS);
            action("check", json!({}))
        }
        kind => match at.forward(manner.email.unwrap_or_default()) {
            Some((name, values)) => action(name, values),
            None => Err(Stop::skip(format!("the suite does not know how to go on at `{kind}`"))),
        },
    }
}

fn read_code(kit: &Kit, at: &Document, manner: &Manner<'_>, before: Option<&str>) -> Result<String, Stop> {
    let Some(mailbox) = &kit.options.mailbox else {
        return Err(Stop::skip("needs --mailbox-command or --inbox-url"));
    };
    let code = mailbox.code_after(before, manner.mail_to, digits(at));
    let code = code.map_err(|error| Stop::skip(format!("needs the code from the mail: {error:#}")))?;
    kit.log.secret(SecretKind::Code, &code);
    Ok(code)
}

/// Submits a code in a flow of somebody else.
fn try_elsewhere(kit: &Kit, code: &str) -> Result<Arc<Exchange>, Stop> {
    let (mut browser, document) = kit.fresh()?;
    let moved = browser.post(&kit.flow(document.id())?, &kit.step_on(&document)?)?;
    let at = Document::of(&moved).filter(|next| next.kind() == "email_code" && next.offers("verify"));
    let at = at.ok_or_else(|| Stop::skip("needs another flow with a code under way"))?;
    browser.post(&kit.flow(at.id())?, &at.submission("verify", &json!({ "code": code })))
}

/// How many digits a code has.
pub(crate) fn digits(at: &Document) -> usize {
    at.data()["digits"].as_u64().and_then(|digits| usize::try_from(digits).ok()).unwrap_or(8).clamp(1, 12)
}

/// A code that is most probably wrong.
pub(crate) fn wrong_code(at: &Document) -> String {
    "0123456789012".chars().take(digits(at)).collect()
}
