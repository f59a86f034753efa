//! What no form may ask for: a guest has no password here, and a form that asks for one is phishing, meant or not.

/// Single words that name a credential, in the languages that forms of our users are written in.
const WORDS: [&str; 20] = [
    "password",
    "passwords",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "pin",
    "otp",
    "cvv",
    "cvc",
    "cvv2",
    "passwort",
    "kennwort",
    "contraseña",
    "contrasena",
    "senha",
    "wachtwoord",
    "hasło",
    "пароль",
    "パスワード",
];

/// Words that do so next to each other.
const PAIRS: [(&str, &str); 12] = [
    ("card", "number"),
    ("credit", "card"),
    ("debit", "card"),
    ("security", "code"),
    ("verification", "code"),
    ("access", "code"),
    ("time", "code"),
    ("login", "code"),
    ("secret", "question"),
    ("secret", "answer"),
    ("private", "key"),
    ("mot", "passe"),
];

/// Whether a name or a text asks for a password, a code or a card's number.
pub fn asks_for_credential(text: &str) -> bool {
    let words = words(text);
    let next_to = |pair: &[String], (first, second): (&str, &str)| pair[0] == first && pair[1] == second;
    words.iter().any(|word| WORDS.contains(&word.as_str()))
        || words.windows(2).any(|pair| PAIRS.into_iter().any(|known| next_to(pair, known)))
        // "mot de passe"
        || words.windows(3).any(|three| three[0] == "mot" && three[2] == "passe")
}

/// The words of a text, or of a name such as `cardNumber` or `card_number`, in lower case.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in text.chars() {
        let begins = c.is_uppercase() && before.is_lowercase();
        if !c.is_alphanumeric() || begins {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            words.last_mut().expect("there is one from the beginning").extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}
