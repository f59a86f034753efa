//! The breaker and the bulkhead, with a clock in hand.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use vestibule_domain::time::Timestamp;
use vestibule_storage::connectors::{Authentication, Connector, OnFailure};

use super::{AT_ONCE, Showed, Traffic};
use crate::connectors::answer::Failure;

const START: Timestamp = Timestamp(1_795_168_800_000);

fn connector(organization: &str, id: &str) -> Connector {
    Connector {
        organization: organization.to_owned(),
        id: id.to_owned(),
        name: id.to_owned(),
        target_url: "https://connector.example/".to_owned(),
        authentication: Authentication::Basic { username: "u".to_owned(), sealed_password: String::new() },
        timeout_seconds: 20,
        on_failure: OnFailure::Closed,
    }
}

fn after(seconds: u64) -> Timestamp {
    START.plus(Duration::from_secs(seconds))
}

fn fails(traffic: &Traffic, connector: &Connector, now: Timestamp) {
    traffic.enter(connector, now).unwrap().note(Showed::Nothing, now);
}

fn refused(traffic: &Traffic, connector: &Connector, now: Timestamp) -> Option<Failure> {
    traffic.enter(connector, now).err()
}

#[test]
fn t22_after_five_failures_in_a_row_a_connector_is_left_alone_for_thirty_seconds() {
    let (traffic, one) = (Traffic::default(), connector("contoso", "one"));
    for _ in 0..4 {
        fails(&traffic, &one, START);
    }
    traffic.enter(&one, START).unwrap().note(Showed::Life, START);
    for _ in 0..5 {
        assert_eq!(refused(&traffic, &one, START), None, "four, then one that worked, then four");
        fails(&traffic, &one, START);
    }
    assert_eq!(refused(&traffic, &one, START), Some(Failure::BreakerOpen));
    assert_eq!(refused(&traffic, &one, after(29)), Some(Failure::BreakerOpen));
    for other in [connector("contoso", "two"), connector("fabrikam", "one")] {
        assert_eq!(refused(&traffic, &other, START), None, "others are not concerned");
    }

    let permit = traffic.enter(&one, after(30)).unwrap();
    assert_eq!(refused(&traffic, &one, after(30)), Some(Failure::BreakerOpen), "one tries");
    permit.note(Showed::Nothing, after(31));
    assert_eq!(refused(&traffic, &one, after(60)), Some(Failure::BreakerOpen), "in vain: another pause");
    traffic.enter(&one, after(61)).unwrap().note(Showed::Life, after(61));
    for _ in 0..2 {
        assert_eq!(refused(&traffic, &one, after(61)), None, "it is back");
    }
}

#[test]
fn t22_faults_over_what_one_person_typed_count_once_and_an_outage_counts_always() {
    let (traffic, one) = (Traffic::default(), connector("contoso", "one"));
    let faults = |about: &str| traffic.enter(&one, START).unwrap().note(Showed::Fault(about), START);
    for _ in 0..20 {
        faults("eve@else.example");
    }
    for about in ["ana", "bob", "zoe"] {
        assert_eq!(refused(&traffic, &one, START), None);
        faults(about);
    }
    fails(&traffic, &one, START);
    assert_eq!(refused(&traffic, &one, START), Some(Failure::BreakerOpen), "five, of four people and nobody");
}

#[test]
fn t22_one_who_tries_and_never_tells_keeps_nobody_out() {
    let (traffic, one) = (Traffic::default(), connector("contoso", "one"));
    for _ in 0..5 {
        fails(&traffic, &one, START);
    }
    drop(traffic.enter(&one, after(30)).unwrap());
    assert_eq!(refused(&traffic, &one, after(59)), Some(Failure::BreakerOpen));
    assert_eq!(refused(&traffic, &one, after(60)), None);
}

#[test]
fn old_failures_are_forgotten() {
    let (traffic, one) = (Traffic::default(), connector("contoso", "one"));
    for _ in 0..4 {
        fails(&traffic, &one, START);
    }
    fails(&traffic, &connector("contoso", "two"), after(3_600));
    for _ in 0..4 {
        fails(&traffic, &one, after(3_600));
    }
    assert_eq!(refused(&traffic, &one, after(3_600)), None);
}

#[test]
fn t22_eight_at_once_for_an_organization_and_the_ninth_is_refused() {
    let traffic = Traffic::default();
    let of = |id: usize| connector("contoso", &format!("connector-{}", id % 3));
    let mut permits: Vec<_> = (0..AT_ONCE).map(|id| traffic.enter(&of(id), START).unwrap()).collect();
    assert_eq!(refused(&traffic, &of(0), START), Some(Failure::Busy));
    assert_eq!(refused(&traffic, &connector("fabrikam", "one"), START), None);
    drop(permits.pop());
    assert_eq!(refused(&traffic, &of(0), START), None);
}
