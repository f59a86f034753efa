//! XML signatures, of the one shape that SAML asks for (SAML Core 2.0, section 5.4), and nothing else.
//!
//! What was signed is given back as a text of its own, in its canonical form: whoever reads that cannot read anything
//! else by mistake, however the document around it was built (S59).

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use roxmltree::{Document, Node};
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use vestibule_domain::provider::Failure;

use super::SIGNATURE;
use super::c14n::{EXCLUSIVE, canonical};
use super::certificate::{Algorithm, Key, decode};
use super::xml::{only, text};

/// Prefixes that a list may name. Real ones name a handful.
const MOST_PREFIXES: usize = 32;
/// The longest `SignedInfo`, in bytes. Real ones have about one thousand.
const LONGEST_INFO: usize = 8 * 1024;

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/// The text of an element that is signed by one of the keys; `None` when it has no signature.
///
/// # Errors
/// When there is one that does not count.
pub fn signed(
    document: &Document<'_>,
    element: Node<'_, '_>,
    keys: &[Key],
) -> Result<Option<String>, Failure> {
    let mut signatures = element.children().filter(|child| child.has_tag_name((SIGNATURE, "Signature")));
    let signature = match (signatures.next(), signatures.next()) {
        (None, _) => return Ok(None),
        (Some(signature), None) => signature,
        (Some(_), Some(_)) => return Err(Failure::Wrapped),
    };
    let parts = elements(signature);
    let (info, value) = match names(&parts)[..] {
        // Whose key it is says the configuration, and no `KeyInfo`.
        ["SignedInfo", "SignatureValue"] | ["SignedInfo", "SignatureValue", "KeyInfo"] => {
            (parts[0], parts[1])
        }
        _ => return Err(Failure::Wrapped),
    };
    let parts = elements(info);
    let ["CanonicalizationMethod", "SignatureMethod", "Reference"] = names(&parts)[..] else {
        return Err(Failure::Wrapped);
    };
    // Written before anything is proven, so bounded before it is written.
    if info.range().len() > LONGEST_INFO {
        return Err(Failure::Document);
    }
    let algorithm = Algorithm::parse(of(parts[1])).ok_or(Failure::Algorithm)?;
    let written = canonical(info, None, &exclusive(parts[0])?);
    let value = text(value).as_deref().and_then(decode).ok_or(Failure::Signature)?;
    if !keys.iter().any(|key| key.verifies(algorithm, written.as_bytes(), &value)) {
        return Err(Failure::Key);
    }
    covered(document, element, signature, parts[2]).map(Some)
}

/// What a reference covers, if that is the very element that the signature stands in, and unchanged.
fn covered(
    document: &Document<'_>,
    element: Node<'_, '_>,
    signature: Node<'_, '_>,
    reference: Node<'_, '_>,
) -> Result<String, Failure> {
    let id = element.attribute("ID").filter(|id| !id.is_empty()).ok_or(Failure::Wrapped)?;
    if reference.attribute("URI").and_then(|uri| uri.strip_prefix('#')) != Some(id) {
        return Err(Failure::Wrapped);
    }
    let same = document
        .descendants()
        .flat_map(|node| node.attributes())
        .filter(|attribute| attribute.name().eq_ignore_ascii_case("id") && attribute.value() == id);
    if same.count() != 1 {
        return Err(Failure::Wrapped);
    }
    let transforms = only(reference, SIGNATURE, "Transforms").map(elements).ok_or(Failure::Algorithm)?;
    let ["Transform", "Transform"] = names(&transforms)[..] else { return Err(Failure::Algorithm) };
    if of(transforms[0]) != ENVELOPED || !elements(transforms[0]).is_empty() {
        return Err(Failure::Algorithm);
    }
    let written = canonical(element, Some(signature), &exclusive(transforms[1])?);
    let digest = match only(reference, SIGNATURE, "DigestMethod").map(of) {
        Some("http://www.w3.org/2001/04/xmlenc#sha256") => Sha256::digest(&written).to_vec(),
        Some("http://www.w3.org/2001/04/xmldsig-more#sha384") => Sha384::digest(&written).to_vec(),
        Some("http://www.w3.org/2001/04/xmlenc#sha512") => Sha512::digest(&written).to_vec(),
        _ => return Err(Failure::Algorithm),
    };
    let told = only(reference, SIGNATURE, "DigestValue").and_then(text).as_deref().and_then(decode);
    if told.is_some_and(|told| told == digest) { Ok(written) } else { Err(Failure::Signature) }
}

/// The `PrefixList` of a method that has to be exclusive canonicalization.
fn exclusive<'a>(method: Node<'a, '_>) -> Result<Vec<&'a str>, Failure> {
    if of(method) != EXCLUSIVE {
        return Err(Failure::Algorithm);
    }
    match elements(method)[..] {
        [] => Ok(Vec::new()),
        [list] if list.has_tag_name((EXCLUSIVE, "InclusiveNamespaces")) => {
            let list = list.attribute("PrefixList").unwrap_or_default();
            let prefixes: BTreeSet<&str> = list.split_ascii_whitespace().take(MOST_PREFIXES + 1).collect();
            if prefixes.len() > MOST_PREFIXES {
                Err(Failure::Document)
            } else {
                Ok(prefixes.into_iter().collect())
            }
        }
        _ => Err(Failure::Algorithm),
    }
}

fn of<'a>(method: Node<'a, '_>) -> &'a str {
    method.attribute("Algorithm").unwrap_or_default()
}

fn elements<'a, 'i>(node: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    node.children().filter(Node::is_element).collect()
}

/// The names of elements; empty for what is of another namespace.
fn names<'i>(nodes: &[Node<'_, 'i>]) -> Vec<&'i str> {
    let name = |node: &Node<'_, 'i>| {
        if node.tag_name().namespace() == Some(SIGNATURE) { node.tag_name().name() } else { "" }
    };
    nodes.iter().map(name).collect()
}
