-- The foundation: organizations, people, what is shared, invitations, flows, sessions, mail, audit.
--
-- One text for SQLite and PostgreSQL: BIGINT for instants (Unix milliseconds), counters and flags, TEXT for the
-- rest (hashes as lower-case hex, structures as JSON). The organization is part of every key, so that no row can
-- be reached through another organization.

CREATE TABLE organizations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    domain TEXT NOT NULL,
    settings TEXT NOT NULL,
    brand TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- Guests and members. `state` is the invitation state of Entra's `externalUserState`.
CREATE TABLE users (
    organization TEXT NOT NULL REFERENCES organizations (id),
    id TEXT NOT NULL,
    address TEXT NOT NULL,
    address_key TEXT NOT NULL,
    name TEXT,
    role TEXT NOT NULL CHECK (role IN ('guest', 'member', 'inviter', 'administrator')),
    state TEXT NOT NULL CHECK (state IN ('pending', 'accepted')),
    state_changed_at BIGINT NOT NULL,
    creation TEXT NOT NULL CHECK (creation IN ('invitation', 'file')),
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    PRIMARY KEY (organization, id),
    UNIQUE (organization, address_key)
);
CREATE INDEX users_by_address ON users (address_key);

-- What proves who somebody is: never the address alone, but provider, issuer and subject.
CREATE TABLE identities (
    organization TEXT NOT NULL,
    provider TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization, provider, issuer, subject),
    FOREIGN KEY (organization, user_id) REFERENCES users (organization, id)
);

CREATE TABLE apps (
    organization TEXT NOT NULL REFERENCES organizations (id),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    kind TEXT NOT NULL,
    launch_url TEXT NOT NULL,
    owner_name TEXT,
    owner_email TEXT,
    collection TEXT,
    PRIMARY KEY (organization, id)
);

CREATE TABLE assignments (
    organization TEXT NOT NULL,
    app TEXT NOT NULL,
    user_id TEXT NOT NULL,
    granted_by TEXT NOT NULL,
    reason TEXT,
    since BIGINT NOT NULL,
    until BIGINT,
    PRIMARY KEY (organization, app, user_id),
    FOREIGN KEY (organization, app) REFERENCES apps (organization, id),
    FOREIGN KEY (organization, user_id) REFERENCES users (organization, id)
);
CREATE INDEX assignments_by_user ON assignments (organization, user_id);

CREATE TABLE invitations (
    organization TEXT NOT NULL,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    address TEXT NOT NULL,
    address_key TEXT NOT NULL,
    name TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'declined', 'revoked')),
    version BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    inviter_id TEXT,
    inviter_name TEXT NOT NULL,
    inviter_email TEXT,
    message TEXT,
    language TEXT,
    cc TEXT,
    redirect_url TEXT NOT NULL,
    apps TEXT NOT NULL,
    send_mail BIGINT NOT NULL,
    redeemed_by TEXT,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (organization, id),
    FOREIGN KEY (organization, user_id) REFERENCES users (organization, id)
);
CREATE INDEX invitations_by_user ON invitations (organization, user_id);

-- The links of an invitation: the newest works, an older one says that it was replaced.
CREATE TABLE invitation_links (
    hash TEXT PRIMARY KEY,
    organization TEXT NOT NULL,
    invitation TEXT NOT NULL,
    replaced_at BIGINT,
    FOREIGN KEY (organization, invitation) REFERENCES invitations (organization, id)
);
CREATE UNIQUE INDEX invitation_links_one_live ON invitation_links (organization, invitation) WHERE replaced_at IS NULL;

CREATE TABLE consents (
    organization TEXT NOT NULL,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    revoked_at BIGINT,
    record TEXT NOT NULL,
    PRIMARY KEY (organization, id),
    FOREIGN KEY (organization, user_id) REFERENCES users (organization, id)
);
CREATE UNIQUE INDEX consents_one_live ON consents (organization, user_id) WHERE revoked_at IS NULL;

-- A guest's walk. `organization` is empty until it is known. `last_*` is the answer to the newest submission, for
-- a client that asks again with the same key.
CREATE TABLE flows (
    id TEXT PRIMARY KEY,
    organization TEXT NOT NULL,
    rev BIGINT NOT NULL,
    state TEXT NOT NULL,
    binding_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_key TEXT,
    last_body_hash TEXT,
    last_answer TEXT
);
CREATE INDEX flows_by_expiry ON flows (expires_at);

CREATE TABLE codes (
    id TEXT PRIMARY KEY,
    organization TEXT NOT NULL,
    flow TEXT NOT NULL,
    hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'used', 'superseded')),
    attempts_left BIGINT NOT NULL CHECK (attempts_left >= 0),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX codes_one_active ON codes (flow) WHERE state = 'active';
CREATE INDEX codes_by_expiry ON codes (expires_at);

-- A browser's session: a proven mailbox. What it opens follows from the users with that address.
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    address_key TEXT NOT NULL,
    method TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX sessions_by_address ON sessions (address_key);

CREATE TABLE api_tokens (
    organization TEXT NOT NULL REFERENCES organizations (id),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (organization, id)
);

-- Rate limits: the theoretical arrival time of each key's next request. Keys are hashes: no address stands here.
CREATE TABLE limits (
    key TEXT PRIMARY KEY,
    tat BIGINT NOT NULL
);

-- Consecutive failures of a key, and when the last one was.
CREATE TABLE failures (
    key TEXT PRIMARY KEY,
    count BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    organization TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    sealed TEXT,
    created_at BIGINT NOT NULL,
    not_after BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    sent_at BIGINT,
    failed_at BIGINT,
    error TEXT
);
CREATE INDEX outbox_due ON outbox (next_at) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_by_subject ON outbox (organization, about);

CREATE TABLE idempotency (
    organization TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    answer TEXT NOT NULL,
    effect TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (organization, key)
);

-- Append-only; each organization's entries form a hash chain.
CREATE TABLE audit (
    organization TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (organization, sequence)
);
CREATE INDEX audit_by_subject ON audit (organization, subject);
