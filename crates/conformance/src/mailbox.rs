//! Reading the mail that the backend sends, by whatever the author has: a command, or an address that answers with it.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::Value;

#[cfg(test)]
mod tests;

/// How often the mailbox is looked at for one mail, and how long between two looks: 15 seconds in all.
const LOOKS: u32 = 150;
const BETWEEN: Duration = Duration::from_millis(100);

/// Longest mailbox that is read.
const LONGEST: u64 = 16 * 1024 * 1024;

/// Where mail is read.
#[derive(Clone, Debug)]
pub enum Mailbox {
    /// A shell command. `ADDRESS` in its environment is the address, empty for any; it prints the newest mail to it as
    /// text, or nothing.
    Command(String),
    /// An address; `{address}` in it is replaced. It answers with the newest mail as text, or with a JSON list of mails,
    /// newest first, with `to` (a text or a list) and `text`.
    Url(String),
}

impl Mailbox {
    /// The text of the newest mail to an address, or to anybody.
    pub fn newest(&self, address: Option<&str>) -> anyhow::Result<Option<String>> {
        let text = match self {
            Self::Command(command) => run(command, address)?,
            Self::Url(url) => fetch(url, address)?,
        };
        let newest = match serde_json::from_str::<Value>(&text) {
            Ok(Value::Array(mails)) => newest_of(&mails, address),
            Ok(_) | Err(_) => Some(text),
        };
        Ok(newest.filter(|text| !text.trim().is_empty()))
    }

    /// The code in a mail that is not the one `before`. Waits for it.
    pub fn code_after(
        &self,
        before: Option<&str>,
        address: Option<&str>,
        digits: usize,
    ) -> anyhow::Result<String> {
        for _ in 0..LOOKS {
            let newest = self.newest(address)?;
            let fresh = newest.as_deref().filter(|newest| before != Some(*newest));
            if let Some(code) = fresh.and_then(|text| code_in(text, digits)) {
                return Ok(code);
            }
            std::thread::sleep(BETWEEN);
        }
        bail!("no mail with a code of {digits} digits came")
    }
}

fn run(command: &str, address: Option<&str>) -> anyhow::Result<String> {
    let output =
        Command::new("sh").arg("-c").arg(command).env("ADDRESS", address.unwrap_or_default()).output();
    let output = output.context("running the mailbox command")?;
    if !output.status.success() {
        bail!("the mailbox command failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn fetch(url: &str, address: Option<&str>) -> anyhow::Result<String> {
    let encoded: String =
        url::form_urlencoded::byte_serialize(address.unwrap_or_default().as_bytes()).collect();
    let url = url.replace("{address}", &encoded);
    match ureq::get(&url).call() {
        Ok(mut answer) => Ok(answer.body_mut().with_config().limit(LONGEST).read_to_string()?),
        // Mail tools say so when there is no such mail yet.
        Err(ureq::Error::StatusCode(404)) => Ok(String::new()),
        Err(error) => Err(error).context("asking the inbox"),
    }
}

fn newest_of(mails: &[Value], address: Option<&str>) -> Option<String> {
    let is_to = |mail: &&Value| {
        address.is_none_or(|address| {
            mail["to"].to_string().to_ascii_lowercase().contains(&address.to_ascii_lowercase())
        })
    };
    mails.iter().find(is_to).and_then(|mail| mail["text"].as_str()).map(str::to_owned)
}

/// The code in a mail: a line with nothing but its digits, spaces and hyphens; else the first run of just as many
/// digits.
pub(crate) fn code_in(text: &str, digits: usize) -> Option<String> {
    let digits_of = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let bare = |line: &&str| line.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-');
    let on_a_line = text.lines().map(str::trim).filter(bare).map(digits_of).find(|code| code.len() == digits);
    on_a_line.or_else(|| {
        text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == digits).map(str::to_owned)
    })
}
