//! What wasm-opt writes is read, and nothing else passes for it.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Names;

#[test]
fn names_are_read_and_the_module_is_one_of_them() {
    let names = Names::read("vestibule", "__wbg_abort_f8d1589eb0c65ee2 => b\nstart => c\n").unwrap();
    assert_eq!(
        names.table().unwrap(),
        r#"{"./vestibule_bg.js":"a","__wbg_abort_f8d1589eb0c65ee2":"b","start":"c"}"#
    );
    assert_eq!(names.pattern(), r"^(\./vestibule_bg\.js|__wbg_abort_f8d1589eb0c65ee2|start)$");
}

#[test]
fn other_text_is_refused() {
    assert!(Names::read("vestibule", "").is_err());
    assert!(Names::read("vestibule", "warning: nothing to do\n").is_err());
}
