//! The short reference of a request: what a person reads to support, and what the log is searched by (S111).

#[cfg(test)]
mod tests;

use vestibule_domain::ports::Entropy;

tokio::task_local! {
    /// Of the request that this task works on.
    static CURRENT: String;
}

/// Crockford's base 32: no letter is read or heard as another one.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A fresh reference such as `V-7Q2M-K4`: 30 random bits, enough to find one request among those of a few days. It is
/// no secret. Without randomness it is `V-0000-00`: a fault that nobody could report would be worse.
pub fn fresh(entropy: &dyn Entropy) -> String {
    let mut bytes = [0; 4];
    let bits = entropy.fill(&mut bytes).map_or(0, |()| u32::from_be_bytes(bytes));
    let digit = |place: u32| char::from(ALPHABET[((bits >> (5 * place)) & 31) as usize]);
    let text: String = (0..6).rev().map(digit).collect();
    format!("V-{}-{}", &text[..4], &text[4..])
}

/// Runs the work of a request under its reference.
pub async fn scope<F: Future>(reference: String, work: F) -> F::Output {
    CURRENT.scope(reference, work).await
}

/// The reference of the request that is being worked on; `None` outside of any, as in a background task.
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}
