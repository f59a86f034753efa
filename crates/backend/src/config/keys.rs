//! Every key of the configuration. A key that does not stand here is refused, so a typing mistake is never a default.

use toml::Value;

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text.
    Text,
    /// Text that is never shown.
    Secret,
    /// A whole number.
    Number,
    /// A list of texts.
    List,
}

impl Kind {
    /// Whether a value of the file is of this kind.
    pub(super) fn fits(self, value: &Value) -> bool {
        match self {
            Self::Text | Self::Secret => value.is_str(),
            Self::Number => value.is_integer(),
            Self::List => value.as_array().is_some_and(|items| items.iter().all(Value::is_str)),
        }
    }

    /// The kind in words that follow "set it to".
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Text | Self::Secret => "a text in quotes",
            Self::Number => "a whole number",
            Self::List => "a list of texts",
        }
    }
}

/// All keys with their kinds. `[code]`, `[sessions]` and `[limits]` are the policies of `vestibule_domain`.
pub(super) const KEYS: &[(&str, Kind)] = &[
    ("public_url", Kind::Text),
    ("secret", Kind::Secret),
    ("data", Kind::Text),
    ("dist", Kind::Text),
    ("locales", Kind::List),
    ("server.listen", Kind::Text),
    ("server.extra_hosts", Kind::List),
    ("server.trusted_proxies", Kind::List),
    ("federation.private_networks", Kind::List),
    ("mail.from", Kind::Text),
    ("mail.transport", Kind::Text),
    ("mail.smtp.host", Kind::Text),
    ("mail.smtp.port", Kind::Number),
    ("mail.smtp.tls", Kind::Text),
    ("mail.smtp.username", Kind::Text),
    ("mail.smtp.password", Kind::Secret),
    ("code.digits", Kind::Number),
    ("code.lifetime", Kind::Text),
    ("code.attempts", Kind::Number),
    ("sessions.idle", Kind::Text),
    ("sessions.absolute", Kind::Text),
    ("limits.send_per_address.burst", Kind::Number),
    ("limits.send_per_address.per", Kind::Text),
    ("limits.send_per_ip.burst", Kind::Number),
    ("limits.send_per_ip.per", Kind::Text),
    ("limits.send_per_flow.burst", Kind::Number),
    ("limits.send_per_flow.per", Kind::Text),
    ("limits.attempts_per_address.burst", Kind::Number),
    ("limits.attempts_per_address.per", Kind::Text),
    ("limits.attempts_per_ip.burst", Kind::Number),
    ("limits.attempts_per_ip.per", Kind::Text),
    ("limits.consecutive_failures.limit", Kind::Number),
    ("limits.consecutive_failures.cool_down", Kind::Text),
    ("limits.start_per_ip.burst", Kind::Number),
    ("limits.start_per_ip.per", Kind::Text),
    ("limits.invite_per_inviter.burst", Kind::Number),
    ("limits.invite_per_inviter.per", Kind::Text),
    ("limits.invite_per_organization.burst", Kind::Number),
    ("limits.invite_per_organization.per", Kind::Text),
    ("limits.invite_per_recipient.burst", Kind::Number),
    ("limits.invite_per_recipient.per", Kind::Text),
    ("log.format", Kind::Text),
    ("log.level", Kind::Text),
];

/// The variable that overrides a key: `mail.smtp.host` is `VESTIBULE_MAIL_SMTP_HOST`.
pub(super) fn variable(key: &str) -> String {
    format!("VESTIBULE_{}", key.replace('.', "_").to_uppercase())
}

/// What is known where something unknown was found: the keys below a prefix such as `mail.`, or all first names.
pub(super) fn known_near(section: &str) -> String {
    let section = section.trim_end_matches('.');
    let mut names: Vec<&str> = KEYS
        .iter()
        .filter_map(|(key, _)| {
            if section.is_empty() { Some(*key) } else { key.strip_prefix(section)?.strip_prefix('.') }
        })
        .filter_map(|rest| rest.split('.').next())
        .collect();
    names.dedup();
    let place = if section.is_empty() { "at the top".to_owned() } else { format!("in [{section}]") };
    format!("known {place}: {}", names.join(", "))
}
