//! Search and pages of the panel.

use vestibule_domain::time::Timestamp;
use vestibule_storage::apps::{App, Assignment};

use super::{Filter, PAGE, page};

fn shared(count: usize) -> Vec<(App, Assignment)> {
    (0..count)
        .map(|n| {
            let app = App {
                id: format!("app-{n:04}"),
                name: format!("App {n:04}"),
                description: (n == 7).then(|| "Fahrpläne".to_owned()),
                kind: "app".to_owned(),
                launch_url: "https://app.example/".to_owned(),
                owner_name: None,
                owner_email: None,
                collection: (n % 2 == 0).then(|| "Even".to_owned()),
            };
            let assignment = Assignment {
                app: app.id.clone(),
                user: "u".to_owned(),
                granted_by: "Mira".to_owned(),
                reason: None,
                since: Timestamp(0),
                until: None,
            };
            (app, assignment)
        })
        .collect()
}

#[test]
fn a_thousand_items_come_in_pages_without_loss() {
    let mut seen = Vec::new();
    let mut filter = Filter::default();
    loop {
        let page = page(shared(1_000), &filter);
        assert_eq!(page.total, 1_000);
        assert!(page.items.len() <= PAGE);
        seen.extend(page.items.into_iter().map(|item| item.id));
        filter.cursor = page.next_cursor;
        if filter.cursor.is_none() {
            break;
        }
    }
    seen.dedup();
    assert_eq!(seen.len(), 1_000);
}

#[test]
fn every_word_has_to_occur_in_any_case() {
    let find = |query: &str| {
        let filter = Filter { query: Some(query.to_owned()), ..Filter::default() };
        page(shared(20), &filter).items.into_iter().map(|item| item.id).collect::<Vec<_>>()
    };
    assert_eq!(find("fahrPLÄNE"), ["app-0007"]);
    assert_eq!(find("app 0003"), ["app-0003"]);
    assert_eq!(find("even 0004"), ["app-0004"]);
    assert!(find("nothing").is_empty());
}

#[test]
fn a_cursor_that_is_gone_starts_anew() {
    let filter = Filter { cursor: Some("gone".to_owned()), ..Filter::default() };
    assert_eq!(page(shared(3), &filter).items.len(), 3);
}
