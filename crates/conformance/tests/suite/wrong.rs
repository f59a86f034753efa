//! A backend that is wrong in one way: the reference backend behind a layer that spoils one thing.
//!
//! Each case of the suite has its defect here, and with it exactly that case fails: none that cannot fail, and none that
//! fails for something else's fault.

mod answers;
mod discovery;
mod flows;
mod guests;
mod mechanism;
mod pages;
mod panel;
mod sign_up;

use std::collections::BTreeSet;
use std::sync::Mutex;

use vestibule_conformance::cases;

pub(crate) use mechanism::{Answer, Asked, Defect, Memory, Wrong, tamper};

use crate::world::report;

fn defects() -> Vec<Defect> {
    [
        discovery::DEFECTS,
        flows::DEFECTS,
        guests::DEFECTS,
        sign_up::DEFECTS,
        pages::DEFECTS,
        panel::DEFECTS,
        answers::DEFECTS,
    ]
    .concat()
}

#[test]
fn every_case_has_a_defect() {
    let named: BTreeSet<&str> = defects().iter().map(|defect| defect.case).collect();
    let all: BTreeSet<&str> = cases::all().iter().map(|case| case.id).collect();
    assert_eq!(named, all);
}

#[test]
fn each_defect_fails_exactly_its_case() {
    // Runs wait for mail more than they compute, so a few go side by side.
    let queue = Mutex::new(defects());
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let Some(defect) = queue.lock().unwrap().pop() else { break };
                    let failures = report(Some(defect)).failures();
                    if failures != [defect.case] {
                        wrong.lock().unwrap().push(format!("{}: {failures:?} failed", defect.case));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
