//! Text stays text.

use super::escape;

#[test]
fn s74_text_cannot_leave_its_place() {
    assert_eq!(
        escape(r#"<b onclick='x' y="z">&amp;"#),
        "&lt;b onclick=&#39;x&#39; y=&quot;z&quot;&gt;&amp;amp;"
    );
    assert_eq!(escape("a\0b"), "a\u{fffd}b");
    assert_eq!(escape("Zoë • 漢字 \u{202e}"), "Zoë • 漢字 \u{202e}");
}
