//! The hash covers every field, and the chain covers every entry (S114).

use super::{Entry, GENESIS, entry_hash};
use crate::time::Timestamp;

const ENTRY: Entry<'_> = Entry {
    organization: "contoso",
    sequence: 1,
    at: Timestamp(1_795_169_700_000),
    actor: "alice",
    action: "invitation.created",
    subject: "i1",
    detail: "{}",
};

#[test]
fn the_hash_is_of_lengths_and_parts() {
    // Computed apart, from the description: SHA-256 over each part with its length as eight big-endian bytes before it.
    assert_eq!(
        entry_hash(GENESIS, &ENTRY),
        "6e8f4123c47300a3afd89fd637b5c5ce3c334257eab2132e1006d65ba00cf3a1"
    );
    assert_eq!(GENESIS.len(), 64);
}

#[test]
fn s114_a_change_of_any_field_changes_the_hash() {
    let others = [
        Entry { organization: "fabrikam", ..ENTRY },
        Entry { sequence: 2, ..ENTRY },
        Entry { at: Timestamp(1_795_169_700_001), ..ENTRY },
        Entry { actor: "bob", ..ENTRY },
        Entry { action: "invitation.revoked", ..ENTRY },
        Entry { subject: "i2", ..ENTRY },
        Entry { detail: "{ }", ..ENTRY },
        // The same letters in a row, parted elsewhere.
        Entry { actor: "alicei", action: "nvitation.created", ..ENTRY },
    ];
    for other in others {
        assert_ne!(entry_hash(GENESIS, &ENTRY), entry_hash(GENESIS, &other), "{other:?}");
    }
}

#[test]
fn s114_a_change_of_an_entry_changes_every_later_hash() {
    let chain = |first: &Entry<'_>| {
        let second = Entry { sequence: 2, ..ENTRY };
        entry_hash(&entry_hash(GENESIS, first), &second)
    };
    assert_ne!(chain(&ENTRY), chain(&Entry { detail: "{\"tampered\":true}", ..ENTRY }));
}
