-- Self-service sign-up: user flows, what guests filled in, and who came by which flow.

-- Settings are JSON; `source` says whether the organization's file or the API made it.
CREATE TABLE user_flows (
    organization TEXT NOT NULL REFERENCES organizations (id),
    id TEXT NOT NULL,
    position BIGINT NOT NULL,
    settings TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('file', 'api')),
    PRIMARY KEY (organization, id)
);
CREATE INDEX user_flows_by_id ON user_flows (id);

-- The user flow by which a guest let himself in; NULL for everybody else. `creation` is 'invitation' for both: its CHECK is
-- older than sign-up, and the file's guests are all that it has to tell apart.
ALTER TABLE users ADD COLUMN user_flow TEXT;

CREATE TABLE user_attributes (
    organization TEXT NOT NULL,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (organization, user_id, name),
    FOREIGN KEY (organization, user_id) REFERENCES users (organization, id)
);

-- One row for each sign-up that came to its end, or waits for somebody's decision.
CREATE TABLE sign_ups (
    organization TEXT NOT NULL REFERENCES organizations (id),
    id TEXT NOT NULL,
    user_flow TEXT NOT NULL,
    address TEXT NOT NULL,
    address_key TEXT NOT NULL,
    account TEXT NOT NULL,
    attributes TEXT NOT NULL,
    locale TEXT NOT NULL,
    reference TEXT NOT NULL,
    agreed_at BIGINT NOT NULL,
    agreed_name TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'refused')),
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by TEXT,
    reason TEXT,
    user_id TEXT,
    PRIMARY KEY (organization, id)
);
CREATE INDEX sign_ups_by_address ON sign_ups (organization, address_key);
CREATE INDEX sign_ups_by_time ON sign_ups (organization, asked_at);
