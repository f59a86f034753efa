//! Which addresses of a name are left.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use reqwest::dns::Resolve as _;

use super::{Guard, LookedUp, Names, Refused};

/// Addresses, as a name server gives them: one answer after another, and the last of them for ever.
#[derive(Clone, Debug)]
pub(crate) struct Scripted(Arc<Mutex<VecDeque<Vec<IpAddr>>>>);

impl Scripted {
    /// These answers.
    pub(crate) fn new(answers: &[&[&str]]) -> Self {
        let parsed = |answer: &&[&str]| answer.iter().map(|address| address.parse().unwrap()).collect();
        Self(Arc::new(Mutex::new(answers.iter().map(parsed).collect())))
    }
}

impl Names for Scripted {
    fn look_up(&self, _: &str) -> LookedUp {
        let mut answers = self.0.lock().unwrap();
        let answer =
            if answers.len() > 1 { answers.pop_front().unwrap() } else { answers.front().unwrap().clone() };
        Box::pin(async move { Ok(answer) })
    }
}

fn guard(internet: bool, answers: &[&[&str]]) -> Guard {
    let private = Arc::new(["10.1.0.0/16".parse().unwrap()]);
    Guard { names: Arc::new(Scripted::new(answers)), private, internet }
}

/// The addresses that a client may connect to; nothing when it is refused.
async fn left(guard: &Guard) -> Option<Vec<String>> {
    match guard.resolve("connector.example".parse().unwrap()).await {
        Ok(left) => Some(left.map(|address| address.ip().to_string()).collect()),
        Err(error) => {
            assert!(Refused::is_behind(error.as_ref()), "{error}");
            None
        }
    }
}

#[tokio::test]
async fn s117_t21_of_the_addresses_of_a_name_those_are_left_that_may_be_reached() {
    let answer: &[&str] = &[
        "127.0.0.1",
        "93.184.216.34",
        "10.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "::1",
        "2606:4700::1111",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.1.0.1",
        "0.0.0.0",
    ];
    let listed = ["10.1.2.3", "::ffff:10.1.0.1"];
    let all = ["93.184.216.34", "10.1.2.3", "2606:4700::1111", "::ffff:10.1.0.1"];
    assert_eq!(left(&guard(true, &[answer])).await.unwrap(), all);
    assert_eq!(left(&guard(false, &[answer])).await.unwrap(), listed, "without TLS");
    assert_eq!(left(&guard(true, &[&["127.0.0.1", "::1"]])).await, None);
    assert_eq!(left(&guard(true, &[&[]])).await, None);
}

#[tokio::test]
async fn s117_t21_a_name_with_two_answers_is_refused_at_the_second_that_leads_inside() {
    for inside in ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"] {
        let guard = guard(true, &[&["93.184.216.34"], &[inside]]);
        assert_eq!(left(&guard).await.unwrap(), ["93.184.216.34"]);
        assert_eq!(left(&guard).await, None, "{inside}");
    }
    let plain = guard(false, &[&["10.1.2.3"], &["93.184.216.34"]]);
    assert_eq!((left(&plain).await.unwrap(), left(&plain).await), (vec!["10.1.2.3".to_owned()], None));
}
