//! What is read of XML, and what is not.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;

#[test]
fn s59_a_document_is_bounded_before_it_is_parsed() {
    let deep = |levels: usize| format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
    assert!(parse(&deep(DEEPEST)).is_ok());
    for refused in [
        deep(DEEPEST + 1),
        deep(50_000),
        "<a>".repeat(80_000),
        format!("<a {}/>", "b='' ".repeat(2_000)),
        format!("<a>{}</a>", "<b xmlns:c='d'/>".repeat(MOST_DECLARATIONS + 1)),
        format!("<a>{}</a>", " ".repeat(LONGEST)),
        "<!DOCTYPE a><a/>".to_owned(),
        "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>".to_owned(),
    ] {
        assert_eq!(parse(&refused).err(), Some(Unreadable::Refused), "{}", &refused[..refused.len().min(80)]);
    }
    for malformed in
        ["", "<a>", "<a/><a/>", "a", "<a b='1' b='2'/>", "<a>&e;</a>", "<x:a/>", "<a", "<a b=\"<\"/>"]
    {
        assert_eq!(parse(malformed).err(), Some(Unreadable::Malformed), "{malformed}");
    }
    let wide = format!("<a>{}</a>", "<b/>".repeat(30_000));
    assert!(parse(&wide).is_err(), "more nodes than any answer has");
    // What looks like a tag and is none does not count.
    assert!(parse(&format!("<a b='{0}'><![CDATA[{0}]]></a>", "&lt;x>".repeat(100))).is_ok());
}

#[test]
fn s59_r39_what_readers_disagree_on_is_not_signed_text() {
    for refused in ["<a>x<!-- -->y</a>", "<!-- --><a/>", "<a/><!-- -->", "<a><?p?></a>", "<?p?><a/>"] {
        assert_eq!(parse_plain(refused).err(), Some(Unreadable::Refused), "{refused}");
        assert!(parse(refused).is_ok(), "metadata may say so");
    }
    assert!(parse_plain("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>").is_ok());
}

#[test]
fn r39_text_is_whole_or_none() {
    let whole = |xml: &str| text(Document::parse(xml).unwrap().root_element());
    assert_eq!(whole("<a>x<!-- -->y<?p?>z</a>").as_deref(), Some("xyz"));
    assert_eq!(whole("<a>x<![CDATA[y]]>z&amp;</a>").as_deref(), Some("xyz&"));
    assert_eq!(whole("<a/>").as_deref(), Some(""));
    assert_eq!(whole("<a>x<b/>y</a>"), None);
}
