//! Codes as people type, paste and dictate them.

use super::digits_in;

#[test]
fn s82_a_code_is_found_however_it_is_separated() {
    let written = [
        "12345678",
        "123 456 78",
        " 1234-5678 ",
        "12.34.56.78",
        "1234\u{a0}5678",
        "\u{200b}12345678\u{feff}",
        "1234\u{2013}5678",
        "١٢٣٤٥٦٧٨",
        "１２３４５６７８",
        "Your code is 123 456 78. It works for 10 minutes.",
        "12345678 is your code: 12345678",
    ];
    for text in written {
        assert_eq!(digits_in(text, 8).as_deref(), Some("12345678"), "{text:?}");
    }
}

#[test]
fn what_holds_no_code_or_two_is_left_alone() {
    for text in ["", "1234567", "123456789", "1234 5678 9", "abcdefgh", "12345678 or 87654321", "12a34b56c78"]
    {
        assert_eq!(digits_in(text, 8), None, "{text:?}");
    }
}
