//! Fields from attributes.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;

fn flow(attributes: &str) -> UserFlow {
    serde_json::from_str(&format!(r#"{{ "id": "it", "name": "It", "attributes": [{attributes}] }}"#)).unwrap()
}

#[test]
fn a_field_has_the_words_of_the_language_and_the_autofill_of_its_meaning() {
    let flow = flow(
        r#"{ "id": "surname", "required": true },
        { "id": "tier", "kind": "radio", "label": "Tier", "hint": "See the contract.",
          "options": [{ "value": "1", "label": "Gold" }, { "value": "2", "label": "Silver" }],
          "texts": { "de": { "label": "Stufe", "options": { "2": "Silber" } } } }"#,
    );
    let known = BTreeMap::from([("surname".to_owned(), "Ruiz".to_owned())]);
    let [surname, tier] = &fields(&flow, "de-AT", &known)[..] else { panic!("two fields") };
    assert_eq!((surname.label.as_deref(), surname.autocomplete.as_deref()), (None, Some("family-name")));
    assert_eq!(
        (surname.value.as_deref(), surname.max_length, surname.required),
        (Some("Ruiz"), Some(64), true)
    );
    assert_eq!((tier.label.as_deref(), tier.hint.as_deref()), (Some("Stufe"), Some("See the contract.")));
    let labels: Vec<_> = tier.options.iter().map(|option| option.label.as_str()).collect();
    assert_eq!(labels, ["Gold", "Silber"]);
}

#[test]
fn every_country_can_be_chosen_and_is_stored_nowhere() {
    let country = &fields(&flow(r#"{ "id": "country", "required": true }"#), "en", &BTreeMap::new())[0];
    assert!(country.options.is_empty());
    let all = choices(country);
    assert_eq!(all.len(), 249);
    assert!(all.iter().any(|it| it.value == "PT" && it.label == "Portugal"));
    for (value, fits) in [("PT", true), ("XX", false), ("Portugal", false), ("", false)] {
        let values = Values::from([("country".to_owned(), value.to_owned())]);
        assert_eq!(wrong(std::slice::from_ref(country), &values).is_empty(), fits, "{value}");
    }
}

#[test]
fn s105_only_what_was_asked_is_taken() {
    let fields = fields(&flow(r#"{ "id": "city" }, { "id": "state" }"#), "en", &BTreeMap::new());
    let values = ["city", "state", "role", "userType", "emailVerified"];
    let values: Values = values.into_iter().map(|name| (name.to_owned(), " x ".to_owned())).collect();
    let taken = taken(&fields, &values);
    assert_eq!(
        taken.into_iter().collect::<Vec<_>>(),
        [("city".to_owned(), "x".to_owned()), ("state".to_owned(), "x".to_owned())]
    );
}
