//! Why an answer of an identity provider is refused.

use crate::named::named;

named! {
    /// Why an answer of an identity provider is refused. Each reason has a name of its own for the log and the audit; the
    /// person reads one plain message, whatever it was (S43).
    pub enum Failure {
        /// The provider says that the person did not sign in there.
        Denied = "denied",
        /// The provider reports a fault of its own, or of our request.
        ProviderError = "provider_error",
        /// The answer is none: a parameter is missing, too long, or there twice.
        Malformed = "malformed",
        /// The answer comes from another issuer than was asked (RFC 9207).
        MixUp = "mix_up",
        /// The provider cannot be reached, or does not answer in time.
        Unreachable = "unreachable",
        /// The code was refused, or what came for it is no token response.
        Exchange = "exchange",
        /// There is no ID token, or one that cannot be read.
        NoIdToken = "no_id_token",
        /// Signed by nobody known, or not at all.
        Signature = "signature",
        /// Signed in a way that is not allowed.
        Algorithm = "algorithm",
        /// No key fits, or several do.
        Key = "key",
        /// Another issuer.
        Issuer = "issuer",
        /// For somebody else.
        Audience = "audience",
        /// Made for another party.
        AuthorizedParty = "authorized_party",
        /// Over.
        Expired = "expired",
        /// From the future, not yet valid, or too old.
        IssuedAt = "issued_at",
        /// Of another sign-in.
        Nonce = "nonce",
        /// Nobody, or a name that is too long.
        Subject = "subject",
        /// What the provider says of the person apart from the ID token is of another, or cannot be read.
        UserInfo = "user_info",
        /// Something else is wrong with the claims.
        Claims = "claims",
        /// A document of a kind that is not read: with a DTD, comments, processing instructions, or too deep.
        Document = "document",
        /// Not signed at all.
        Unsigned = "unsigned",
        /// Signed is something else than what would be read.
        Wrapped = "wrapped",
        /// Encrypted, which is not read here.
        Encrypted = "encrypted",
        /// An answer to another request, or to none.
        InResponseTo = "in_response_to",
        /// Sent to another address than ours.
        Destination = "destination",
        /// To be shown at another address than ours, or by somebody else than who bears it.
        Confirmation = "confirmation",
        /// Says nothing of a sign-in.
        NoAuthentication = "no_authentication",
        /// A name for the person that does not last, or is of another kind than agreed.
        NameId = "name_id",
    }
}
