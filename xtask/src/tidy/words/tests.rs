//! Missing and unused words are found.

use super::check;
use crate::tidy::source::Source;

fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

fn messages(words: &str, code: &[(&str, &str)]) -> Vec<String> {
    let mail = "crates/backend/src/mail";
    let mut sources = vec![source("public/locales/en.json", words)];
    sources.push(source(&format!("{mail}/words/en.json"), "{\"mail.hello\": \"x\"}"));
    sources.push(source(&format!("{mail}/compose.rs"), "fn f() { words.t(\"mail.hello\") }"));
    sources.extend(code.iter().map(|(path, text)| source(path, text)));
    check(&sources).iter().map(ToString::to_string).collect()
}

#[test]
fn a_key_without_words_is_found() {
    let found =
        messages("{}", &[("src/pages/a.rs", "fn f() {\n words.t(\"a.b\"); words.tf(\"a.c\", &[]); }")]);
    assert_eq!(
        found,
        [
            "src/pages/a.rs:2: the key `a.b` is not in public/locales/en.json",
            "src/pages/a.rs:2: the key `a.c` is not in public/locales/en.json"
        ]
    );
}

#[test]
fn words_that_only_tests_or_comments_name_are_unused() {
    let words = "{\n  \"a.b\": \"x\",\n  \"a.c\": \"y\"\n}";
    let code = [
        ("src/a.rs", "// \"a.b\"\nconst C: &str = \"a.c\";"),
        ("src/a/tests.rs", "const B: &str = \"a.b\";"),
    ];
    assert_eq!(messages(words, &code), ["public/locales/en.json:2: nothing uses `a.b`"]);
}

#[test]
fn keys_that_are_put_together_are_used_when_their_parts_are_known() {
    let words = "{\n\"stop.late.title\": \"x\",\n\"stop.gone.title\": \"y\",\n\"month.12\": \"z\",\n\"stop.too.late\": \"w\"\n}";
    let code = [
        (
            "src/a.rs",
            "fn f() { t(&[\"stop.\", reason, \".title\"].concat()); t(&[\"month.\", n].concat()); }",
        ),
        ("crates/contract/src/a.rs", "const LATE: &str = \"late\";\nconst WHOLE: &str = \"too.late\";"),
    ];
    assert_eq!(messages(words, &code), ["public/locales/en.json:3: nothing uses `stop.gone.title`"]);
}

#[test]
fn a_key_with_an_ending_is_used_when_both_are_known() {
    let words = r#"{"a.b": "x", "a.b.short": "y"}"#;
    let with = [("src/a.rs", "fn f() { let key = \"a.b\"; t(&[key, \".short\"].concat()); }")];
    assert!(messages(words, &with).is_empty());
    let formatted = [("src/a.rs", "fn f() { let key = \"a.b\"; t(&format!(\"{key}.short\")); }")];
    assert!(messages(words, &formatted).is_empty());
    assert_eq!(messages(words, &[("src/a.rs", "fn f() { t(\"a.b\"); }")]).len(), 1);
}

#[test]
fn forms_by_number_belong_to_one_key() {
    let words = r#"{"a.tries.one": "one try", "a.tries.other": "{count} tries"}"#;
    assert!(messages(words, &[("src/a.rs", "fn f() { tf(\"a.tries\", 3); }")]).is_empty());
}

#[test]
fn broken_or_missing_words_are_found() {
    assert_eq!(messages("{\"a\": {}}", &[]).len(), 1);
    assert_eq!(check(&[]).len(), 2);
}

#[test]
fn mail_and_page_do_not_share_words() {
    let page = [("src/a.rs", "fn f() { t(\"mail.hello\") }")];
    assert_eq!(messages("{}", &page), ["src/a.rs:1: the key `mail.hello` is not in public/locales/en.json"]);
    let mail = [("crates/backend/src/mail/code.rs", "fn f() { t(\"a.b\") }")];
    assert_eq!(
        messages("{\n\"a.b\": \"x\"}", &mail),
        [
            "public/locales/en.json:2: nothing uses `a.b`",
            "crates/backend/src/mail/code.rs:1: the key `a.b` is not in crates/backend/src/mail/words/en.json"
        ]
    );
}
