//! Why a text is not taken as an e-mail address.

/// One variant a cause, so that a form can say what to change. No message repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing but white space.
    #[error("the address is empty")]
    Empty,
    /// More than 254 bytes, as typed or with the domain in A-labels.
    #[error("the address is longer than 254 bytes")]
    TooLong,
    /// No `@`.
    #[error("the address has no @")]
    NoAt,
    /// More than one `@`.
    #[error("the address has more than one @")]
    SeveralAt,
    /// Nothing before the `@`.
    #[error("nothing stands before the @")]
    EmptyLocalPart,
    /// More than 64 bytes before the `@`.
    #[error("the part before the @ is longer than 64 bytes")]
    LocalPartTooLong,
    /// A double quote: `"john doe"@partner.example`.
    #[error("quoted addresses are not supported")]
    QuotedLocalPart,
    /// A parenthesis: `john(work)@partner.example`.
    #[error("comments in addresses are not supported")]
    Comment,
    /// An encoded word (RFC 2047), which some mail software decodes after the address was checked.
    #[error("encoded words in addresses are not supported")]
    EncodedWord,
    /// `%` or `!` before the `@`: mail software may take it as a route to another host.
    #[error("addresses that contain % or ! are not supported")]
    SourceRoute,
    /// White space or a control character inside.
    #[error("the address has a space or a control character inside")]
    WhitespaceOrControl,
    /// A dot at the beginning or end of the local part, or two in a row.
    #[error("a dot before the @ is misplaced")]
    MisplacedDot,
    /// A character that addresses do not have, or that is not for identifiers (UTS #39 section 3.1).
    #[error("the address has a character that is not supported")]
    UnsupportedCharacter,
    /// A character that is drawn, or normalized, like another one, or not drawn at all: full-width letters, the Kelvin
    /// sign, the long s, the zero-width space.
    #[error("the address has a character that looks like another one")]
    LookAlikeCharacter,
    /// Letters of several scripts before the `@`.
    #[error("the part before the @ mixes scripts")]
    MixedScriptLocalPart,
    /// Letters of several scripts in one label of the domain.
    #[error("the domain mixes scripts")]
    MixedScriptDomain,
    /// A label of the domain that is drawn like one of plain letters.
    #[error("the domain looks like another one")]
    LookAlikeDomain,
    /// An IP address in place of the domain.
    #[error("an IP address is not a domain")]
    IpLiteral,
    /// A domain without a dot, such as `localhost`.
    #[error("the domain has no dot")]
    SingleLabelDomain,
    /// A domain that ends in a dot.
    #[error("the domain ends in a dot")]
    TrailingDot,
    /// Not a domain name: an empty or too long label, a misplaced hyphen, broken Punycode.
    #[error("the domain is not valid")]
    InvalidDomain,
}

impl AddressError {
    /// Whether the address might be taken for another one. Such an attempt is worth a line in the audit log, which a
    /// typing mistake is not.
    pub fn is_confusable(&self) -> bool {
        match self {
            Self::LookAlikeCharacter
            | Self::MixedScriptLocalPart
            | Self::MixedScriptDomain
            | Self::LookAlikeDomain => true,
            Self::Empty
            | Self::TooLong
            | Self::NoAt
            | Self::SeveralAt
            | Self::EmptyLocalPart
            | Self::LocalPartTooLong
            | Self::QuotedLocalPart
            | Self::Comment
            | Self::EncodedWord
            | Self::SourceRoute
            | Self::WhitespaceOrControl
            | Self::MisplacedDot
            | Self::UnsupportedCharacter
            | Self::IpLiteral
            | Self::SingleLabelDomain
            | Self::TrailingDot
            | Self::InvalidDomain => false,
        }
    }
}
