//! Opening what a bundle has locked: PBES2 (RFC 8018) as today's tools do it, and what RFC 7292, appendix C names, as older
//! ones do.

use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipher, BlockDecryptMut, InnerIvInit as _, KeyInit as _};
use des::TdesEde3;
use pkcs5::pbes2::{self, Kdf, PBES2_OID};
use pkcs12::kdf::{Pkcs12KeyType, derive_key};
use pkcs12::pbe_params::Pkcs12PbeParams;
use pkcs12::{
    PKCS_12_PBE_WITH_SHAAND3_KEY_TRIPLE_DES_CBC, PKCS_12_PBE_WITH_SHAAND128_BIT_RC2_CBC,
    PKCS_12_PBEWITH_SHAAND40_BIT_RC2_CBC,
};
use rc2::Rc2;
use sha1::Sha1;
use x509_cert::der::asn1::AnyRef;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::Pkcs12Error;

/// Bytes of a block of both old ciphers.
const BLOCK: usize = 8;

/// Rounds of hashing that may still be done.
pub(super) struct Budget(u32);

impl Budget {
    /// So many.
    pub(super) const fn of(rounds: u32) -> Self {
        Self(rounds)
    }

    /// Takes rounds, each done so many times, or says that there are not as many left.
    pub(super) fn spend(&mut self, rounds: i32, times: u32) -> Result<(), Pkcs12Error> {
        let rounds = u32::try_from(rounds).ok().filter(|rounds| *rounds > 0);
        let cost = rounds.ok_or(Pkcs12Error::Unreadable)?.checked_mul(times);
        let left = cost.and_then(|cost| self.0.checked_sub(cost));
        self.0 = left.ok_or(Pkcs12Error::Costly)?;
        Ok(())
    }
}

/// A password in both spellings.
pub(super) struct Password {
    /// As PBES2 takes it.
    text: String,
    /// In UTF-16 with the zero at its end (RFC 7292, appendix B.1).
    pub(super) wide: Vec<u8>,
}

impl Password {
    /// `None` for one that is longer than this many bytes.
    pub(super) fn new(text: &str, longest: usize) -> Option<Self> {
        let wide = text.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect();
        (text.len() <= longest).then(|| Self { text: text.to_owned(), wide })
    }

    /// An empty one is spelt without its zero, too. Whether there is another spelling.
    pub(super) fn spell_otherwise(&mut self) -> bool {
        let other = self.text.is_empty() && !self.wide.is_empty();
        if other {
            self.wide.clear();
        }
        other
    }
}

/// Opens a text that an algorithm has locked.
pub(super) fn decrypt(
    algorithm: &AlgorithmIdentifierOwned,
    password: &Password,
    text: &[u8],
    budget: &mut Budget,
) -> Result<Vec<u8>, Pkcs12Error> {
    let parameters = algorithm.parameters.as_ref().ok_or(Pkcs12Error::Unreadable)?;
    if algorithm.oid == PBES2_OID {
        let parameters =
            pbes2::Parameters::try_from(AnyRef::from(parameters)).map_err(|_| Pkcs12Error::Algorithm)?;
        let Kdf::Pbkdf2(derivation) = &parameters.kdf else { return Err(Pkcs12Error::Algorithm) };
        let rounds = i32::try_from(derivation.iteration_count).map_err(|_| Pkcs12Error::Costly)?;
        // A key of AES-256 takes two turns of SHA-1.
        budget.spend(rounds, 2)?;
        return parameters.decrypt(&password.text, text).map_err(|error| match error {
            pkcs5::Error::DecryptFailed => Pkcs12Error::Password,
            _ => Pkcs12Error::Algorithm,
        });
    }
    let parameters: Pkcs12PbeParams = parameters.decode_as().map_err(|_| Pkcs12Error::Algorithm)?;
    let mut derive = |purpose: Pkcs12KeyType, length: usize| -> Result<Vec<u8>, Pkcs12Error> {
        let turns = u32::try_from(length.div_ceil(20)).unwrap_or(u32::MAX);
        budget.spend(parameters.iterations, turns)?;
        let salt = parameters.salt.as_bytes();
        Ok(derive_key::<Sha1>(&password.wide, salt, purpose, parameters.iterations, length))
    };
    let key_length = match algorithm.oid {
        PKCS_12_PBEWITH_SHAAND40_BIT_RC2_CBC => 5,
        PKCS_12_PBE_WITH_SHAAND128_BIT_RC2_CBC => 16,
        PKCS_12_PBE_WITH_SHAAND3_KEY_TRIPLE_DES_CBC => 24,
        _ => return Err(Pkcs12Error::Algorithm),
    };
    let key = derive(Pkcs12KeyType::EncryptionKey, key_length)?;
    let vector = derive(Pkcs12KeyType::Iv, BLOCK)?;
    match TdesEde3::new_from_slice(&key) {
        Ok(cipher) => plain(cipher, &vector, text),
        // The shorter keys are RC2's.
        Err(_) => plain(Rc2::new_with_eff_key_len(&key, key_length * 8), &vector, text),
    }
}

fn plain<C: BlockCipher + BlockDecryptMut>(
    cipher: C,
    vector: &[u8],
    text: &[u8],
) -> Result<Vec<u8>, Pkcs12Error> {
    let decryptor = Decryptor::inner_iv_slice_init(cipher, vector).map_err(|_| Pkcs12Error::Algorithm)?;
    decryptor.decrypt_padded_vec_mut::<Pkcs7>(text).map_err(|_| Pkcs12Error::Password)
}
