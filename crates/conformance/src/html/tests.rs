//! Forms as pages write them.

use super::{Button, forms};

const PAGE: &str = r#"<!doctype html><html><head><style>p > a { } </style><script>if (a<b) "<form>"</script></head>
<body><!-- <form action="/no"> --><form id=f METHOD='post' action="/?a=1&amp;b=2"><input type="hidden" name="csrf"
value="a&quot;b"><input name=email type="email" required/><button type="submit" name="action" value="continue"
class="primary">Go</button><button type="button" name="x">No</button></form>
<button form="f" name="action" value="back">Back</button><button name="action" value="stray">?</button>
<form><textarea name="t"></textarea></form>"#;

#[test]
fn forms_with_their_fields_and_buttons() {
    let found = forms(PAGE);
    assert_eq!(found.len(), 2);
    let form = &found[0];
    assert_eq!((form.method.as_str(), form.action.as_str()), ("post", "/?a=1&b=2"));
    let button = |value: &str| Button { name: "action".into(), value: value.into() };
    assert_eq!(form.buttons, [button("continue"), button("back")]);
    assert_eq!(found[1].method, "get");
}

#[test]
fn pressing_sends_what_a_browser_sends() {
    let fields = forms(PAGE)[0].press("continue", &[("email", "a@b.example")]);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(fields, [("csrf", "a\"b"), ("email", "a@b.example"), ("action", "continue")]);
}

#[test]
fn broken_markup_ends() {
    for html in ["<", "<form", "<form =", "<form a=\"", "<!-- ", "<form ='", "<input / / =>", "<ф=ж"] {
        forms(html);
    }
}
