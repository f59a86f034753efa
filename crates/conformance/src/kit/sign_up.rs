//! The walks of strangers that several cases look at.

use std::cell::OnceCell;

use serde_json::{Value, json};

use super::Kit;
use crate::case::Stop;
use crate::walk::{self, Joined, Walk};

/// Walks of strangers, each made when it is first asked for.
#[derive(Default)]
pub(super) struct SignUps {
    stranger: OnceCell<String>,
    form: OnceCell<Walk>,
    joined: OnceCell<Joined>,
    waiting: OnceCell<Walk>,
}

impl Kit {
    /// A body that starts a sign-up by a user flow.
    pub fn sign_up_body(&self, user_flow: &str) -> Value {
        let mut body = self.start_body("sign-up");
        body["user_flow"] = json!(user_flow);
        if let Some(organization) = &self.options.organization {
            body["organization"] = json!(organization);
        }
        body
    }

    /// Id of the user flow that lets strangers in.
    pub fn user_flow(&self) -> Result<&str, Stop> {
        self.options.user_flow.as_deref().ok_or_else(|| Stop::skip("needs --user-flow"))
    }

    /// The address of the one who becomes a guest.
    pub fn stranger(&self) -> &str {
        let given = || self.options.strangers.first().cloned();
        self.sign_up.stranger.get_or_init(|| given().unwrap_or_else(|| self.nobody()))
    }

    /// The walk of a stranger up to the form. What its browser does at the form without moving the flow is done there by
    /// cases.
    pub fn form(&self) -> Result<&Walk, Stop> {
        let body = self.sign_up_body(self.user_flow()?);
        self.needs_mailbox()?;
        Ok(self.sign_up.form.get_or_init(|| walk::to_form(self, &body, self.stranger())))
    }

    /// The rest of that walk, and those of the same address beside it and after it.
    pub fn joined(&self) -> Result<&Joined, Stop> {
        let form = self.form()?;
        let body = self.sign_up_body(self.user_flow()?);
        Ok(self.sign_up.joined.get_or_init(|| walk::join(self, &body, form, self.stranger())))
    }

    /// The walk of a stranger about whom somebody has to decide.
    pub fn waiting(&self) -> Result<&Walk, Stop> {
        let user_flow = self.options.approved_user_flow.as_deref();
        let body = self.sign_up_body(user_flow.ok_or_else(|| Stop::skip("needs --approved-user-flow"))?);
        self.needs_mailbox()?;
        let address = match self.options.strangers.as_slice() {
            [] => self.nobody(),
            [_] if self.options.user_flow.is_some() => return Err(Stop::skip("needs a second --stranger")),
            [.., last] => last.clone(),
        };
        Ok(self.sign_up.waiting.get_or_init(|| walk::await_decision(self, &body, &address)))
    }

    /// Skips a case where no mail can be read.
    pub(super) fn needs_mailbox(&self) -> Result<(), Stop> {
        match self.options.mailbox {
            Some(_) => Ok(()),
            None => Err(Stop::skip("needs --mailbox-command or --inbox-url")),
        }
    }
}
