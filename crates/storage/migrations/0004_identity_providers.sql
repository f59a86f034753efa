-- How people of an organization's guests sign in elsewhere. `settings` is JSON; the client secret in it is sealed.
CREATE TABLE providers (
    organization TEXT NOT NULL REFERENCES organizations (id),
    id TEXT NOT NULL,
    position BIGINT NOT NULL,
    label TEXT NOT NULL,
    enabled BIGINT NOT NULL,
    domains TEXT NOT NULL,
    settings TEXT NOT NULL,
    PRIMARY KEY (organization, id)
);

-- One journey to a provider and back. The hash is of `state`; `sealed` has what the answer has to fit.
CREATE TABLE authorizations (
    hash TEXT PRIMARY KEY,
    organization TEXT NOT NULL,
    provider TEXT NOT NULL,
    flow TEXT NOT NULL,
    sealed TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX authorizations_by_expiry ON authorizations (expires_at);
