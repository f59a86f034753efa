//! Sending to a mail server that says yes, no, later, nothing, or nonsense.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::secret::SecretString;
use vestibule_domain::time::Timestamp;

use super::SmtpTransport;
use crate::config::{Credentials, Smtp, SmtpTls};
use crate::mail::letter::tests::letter;
use crate::mail::message::{Origin, message};
use crate::mail::transport::SendError;

/// A mail server of one answer a command. It keeps what it was told.
struct Server {
    port: u16,
    heard: Arc<Mutex<String>>,
}

impl Server {
    /// `answer` gives the answer to a line, or nothing, and then the server says nothing.
    async fn start(answer: fn(&str) -> &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(String::new()));
        let kept = heard.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let kept = kept.clone();
                tokio::spawn(async move {
                    let mut stream = BufReader::new(stream);
                    let _ = stream.write_all(b"220 mail.example ESMTP\r\n").await;
                    let mut in_data = false;
                    let mut line = String::new();
                    while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
                        kept.lock().unwrap().push_str(&line);
                        let said = if in_data && line != ".\r\n" { "" } else { answer(line.trim_end()) };
                        in_data = (in_data || line == "DATA\r\n") && line != ".\r\n";
                        let _ = stream.write_all(said.as_bytes()).await;
                        line.clear();
                    }
                });
            }
        });
        Self { port, heard }
    }

    fn heard(&self) -> String {
        self.heard.lock().unwrap().clone()
    }

    async fn send(&self, tls: SmtpTls, credentials: Option<Credentials>) -> Result<(), SendError> {
        send(self.port, tls, credentials).await
    }
}

async fn send(port: u16, tls: SmtpTls, credentials: Option<Credentials>) -> Result<(), SendError> {
    let smtp = Smtp { host: "localhost".to_owned(), port, tls, credentials };
    let transport = SmtpTransport::new(&smtp, "guests.example").unwrap();
    let origin = Origin {
        address: EmailAddress::parse("guests@example.org").unwrap(),
        host: "guests.example".to_owned(),
    };
    let message = message(&origin, "0193", Timestamp(0), &letter("ana@partner.example")).unwrap();
    transport.send(&message).await
}

/// A server that takes everything.
fn yes(line: &str) -> &'static str {
    match line.split(' ').next().unwrap_or_default() {
        "EHLO" => "250-mail.example\r\n250 AUTH PLAIN\r\n",
        "DATA" => "354 go on\r\n",
        "AUTH" => "235 welcome\r\n",
        "QUIT" => "221 bye\r\n",
        _ => "250 ok\r\n",
    }
}

#[tokio::test]
async fn a_mail_is_handed_over() {
    let server = Server::start(yes).await;
    server.send(SmtpTls::None, None).await.unwrap();
    let heard = server.heard();
    assert!(heard.starts_with("EHLO guests.example\r\n"), "{heard}");
    assert!(
        heard.contains("MAIL FROM:<guests@example.org>") && heard.contains("RCPT TO:<ana@partner.example>")
    );
    assert!(heard.contains("Message-ID: <0193@guests.example>\r\n") && heard.contains("12345678"));
    assert_eq!(heard.matches("RCPT TO").count(), 1);
}

#[tokio::test]
async fn f05_only_a_final_answer_about_the_mail_is_final() {
    let permanent = |code: &str| SendError::Permanent(format!("the mail server answered {code}"));
    let transient = |code: &str| SendError::Transient(format!("the mail server answered {code}"));
    let refuse: fn(&str) -> &'static str = |line| {
        if line.starts_with("RCPT") { "550 5.1.1 <ana@partner.example> unknown\r\n" } else { yes(line) }
    };
    let greylist: fn(&str) -> &'static str =
        |line| if line.starts_with("RCPT") { "451 4.7.1 come back later\r\n" } else { yes(line) };
    let full: fn(&str) -> &'static str = |line| if line == "." { "452 4.3.1 full\r\n" } else { yes(line) };
    let content: fn(&str) -> &'static str = |line| if line == "." { "554 5.7.1 spam\r\n" } else { yes(line) };
    for (answer, expected) in [
        (refuse, permanent("550")),
        (greylist, transient("451")),
        (full, transient("452")),
        (content, permanent("554")),
    ] {
        let server = Server::start(answer).await;
        assert_eq!(server.send(SmtpTls::None, None).await, Err(expected));
    }
}

#[tokio::test]
async fn f05_a_wrong_password_keeps_the_mail() {
    let server =
        Server::start(|line| if line.starts_with("AUTH") { "535 5.7.8 no\r\n" } else { yes(line) }).await;
    let credentials =
        Credentials { username: "vestibule".to_owned(), password: SecretString::new("wrong".to_owned()) };
    let sent = server.send(SmtpTls::None, Some(credentials)).await;
    assert_eq!(sent, Err(SendError::Transient("the mail server answered 535".to_owned())));
}

#[tokio::test]
async fn f05_a_server_that_is_down_keeps_the_mail() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let sent = send(port, SmtpTls::None, None).await;
    assert_eq!(sent, Err(SendError::Transient("no connection to the mail server".to_owned())));
}

#[tokio::test(start_paused = true)]
async fn f05_a_tarpit_is_left() {
    let server = Server::start(|line| if line.starts_with("MAIL") { "" } else { yes(line) }).await;
    let sent = server.send(SmtpTls::None, None).await;
    assert_eq!(sent, Err(SendError::Transient("the mail server was too slow".to_owned())));
}

#[tokio::test]
async fn f05_without_the_protection_that_is_asked_for_nothing_is_said() {
    let no_starttls = Server::start(yes).await;
    let broken_tls = Server::start(|line| match line {
        "STARTTLS" => "220 go on\r\n500 this is no handshake\r\n",
        line if line.starts_with("EHLO") => "250-mail.example\r\n250 STARTTLS\r\n",
        line => yes(line),
    })
    .await;
    for (server, tls) in [
        (&no_starttls, SmtpTls::Required),
        (&broken_tls, SmtpTls::Required),
        (&no_starttls, SmtpTls::Wrapper),
    ] {
        let sent = server.send(tls, None).await;
        assert!(matches!(sent, Err(SendError::Transient(_))), "{sent:?}");
        assert!(!server.heard().contains("MAIL") && !server.heard().contains("12345678"));
    }
}

#[tokio::test]
async fn s112_what_a_server_says_is_not_repeated() {
    let server = Server::start(|line| {
        if line.starts_with("RCPT") { "550 5.1.1 <ana@partner.example> canary\r\n" } else { yes(line) }
    })
    .await;
    let error = server.send(SmtpTls::None, None).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("canary") && !shown.contains("ana@"), "{shown}");
}
