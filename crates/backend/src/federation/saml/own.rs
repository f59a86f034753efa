//! Ourselves, as a service provider: our entity id, where answers come to, and the metadata that says so.

use vestibule_storage::providers::{Provider, Saml};

use super::xml::escape;
use super::{ASSERTION, METADATA, PROTOCOL, SIGNATURE};
use crate::state::App;

/// The binding that answers come by.
pub const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

fn address(app: &App, provider: &Provider, what: &str) -> String {
    let origin = app.config.public_url.origin();
    format!("{origin}/federation/{}/{}/{what}", provider.organization, provider.id)
}

/// Our entity id: the address of our metadata. One for each organization and provider, so that an assertion for one is
/// for no other (S40).
pub fn entity_id(app: &App, provider: &Provider) -> String {
    address(app, provider, "metadata")
}

/// Where answers come to (the assertion consumer service).
pub fn acs(app: &App, provider: &Provider) -> String {
    address(app, provider, "acs")
}

/// Our metadata for a provider.
pub fn metadata(app: &App, provider: &Provider, settings: &Saml) -> String {
    let (entity_id, acs) = (escape(&entity_id(app, provider)), escape(&acs(app, provider)));
    let signed = settings.signing.is_some();
    let key = settings.signing.as_ref().map_or_else(String::new, |signing| {
        format!(
            "<md:KeyDescriptor use=\"signing\"><ds:KeyInfo xmlns:ds=\"{SIGNATURE}\"><ds:X509Data><ds:X509Certificate>\
             {}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>",
            escape(&signing.certificate)
        )
    });
    let name_id = settings.name_id.format();
    format!(
        "<md:EntityDescriptor xmlns:md=\"{METADATA}\" entityID=\"{entity_id}\">\
         <md:SPSSODescriptor AuthnRequestsSigned=\"{signed}\" WantAssertionsSigned=\"true\" \
         protocolSupportEnumeration=\"{PROTOCOL}\">{key}<md:NameIDFormat>{name_id}</md:NameIDFormat>\
         <md:AssertionConsumerService Binding=\"{POST}\" Location=\"{acs}\" index=\"0\" isDefault=\"true\"/>\
         </md:SPSSODescriptor></md:EntityDescriptor>"
    )
}

/// The root of an authentication request (SAML Core 2.0, section 3.4.1).
pub(super) fn request(app: &App, provider: &Provider, settings: &Saml, id: &str) -> String {
    let (entity_id, acs) = (escape(&entity_id(app, provider)), escape(&acs(app, provider)));
    let (at, destination) = (app.now().to_rfc3339(), escape(&settings.sso_url));
    let name_id = settings.name_id.format();
    format!(
        "<samlp:AuthnRequest xmlns:samlp=\"{PROTOCOL}\" xmlns:saml=\"{ASSERTION}\" ID=\"{id}\" Version=\"2.0\" \
         IssueInstant=\"{at}\" Destination=\"{destination}\" ProtocolBinding=\"{POST}\" \
         AssertionConsumerServiceURL=\"{acs}\"><saml:Issuer>{entity_id}</saml:Issuer>\
         <samlp:NameIDPolicy Format=\"{name_id}\" AllowCreate=\"true\"/></samlp:AuthnRequest>"
    )
}
