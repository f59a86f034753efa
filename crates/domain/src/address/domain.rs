//! Domains: the form that DNS knows, and whether a name might be taken for another one.

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

use super::{AddressError, characters};

/// The domain as A-labels in lower case (IDNA), with at least one dot and no other spelling.
///
/// Both forms of a name are looked at: as typed, and decoded from its A-labels, so that writing `xn--…` does not get
/// a name through that its own characters would not.
pub(crate) fn canonical(domain: &str) -> Result<String, AddressError> {
    if domain.starts_with('[') {
        return Err(AddressError::IpLiteral);
    }
    if domain.ends_with('.') {
        return Err(AddressError::TrailingDot);
    }
    characters::check(domain)?;

    let uts46 = Uts46::new();
    let ascii = uts46
        .to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify)
        .map_err(|_| AddressError::InvalidDomain)?;
    let (_, top) = ascii.rsplit_once('.').ok_or(AddressError::SingleLabelDomain)?;
    if top.starts_with("0x") || top.bytes().all(|byte| byte.is_ascii_digit()) {
        // Resolvers and URL parsers read such a name as an IPv4 address.
        return Err(AddressError::IpLiteral);
    }

    let (unicode, valid) = uts46.to_unicode(ascii.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast);
    valid.map_err(|_| AddressError::InvalidDomain)?;
    characters::check(&unicode)?;
    for label in unicode.split('.') {
        if characters::mixes_scripts(label) {
            return Err(AddressError::MixedScriptDomain);
        }
        if characters::looks_ascii(label) {
            return Err(AddressError::LookAlikeDomain);
        }
    }
    Ok(ascii.into_owned())
}
