//! Codes are uniform, bound, read leniently and judged strictly.
#![expect(clippy::unwrap_used, reason = "tests")]

use core::time::Duration;

use proptest::prelude::*;

use super::{Code, CodeBinding, CodeFormatError, CodeHash, CodePolicy, CodeState, CodeVerdict, check};
use crate::{
    ports::{Entropy, EntropyError},
    testing::{FailingEntropy, SeededEntropy},
    time::Timestamp,
};

/// Gives one byte for ever.
struct OneByte(u8);

impl Entropy for OneByte {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        bytes.fill(self.0);
        Ok(())
    }
}

fn generate(digits: u32, entropy: &dyn Entropy) -> Result<String, EntropyError> {
    let policy = CodePolicy { digits, ..CodePolicy::default() };
    Code::generate(&policy, entropy).map(|code| code.reveal().to_owned())
}

fn read(text: &str) -> Result<String, CodeFormatError> {
    Code::read_typed(text, 8).map(|code| code.reveal().to_owned())
}

#[test]
fn s90_every_digit_comes_from_as_many_bytes() {
    let mut counts = [0; 10];
    for byte in 0..=u8::MAX {
        match generate(8, &OneByte(byte)) {
            Ok(code) => counts[usize::from(code.as_bytes()[0] - b'0')] += 1,
            Err(EntropyError) => assert!(byte >= 250),
        }
    }
    assert_eq!(counts, [25; 10]);
}

#[test]
fn s90_digits_are_uniform_at_each_place_and_do_not_follow_from_the_one_before() {
    /// Chi-square at p = 0.001 for 9 and for 99 degrees of freedom.
    const LIMITS: [f64; 2] = [27.88, 148.23];
    const CODES: u32 = 100_000;

    let entropy = SeededEntropy::new(90);
    let mut single = vec![vec![0_u32; 10]; 8];
    let mut pairs = vec![vec![0_u32; 100]; 7];
    for _ in 0..CODES {
        let code = generate(8, &entropy).unwrap();
        let digits: Vec<usize> = code.bytes().map(|byte| usize::from(byte - b'0')).collect();
        for (place, digit) in digits.iter().enumerate() {
            single[place][*digit] += 1;
        }
        for (place, pair) in digits.windows(2).enumerate() {
            pairs[place][pair[0] * 10 + pair[1]] += 1;
        }
    }
    for (tables, limit) in [(single, LIMITS[0]), (pairs, LIMITS[1])] {
        for counts in tables {
            let cells = u32::try_from(counts.len()).unwrap();
            let expected = f64::from(CODES) / f64::from(cells);
            let chi_square: f64 =
                counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
            assert!(chi_square < limit, "{chi_square}");
        }
    }
}

/// Gives five bytes that can be used, and then such as are thrown away.
struct Sparse;

impl Entropy for Sparse {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        bytes.fill(250);
        bytes[..5].copy_from_slice(&[249, 1, 12, 23, 34]);
        Ok(())
    }
}

#[test]
fn s90_a_code_goes_on_where_bytes_were_thrown_away_and_has_no_digit_too_many() {
    assert_eq!(generate(8, &Sparse).unwrap(), "91234912");
}

#[test]
fn s90_leading_zeros_are_kept() {
    assert_eq!(generate(6, &OneByte(0)).unwrap(), "000000");
    assert_eq!(generate(10, &OneByte(0)).unwrap(), "0000000000");
}

#[test]
fn without_randomness_there_is_no_code() {
    assert_eq!(generate(8, &FailingEntropy), Err(EntropyError));
    // A source that is stuck where every byte is thrown away.
    assert_eq!(generate(8, &OneByte(255)), Err(EntropyError));
}

#[test]
fn s82_a_code_is_read_as_people_type_and_paste_it() {
    let mail = "Hello,\r\n\r\nyour code for Contoso is\r\n\r\n    1234 5678\r\n\r\nIt works for 10 minutes.";
    let mail_with_date = "Subject: 12345678 is your code\nDate: 20-11-2026 10:15\n\nYour code: 12345678.";
    let texts = [
        "12345678",
        " 12345678\n",
        "123 456 78",
        "123-45678",
        "12 34-56 78",
        "1 2 3 4 5 6 7 8",
        "1234\u{a0}5678",
        "1234–5678",
        "１２３４５６７８",
        "１２３４　５６７８",
        "١٢٣٤٥٦٧٨",
        "۱۲۳۴۵۶۷۸",
        "(12345678)",
        "Code:12345678.",
        "12345678 12345678",
        mail,
        mail_with_date,
    ];
    for text in texts {
        assert_eq!(read(text), Ok("12345678".to_owned()), "{text}");
    }
}

#[test]
fn s82_what_is_not_one_code_is_not_guessed() {
    for text in [
        "",
        "code",
        "1234567",
        "123456789",
        "1234  5678",
        "1234--5678",
        "1234\n5678",
        "1234.5678",
        "1234 - 5678",
        "１２３",
        "²²²²²²²²",
    ] {
        assert_eq!(read(text), Err(CodeFormatError::NoCode), "{text}");
    }
    for text in ["12345678 or 87654321", "1234-5678, 8765-4321"] {
        assert_eq!(read(text), Err(CodeFormatError::SeveralCodes), "{text}");
    }
}

const BINDING: CodeBinding<'_> =
    CodeBinding { organization: "contoso", flow: "f1", address_key: "a@x.example", purpose: "redeem" };

fn hash(code: &str, key: u8, binding: &CodeBinding<'_>) -> CodeHash {
    Code::read_typed(code, 8).unwrap().hash(&[key; 32], binding)
}

#[test]
fn a_hash_matches_the_same_code_after_storage() {
    let stored = CodeHash::from_stored(hash("12345678", 1, &BINDING).as_str().to_owned());
    assert_eq!(stored.as_str().len(), 64);
    assert!(stored.matches(&hash("1234 5678", 1, &BINDING)));
    assert!(!stored.matches(&hash("12345679", 1, &BINDING)));
    assert!(!stored.matches(&CodeHash::from_stored(String::new())));
}

#[test]
fn s92_a_code_is_bound_to_organization_flow_address_purpose_and_key() {
    let right = hash("12345678", 1, &BINDING);
    let others = [
        CodeBinding { organization: "fabrikam", ..BINDING },
        CodeBinding { flow: "f2", ..BINDING },
        CodeBinding { address_key: "b@x.example", ..BINDING },
        CodeBinding { purpose: "decline", ..BINDING },
        // The same letters in a row, parted elsewhere.
        CodeBinding { organization: "contos", flow: "of1", ..BINDING },
        CodeBinding { flow: "f1a", address_key: "@x.example", ..BINDING },
    ];
    for binding in others {
        assert!(!right.matches(&hash("12345678", 1, &binding)));
    }
    assert!(!right.matches(&hash("12345678", 2, &BINDING)));
}

#[test]
fn s95_codes_cannot_be_seen() {
    let code = Code::read_typed("12345678", 8).unwrap();
    assert_eq!(format!("{code:?}"), "Code([redacted])");
    assert_eq!(format!("{:?}", code.hash(&[0; 32], &BINDING)), "CodeHash([redacted])");
}

const EXPIRES: Timestamp = Timestamp(600_000);
const BEFORE: Timestamp = Timestamp(599_999);

#[test]
fn s91_a_code_ends_with_its_lifetime() {
    assert_eq!(check(CodeState::Active, 5, EXPIRES, BEFORE, true), CodeVerdict::Right);
    assert_eq!(check(CodeState::Active, 5, EXPIRES, EXPIRES, true), CodeVerdict::Expired);
    assert_eq!(check(CodeState::Active, 5, EXPIRES, Timestamp(601_000), true), CodeVerdict::Expired);
}

#[test]
fn s91_a_code_works_once_and_only_the_newest_does() {
    assert_eq!(check(CodeState::Used, 4, EXPIRES, BEFORE, true), CodeVerdict::Used);
    assert_eq!(check(CodeState::Superseded, 5, EXPIRES, BEFORE, true), CodeVerdict::Superseded);
}

#[test]
fn t15_the_attempt_counts_before_the_comparison() {
    assert_eq!(check(CodeState::Active, 2, EXPIRES, BEFORE, false), CodeVerdict::Wrong { attempts_left: 1 });
    assert_eq!(check(CodeState::Active, 1, EXPIRES, BEFORE, false), CodeVerdict::Wrong { attempts_left: 0 });
    assert_eq!(check(CodeState::Active, 1, EXPIRES, BEFORE, true), CodeVerdict::Right);
    assert_eq!(check(CodeState::Active, 0, EXPIRES, BEFORE, true), CodeVerdict::Exhausted);
    assert_eq!(check(CodeState::Active, 0, EXPIRES, BEFORE, false), CodeVerdict::Exhausted);
}

#[test]
fn s93_of_five_hundred_guesses_five_are_evaluated() {
    let mut left = CodePolicy::default().attempts;
    let mut evaluated = 0;
    for guess in 0..500 {
        let verdict = check(CodeState::Active, left, EXPIRES, BEFORE, guess == 5);
        left = left.saturating_sub(1);
        match verdict {
            CodeVerdict::Wrong { .. } => evaluated += 1,
            CodeVerdict::Exhausted => {}
            CodeVerdict::Right | CodeVerdict::Expired | CodeVerdict::Superseded | CodeVerdict::Used => {
                panic!("{guess}: {verdict:?}")
            }
        }
    }
    assert_eq!(evaluated, 5);
}

#[test]
fn a_policy_stays_within_its_bounds() {
    let default = CodePolicy::default();
    assert_eq!((default.digits, default.lifetime, default.attempts), (8, Duration::from_mins(10), 5));
    assert_eq!(default.validate(), Ok(()));
    let wrong = [
        (CodePolicy { digits: 5, ..default }, "digits"),
        (CodePolicy { digits: 11, ..default }, "digits"),
        (CodePolicy { lifetime: Duration::from_secs(59), ..default }, "lifetime"),
        (CodePolicy { lifetime: Duration::from_secs(601), ..default }, "lifetime"),
        (CodePolicy { attempts: 0, ..default }, "attempts"),
        (CodePolicy { attempts: 6, ..default }, "attempts"),
    ];
    for (policy, field) in wrong {
        assert_eq!(policy.validate().unwrap_err().field, field);
    }
}

#[test]
fn a_policy_is_read_with_defaults_for_what_is_left_out() {
    let policy: CodePolicy = serde_json::from_str(r#"{"lifetime": "5m"}"#).unwrap();
    assert_eq!(policy, CodePolicy { lifetime: Duration::from_mins(5), ..CodePolicy::default() });
    assert!(serde_json::from_str::<CodePolicy>(r#"{"lifetme": "5m"}"#).is_err());
}

proptest! {
    #[test]
    fn any_grouping_of_a_generated_code_is_read(seed: u64, digits in 6_u32..=10, gaps in prop::collection::vec("[ -]?", 10)) {
        let code = generate(digits, &SeededEntropy::new(seed)).unwrap();
        let typed: String = code.chars().zip(&gaps).flat_map(|(digit, gap)| [digit.to_string(), gap.clone()]).collect();
        let read = Code::read_typed(&typed, digits).unwrap();
        prop_assert_eq!(read.reveal(), code);
    }
}
