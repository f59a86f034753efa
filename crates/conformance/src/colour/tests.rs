//! Known pairs of colours.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::contrast;

#[test]
fn known_pairs() {
    let close = |one, other, ratio: f64| (contrast(one, other).unwrap() - ratio).abs() < 0.01;
    assert!(close("#000000", "#ffffff", 21.0));
    assert!(close("#767676", "#FFFFFF", 4.54));
    assert!(close("#777777", "#ffffff", 4.48));
    assert_eq!(contrast("red", "#ffffff"), None);
    assert_eq!(contrast("#ggffff", "#ffffff"), None);
}
